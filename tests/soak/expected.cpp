// SPDX-License-Identifier: GPL-3.0-or-later
#include "soak/expected.h"

#include "core/civilday.h"

#include <QDateTime>
#include <QJsonArray>
#include <QStringList>

#include <cmath>

namespace wristkeep::test {

using namespace Qt::StringLiterals;

namespace {

constexpr double nearEnough = 0.005; // the service rounds kilocalories and kilometres

class Reckoner
{
public:
    Reckoner(const QJsonObject &truth, bool google) : m_truth(truth), m_google(google)
    {
        for (const QJsonValue &rate : m_truth.value(u"rates"_s).toArray())
            m_rates.emplace(rate.toArray().at(0).toInteger(), rate.toArray().at(1).toDouble());
    }

    ExpectedCell cell(const QString &type) const
    {
        if (type == u"heartrate_1min"_s)
            return heartRate();
        if (type == u"steps_1min"_s)
            return stepsByMinute();
        if (type == u"sleep"_s)
            return sleep();
        if (type == u"weight"_s)
            return weight();
        ExpectedCell cell;
        cell.content.daily = trueZones(m_truth, type, m_google);
        if (!cell.content.daily.isEmpty() || type.contains(u"zone"_s))
            return cell;
        if (type == u"resting_heart_rate"_s)
            putPositive(cell, type, m_truth.value(u"restingRate"_s).toDouble());
        else if (type == u"calories"_s && m_google)
            putPositive(cell, type,
                        m_truth.value(u"worn"_s).toBool() ? m_truth.value(u"kcal"_s).toDouble() : 0);
        else if (type == u"calories"_s)
            putPositive(cell, type, m_truth.value(u"calories"_s).toDouble());
        else
            putCount(cell, type);
        return cell;
    }

private:
    static void putPositive(ExpectedCell &cell, const QString &name, double value)
    {
        if (value > 0)
            cell.content.daily.insert(name, value);
    }

    /// Steps, floors, distance: Google counts what was worn; Fitbit says 0 also of an unworn day.
    void putCount(ExpectedCell &cell, const QString &type) const
    {
        const double told = m_truth.value(type).toDouble();
        const double value = type == u"distance"_s ? told / 1'000 : told;
        if (m_google ? !m_rates.empty() : value > 0)
            cell.content.daily.insert(type, value);
        else if (!m_google)
            cell.zero = type;
    }

    ExpectedCell heartRate() const
    {
        ExpectedCell cell;
        cell.content.samples = m_rates;
        cell.content.daily = trueZones(m_truth, u"heartrate_1min"_s, m_google);
        if (m_google)
            return cell;
        // Fitbit writes wall times and tells of the hour of a clock that goes back once, the first.
        const QTimeZone zone(m_truth.value(u"zone"_s).toString().toLatin1());
        const QDate date = QDate::fromString(m_truth.value(u"date"_s).toString(), Qt::ISODate);
        const CivilDay day = civilDay(date, {zone, ZoneSource::Profile});
        if (day.changeUtc && day.offsetAfterS < day.offsetS) {
            const qint64 end = *day.changeUtc + (day.offsetS - day.offsetAfterS);
            std::erase_if(cell.content.samples, [&](const auto &sample) {
                return sample.first >= *day.changeUtc && sample.first < end;
            });
        }
        putPositive(cell, u"resting_heart_rate"_s, m_truth.value(u"restingRate"_s).toDouble());
        return cell;
    }

    ExpectedCell stepsByMinute() const
    {
        ExpectedCell cell;
        for (const auto &[utc, rate] : m_rates)
            cell.content.samples.emplace(utc, 0);
        for (const QJsonValue &steps : m_truth.value(u"stepMinutes"_s).toArray()) {
            const auto minute = cell.content.samples.find(steps.toArray().at(0).toInteger());
            if (minute != cell.content.samples.end())
                minute->second = steps.toArray().at(1).toDouble();
        }
        return cell;
    }

    ExpectedCell sleep() const
    {
        ExpectedCell cell;
        for (const Night &night : trueNights(m_truth, m_google))
            cell.content.nights.insert(night.key, night);
        if (m_google)
            return cell;
        double asleep = 0;
        double inBed = 0;
        for (const QJsonValue &night : m_truth.value(u"nights"_s).toArray()) {
            asleep += night[u"minutesAsleep"_s].toDouble();
            inBed += night[u"minutesInBed"_s].toDouble();
        }
        putPositive(cell, u"sleep_minutes_asleep"_s, asleep);
        putPositive(cell, u"sleep_minutes_in_bed"_s, inBed);
        return cell;
    }

    ExpectedCell weight() const
    {
        ExpectedCell cell;
        for (const QJsonValue &weighing : m_truth.value(u"weights"_s).toArray())
            cell.content.samples[weighing.toArray().at(0).toInteger()] = weighing.toArray().at(1).toDouble();
        if (!m_google && !cell.content.samples.empty())
            cell.content.daily.insert(u"weight"_s, cell.content.samples.rbegin()->second);
        return cell;
    }

    const QJsonObject &m_truth;
    bool m_google;
    std::map<qint64, double> m_rates;
};

QString instantText(qint64 utc)
{
    return QDateTime::fromSecsSinceEpoch(utc, Qt::UTC).toString(Qt::ISODate);
}

QString wrongValue(const QString &what, double expected, double held)
{
    return u"%1 is %2, not %3"_s.arg(what).arg(held).arg(expected);
}

/// Values of an answer that nothing was reckoned for: told beside what was asked for.
bool isBeside(const QString &name)
{
    return name == u"sleep_efficiency"_s || name == u"bmi"_s;
}

} // namespace

SoakDay expectedDay(const QJsonObject &truth, bool google, const QStringList &types)
{
    const Reckoner reckoner(truth, google);
    SoakDay day;
    day.startUtc = truth.value(u"startUtc"_s).toInteger();
    day.endUtc = day.startUtc + truth.value(u"seconds"_s).toInteger();
    for (const QString &type : types)
        day.types.insert(type, reckoner.cell(type));
    return day;
}

QString surplus(const ExpectedCell &expected, const CellContent &held)
{
    const CellContent &right = expected.content;
    for (auto it = held.daily.begin(); it != held.daily.end(); ++it) {
        const auto value = right.daily.find(it.key());
        if (value != right.daily.end()
                ? std::abs(*value - it.value()) > nearEnough
                : !isBeside(it.key()) && !(it.key() == expected.zero && it.value() == 0))
            return wrongValue(it.key(), right.daily.value(it.key(), std::nan("")), it.value());
    }
    for (const auto &[utc, value] : held.samples) {
        const auto sample = right.samples.find(utc);
        if (sample == right.samples.end() || std::abs(sample->second - value) > nearEnough)
            return wrongValue(u"the reading of "_s + instantText(utc),
                              sample == right.samples.end() ? std::nan("") : sample->second, value);
    }
    for (auto it = held.nights.begin(); it != held.nights.end(); ++it) {
        if (const QString wrong = nightDifference(right.nights.value(it.key()), *it); !wrong.isEmpty())
            return wrong;
    }
    return {};
}

QString difference(const ExpectedCell &expected, const CellContent &held)
{
    if (const QString more = surplus(expected, held); !more.isEmpty())
        return more;
    const CellContent &right = expected.content;
    for (auto it = right.daily.begin(); it != right.daily.end(); ++it) {
        if (!held.daily.contains(it.key()))
            return u"%1 is missing; it is %2"_s.arg(it.key()).arg(it.value());
    }
    if (held.samples.size() != right.samples.size())
        return u"%1 readings of %2"_s.arg(held.samples.size()).arg(right.samples.size());
    if (held.nights.size() != right.nights.size())
        return u"%1 nights of %2"_s.arg(held.nights.size()).arg(right.nights.size());
    return {};
}

} // namespace wristkeep::test
