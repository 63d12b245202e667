// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sqliteingest.h"

#include "core/failpoint.h"
#include "core/logging.h"
#include "store/cellrules.h"
#include "store/durablefile.h"
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
};

struct SqliteIngest::Plan
{
    QList<Day> days;
    bool showsDayFile = false;
    QByteArray oldSha256; ///< of the answer the day file held

    [[nodiscard]] const Day *find(QDate date) const
    {
        const auto found = std::find_if(days.cbegin(), days.cend(),
                                        [date](const Day &day) { return day.civil.date == date; });
        return found == days.cend() ? nullptr : &*found;
    }
};

namespace {

QDate dateIn(const CivilDay &day, qint64 utc)
{
    return utc >= day.startUtc && utc < day.endUtc() ? day.date : QDate();
}

bool hasSampleIn(const SampleSeries &series, const CivilDay &day)
{
    return std::any_of(series.samples.cbegin(), series.samples.cend(),
                       [&day](const Sample &sample) { return dateIn(day, sample.t).isValid(); });
}

bool holdsRowsOf(const Batch &batch, const CivilDay &day, const QSet<QString> &withheld)
{
    return std::any_of(batch.series.cbegin(), batch.series.cend(),
                       [&day](const SampleSeries &series) { return hasSampleIn(series, day); }) ||
           std::any_of(batch.daily.cbegin(), batch.daily.cend(),
                       [&](const DailyValue &value) {
                           return value.date == day.date && !withheld.contains(value.type);
                       }) ||
           std::any_of(batch.sessions.cbegin(), batch.sessions.cend(),
                       [&day](const Session &session) { return session.date == day.date; });
}

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
      m_cells(sqliteHandle(database)), m_measurements(sqliteHandle(database))
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
    for (const SampleSeries &series : request.batch.series) {
        if (series.type == value.zeroWitness && hasSampleIn(series, day))
            return true;
    }
    return m_measurements.hasSamples(request.answer.task.account, value.zeroWitness, day.startUtc,
                                     day.endUtc());
}

Result<SqliteIngest::Plan> SqliteIngest::plan(const CommitRequest &request)
{
    const Answer &answer = request.answer;
    const FetchTask &task = answer.task;
    const Batch &batch = request.batch;
    Plan plan;
    plan.showsDayFile =
        request.writeDayFiles && task.first == task.last && task.page.isEmpty() && batch.nextPage.isEmpty();
    for (const DayResult &result : batch.days) {
        Day day;
        day.civil = civilDay(result.date, answer.zone);
        day.answer.key = {task.account, batch.dataType, result.date};
        auto old = m_cells.read(day.answer.key);
        if (!old)
            return failure(old.error());
        day.old = *old;
        bool replacesRealValue = false;
        for (const DailyValue &value : batch.daily) {
            if (value.date != result.date || value.value != 0 || value.zeroWitness.isEmpty())
                continue;
            auto witnessed = isWitnessed(request, value, day.civil);
            if (!witnessed)
                return failure(witnessed.error());
            if (*witnessed)
                continue;
            day.withheld.insert(value.type);
            auto present = m_measurements.dailyValue(task.account, value.type, value.date);
            if (!present)
                return failure(present.error());
            replacesRealValue = replacesRealValue || (*present && **present != 0);
        }
        DayAnswer &said = day.answer;
        said.hasData =
            result.hasData && (day.withheld.isEmpty() || holdsRowsOf(batch, day.civil, day.withheld));
        said.points = said.hasData ? std::max(1, result.points - int(day.withheld.size())) : 0;
        said.isFirstPage = task.page.isEmpty();
        said.isLastPage = batch.nextPage.isEmpty();
        said.isToday = request.today.isValid() && result.date >= request.today;
        said.fetchedAtUtc = answer.fetchedAtUtc;
        said.settleAtUtc = settleTime(result.date, request.settleDays, answer.zone);
        said.document = request.document.id;
        said.dayDocument = plan.showsDayFile ? request.document.id : 0;
        day.keepOld = keepsOldData(day.old, said) || (replacesRealValue && !said.hasData);
        plan.days.append(day);
    }
    if (plan.showsDayFile && !plan.days.isEmpty() && plan.days.first().old &&
        plan.days.first().old->dayDocument > 0) {
        const auto hash = m_documents.hashOf(plan.days.first().old->dayDocument);
        if (!hash)
            return failure(hash.error());
        plan.oldSha256 = *hash;
    }
    return plan;
}

Outcome SqliteIngest::writeRows(const CommitRequest &request, const Plan &plan, WriteCounts &counts)
{
    const Batch &batch = request.batch;
    const AccountKey &account = request.answer.task.account;
    Provenance from;
    from.account = account;
    from.dataType = batch.dataType;
    if (request.document.id > 0)
        from.document = request.document.id;
    from.fetchedAtUtc = request.answer.fetchedAtUtc;
    from.fetchedBefore = [&plan](QDate date) -> std::optional<qint64> {
        const Day *day = plan.find(date);
        return day && day->old ? day->old->cell.fetchedAtUtc : std::nullopt;
    };
    for (const Day &day : plan.days) {
        if (day.keepOld)
            continue;
        if (auto written = m_measurements.writeDay(account, day.civil); !written)
            return written;
    }
    const auto dateOf = [&plan](qint64 utc) -> std::optional<QDate> {
        for (const Day &day : plan.days) {
            if (dateIn(day.civil, utc).isValid())
                return day.keepOld ? std::nullopt : std::optional(day.civil.date);
        }
        return QDate(); // Outside of the days asked for: no reason to drop it.
    };
    for (const SampleSeries &series : batch.series) {
        if (auto written = m_measurements.writeSamples(from, series, dateOf, counts); !written)
            return written;
    }
    WRISTKEEP_FAIL_POINT("store.commit.samples");
    for (const DailyValue &value : batch.daily) {
        const Day *day = plan.find(value.date);
        if (day && day->keepOld)
            continue;
        const bool withheld = day && day->withheld.contains(value.type);
        if (auto written = m_measurements.writeDaily(from, value, withheld, counts); !written)
            return written;
    }
    WRISTKEEP_FAIL_POINT("store.commit.daily");
    for (const Session &session : batch.sessions) {
        const Day *day = plan.find(session.date);
        if (day && day->keepOld)
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
        for (const SampleSeries &series : request.batch.series) {
            if (day.keepOld || !hasSampleIn(series, day.civil))
                continue;
            auto released = m_measurements.release(account, day.civil.date, series.type);
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

Result<std::optional<DayFileWish>> SqliteIngest::dayFileOf(const CommitRequest &request,
                                                           const Plan &plan) const
{
    if (!plan.showsDayFile || plan.days.isEmpty() || plan.days.first().keepOld)
        return std::nullopt;
    const FetchTask &task = request.answer.task;
    const auto folder = m_archive.participantDir(task.account.provider, task.account.participant);
    if (!folder)
        return failure(folder.error());
    return DayFileWish{{*folder, request.batch.dataType, task.first},
                       request.answer.body,
                       {plan.days.first().answer.hasData, plan.oldSha256}};
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
        auto dayFile = dayFileOf(request, *planned);
        if (!dayFile)
            return failure(dayFile.error());
        committed[index] = {{counts.added, counts.changed, counts.same, *cells, {}}, std::move(*dayFile)};
        WRISTKEEP_FAIL_POINT("store.commit.before-commit");
    }
    if (auto done = transaction->commit(); !done)
        return failure(done.error());
    for (qsizetype i = 0; i < requests.size(); ++i)
        WRISTKEEP_FAIL_POINT("store.commit.committed");
    return committed;
}

Result<int> SqliteIngest::healDayFiles()
{
    auto query = runSql(
        m_database, u"SELECT l.participant, l.provider, l.data_type, l.date, l.has_data, d.sha256, d.bytes "
                    u"FROM ledger l JOIN documents d ON d.id = l.day_document "
                    u"ORDER BY l.participant, l.provider"_s);
    if (!query)
        return failure(query.error());
    int healed = 0;
    QString sweptFolder;
    while (query->next()) {
        const QString participant = query->value(0).toString();
        const QString provider = query->value(1).toString();
        const auto folder = m_archive.participantDir(provider, participant);
        if (!folder)
            continue; // A provider without a folder in these settings: nothing to show there.
        if (*folder != sweptFolder) {
            sweepTemporaries(*folder);
            sweptFolder = *folder;
        }
        const DayFile file{*folder, query->value(2).toString(),
                           QDate::fromString(query->value(3).toString(), Qt::ISODate)};
        if (isDayFileSound(file, query->value(6).toLongLong()))
            continue;
        const auto bytes = m_archive.body(provider, participant, query->value(5).toByteArray());
        if (!bytes) {
            qCWarning(lcStore).noquote() << "Cannot rebuild" << file.path() + u':' << bytes.error().detail;
            continue;
        }
        const auto written = showDayFiles({{file, *bytes, {query->value(4).toBool(), {}}}});
        if (!written)
            return failure(written.error());
        healed += int(written->size());
        WRISTKEEP_FAIL_POINT("store.heal.file");
    }
    return healed;
}

Result<QList<Sample>> SqliteIngest::samples(const AccountKey &account, const QString &type, qint64 firstUtc,
                                            qint64 endUtc) const
{
    return m_measurements.samples(account, type, firstUtc, endUtc);
}

} // namespace wristkeep
