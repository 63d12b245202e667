// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A thread with one object living on it: started here, ended and tidied up when this goes.

#include <QThread>

#include <memory>

namespace wristkeep {

class ThreadHolder
{
public:
    /// Takes the object; it must have no parent. It is destroyed on its own thread.
    ThreadHolder(const QString &name, std::unique_ptr<QObject> object);
    ~ThreadHolder();
    ThreadHolder(const ThreadHolder &) = delete;
    ThreadHolder &operator=(const ThreadHolder &) = delete;

private:
    QThread m_thread;
};

} // namespace wristkeep
