// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// One window for each database: whoever starts second asks the first to show itself, and ends.

#include "core/result.h"

#include <QElapsedTimer>
#include <QLocalServer>
#include <QLocalSocket>
#include <QLockFile>
#include <QObject>
#include <QTimer>

#include <chrono>

namespace wristkeep {

/// $XDG_RUNTIME_DIR, else a folder in the temporary one that only this user can enter. Storage when neither
/// can be had or the folder is not ours.
Result<QString> privateRuntimeFolder();

class SingleInstance : public QObject
{
    Q_OBJECT
public:
    /// `name` is a file name without ending, the same in all processes that must not run twice.
    SingleInstance(const QString &folder, const QString &name, QObject *parent = nullptr);
    ~SingleInstance() override;

    /// Ends in exactly one of first(), handedOver(), unanswered() and failed(). `token`: what the desktop
    /// gave this start so that the first may raise its window; may be empty.
    void start(const QByteArray &token, std::chrono::milliseconds patience = std::chrono::milliseconds(8000));
    /// The first one, about to end: whoever starts from now on waits for it and becomes the first.
    void stopAnswering();

Q_SIGNALS:
    void first();
    void handedOver();
    /// There is another one, but it does not answer.
    void unanswered();
    /// The lock or the socket could not be made.
    void failed(const wristkeep::Error &error);
    /// To the first: somebody started once more.
    void asked(const QByteArray &token);

private:
    void tryOnce();
    Outcome answer();
    void onConnection();
    void onAnswered();

    QString m_socketFile;
    QLockFile m_lock;
    QLocalServer m_server;
    QLocalSocket m_socket;
    QTimer m_retry;
    QElapsedTimer m_since;
    std::chrono::milliseconds m_patience{0};
    QByteArray m_token;
};

} // namespace wristkeep
