// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Keeps the sync log over restarts without holding up whoever logs: lines are collected, and a thread of its
// own writes them in batches. What was handed in is written before the keeper goes.

#include "core/result.h"
#include "core/syncmessages.h"

#include <QObject>
#include <QThread>
#include <QTimer>

#include <functional>
#include <memory>

namespace wristkeep {

class LogKeeper : public QObject
{
    Q_OBJECT
public:
    /// An empty path: nothing is kept.
    explicit LogKeeper(QString path, QObject *parent = nullptr);
    ~LogKeeper() override;

    void keep(const LogEntry &entry);
    /// The newest `most` entries of earlier sessions, oldest first; not those kept by this keeper.
    void readEarlier(qsizetype most, QObject *context, Callback<QList<LogEntry>> done);

    /// Replaces the file at `path` by what `text` makes, on the keeper's thread.
    void saveAs(const QString &path, std::function<QByteArray()> text, QObject *context, Callback<bool> done);

Q_SIGNALS:
    /// Told once: every later batch would meet the same trouble.
    void writingFailed(const wristkeep::Error &error);

private:
    void writeBatch();
    /// Runs `work` on the keeper's thread; `done` runs once here, unless keeper or context is gone by then.
    template<typename T>
    void work(std::function<Result<T>()> work, QObject *context, Callback<T> done);

    QString m_path;
    QList<LogEntry> m_batch;
    qsizetype m_kept = 0;
    bool m_failed = false;
    QTimer m_pause;
    QThread m_thread;
    std::unique_ptr<QObject> m_home; ///< lives on the thread
};

} // namespace wristkeep
