// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The network half of a run: real sockets, a real store, and an account that is connected already.

#include "core/redaction.h"
#include "core/settings.h"
#include "net/httpdoor.h"
#include "net/tokenmanager.h"
#include "providers/provider.h"
#include "store/storebench.h"
#include "sync/runservices.h"
#include "sync/servicepatience.h"
#include "sync/storethread.h"
#include "sync/storetokens.h"
#include "sync/taskloop.h"

namespace wristkeep::test {

class FetchBench
{
public:
    /// The provider's data files lie in `folder` of the place.
    FetchBench(const Provider &provider, Settings chosen, const Token &token, const QString &folder);

    /// Runs the tasks to their end.
    LoopEnd run(const QList<FetchTask> &tasks);
    /// Begins them; `ended` tells when it is over.
    void begin(const QList<FetchTask> &tasks);
    [[nodiscard]] FetchTask task(const QString &type, QDate first, QDate last) const;

    /// On the store thread.
    template<typename T>
    T ask(std::function<Result<T>(Store &)> work)
    {
        std::optional<Result<T>> got;
        thread.run<T>(&context, std::move(work), [&got](Result<T> result) { got = std::move(result); });
        waitUntil([&got] { return got.has_value(); });
        if (!*got)
            qFatal("%s", qUtf8Printable(got->error().detail));
        return **got;
    }
    Cell cell(const QString &type, QDate date);
    int heal();
    int cuts = 0; ///< answers that heal() had divided

    [[nodiscard]] QString dayFile(const QString &type, QDate date) const;
    static void waitUntil(const std::function<bool()> &holds);

    StorePlace place;
    std::shared_ptr<FixedClock> clock;
    Settings settings;
    QObject context;
    StoreThread thread;
    StoreTokens tokenStore;
    HttpDoor door;
    TokenManager tokens;
    RunServices services;
    ServicePatience patience;
    AccountSession session;
    std::optional<RequestPace> pace; ///< in place of the provider's own
    std::unique_ptr<TaskLoop> loop;
    QList<JobEnd> jobs; ///< of the last run
    std::optional<LoopEnd> ended;

private:
    QString m_folder;
};

} // namespace wristkeep::test
