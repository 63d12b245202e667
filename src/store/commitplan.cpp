// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/commitplan.h"

#include "store/answerparts.h"
#include "store/cellrows.h"
#include "store/documents.h"
#include "store/measurements.h"

#include <algorithm>
#include <utility>

namespace wristkeep {

void CommitPlan::append(PlannedDay day)
{
    // Of a day told twice the first is meant.
    if (!m_places.contains(day.civil.date))
        m_places.insert(day.civil.date, m_days.size());
    m_days.append(std::move(day));
}

const PlannedDay *CommitPlan::find(QDate date) const
{
    const auto place = m_places.constFind(date);
    return place == m_places.cend() ? nullptr : &m_days.at(*place);
}

CommitPlanner::CommitPlanner(CellRows &cells, Documents &documents, Measurements &measurements)
    : m_cells(cells), m_documents(documents), m_measurements(measurements)
{
}

Result<bool> CommitPlanner::isWitnessed(const CommitRequest &request, const DailyValue &value,
                                        const CivilDay &day)
{
    const QString kind = kindOf(value.zeroWitness);
    // What was read later says nothing about a zero told before it.
    const qint64 toldUtc = request.answer.fetchedAtUtc;
    for (const Batch *batch : batchesOf(request)) {
        for (const SampleSeries &series : batch->series) {
            if (kindOf(series.type) == kind && firstSampleIn(series, day).value_or(toldUtc + 1) <= toldUtc)
                return true;
        }
    }
    return m_measurements.samples().hasKind(request.answer.task.account, kind,
                                            {day.startUtc, std::min(day.endUtc(), toldUtc + 1)});
}

Outcome CommitPlanner::judgeZeros(const CommitRequest &request, PlannedDay &day)
{
    const FetchTask &task = request.answer.task;
    bool replacesRealValue = false;
    int withheldHere = 0;
    int believed = 0;
    for (const Batch *batch : batchesOf(request)) {
        for (const DailyValue &value : batch->daily) {
            if (value.date != day.civil.date || value.value != 0 || value.zeroWitness.isEmpty())
                continue;
            auto witnessed = isWitnessed(request, value, day.civil);
            if (!witnessed)
                return failure(witnessed.error());
            auto present = m_measurements.dailyValue(task.account, value.type, value.date);
            if (!present)
                return failure(present.error());
            replacesRealValue = replacesRealValue || (*present && **present != 0);
            if (*witnessed) {
                ++believed;
                continue;
            }
            day.withheld.insert(value.type);
            withheldHere += batch == &request.batch ? 1 : 0;
        }
    }
    DayAnswer &said = day.answer;
    said.hasData =
        said.hasData && (day.withheld.isEmpty() || holdsRowsOf(request.batch, day.civil, day.withheld));
    said.points = said.hasData ? std::max(1, said.points - withheldHere) : 0;
    // A parser cannot know whom to believe: the day has data whether its readings came before or after the
    // zero.
    if (!said.hasData && believed > 0 && !replacesRealValue) {
        said.hasData = true;
        said.points = believed;
    }
    if (auto weighed = weigh(request, day); !weighed)
        return weighed;
    day.keepOld = keepsOldData(day.old, said) || (replacesRealValue && !said.hasData);
    return {};
}

Outcome CommitPlanner::weigh(const CommitRequest &request, PlannedDay &day)
{
    DayAnswer &said = day.answer;
    if (!day.isNewer || !isPoorer(day.old, said))
        return {};
    const DayContent content = contentOf(batchesOf(request), day.civil);
    const auto confirmation = m_measurements.confirm(said.key.account, said.key.dataType, content);
    if (!confirmation)
        return failure(confirmation.error());
    said.kept = confirmation->kept;
    said.confirmed = confirmation->confirmed;
    said.digest = digestOf(content);
    return {};
}

Outcome CommitPlanner::findOldDayFile(PlannedDay &day)
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

ZoneDays &CommitPlanner::daysIn(const Zone &zone)
{
    if (!m_days || m_days->zone().zone != zone.zone || m_days->zone().source != zone.source)
        m_days.emplace(zone);
    return *m_days;
}

Result<QHash<QDate, CellRow>> CommitPlanner::oldCells(const CommitRequest &request)
{
    QHash<QDate, CellRow> cells;
    const QList<DayResult> &days = request.batch.days;
    const auto [first, last] = std::minmax_element(
        days.cbegin(), days.cend(), [](const DayResult &a, const DayResult &b) { return a.date < b.date; });
    if (first == days.cend())
        return cells;
    auto rows =
        m_cells.readRange(request.answer.task.account, request.batch.dataType, first->date, last->date);
    if (!rows)
        return failure(rows.error());
    cells.reserve(rows->size());
    for (const CellRow &row : std::as_const(*rows))
        cells.insert(row.cell.key.date, row);
    return cells;
}

Result<PlannedDay> CommitPlanner::planDay(const CommitRequest &request, const DayResult &result,
                                          const std::optional<CellRow> &old)
{
    const Answer &answer = request.answer;
    ZoneDays &zoneDays = daysIn(answer.zone);
    PlannedDay day;
    day.civil = zoneDays.day(result.date);
    DayAnswer &said = day.answer;
    said.key = {answer.task.account, request.batch.dataType, result.date};
    day.old = old;
    // An answer may be entered long after it came, as files of the earlier program are.
    day.isNewer =
        day.old && hasAllPages(request) && answer.fetchedAtUtc >= day.old->cell.fetchedAtUtc.value_or(0);
    said.hasData = result.hasData;
    said.points = result.points;
    said.isFirstPage = answer.task.page.isEmpty();
    said.isLastPage = request.batch.nextPage.isEmpty();
    said.isToday = request.today.isValid() && result.date >= request.today;
    said.fetchedAtUtc = answer.fetchedAtUtc;
    said.dayEndUtc = day.civil.endUtc();
    said.settleAtUtc = settleTime(result.date, request.settleDays, zoneDays);
    said.document = request.document.id;
    said.dayFile = daySource(request, result.date);
    if (auto judged = judgeZeros(request, day); !judged)
        return failure(judged.error());
    day.waits = waitsForLastPage(day.old, said);
    if (auto found = findOldDayFile(day); !found)
        return failure(found.error());
    return day;
}

Result<CommitPlan> CommitPlanner::plan(const CommitRequest &request)
{
    const auto old = oldCells(request);
    if (!old)
        return failure(old.error());
    CommitPlan plan;
    for (const DayResult &result : request.batch.days) {
        const auto known = old->constFind(result.date);
        auto day = planDay(request, result, known == old->cend() ? std::nullopt : std::optional(*known));
        if (!day)
            return failure(day.error());
        plan.append(std::move(*day));
    }
    return plan;
}

} // namespace wristkeep
