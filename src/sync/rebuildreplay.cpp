// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/rebuildreplay.h"

#include "core/errortexts.h"
#include "core/failpoint.h"
#include "providers/registry.h"
#include "store/accounts.h"
#include "store/keptdatabase.h"
#include "store/keptrows.h"
#include "store/ledger.h"
#include "store/rebuildfile.h"
#include "store/transaction.h"

#include <algorithm>
#include <future>
#include <iterator>

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

/// Answers committed together, and the size of their bodies: as many as a sync puts together at most.
constexpr size_t mostTogether = 128;
constexpr qint64 mostBytesTogether = 8LL * 1024 * 1024;

/// The answers of one group are committed by days, not in their order: none may be about another's days.
bool overlaps(const DueAnswer &a, const DueAnswer &b)
{
    const FetchTask &one = a.kept.answer.task;
    const FetchTask &other = b.kept.answer.task;
    return one.dataType == other.dataType && one.account == other.account && one.first <= other.last &&
           other.first <= one.last;
}

} // namespace

RebuildReplay::RebuildReplay(KeptDatabase &kept, RebuildFile &rebuilt, Ingest &ingest, const Archive &archive,
                             const RebuildRequest &request, const RebuildWatch &watch, RebuildReport &report)
    : m_kept(kept), m_rebuilt(rebuilt), m_ingest(ingest), m_request(request), m_watch(watch),
      m_report(report), m_reader(archive, request.findProvider), m_documents(rebuilt.handle())
{
}

Outcome RebuildReplay::run()
{
    auto visits = visitsInOrder(m_kept.handle(), m_rebuilt.handle(), m_request.scope);
    if (!visits)
        return failure(visits.error());
    m_visits = std::move(*visits);
    m_since.start();
    tellProgress();
    if (auto done = replay(); !done)
        return done;
    if (auto done = takeOverMissing(); !done)
        return done;
    auto transaction = Transaction::begin(m_rebuilt.database());
    if (!transaction)
        return failure(transaction.error());
    if (!m_report.isArchiveWhole()) {
        if (auto taken = takeOverInstants(m_kept.handle(), m_rebuilt.handle(), m_request.scope); !taken)
            return taken;
    }
    return takeOverTries(m_kept.handle(), m_rebuilt.handle(), m_request.scope).and_then([&] {
        return transaction->commit();
    });
}

Outcome RebuildReplay::replay()
{
    auto due = nextGroup();
    if (!due)
        return failure(due.error());
    // While one group is committed the next one is read and parsed.
    auto reading = std::async(std::launch::async, &AnswerReader::read, &m_reader, *due);
    while (!due->empty()) {
        const std::vector<ReadAnswer> answers = reading.get();
        due = nextGroup();
        if (!due)
            return failure(due.error());
        if (!due->empty())
            reading = std::async(std::launch::async, &AnswerReader::read, &m_reader, *due);
        if (auto done = commit(answers); !done)
            return done;
        WRISTKEEP_FAIL_POINT("sync.rebuild.group");
        tellProgress();
        if (m_watch.stop())
            return failure(ErrorKind::Cancelled);
    }
    return {};
}

Result<std::vector<DueAnswer>> RebuildReplay::nextGroup()
{
    std::vector<DueAnswer> group;
    qint64 bytes = 0;
    while (group.size() < mostTogether && bytes < mostBytesTogether) {
        if (m_waiting.empty()) {
            if (m_next == m_visits.size())
                return group;
            auto due = dueFor(m_visits[m_next++]);
            if (!due)
                return failure(due.error());
            m_waiting.assign(std::make_move_iterator(due->begin()), std::make_move_iterator(due->end()));
        }
        const DueAnswer &next = m_waiting.front();
        // Pages of one fetch are about the same days, too.
        if (std::any_of(group.cbegin(), group.cend(),
                        [&next](const DueAnswer &other) { return overlaps(next, other); }))
            return group;
        bytes += next.kept.bytes;
        group.push_back(std::move(m_waiting.front()));
        m_waiting.pop_front();
    }
    return group;
}

Result<std::vector<DueAnswer>> RebuildReplay::dueFor(const Visit &visit)
{
    auto kept = m_documents.read(visit.document);
    if (!kept)
        return failure(kept.error());
    const auto zone = zoneFor(kept->answer);
    if (!zone)
        return failure(zone.error());
    std::vector<DueAnswer> due;
    const int number = kept->answer.pageNumber;
    const QString request = requestName(kept->answer.task);
    // Equal bytes are kept once: of a fetch some of whose pages were known, those have to be read again.
    if (number > 1 && m_lastPage.value(request) != number - 1) {
        const auto before = m_documents.pageBefore(visit.document, visit.atUtc);
        if (!before)
            return failure(before.error());
        if (*before) {
            m_lastPage.remove(request);
            auto earlier = dueFor({**before, visit.atUtc});
            if (!earlier)
                return earlier;
            due = std::move(*earlier);
        }
    }
    m_lastPage.insert(request, number);
    due.push_back({std::move(*kept), visit.atUtc, *zone});
    return due;
}

Result<Zone> RebuildReplay::zoneFor(const Answer &answer)
{
    const AccountKey &account = answer.task.account;
    if (!m_zones.contains(account)) {
        const auto profile = Accounts(m_kept.database()).profile(account);
        if (!profile)
            return failure(profile.error());
        m_zones.insert(account, *profile ? (*profile)->zone : Zone());
    }
    const Zone present = m_zones.value(account);
    const bool isTold = present.zone.isValid() && present.source == ZoneSource::Profile;
    const bool isGuess = !answer.zone.zone.isValid() || answer.zone.source == ZoneSource::Computer;
    const bool isCorrected = answer.zone.source == ZoneSource::Profile && !m_request.keepZones;
    if (isTold && (isGuess || isCorrected)) {
        if (present.zone.id() != answer.zone.zone.id())
            ++m_report.zonesPutRight;
        return present;
    }
    if (answer.zone.zone.isValid())
        return answer.zone;
    return present.zone.isValid() ? present : computerZone();
}

Outcome RebuildReplay::commit(const std::vector<ReadAnswer> &answers)
{
    QList<ArchivedAnswer> understood;
    for (const ReadAnswer &each : answers) {
        if (each.answer)
            understood.append(*each.answer);
    }
    for (const auto &committed : commitAnswers(m_ingest, understood)) {
        if (!committed)
            return failure(committed.error());
    }
    for (const ReadAnswer &each : answers) {
        if (each.answer)
            continue;
        if (auto done = giveUpOn(each); !done)
            return done;
    }
    m_done += int(answers.size());
    m_report.answers += int(understood.size());
    return {};
}

Outcome RebuildReplay::giveUpOn(const ReadAnswer &answer)
{
    const KeptDocument &kept = answer.due.kept;
    if (m_givenUp.contains(kept.document.id))
        return {};
    m_givenUp.insert(kept.document.id);
    const Error &error = answer.answer.error();
    const FetchTask &task = kept.answer.task;
    const auto provider = m_request.findProvider(task.account.provider);
    RebuildProblem problem{task.account, task.dataType, task.first, task.last, {}};
    problem.text = errorLine(error, provider ? (*provider)->title() : task.account.provider);
    problem.isDamaged = error.kind == ErrorKind::Storage;
    const auto cells = cellsOf(m_kept.handle(), kept.document.id);
    if (!cells)
        return failure(cells.error());
    for (const CellKey &key : *cells) {
        if (auto taken = takeOver(key); !taken)
            return taken;
    }
    problem.takenOver = int(cells->size());
    m_report.problems.append(problem);
    if (error.kind == ErrorKind::NotUnderstood && cells->isEmpty()) {
        Ledger ledger(m_rebuilt.database());
        for (QDate day = task.first; day <= task.last; day = day.addDays(1)) {
            const auto marked = ledger.markTried({task.account, task.dataType, day}, CellState::Failed,
                                                 problem.text, answer.due.atUtc);
            if (!marked)
                return failure(marked.error());
        }
    }
    return takeOverHistory(m_kept.handle(), m_rebuilt.handle(), kept.document.id);
}

Outcome RebuildReplay::takeOver(const CellKey &key)
{
    const auto rows = keptRows(m_kept.handle(), key);
    if (!rows)
        return failure(rows.error());
    const auto committed = m_ingest.commitRows({*rows});
    return committed ? Outcome() : Outcome(failure(committed.error()));
}

Outcome RebuildReplay::takeOverMissing()
{
    const auto cells = cellsMissing(m_kept.handle(), m_rebuilt.handle(), m_request.scope);
    if (!cells)
        return failure(cells.error());
    for (const CellKey &key : *cells) {
        if (m_watch.stop())
            return failure(ErrorKind::Cancelled);
        if (auto taken = takeOver(key); !taken)
            return taken;
        ++m_report.withoutAnswer;
    }
    return {};
}

void RebuildReplay::tellProgress()
{
    SyncProgress progress;
    progress.total = int(m_visits.size());
    progress.done = std::min(m_done, progress.total);
    if (progress.done > 0) {
        const double each = double(m_since.elapsed()) / progress.done;
        progress.etaSeconds = int(each * (progress.total - progress.done) / 1000.0);
    }
    progress.text = u"answers of the archive"_s;
    m_watch.progressed(progress);
}

} // namespace wristkeep
