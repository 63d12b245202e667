// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The two threads that keep what arrives, in one holder: the files thread (archive, parsing, day files) and
// the store thread (the one writing connection). Starts them, hands them work by queued calls, and ends them
// in one place, after the work that was handed in before. docs/adr/0011 says why there are two.

#include "core/invoke.h"
#include "sync/keepanswer.h"

#include <QThread>

#include <functional>
#include <memory>

namespace wristkeep {

class Clock;
class FilesHome;
class Store;
class StoreHome;
struct StoreOptions;

class StoreThread
{
public:
    /// Answers on their way in at any time, and their bytes; more would only fill the memory.
    static constexpr int MostWaiting = 128;
    static constexpr qint64 MostWaitingBytes = 64LL * 1024 * 1024;

    explicit StoreThread(std::shared_ptr<const Clock> clock);
    ~StoreThread(); ///< everything handed in before is still done
    StoreThread(const StoreThread &) = delete;
    StoreThread &operator=(const StoreThread &) = delete;

    void open(const StoreOptions &options, QObject *context, Callback<bool> done);

    /// Ends the store after all work handed in before; `done` is the last callback ever given.
    void shut(QObject *context, Callback<bool> done);

    /// `work` gets the open store on its thread; `done` comes once on the context's thread.
    template<typename T>
    void run(QObject *context, std::function<Result<T>(Store &)> work, Callback<T> done)
    {
        onStore([work = std::move(work), tell = relayTo<T>(context, std::move(done))](Store *store) {
            tell(store ? work(*store) : Result<T>(failure(notOpen())));
        });
    }

    /// Archives, parses and commits an answer and writes its day file, together with others that wait.
    void keep(QObject *context, AnswerToKeep work, Callback<KeptAnswer> done);

    /// Work nobody waits for, such as giving a lease back.
    void post(std::function<void(Store &)> work);

    static Error notOpen();

private:
    /// On the store thread, after everything that was handed in before is committed; null: not open.
    void onStore(std::function<void(Store *)> work);
    /// After everything that was handed in before has ended, with the store closed.
    void afterAll(std::function<void()> last);

    QThread m_filesThread;
    QThread m_storeThread;
    std::unique_ptr<FilesHome> m_files;
    std::unique_ptr<StoreHome> m_store;
};

} // namespace wristkeep
