// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/google/googlejson.h"

#include <QDateTime>
#include <QRegularExpression>

#include <array>

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 epochDay = 2'440'588; ///< Julian day of 1970-01-01
constexpr qint64 daySeconds = 86'400;

struct Split
{
    QDate date;
    int second = 0;
};

Split splitSeconds(qint64 seconds)
{
    const qint64 day = seconds >= 0 ? seconds / daySeconds : (seconds - daySeconds + 1) / daySeconds;
    return {QDate::fromJulianDay(epochDay + day), int(seconds - day * daySeconds)};
}

/// `width`: at most 4 digits.
void appendPadded(QByteArray &out, int value, int width)
{
    std::array<char, 4> digits{};
    for (int at = width - 1; at >= 0; --at, value /= 10)
        digits.at(std::size_t(at)) = char('0' + value % 10);
    out.append(digits.data(), width);
}

std::optional<QTime> readTime(const QString &text)
{
    static const QRegularExpression pattern(u"^(\\d\\d):(\\d\\d):(\\d\\d)(?:\\.(\\d{1,9}))?$"_s);
    const auto match = pattern.match(text);
    if (!match.hasMatch())
        return std::nullopt;
    const int ms = match.captured(4).left(3).leftJustified(3, u'0').toInt();
    const QTime time(match.captured(1).toInt(), match.captured(2).toInt(), match.captured(3).toInt(), ms);
    return time.isValid() ? std::optional(time) : std::nullopt;
}

} // namespace

void appendInstant(QByteArray &out, qint64 utcMs)
{
    const qint64 seconds = utcMs >= 0 ? utcMs / 1000 : (utcMs - 999) / 1000;
    const int ms = int(utcMs - seconds * 1000);
    const Split split = splitSeconds(seconds);
    appendPadded(out, split.date.year(), 4);
    out += '-';
    appendPadded(out, split.date.month(), 2);
    out += '-';
    appendPadded(out, split.date.day(), 2);
    out += 'T';
    appendPadded(out, split.second / 3600, 2);
    out += ':';
    appendPadded(out, split.second / 60 % 60, 2);
    out += ':';
    appendPadded(out, split.second % 60, 2);
    if (ms > 0) {
        out += '.';
        appendPadded(out, ms, 3);
    }
    out += 'Z';
}

void appendDate(QByteArray &out, QDate date)
{
    out += R"({"year":)" + QByteArray::number(date.year()) + R"(,"month":)" +
           QByteArray::number(date.month()) + R"(,"day":)" + QByteArray::number(date.day()) + '}';
}

void appendCivil(QByteArray &out, qint64 localS)
{
    const Split split = splitSeconds(localS);
    out += R"({"date":)";
    appendDate(out, split.date);
    out += R"(,"time":{)";
    const auto member = [&out](const char *name, int value) {
        if (value > 0)
            out += (out.endsWith('{') ? "\"" : ",\"") + QByteArray(name) + "\":" + QByteArray::number(value);
    };
    member("hours", split.second / 3600);
    member("minutes", split.second / 60 % 60);
    member("seconds", split.second % 60);
    out += "}}";
}

std::optional<qint64> readInstant(const QString &text)
{
    static const QRegularExpression zone(u"(Z|[+-]\\d\\d:\\d\\d)$"_s);
    const auto match = zone.match(text);
    if (!match.hasMatch() || text.size() < 20 || text.at(10) != u'T')
        return std::nullopt;
    const QDate date = QDate::fromString(text.left(10), u"yyyy-MM-dd"_s);
    const std::optional<QTime> time = readTime(text.mid(11, match.capturedStart() - 11));
    if (!date.isValid() || !time)
        return std::nullopt;
    const QString offset = match.captured(1);
    int seconds = 0;
    if (offset != u"Z"_s) {
        seconds = offset.mid(1, 2).toInt() * 3600 + offset.mid(4, 2).toInt() * 60;
        seconds = offset.startsWith(u'-') ? -seconds : seconds;
    }
    return QDateTime(date, *time, Qt::UTC).toMSecsSinceEpoch() - seconds * 1000LL;
}

std::optional<QDate> readCivilDate(const QString &text)
{
    const QDate date = QDate::fromString(text, u"yyyy-MM-dd"_s);
    return date.isValid() ? std::optional(date) : std::nullopt;
}

std::optional<qint64> readCivil(const QString &text)
{
    const std::optional<QDate> date = readCivilDate(text.left(10));
    if (!date)
        return std::nullopt;
    const qint64 midnight = (date->toJulianDay() - epochDay) * daySeconds;
    if (text.size() == 10)
        return midnight;
    const std::optional<QTime> time = text.at(10) == u'T' ? readTime(text.mid(11)) : std::nullopt;
    if (!time)
        return std::nullopt;
    return midnight + time->msecsSinceStartOfDay() / 1000;
}

std::optional<qint64> readDuration(const QString &text)
{
    static const QRegularExpression pattern(u"^(\\d{1,9})(?:\\.(\\d{1,9}))?s$"_s);
    const auto match = pattern.match(text);
    if (!match.hasMatch())
        return std::nullopt;
    return match.captured(1).toLongLong() * 1000 +
           match.captured(2).left(3).leftJustified(3, u'0').toLongLong();
}

} // namespace wristkeep
