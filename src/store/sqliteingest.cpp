// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sqliteingest.h"

#include "core/failpoint.h"
#include "store/answerparts.h"
#include "store/sql.h"
#include "store/transaction.h"

#include <QSqlDatabase>

#include <algorithm>
#include <numeric>
#include <tuple>
#include <utility>

using namespace Qt::StringLiterals;

namespace wristkeep {

/// A page's batch with the document it came in.
struct SqliteIngest::Source
{
    const Batch &batch;
    qint64 document = 0;
    bool isEarlier = false;
};

namespace {

/// Neighbouring rows one after the other cost the B-tree least. Answers of one day keep their order.
QList<qsizetype> oldestFirst(const QList<CommitRequest> &requests)
{
    QList<qsizetype> order(requests.size());
    std::iota(order.begin(), order.end(), qsizetype(0));
    std::stable_sort(order.begin(), order.end(), [&requests](qsizetype a, qsizetype b) {
        return requests.at(a).answer.task.first < requests.at(b).answer.task.first;
    });
    return order;
}

Provenance provenanceOf(const CommitRequest &request, qint64 document, const CommitPlan &plan)
{
    Provenance from;
    from.account = request.answer.task.account;
    from.dataType = request.batch.dataType;
    if (document > 0)
        from.document = document;
    from.fetchedAtUtc = request.answer.fetchedAtUtc;
    from.isInterim = [&plan](QDate date) {
        const PlannedDay *day = plan.find(date);
        return day && day->replacesInterim();
    };
    from.isSettled = [&plan](QDate date) {
        const PlannedDay *day = plan.find(date);
        return day && day->isSettled();
    };
    return from;
}

} // namespace

SqliteIngest::SqliteIngest(const QSqlDatabase &database, QHash<QString, QString> dataDirs)
    : m_database(database), m_archive(std::move(dataDirs)), m_documents(sqliteHandle(database)),
      m_cells(sqliteHandle(database)), m_healer(database, m_archive), m_measurements(sqliteHandle(database)),
      m_planner(m_cells, m_documents, m_measurements)
{
}

SqliteIngest::~SqliteIngest() = default;

Result<QList<Document>> SqliteIngest::archiveAll(const QList<Answer> &answers)
{
    const auto hashes = m_archive.keep(answers);
    if (!hashes)
        return failure(hashes.error());
    return enterAll(answers, *hashes);
}

Result<QList<Document>> SqliteIngest::enterAll(const QList<Answer> &answers, const QList<QByteArray> &hashes)
{
    QList<Document> documents;
    bool isAnyNew = false;
    for (qsizetype i = 0; i < answers.size(); ++i) {
        const auto known = m_documents.find(answers.at(i), hashes.at(i));
        if (!known)
            return failure(known.error());
        documents.append(known->value_or(Document()));
        isAnyNew = isAnyNew || !*known;
    }
    if (!isAnyNew)
        return documents;
    auto transaction = Transaction::begin(m_database);
    if (!transaction)
        return failure(transaction.error());
    for (qsizetype i = 0; i < answers.size(); ++i) {
        if (documents.at(i).known)
            continue;
        const auto document = m_documents.add(answers.at(i), hashes.at(i));
        if (!document)
            return failure(document.error());
        documents[i] = *document;
    }
    if (auto done = transaction->commit(); !done)
        return failure(done.error());
    for (const Document &document : std::as_const(documents)) {
        if (!document.known)
            WRISTKEEP_FAIL_POINT("store.archive.done");
    }
    return documents;
}

Outcome SqliteIngest::writeRows(const CommitRequest &request, const CommitPlan &plan, WriteCounts &counts)
{
    QList<CivilDay> days;
    for (const PlannedDay &day : plan.days()) {
        if (day.takesRows())
            days.append(day.civil);
    }
    if (auto written = m_measurements.writeDays(request.answer.task.account, days); !written)
        return written;
    for (const EarlierPage &page : request.earlier) {
        if (auto written = writeBatch(request, plan, {page.batch, page.document, true}, counts); !written)
            return written;
    }
    if (auto written = writeBatch(request, plan, {request.batch, request.document.id, false}, counts);
        !written)
        return written;
    return withdraw(request, plan, counts);
}

Outcome SqliteIngest::withdraw(const CommitRequest &request, const CommitPlan &plan, WriteCounts &counts)
{
    const Provenance from = provenanceOf(request, request.document.id, plan);
    for (const PlannedDay &day : plan.days()) {
        if (!day.withdraws())
            continue;
        auto gone = m_measurements.withdraw(from, contentOf(batchesOf(request), day.civil), counts);
        if (!gone)
            return gone;
    }
    WRISTKEEP_FAIL_POINT("store.commit.withdrawn");
    return {};
}

Outcome SqliteIngest::writeBatch(const CommitRequest &request, const CommitPlan &plan, const Source &source,
                                 WriteCounts &counts)
{
    const Batch &batch = source.batch;
    const Provenance from = provenanceOf(request, source.document, plan);
    // Rows outside of the days asked for: no reason to drop them, and those of earlier pages are in.
    const auto isTaken = [&source](const PlannedDay *day) {
        if (!day)
            return !source.isEarlier;
        return source.isEarlier ? day->takesEarlierRows() : day->takesRows();
    };
    QList<DaySpan> spans;
    for (const PlannedDay &day : plan.days())
        spans.append({day.civil, isTaken(&day)});
    const DaySpans days(spans, isTaken(nullptr));
    for (const SampleSeries &series : batch.series) {
        if (auto written = m_measurements.samples().write(from, series, days, counts); !written)
            return written;
    }
    WRISTKEEP_FAIL_POINT("store.commit.samples");
    for (const DailyValue &value : batch.daily) {
        const PlannedDay *day = plan.find(value.date);
        if (!isTaken(day))
            continue;
        const bool withheld = day && day->withheld.contains(value.type);
        if (auto written = m_measurements.writeDaily(from, value, withheld, counts); !written)
            return written;
    }
    WRISTKEEP_FAIL_POINT("store.commit.daily");
    for (const Session &session : batch.sessions) {
        if (!isTaken(plan.find(session.date)))
            continue;
        if (auto written = m_measurements.writeSession(from, session, counts); !written)
            return written;
    }
    WRISTKEEP_FAIL_POINT("store.commit.sessions");
    return {};
}

Result<QList<Cell>> SqliteIngest::writeCells(const CommitRequest &request, const CommitPlan &plan)
{
    QList<Cell> cells;
    for (const PlannedDay &day : plan.days()) {
        CellRow row = nextCell(day.old, day.answer);
        const bool isNew = !day.old && plan.find(day.civil.date) == &day;
        if (auto written = isNew ? m_cells.add(row) : m_cells.write(row); !written)
            return failure(written.error());
        cells.append(row.cell);
    }
    WRISTKEEP_FAIL_POINT("store.commit.cells");
    auto released = releaseZeros(request, plan);
    if (!released)
        return released;
    for (const Cell &cell : std::as_const(*released)) {
        const auto same = std::find_if(cells.begin(), cells.end(),
                                       [&cell](const Cell &other) { return other.key == cell.key; });
        if (same != cells.end())
            *same = cell;
        else
            cells.append(cell);
    }
    WRISTKEEP_FAIL_POINT("store.commit.released");
    return cells;
}

Result<QList<Cell>> SqliteIngest::releaseZeros(const CommitRequest &request, const CommitPlan &plan)
{
    QList<Cell> cells;
    const AccountKey &account = request.answer.task.account;
    for (const PlannedDay &day : plan.days()) {
        const auto witnesses = day.takesRows() ? firstSamplesIn(request, day.civil) : QMap<QString, qint64>();
        for (auto witness = witnesses.cbegin(); witness != witnesses.cend(); ++witness) {
            auto released = m_measurements.release(account, day.civil.date, {witness.key(), witness.value()},
                                                   request.answer.fetchedAtUtc);
            if (!released)
                return failure(released.error());
            for (auto it = released->cbegin(); it != released->cend(); ++it) {
                auto row = m_cells.read({account, it.key(), day.civil.date});
                if (!row)
                    return failure(row.error());
                if (!*row)
                    continue;
                const CellRow next = releasedCell(**row, it.value());
                if (auto written = m_cells.write(next); !written)
                    return failure(written.error());
                cells.append(next.cell);
                m_released.append(next.cell.key);
            }
        }
    }
    return cells;
}

Result<QList<DayFileWish>> SqliteIngest::dayFilesOf(const CommitRequest &request,
                                                    const CommitPlan &plan) const
{
    QList<DayFileWish> wishes;
    const FetchTask &task = request.answer.task;
    for (const PlannedDay &day : plan.days()) {
        const DaySource &source = day.answer.dayFile;
        if (source.document == 0 || day.keepOld)
            continue;
        const auto folder = m_archive.participantDir(task.account.provider, task.account.participant);
        if (!folder)
            return failure(folder.error());
        const QDate date = day.civil.date;
        const bool isWhole = source.sha256.isEmpty();
        const bool hasData = wholeFetch(day.old, day.answer).hasData;
        if (!isWhole && !hasData)
            continue; // a zero nobody believes yet; once somebody does, showReleasedZeros() makes the file
        wishes.append({{*folder, request.batch.dataType, date},
                       isWhole ? request.answer.body : request.dayBodies.value(date),
                       {hasData, day.oldSha256}});
    }
    return wishes;
}

Result<QList<Committed>> SqliteIngest::commitRows(const QList<CommitRequest> &requests)
{
    for (qsizetype i = 0; i < requests.size(); ++i)
        WRISTKEEP_FAIL_POINT("store.commit.begin");
    auto transaction = Transaction::begin(m_database);
    if (!transaction)
        return failure(transaction.error());
    QList<Committed> committed(requests.size());
    for (const qsizetype index : oldestFirst(requests)) {
        const CommitRequest &request = requests.at(index);
        auto planned = m_planner.plan(request);
        if (!planned)
            return failure(planned.error());
        WriteCounts counts;
        if (auto written = writeRows(request, *planned, counts); !written)
            return failure(written.error());
        auto cells = writeCells(request, *planned);
        if (!cells)
            return failure(cells.error());
        auto dayFiles = dayFilesOf(request, *planned);
        if (!dayFiles)
            return failure(dayFiles.error());
        committed[index] = {{counts.added, counts.changed, counts.same, counts.withdrawn, *cells, {}},
                            std::move(*dayFiles)};
        WRISTKEEP_FAIL_POINT("store.commit.before-commit");
    }
    if (auto done = transaction->commit(); !done)
        return failure(done.error());
    for (qsizetype i = 0; i < requests.size(); ++i)
        WRISTKEEP_FAIL_POINT("store.commit.committed");
    return committed;
}

Result<int> SqliteIngest::healDayFiles(const DaySlicer &slicer)
{
    return m_healer.heal(slicer);
}

Result<int> SqliteIngest::showReleasedZeros(const DaySlicer &slicer)
{
    QList<CellKey> cells = std::exchange(m_released, {});
    // Days of one answer come one after the other, so that it is read once.
    std::sort(cells.begin(), cells.end(), [](const CellKey &a, const CellKey &b) {
        return std::tie(a.dataType, a.date) < std::tie(b.dataType, b.date);
    });
    return m_healer.heal(slicer, cells);
}

Result<QList<Sample>> SqliteIngest::samples(const AccountKey &account, const QString &type, qint64 firstUtc,
                                            qint64 endUtc) const
{
    return m_measurements.samples().read(account, type, {firstUtc, endUtc});
}

} // namespace wristkeep
