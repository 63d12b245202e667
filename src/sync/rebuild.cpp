// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/rebuild.h"

#include "core/clock.h"
#include "core/failpoint.h"
#include "core/logging.h"
#include "providers/registry.h"
#include "store/archive.h"
#include "store/archiveindex.h"
#include "store/keptdatabase.h"
#include "store/leases.h"
#include "store/participants.h"
#include "store/rebuildcompare.h"
#include "store/rebuildfile.h"
#include "store/sqliteingest.h"
#include "store/store.h"
#include "store/transaction.h"
#include "sync/processmark.h"
#include "sync/rebuildreplay.h"
#include "sync/runlease.h"

#include <QUuid>

#include <algorithm>

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 longestRebuild = 6 * 3600;

const QString leaseName = u"rebuild"_s;

tl::unexpected<Error> busy(const QString &text, const QString &nextStep)
{
    Error error;
    error.kind = ErrorKind::Busy;
    error.detail = text;
    error.nextStep = nextStep;
    return failure(std::move(error));
}

class Rebuild
{
public:
    Rebuild(const StoreOptions &options, RebuildRequest request, const Clock &clock,
            const RebuildWatch &watch)
        : m_options(options), m_request(std::move(request)), m_clock(clock), m_watch(watch),
          m_archive(options.dataDirs),
          m_owner(processMark() + u'|' + QUuid::createUuid().toString(QUuid::Id128).left(8)),
          m_startedUtc(clock.nowUtc())
    {
    }

    Result<RebuildReport> run()
    {
        if (auto ready = prepare(); !ready)
            return failure(ready.error());
        KeptDatabase kept;
        const auto hold = m_request.swap ? KeptDatabase::Hold::Alone : KeptDatabase::Hold::Snapshot;
        Outcome done = kept.open(m_options.databaseFile, hold);
        if (done) {
            RebuildFile rebuilt(m_options.databaseFile);
            done = make(kept, rebuilt);
            if (done && m_request.swap && !m_report.isEqual())
                done = swap(rebuilt);
        }
        giveBack(kept);
        if (!done)
            return failure(done.error());
        return m_report;
    }

private:
    /// Brings the database up to date, and makes sure that nobody else works on it.
    Outcome prepare()
    {
        auto store = Store::open(m_options, m_clock);
        if (!store)
            return failure(store.error());
        if (!m_request.scope.participant.isEmpty()) {
            const auto participant = (*store)->participants().find(m_request.scope.participant);
            if (!participant)
                return failure(participant.error());
            m_request.scope.participant = participant->id;
        }
        Leases &leases = (*store)->leases();
        const auto runs = leases.held(u"run/"_s);
        if (!runs)
            return failure(runs.error());
        if (std::any_of(runs->cbegin(), runs->cend(),
                        [](const LeaseState &lease) { return !isGone(lease.owner); }))
            return busy(u"A sync is going on."_s, u"Wait until it has ended, or stop it, then try again."_s);
        const auto taken = takeLease(leases, leaseName, m_owner, m_clock.nowUtc() + longestRebuild);
        if (!taken)
            return failure(taken.error());
        if (!taken->granted)
            return busy(u"Another rebuild is going on."_s, u"Wait until it has ended, then try again."_s);
        return {};
    }

    Outcome make(KeptDatabase &kept, RebuildFile &rebuilt)
    {
        if (auto made = rebuilt.make(kept, m_watch.stop); !made)
            return made;
        if (auto read = readArchiveIndexes(rebuilt); !read)
            return read;
        {
            SqliteIngest ingest(rebuilt.database(), m_options.dataDirs);
            RebuildReplay replay(kept, rebuilt, ingest, m_archive, m_request, m_watch, m_report);
            if (auto done = replay.run(); !done)
                return done;
        }
        WRISTKEEP_FAIL_POINT("sync.rebuild.replayed");
        const auto note = [this](const RebuildDifference &difference) {
            const qint64 before = m_shown[difference.kind]++;
            m_report.totals[difference.kind] += difference.count;
            if (before < mostDifferencesShown)
                m_report.differences.append(difference);
            return true;
        };
        return compareTables(kept.handle(), rebuilt.handle(), m_request.scope, note, m_watch.stop);
    }

    Outcome readArchiveIndexes(RebuildFile &rebuilt)
    {
        auto transaction = Transaction::begin(rebuilt.database());
        if (!transaction)
            return failure(transaction.error());
        // A sync that has begun since goes on writing there: what it brings is not in the tables looked at.
        const auto last = m_request.swap ? std::nullopt : std::optional(m_startedUtc);
        const auto reading = readIndexes(rebuilt.handle(), m_archive.indexFiles(), last);
        if (!reading)
            return failure(reading.error());
        for (const QString &problem : reading->problems) {
            RebuildProblem each;
            each.text = problem;
            each.isDamaged = true;
            m_report.problems.append(each);
        }
        return transaction->commit();
    }

    Outcome swap(RebuildFile &rebuilt)
    {
        if (m_watch.stop())
            return failure(ErrorKind::Cancelled);
        if (auto sound = rebuilt.finish(); !sound)
            return sound;
        const auto before = rebuilt.takePlace();
        if (!before)
            return failure(before.error());
        m_report.swapped = true;
        m_report.keptFile = *before;
        return {};
    }

    /// The lease ends by itself when this fails; after a swap it is in the file from before.
    void giveBack(KeptDatabase &kept)
    {
        if (kept.database().isOpen())
            static_cast<void>(kept.letGo());
        Connection connection;
        if (m_report.swapped || !connection.open(m_options.databaseFile))
            return;
        if (const auto released = Leases(connection.database(), m_clock).release(leaseName, m_owner);
            !released)
            qCWarning(lcSync) << "The lease of a rebuild could not be given back; it ends by itself.";
    }

    const StoreOptions &m_options;
    RebuildRequest m_request;
    const Clock &m_clock;
    const RebuildWatch &m_watch;
    Archive m_archive;
    QString m_owner;
    qint64 m_startedUtc;
    RebuildReport m_report;
    QMap<RebuildDifference::Kind, qint64> m_shown;
};

} // namespace

Result<RebuildReport> rebuildTables(const StoreOptions &options, RebuildRequest request, const Clock &clock,
                                    const RebuildWatch &watch)
{
    if (!request.findProvider)
        request.findProvider = findProvider;
    return Rebuild(options, std::move(request), clock, watch).run();
}

} // namespace wristkeep
