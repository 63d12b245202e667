// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/googlehealth/instanttext.h"

#include <QByteArray>
#include <QTime>

#include <cmath>

namespace wristkeep {

namespace {

constexpr size_t WholeSeconds = std::string_view("2026-08-07T14:46:22").size();
constexpr qint64 UnixEpochJulianDay = 2'440'588;
constexpr qint64 SecondsADay = 86'400;

/// -1 when it is not all digits.
int number(std::string_view digits)
{
    int value = 0;
    for (const char digit : digits) {
        if (digit < '0' || digit > '9')
            return -1;
        value = value * 10 + (digit - '0');
    }
    return value;
}

/// "" or ".749348"; -1 when it is neither.
int nanosOf(std::string_view fraction)
{
    if (fraction.empty())
        return 0;
    if (fraction.front() != '.' || fraction.size() < 2 || fraction.size() > 10)
        return -1;
    int nanos = number(fraction.substr(1));
    for (size_t digits = fraction.size() - 1; nanos > 0 && digits < 9; ++digits)
        nanos *= 10;
    return nanos;
}

} // namespace

std::optional<Instant> instantOf(std::string_view text)
{
    if (text.size() <= WholeSeconds || text.back() != 'Z' || text[4] != '-' || text[7] != '-' ||
        text[10] != 'T' || text[13] != ':' || text[16] != ':')
        return std::nullopt;
    const QDate date(number(text.substr(0, 4)), number(text.substr(5, 2)), number(text.substr(8, 2)));
    const QTime time(number(text.substr(11, 2)), number(text.substr(14, 2)), number(text.substr(17, 2)));
    const int nanos = nanosOf(text.substr(WholeSeconds, text.size() - WholeSeconds - 1));
    if (!date.isValid() || !time.isValid() || nanos < 0)
        return std::nullopt;
    const qint64 days = date.toJulianDay() - UnixEpochJulianDay;
    return Instant{days * SecondsADay + time.msecsSinceStartOfDay() / 1000, nanos};
}

std::optional<double> durationOf(std::string_view text)
{
    if (text.size() < 2 || text.back() != 's')
        return std::nullopt;
    text.remove_suffix(1);
    // Qt's reader takes more than Google writes: spaces, exponents, "inf".
    if (text.find_first_not_of("-.0123456789") != std::string_view::npos)
        return std::nullopt;
    bool ok = false;
    const double seconds = QByteArray::fromRawData(text.data(), qsizetype(text.size())).toDouble(&ok);
    return ok && std::isfinite(seconds) ? std::optional(seconds) : std::nullopt;
}

QDate dateAt(const Instant &instant, qint64 offset)
{
    const qint64 local = instant.utc + offset;
    const qint64 days = local >= 0 ? local / SecondsADay : -((SecondsADay - 1 - local) / SecondsADay);
    return QDate::fromJulianDay(UnixEpochJulianDay + days);
}

} // namespace wristkeep
