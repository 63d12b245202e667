// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/threadholder.h"

namespace wristkeep {

ThreadHolder::ThreadHolder(const QString &name, std::unique_ptr<QObject> object)
{
    m_thread.setObjectName(name);
    QObject *taken = object.release();
    taken->moveToThread(&m_thread);
    QObject::connect(&m_thread, &QThread::finished, taken, &QObject::deleteLater);
    m_thread.start();
}

ThreadHolder::~ThreadHolder()
{
    m_thread.quit();
    m_thread.wait();
}

} // namespace wristkeep
