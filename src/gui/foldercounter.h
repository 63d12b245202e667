// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Counts a folder's day files off the GUI thread: a slow disk must not hold the window up.

#include "gui/filescard.h"

#include <QObject>
#include <QThread>

#include <optional>

namespace wristkeep {

class FolderCounter : public QObject
{
    Q_OBJECT
public:
    explicit FolderCounter(QObject *parent = nullptr);
    ~FolderCounter() override;

    /// Answers with counted(), unless another folder was asked for meanwhile.
    void count(const QString &folder);

Q_SIGNALS:
    void counted(const std::optional<wristkeep::FolderContent> &content);

private:
    QThread m_thread;
    std::unique_ptr<QObject> m_home;
    int m_asked = 0;
};

} // namespace wristkeep
