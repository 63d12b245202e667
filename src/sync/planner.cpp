// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/planner.h"

#include <QHash>

#include <algorithm>

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

/// Readings through the day ("heartrate_1min") are asked before daily values: they are the witnesses that
/// tell a true zero from an unworn day (docs/DATA.md).
bool isWitness(const DataType &type)
{
    const qsizetype cut = type.id.lastIndexOf(u'_');
    return cut > 0 && cut + 1 < type.id.size() && type.id.at(cut + 1).isDigit();
}

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

/// The days of one type that need asking, as the fewest requests of neighbouring days, newest first.
QList<FetchTask> tasksOf(const PlanInput &input, const DataType &type, const DayRange &days,
                         const QHash<QDate, Cell> &known)
{
    QList<FetchTask> tasks;
    for (QDate day = days.last; day >= days.first; day = day.addDays(-1)) {
        const auto cell = known.constFind(day);
        if (!input.request.askSettledAgain && cell != known.constEnd() && isSettled(*cell))
            continue;
        FetchTask *open = tasks.isEmpty() ? nullptr : &tasks.last();
        if (open && open->first == day.addDays(1) &&
            open->first.daysTo(open->last) + 1 < type.maxDaysPerRequest)
            open->first = day;
        else
            tasks << FetchTask{input.account, type.id, day, day, {}};
    }
    return tasks;
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
    QList<DataType> types = askedTypes(input);
    std::stable_partition(types.begin(), types.end(), isWitness);
    const StateByDay known = byTypeAndDay(input.cells);

    Plan plan;
    struct Ordered
    {
        FetchTask task;
        qsizetype rank;
        bool witness;
    };
    QList<Ordered> ordered;
    for (qsizetype rank = 0; rank < types.size(); ++rank) {
        const DataType &type = types.at(rank);
        if (!isGranted(type, input.granted))
            continue;
        for (const FetchTask &task : tasksOf(input, type, *days, known.value(type.id)))
            ordered << Ordered{task, rank, isWitness(type)};
    }
    std::stable_sort(ordered.begin(), ordered.end(), [](const Ordered &a, const Ordered &b) {
        return a.task.last != b.task.last ? a.task.last > b.task.last : a.rank < b.rank;
    });

    for (QDate day = days->last; day >= days->first; day = day.addDays(-1)) {
        for (const DataType &type : types) {
            const CellKey key{input.account, type.id, day};
            plan.cells << key;
            if (!isGranted(type, input.granted))
                plan.notPermitted << key;
        }
    }

    QHash<QDate, QList<int>> witnesses;
    for (qsizetype i = 0; i < ordered.size(); ++i) {
        if (!ordered.at(i).witness)
            continue;
        for (QDate day = ordered.at(i).task.first; day <= ordered.at(i).task.last; day = day.addDays(1))
            witnesses[day] << int(i);
    }
    for (const Ordered &entry : std::as_const(ordered)) {
        PlannedTask planned{entry.task, {}};
        if (!entry.witness) {
            for (QDate day = entry.task.first; day <= entry.task.last; day = day.addDays(1))
                planned.after << witnesses.value(day);
        }
        plan.tasks << planned;
    }
    return plan;
}

} // namespace wristkeep
