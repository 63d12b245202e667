// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/storethread.h"

#include "store/store.h"

namespace wristkeep {

using namespace Qt::StringLiterals;

StoreHome::StoreHome(std::shared_ptr<const Clock> clock) : m_clock(std::move(clock)) {}

StoreHome::~StoreHome() = default;

Result<bool> StoreHome::open(const StoreOptions &options)
{
    Result<std::unique_ptr<Store>> opened = Store::open(options, *m_clock);
    if (!opened)
        return failure(opened.error());
    m_store = std::move(*opened);
    return true;
}

void StoreHome::shut()
{
    m_store.reset();
}

StoreThread::StoreThread(std::shared_ptr<const Clock> clock)
    : m_home(std::make_unique<StoreHome>(std::move(clock)))
{
    m_thread.setObjectName(u"store"_s);
    m_home->moveToThread(&m_thread);
    m_thread.start();
}

StoreThread::~StoreThread()
{
    // Queued behind everything else: quitting at once would drop a lease's release that still waits.
    QMetaObject::invokeMethod(
        m_home.get(),
        [home = m_home.get(), thread = &m_thread] {
            home->shut();
            thread->quit();
        },
        Qt::QueuedConnection);
    m_thread.wait();
}

void StoreThread::open(const StoreOptions &options, QObject *context, Callback<bool> done)
{
    runOn<bool>(
        m_home.get(), context, [home = m_home.get(), options] { return home->open(options); },
        std::move(done));
}

void StoreThread::shut(QObject *context, Callback<bool> done)
{
    runOn<bool>(
        m_home.get(), context,
        [home = m_home.get()]() -> Result<bool> {
            home->shut();
            return true;
        },
        std::move(done));
}

void StoreThread::post(std::function<void(Store &)> work)
{
    QMetaObject::invokeMethod(
        m_home.get(),
        [home = m_home.get(), work = std::move(work)] {
            if (Store *store = home->store())
                work(*store);
        },
        Qt::QueuedConnection);
}

Error StoreThread::notOpen()
{
    Error error;
    error.kind = ErrorKind::Storage;
    error.detail = u"The database is not open."_s;
    return error;
}

} // namespace wristkeep
