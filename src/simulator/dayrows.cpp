// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/dayrows.h"

#include <array>

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

int minutesOf(const QString &detail)
{
    return detail == u"5min"_s ? 5 : (detail == u"15min"_s ? 15 : 1);
}

/// Joins neighbouring minutes into bins; rates are averaged, steps added.
QList<DayRow> binned(const QList<DayRow> &rows, int minutes, bool average)
{
    if (minutes == 1)
        return rows;
    const int width = minutes * 60;
    QList<DayRow> bins;
    qint64 sum = 0;
    int count = 0;
    const auto close = [&] {
        if (count > 0 && average)
            bins.last().value = int((2 * sum + count) / (2 * count));
        else if (count > 0)
            bins.last().value = int(sum);
    };
    for (const DayRow &row : rows) {
        const int start = row.wallSecond - row.wallSecond % width;
        if (bins.isEmpty() || bins.last().wallSecond != start) {
            close();
            bins.append({start, 0, row.second});
            sum = 0;
            count = 0;
        }
        sum += row.value;
        ++count;
    }
    close();
    return bins;
}

void appendNumber(QByteArray &out, int value)
{
    std::array<char, 12> digits{};
    std::size_t at = digits.size();
    do {
        digits.at(--at) = char('0' + value % 10);
        value /= 10;
    } while (value > 0);
    out.append(digits.data() + at, qsizetype(digits.size() - at));
}

void appendTime(QByteArray &out, int second)
{
    const int hour = second / 3600;
    const int minute = second / 60 % 60;
    const int rest = second % 60;
    const std::array<char, 8> text = {char('0' + hour / 10),   char('0' + hour % 10),   ':',
                                      char('0' + minute / 10), char('0' + minute % 10), ':',
                                      char('0' + rest / 10),   char('0' + rest % 10)};
    out.append(text.data(), qsizetype(text.size()));
}

} // namespace

bool isRepeatedHour(const CivilDay &day, int second)
{
    if (!day.changeUtc || day.offsetAfterS >= day.offsetS)
        return false;
    const qint64 utc = day.startUtc + second;
    return utc >= *day.changeUtc && utc < *day.changeUtc + (day.offsetS - day.offsetAfterS);
}

DayHorizon horizonOf(const CivilDay &day, qint64 lastSync, qint64 now)
{
    return {int(qBound(qint64(0), lastSync - day.startUtc, qint64(day.seconds))),
            int(qBound(qint64(0), now - day.startUtc, qint64(day.seconds)))};
}

QList<DayRow> stepRows(const DayData &data, const QString &detail, const DayHorizon &horizon,
                       FallBack fallBack)
{
    QList<DayRow> rows;
    rows.reserve(data.minutes());
    std::array<int, 1440> rowOfMinute{};
    rowOfMinute.fill(-1);
    for (int minute = 0; minute < data.minutes() && minute * 60 < horizon.presentSecond; ++minute) {
        const int wall = data.wallSecond(minute * 60) / 60 * 60;
        const int value = (minute + 1) * 60 <= horizon.syncedSecond ? data.steps.at(minute) : 0;
        int &known = rowOfMinute.at(std::size_t(wall / 60));
        if (known >= 0 && fallBack == FallBack::SingleCopy) {
            rows[known].value += value; // the day's sum must stay the day's total
            continue;
        }
        known = int(rows.size());
        rows.append({wall, value, minute * 60});
    }
    return binned(rows, minutesOf(detail), false);
}

QList<DayRow> heartRows(const DayData &data, const QString &detail, const DayHorizon &horizon,
                        FallBack fallBack)
{
    QList<DayRow> rows;
    const auto add = [&](int second, int value) {
        if (fallBack == FallBack::BothCopies || !isRepeatedHour(data.day, second))
            rows.append({data.wallSecond(second), value, second});
    };
    if (detail == u"1sec"_s) {
        rows.reserve(data.readings.size());
        for (const HeartReading &reading : data.readings) {
            if (reading.second < horizon.syncedSecond)
                add(reading.second, reading.rate);
        }
        return rows;
    }
    rows.reserve(data.minutes());
    for (int minute = 0; minute < data.minutes(); ++minute) {
        if (data.minuteRates.at(minute) > 0 && (minute + 1) * 60 <= horizon.syncedSecond)
            add(minute * 60, data.minuteRates.at(minute));
    }
    return binned(rows, minutesOf(detail), true);
}

QByteArray dataSetJson(const QList<DayRow> &rows, const QString &detail, bool swapped)
{
    QByteArray out;
    out.reserve(64 + rows.size() * 34);
    out += R"({"dataset":[)";
    bool first = true;
    for (const DayRow &row : rows) {
        if (!first)
            out += ',';
        first = false;
        if (swapped) {
            out += R"({"value":)";
            appendNumber(out, row.value);
            out += R"(,"time":")";
            appendTime(out, row.wallSecond);
            out += "\"}";
        } else {
            out += R"({"time":")";
            appendTime(out, row.wallSecond);
            out += R"(","value":)";
            appendNumber(out, row.value);
            out += '}';
        }
    }
    const bool seconds = detail == u"1sec"_s;
    out += R"(],"datasetInterval":)" + QByteArray::number(minutesOf(detail)) + R"(,"datasetType":)";
    out += seconds ? R"("second"})" : R"("minute"})";
    return out;
}

} // namespace wristkeep
