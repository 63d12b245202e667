// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/planner.h"

#include "core/zonedays.h"

#include <QHash>

#include <algorithm>
#include <deque>
#include <vector>

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 hour = 3600;

bool isSettled(const Cell &cell)
{
    return cell.state == CellState::Complete || cell.state == CellState::Empty;
}

using StateByDay = QHash<QString, QHash<QDate, Cell>>;

StateByDay byTypeAndDay(const QList<Cell> &cells)
{
    StateByDay states;
    for (const Cell &cell : cells)
        states[cell.key.dataType].insert(cell.key.date, cell);
    return states;
}

/// The days of one type that need asking, newest first.
QList<QDate> wantedDays(const PlanInput &input, const DayRange &days, const QHash<QDate, Cell> &known)
{
    // A doubt is cleared by another answer, and nobody else asks for one.
    const bool isScheduled = input.request.trigger == SyncTrigger::Schedule;
    QList<QDate> wanted;
    for (QDate day = days.last; day >= days.first; day = day.addDays(-1)) {
        const auto cell = known.constFind(day);
        if (input.request.askSettledAgain || cell == known.constEnd() || !isSettled(*cell) ||
            (isScheduled && cell->suspicious))
            wanted << day;
    }
    return wanted;
}

/// What one request of a type may ask for, with the instants of the wanted days looked up once.
class RequestBounds
{
public:
    RequestBounds(const QList<QDate> &wanted, const DataType &type, const Zone &zone)
        : m_days(std::max(1, type.maxDaysPerRequest)), m_seconds(type.maxHoursPerRequest * hour)
    {
        ZoneDays days(zone);
        for (const QDate &day : wanted) {
            const bool countsHours = m_seconds > 0;
            m_wanted.push_back({day.toJulianDay(), countsHours ? days.start(day) : 0,
                                countsHours ? days.start(day.addDays(1)) : 0});
        }
    }

    [[nodiscard]] qint64 day(qsizetype index) const { return m_wanted[size_t(index)].day; }
    /// Both are indexes of wanted days, which go from new to old.
    [[nodiscard]] bool fits(qsizetype newest, qsizetype oldest) const
    {
        const Day &last = m_wanted[size_t(newest)];
        const Day &first = m_wanted[size_t(oldest)];
        if (newest == oldest)
            return true;
        return last.day - first.day < m_days && (m_seconds == 0 || last.endUtc - first.startUtc <= m_seconds);
    }

private:
    struct Day
    {
        qint64 day;
        qint64 startUtc;
        qint64 endUtc;
    };
    qint64 m_days;
    qint64 m_seconds;
    std::vector<Day> m_wanted;
};

/// How many of the wanted days each request covers, newest first: the fewest requests, then the fewest days
/// in between, then as much as possible in the newest ones.
///
/// Walks from the oldest day to the newest. A request that reaches as far as it may never costs one more, so
/// only the ends that leave as few requests behind compete; their best is the minimum of a window that
/// slides.
QList<qsizetype> requestSizes(const QList<QDate> &wanted, const DataType &type, const Zone &zone)
{
    struct Best
    {
        qsizetype requests = 0;
        qint64 between = 0;
        qsizetype next = 0; ///< where the next request begins
    };
    const RequestBounds bounds(wanted, type, zone);
    const qsizetype count = wanted.size();
    std::vector<Best> best(size_t(count) + 1);
    /// What a request that ends before `end` costs in days between, but for what its beginning adds.
    const auto price = [&](qsizetype end) { return best[size_t(end)].between - bounds.day(end - 1) - end; };
    std::deque<qsizetype> ends; // of the window, cheapest and then largest at the back
    qsizetype low = count + 1;  // the window's smallest end so far
    qsizetype high = count;     // the largest end one request may have
    for (qsizetype i = count - 1; i >= 0; --i) {
        while (!bounds.fits(i, high - 1))
            --high;
        while (!ends.empty() && ends.back() > high)
            ends.pop_back();
        low = std::min(low, high + 1);
        while (low - 1 > i && best[size_t(low - 1)].requests == best[size_t(high)].requests) {
            --low;
            while (!ends.empty() && price(ends.front()) > price(low))
                ends.pop_front();
            ends.push_front(low);
        }
        const qsizetype end = ends.back();
        best[size_t(i)] = {best[size_t(end)].requests + 1, price(end) + bounds.day(i) + 1 + i, end};
    }
    QList<qsizetype> sizes;
    for (qsizetype i = 0; i < count; i = best[size_t(i)].next)
        sizes << best[size_t(i)].next - i;
    return sizes;
}

QList<PlannedTask> tasksOf(const PlanInput &input, const DataType &type, const DayRange &days,
                           const QHash<QDate, Cell> &known)
{
    const QList<QDate> wanted = wantedDays(input, days, known);
    QList<PlannedTask> tasks;
    qsizetype begin = 0;
    for (const qsizetype size : requestSizes(wanted, type, input.zone)) {
        PlannedTask planned;
        planned.task = {input.account, type.id, wanted.at(begin + size - 1), wanted.at(begin), {}};
        for (qsizetype i = begin + 1; i < begin + size; ++i) {
            for (QDate day = wanted.at(i).addDays(1); day < wanted.at(i - 1); day = day.addDays(1))
                planned.settled << day;
        }
        tasks << planned;
        begin += size;
    }
    return tasks;
}

/// Of types with as many days a request, those of one day keep the order of the table.
void putCoarseAndNewestFirst(QList<PlannedTask> &tasks, const QList<DataType> &types)
{
    QHash<QString, int> daysPerRequest;
    for (const DataType &type : types)
        daysPerRequest.insert(type.id, type.maxDaysPerRequest);
    std::stable_sort(tasks.begin(), tasks.end(), [&](const PlannedTask &a, const PlannedTask &b) {
        const int daysOfA = daysPerRequest.value(a.task.dataType);
        const int daysOfB = daysPerRequest.value(b.task.dataType);
        return daysOfA != daysOfB ? daysOfA > daysOfB : a.task.last > b.task.last;
    });
}

} // namespace

bool isGranted(const DataType &type, const QStringList &granted)
{
    return granted.isEmpty() || type.scope.isEmpty() || granted.contains(type.scope);
}

Result<DayRange> askedDays(const SyncRequest &request, QDate today)
{
    const QDate yesterday = today.addDays(-1);
    DayRange days;
    days.first = request.first.value_or(request.last.value_or(yesterday));
    days.last = std::min(request.last.value_or(yesterday), today);
    if (!days.first.isValid() || !days.last.isValid())
        return failure(ErrorKind::BadUsage, u"The dates asked for are not dates."_s);
    if (days.first > today)
        return failure(ErrorKind::BadUsage,
                       u"%1 lies in the future."_s.arg(days.first.toString(Qt::ISODate)));
    if (days.first > days.last)
        return failure(ErrorKind::BadUsage,
                       u"The range from %1 to %2 is reversed."_s.arg(days.first.toString(Qt::ISODate),
                                                                     days.last.toString(Qt::ISODate)));
    return days;
}

QList<DataType> askedTypes(const PlanInput &input)
{
    const auto named = [&](const DataType &type) { return input.request.dataTypes.contains(type.id); };
    QList<DataType> asked;
    if (!input.request.dataTypes.isEmpty()) {
        std::copy_if(input.types.begin(), input.types.end(), std::back_inserter(asked), named);
        return asked;
    }
    QList<DataType> usual;
    for (const DataType &type : input.types) {
        if (!type.inDefaultRun)
            continue;
        usual << type;
        if (isGranted(type, input.granted))
            asked << type;
    }
    return asked.isEmpty() ? usual : asked;
}

Result<Plan> planRun(const PlanInput &input)
{
    const Result<DayRange> days = askedDays(input.request, input.today);
    if (!days)
        return failure(days.error());
    const QList<DataType> types = askedTypes(input);
    const StateByDay known = byTypeAndDay(input.cells);

    Plan plan;
    for (QDate day = days->last; day >= days->first; day = day.addDays(-1)) {
        for (const DataType &type : types) {
            const CellKey key{input.account, type.id, day};
            plan.cells << key;
            if (!isGranted(type, input.granted))
                plan.notPermitted << key;
        }
    }
    for (const DataType &type : types) {
        if (isGranted(type, input.granted))
            plan.tasks << tasksOf(input, type, *days, known.value(type.id));
    }
    putCoarseAndNewestFirst(plan.tasks, types);
    for (qsizetype i = 0; i < plan.tasks.size(); ++i) {
        const FetchTask &task = plan.tasks.at(i).task;
        plan.places.insert({task.dataType, task.last}, i);
    }
    return plan;
}

QList<FetchTask> Plan::wantedParts(const FetchTask &task) const
{
    const qsizetype place = places.value({task.dataType, task.last}, 0);
    const auto planned = std::find_if(tasks.begin() + place, tasks.end(),
                                      [&task](const PlannedTask &each) { return each.task == task; });
    if (planned == tasks.end() || planned->settled.isEmpty())
        return {task};
    QList<FetchTask> parts;
    for (QDate day = task.first; day <= task.last; day = day.addDays(1)) {
        if (planned->settled.contains(day))
            continue;
        if (!parts.isEmpty() && parts.last().last.addDays(1) == day)
            parts.last().last = day;
        else
            parts << FetchTask{task.account, task.dataType, day, day, {}};
    }
    return parts;
}

} // namespace wristkeep
