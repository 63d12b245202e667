// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sqliteingest.h"

#include "core/failpoint.h"
#include "store/answerparts.h"
#include "store/cellrules.h"
#include "store/sql.h"
#include "store/transaction.h"

#include <QSet>
#include <QSqlDatabase>

#include <algorithm>
#include <numeric>
#include <utility>

using namespace Qt::StringLiterals;

namespace wristkeep {

/// One day of an answer: what is known, what came, what will become of it.
struct SqliteIngest::Day
{
    CivilDay civil;
    std::optional<CellRow> old;
    DayAnswer answer;
    QSet<QString> withheld; ///< daily values whose zero nobody believes yet
    bool keepOld = false;
    bool waits = false;   ///< for the fetch's last page, which brings the rows of all
    QByteArray oldSha256; ///< of what the ledger knows to be in the day file

    [[nodiscard]] bool takesRows() const { return !keepOld && (!waits || answer.isLastPage); }
    /// Rows of the pages before the last one are in already, unless they had to wait.
    [[nodiscard]] bool takesEarlierRows() const { return takesRows() && waits; }
};

struct SqliteIngest::Plan
{
    QList<Day> days;

    [[nodiscard]] const Day *find(QDate date) const
    {
        const auto found = std::find_if(days.cbegin(), days.cend(),
                                        [date](const Day &day) { return day.civil.date == date; });
        return found == days.cend() ? nullptr : &*found;
    }
};

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

} // namespace

SqliteIngest::SqliteIngest(const QSqlDatabase &database, QHash<QString, QString> dataDirs)
    : m_database(database), m_archive(std::move(dataDirs)), m_documents(sqliteHandle(database)),
      m_cells(sqliteHandle(database)), m_healer(database, m_archive), m_measurements(sqliteHandle(database))
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

Result<bool> SqliteIngest::isWitnessed(const CommitRequest &request, const DailyValue &value,
                                       const CivilDay &day)
{
    for (const Batch *batch : batchesOf(request)) {
        for (const SampleSeries &series : batch->series) {
            if (series.type == value.zeroWitness && hasSampleIn(series, day))
                return true;
        }
    }
    return m_measurements.hasSamples(request.answer.task.account, value.zeroWitness, day.startUtc,
                                     day.endUtc());
}

Outcome SqliteIngest::judgeZeros(const CommitRequest &request, Day &day)
{
    const FetchTask &task = request.answer.task;
    bool replacesRealValue = false;
    int withheldHere = 0;
    for (const Batch *batch : batchesOf(request)) {
        for (const DailyValue &value : batch->daily) {
            if (value.date != day.civil.date || value.value != 0 || value.zeroWitness.isEmpty())
                continue;
            auto witnessed = isWitnessed(request, value, day.civil);
            if (!witnessed)
                return failure(witnessed.error());
            if (*witnessed)
                continue;
            day.withheld.insert(value.type);
            withheldHere += batch == &request.batch ? 1 : 0;
            auto present = m_measurements.dailyValue(task.account, value.type, value.date);
            if (!present)
                return failure(present.error());
            replacesRealValue = replacesRealValue || (*present && **present != 0);
        }
    }
    DayAnswer &said = day.answer;
    said.hasData =
        said.hasData && (day.withheld.isEmpty() || holdsRowsOf(request.batch, day.civil, day.withheld));
    said.points = said.hasData ? std::max(1, said.points - withheldHere) : 0;
    day.keepOld = keepsOldData(day.old, said) || (replacesRealValue && !said.hasData);
    return {};
}

Outcome SqliteIngest::findOldDayFile(Day &day)
{
    if (!day.old || day.old->dayFile.document == 0 || day.answer.dayFile.document == 0)
        return {};
    day.oldSha256 = day.old->dayFile.sha256;
    if (!day.oldSha256.isEmpty())
        return {};
    const auto hash = m_documents.hashOf(day.old->dayFile.document);
    if (!hash)
        return failure(hash.error());
    day.oldSha256 = *hash;
    return {};
}

Result<SqliteIngest::Day> SqliteIngest::planDay(const CommitRequest &request, const DayResult &result)
{
    const Answer &answer = request.answer;
    Day day;
    day.civil = civilDay(result.date, answer.zone);
    DayAnswer &said = day.answer;
    said.key = {answer.task.account, request.batch.dataType, result.date};
    auto old = m_cells.read(said.key);
    if (!old)
        return failure(old.error());
    day.old = *old;
    said.hasData = result.hasData;
    said.points = result.points;
    said.isFirstPage = answer.task.page.isEmpty();
    said.isLastPage = request.batch.nextPage.isEmpty();
    said.isToday = request.today.isValid() && result.date >= request.today;
    said.fetchedAtUtc = answer.fetchedAtUtc;
    said.settleAtUtc = settleTime(result.date, request.settleDays, answer.zone);
    said.document = request.document.id;
    said.dayFile = daySource(request, result.date);
    if (auto judged = judgeZeros(request, day); !judged)
        return failure(judged.error());
    day.waits = waitsForLastPage(day.old, said);
    if (auto found = findOldDayFile(day); !found)
        return failure(found.error());
    return day;
}

Result<SqliteIngest::Plan> SqliteIngest::plan(const CommitRequest &request)
{
    Plan plan;
    for (const DayResult &result : request.batch.days) {
        auto day = planDay(request, result);
        if (!day)
            return failure(day.error());
        plan.days.append(std::move(*day));
    }
    return plan;
}

Outcome SqliteIngest::writeRows(const CommitRequest &request, const Plan &plan, WriteCounts &counts)
{
    for (const Day &day : plan.days) {
        if (!day.takesRows())
            continue;
        if (auto written = m_measurements.writeDay(request.answer.task.account, day.civil); !written)
            return written;
    }
    for (const EarlierPage &page : request.earlier) {
        if (auto written = writeBatch(request, plan, {page.batch, page.document, true}, counts); !written)
            return written;
    }
    return writeBatch(request, plan, {request.batch, request.document.id, false}, counts);
}

Outcome SqliteIngest::writeBatch(const CommitRequest &request, const Plan &plan, const Source &source,
                                 WriteCounts &counts)
{
    const Batch &batch = source.batch;
    Provenance from;
    from.account = request.answer.task.account;
    from.dataType = request.batch.dataType;
    if (source.document > 0)
        from.document = source.document;
    from.fetchedAtUtc = request.answer.fetchedAtUtc;
    from.fetchedBefore = [&plan](QDate date) -> std::optional<qint64> {
        const Day *day = plan.find(date);
        return day && day->old ? day->old->cell.fetchedAtUtc : std::nullopt;
    };
    // Rows outside of the days asked for: no reason to drop them, and those of earlier pages are in.
    const auto isTaken = [&source](const Day *day) {
        if (!day)
            return !source.isEarlier;
        return source.isEarlier ? day->takesEarlierRows() : day->takesRows();
    };
    const auto dateOf = [&](qint64 utc) -> std::optional<QDate> {
        for (const Day &day : plan.days) {
            if (isIn(day.civil, utc))
                return isTaken(&day) ? std::optional(day.civil.date) : std::nullopt;
        }
        return isTaken(nullptr) ? std::optional(QDate()) : std::nullopt;
    };
    for (const SampleSeries &series : batch.series) {
        if (auto written = m_measurements.writeSamples(from, series, dateOf, counts); !written)
            return written;
    }
    WRISTKEEP_FAIL_POINT("store.commit.samples");
    for (const DailyValue &value : batch.daily) {
        const Day *day = plan.find(value.date);
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

Result<QList<Cell>> SqliteIngest::writeCells(const CommitRequest &request, const Plan &plan)
{
    QList<Cell> cells;
    for (const Day &day : plan.days) {
        CellRow row = nextCell(day.old, day.answer);
        if (auto written = m_cells.write(row); !written)
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

Result<QList<Cell>> SqliteIngest::releaseZeros(const CommitRequest &request, const Plan &plan)
{
    QList<Cell> cells;
    const AccountKey &account = request.answer.task.account;
    for (const Day &day : plan.days) {
        for (const QString &type : day.takesRows() ? sampleTypesIn(request, day.civil) : QStringList()) {
            auto released = m_measurements.release(account, day.civil.date, type);
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
            }
        }
    }
    return cells;
}

Result<QList<DayFileWish>> SqliteIngest::dayFilesOf(const CommitRequest &request, const Plan &plan) const
{
    QList<DayFileWish> wishes;
    const FetchTask &task = request.answer.task;
    for (const Day &day : plan.days) {
        const DaySource &source = day.answer.dayFile;
        if (source.document == 0 || day.keepOld)
            continue;
        const auto folder = m_archive.participantDir(task.account.provider, task.account.participant);
        if (!folder)
            return failure(folder.error());
        const QDate date = day.civil.date;
        const bool isWhole = source.sha256.isEmpty();
        wishes.append({{*folder, request.batch.dataType, date},
                       isWhole ? request.answer.body : request.dayBodies.value(date),
                       {wholeFetch(day.old, day.answer).hasData, day.oldSha256}});
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
        auto planned = plan(request);
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
        committed[index] = {{counts.added, counts.changed, counts.same, *cells, {}}, std::move(*dayFiles)};
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

Result<QList<Sample>> SqliteIngest::samples(const AccountKey &account, const QString &type, qint64 firstUtc,
                                            qint64 endUtc) const
{
    return m_measurements.samples(account, type, firstUtc, endUtc);
}

} // namespace wristkeep
