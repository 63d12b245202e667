// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Works stored backfills off, a piece at a time and one account after the other, whenever nobody else wants
// the network. It never waits by itself: whoever owns it calls wake() at its ticks (sync/scheduler.h).

#include "core/backfill.h"
#include "core/syncmessages.h"
#include "sync/backfillplan.h"
#include "sync/runservices.h"

#include <QHash>
#include <QObject>
#include <QSet>

#include <memory>

namespace wristkeep {

class BackfillChunk;
class Store;
struct ChunkResult;

class BackfillEngine : public QObject
{
    Q_OBJECT
public:
    BackfillEngine(const RunServices &services, BackfillLimits limits, QObject *parent);
    ~BackfillEngine() override;

    /// Stores the job and begins with it. Ends in changed(), or in failed(): BadUsage without a first day.
    void start(const BackfillOrder &order);
    void pause(const AccountKey &account);
    void resume(const AccountKey &account);
    /// What is in stays.
    void cancel(const AccountKey &account);
    /// Goes on with whatever is due.
    void wake();
    /// Goes on with this account, whatever it waits for: it has been connected anew.
    void wake(const AccountKey &account);
    /// Answers with listed().
    void list();

    /// Another run is to go first: the piece under way ends soon, in idle(). False: go on.
    void setHeld(bool held);
    [[nodiscard]] bool isBusy() const { return m_chunk != nullptr || m_noting; }
    /// Nothing is begun any more.
    void shut();

Q_SIGNALS:
    void changed(const wristkeep::BackfillStatus &status);
    void listed(const QList<wristkeep::BackfillStatus> &jobs);
    void logged(const wristkeep::LogEntry &entry);
    void failed(const wristkeep::Error &error);
    void idle();

private:
    void setState(const AccountKey &account, BackfillState state);
    void stopChunk();
    void go(const AccountKey &account);
    void next();
    void onProgressed(const BackfillStatus &status);
    void onChunkEnded(const ChunkResult &result);
    void note(const BackfillJob &job, const QList<BackfillTry> &failed);
    void onNoted(const BackfillJob &job, const Result<bool> &noted);
    [[nodiscard]] BackfillStatus seenFromHere(BackfillStatus status) const;
    [[nodiscard]] QString reasonOf(const AccountKey &account, const NextStep &step, const Chunk &chunk) const;

    const RunServices &m_services;
    BackfillLimits m_limits;
    std::unique_ptr<BackfillChunk> m_chunk;
    QList<AccountKey> m_going;              ///< in line for their next piece
    QHash<AccountKey, int> m_failuresInRow; ///< of the service
    std::optional<BackfillStatus> m_live;   ///< as it was told last, while a piece is under way
    bool m_held = false;
    bool m_noting = false;      ///< the end of a piece is being stored
    bool m_isPolite = false;    ///< another process waits for the account
    bool m_isOverruled = false; ///< a person's word has ended the piece under way
    bool m_shut = false;
};

} // namespace wristkeep
