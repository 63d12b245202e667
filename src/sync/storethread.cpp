// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/storethread.h"

#include "store/store.h"
#include "sync/storehomes.h"

#include <utility>

namespace wristkeep {

using namespace Qt::StringLiterals;

StoreThread::StoreThread(std::shared_ptr<const Clock> clock)
    : m_files(std::make_unique<FilesHome>()), m_store(std::make_unique<StoreHome>(std::move(clock)))
{
    m_files->setNext(m_store.get());
    m_store->setNext(m_files.get());
    m_filesThread.setObjectName(u"files"_s);
    m_storeThread.setObjectName(u"store"_s);
    m_files->moveToThread(&m_filesThread);
    m_store->moveToThread(&m_storeThread);
    m_filesThread.start();
    m_storeThread.start();
}

StoreThread::~StoreThread()
{
    // Queued behind everything else: quitting at once would drop a lease's release that still waits.
    afterAll([store = &m_storeThread, files = &m_filesThread] {
        store->quit();
        files->quit();
    });
    m_storeThread.wait();
    m_filesThread.wait();
}

void StoreThread::open(const StoreOptions &options, QObject *context, Callback<bool> done)
{
    QMetaObject::invokeMethod(
        m_files.get(), [files = m_files.get(), options] { files->open(options); }, Qt::QueuedConnection);
    runOn<bool>(
        m_store.get(), context, [store = m_store.get(), options] { return store->open(options); },
        std::move(done));
}

void StoreThread::shut(QObject *context, Callback<bool> done)
{
    afterAll([tell = relayTo<bool>(context, std::move(done))] { tell(true); });
}

void StoreThread::keep(QObject *context, AnswerToKeep work, Callback<KeptAnswer> done)
{
    QMetaObject::invokeMethod(
        m_files.get(),
        [files = m_files.get(), work = std::move(work),
         tell = relayTo<KeptAnswer>(context, std::move(done))]() mutable {
            files->keep({std::move(work), std::move(tell)});
        },
        Qt::QueuedConnection);
}

void StoreThread::post(std::function<void(Store &)> work)
{
    onStore([work = std::move(work)](Store *store) {
        if (store)
            work(*store);
    });
}

void StoreThread::onStore(std::function<void(Store *)> work)
{
    // By way of the files thread, so that no answer handed in earlier arrives later.
    QMetaObject::invokeMethod(
        m_files.get(),
        [files = m_files.get(), store = m_store.get(), work = std::move(work)] {
            files->archiveWaiting();
            QMetaObject::invokeMethod(
                store, [store, work] { work(store->store()); }, Qt::QueuedConnection);
        },
        Qt::QueuedConnection);
}

void StoreThread::afterAll(std::function<void()> last)
{
    // The way of an answer, behind the last one: what is queued in between is done first at each stop.
    QMetaObject::invokeMethod(
        m_files.get(),
        [files = m_files.get(), store = m_store.get(), last = std::move(last)] {
            files->archiveWaiting();
            QMetaObject::invokeMethod(
                store,
                [files, store, last] {
                    store->shut();
                    QMetaObject::invokeMethod(
                        files,
                        [files, last] {
                            files->showWaiting();
                            files->shut();
                            last();
                        },
                        Qt::QueuedConnection);
                },
                Qt::QueuedConnection);
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
