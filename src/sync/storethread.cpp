// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/storethread.h"

#include "store/store.h"

#include <utility>

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
    keepWaiting();
    m_store.reset();
}

Store *StoreHome::store()
{
    keepWaiting();
    return m_store.get();
}

void StoreHome::keep(AnswerToKeep work, Callback<KeptAnswer> done)
{
    m_waiting.append({std::move(work), std::move(done)});
    // Queued behind the answers that arrived while this thread was busy: the first call takes them all.
    if (m_waiting.size() == 1)
        QMetaObject::invokeMethod(this, &StoreHome::keepWaiting, Qt::QueuedConnection);
}

void StoreHome::keepWaiting()
{
    const QList<Waiting> group = std::exchange(m_waiting, {});
    if (group.isEmpty())
        return;
    QList<AnswerToKeep> works;
    for (const Waiting &waiting : group)
        works.append(waiting.work);
    QList<Result<KeptAnswer>> results;
    if (m_store)
        results = keepAnswers(*m_store, works);
    for (qsizetype i = 0; i < group.size(); ++i)
        group.at(i).done(m_store ? results.at(i) : Result<KeptAnswer>(failure(StoreThread::notOpen())));
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

void StoreThread::keep(QObject *context, AnswerToKeep work, Callback<KeptAnswer> done)
{
    QMetaObject::invokeMethod(
        m_home.get(),
        [home = m_home.get(), work = std::move(work),
         tell = relayTo<KeptAnswer>(context, std::move(done))]() mutable {
            home->keep(std::move(work), std::move(tell));
        },
        Qt::QueuedConnection);
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
