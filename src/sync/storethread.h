// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The store thread and the Store on it, in one holder: starts it, hands it work by queued calls, and ends
// it in one place, after the work that was handed in before.

#include "core/invoke.h"
#include "sync/keepanswer.h"

#include <QObject>
#include <QThread>

#include <functional>
#include <memory>

namespace wristkeep {

class Clock;
class Store;
struct StoreOptions;

/// Lives on the store thread; the Store is made, used and destroyed there. Answers that arrive while it is
/// busy are kept together (docs/adr/0011).
class StoreHome : public QObject
{
    Q_OBJECT
public:
    explicit StoreHome(std::shared_ptr<const Clock> clock);
    ~StoreHome() override;
    Result<bool> open(const StoreOptions &options);
    void shut();
    /// For work of another kind: what came before it is done first.
    [[nodiscard]] Store *store();
    /// `done` gets its answer once everything that waits by now has been kept.
    void keep(AnswerToKeep work, Callback<KeptAnswer> done);

private:
    void keepWaiting();

    struct Waiting
    {
        AnswerToKeep work;
        Callback<KeptAnswer> done;
    };
    QList<Waiting> m_waiting;
    std::shared_ptr<const Clock> m_clock;
    std::unique_ptr<Store> m_store;
};

class StoreThread
{
public:
    /// Answers on their way into the store at any time; more would only fill the memory.
    static constexpr int MostWaiting = 64;

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
        runOn<T>(
            m_home.get(), context,
            [home = m_home.get(), work = std::move(work)]() -> Result<T> {
                if (Store *store = home->store())
                    return work(*store);
                return failure(notOpen());
            },
            std::move(done));
    }

    /// Archives, parses and commits an answer, together with others that wait.
    void keep(QObject *context, AnswerToKeep work, Callback<KeptAnswer> done);

    /// Work nobody waits for, such as giving a lease back.
    void post(std::function<void(Store &)> work);

    static Error notOpen();

private:
    QThread m_thread;
    std::unique_ptr<StoreHome> m_home;
};

} // namespace wristkeep
