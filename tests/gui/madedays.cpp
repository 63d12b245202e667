// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/madedays.h"

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace wristkeep::test {

namespace {

/// Asleep, awake, a walk at noon, a run in the evening.
double beatsAt(int minute)
{
    const double ripple =
        4 * std::sin(minute * 0.9) + 3 * std::sin(minute * 0.37) + 2 * std::sin(minute * 2.3);
    const double awake = minute < 420 ? 0 : 20;
    const double walk = minute > 730 && minute < 790 ? 25 : 0;
    const double run = minute > 1090 && minute < 1135 ? 70 : 0;
    return std::round(54 + awake + walk + run + ripple);
}

} // namespace

AccountKey dayAccount()
{
    return {u"default"_s, u"fitbit"_s};
}

Cell cellOf(const QString &type, QDate date, CellState state, bool hasData, const QString &reason)
{
    Cell cell;
    cell.key = {dayAccount(), type, date};
    cell.state = state;
    cell.hasData = hasData;
    cell.reason = reason;
    if (hasData)
        cell.fetchedAtUtc = 1790000000;
    return cell;
}

DayRecord bareDay(QDate date)
{
    DayRecord record;
    record.account = dayAccount();
    record.day = civilDay(date, Zone{QTimeZone("Europe/Berlin"), ZoneSource::Profile});
    return record;
}

DayRecord fullDay(QDate date)
{
    DayRecord record = bareDay(date);
    record.stepsCell = cellOf(u"steps"_s, date, CellState::Complete, true);
    record.heartCell = cellOf(u"heartrate_1min"_s, date, CellState::Complete, true);
    record.steps = 9120;
    record.restingHeartRate = 58;
    for (int minute = 0; minute < record.day.seconds / 60; ++minute)
        record.heartRate.push_back({record.day.startUtc + 60LL * minute, beatsAt(minute)});
    record.heartMinutes = int(record.heartRate.size());
    return record;
}

void dropMinutes(DayRecord &record, int first, int last)
{
    const qint64 from = record.day.startUtc + 60LL * first;
    const qint64 to = record.day.startUtc + 60LL * last;
    std::erase_if(record.heartRate,
                  [from, to](const Sample &sample) { return sample.t >= from && sample.t <= to; });
    record.heartMinutes.reset();
    if (!record.heartRate.empty())
        record.heartMinutes = int(record.heartRate.size());
}

} // namespace wristkeep::test
