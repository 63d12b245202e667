// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/heartzones.h"

namespace wristkeep {

QByteArray HeartZones::kcalText(qint64 hundredThousandths)
{
    QByteArray text = QByteArray::number(hundredThousandths / 100'000);
    const qint64 rest = hundredThousandths % 100'000;
    if (rest == 0)
        return text;
    text += '.' + QByteArray::number(rest).rightJustified(5, '0');
    while (text.endsWith('0'))
        text.chop(1);
    return text;
}

HeartZones::HeartZones(const PersonTraits &person, QDate date)
    : m_resting(person.restingRate), m_reserve(person.maxRate(date) - person.restingRate),
      m_basal(qint64(person.basalRate(date)) * 100'000 / 1440)
{
    const int fatBurn = m_resting + m_reserve * 40 / 100;
    const int cardio = m_resting + m_reserve * 60 / 100;
    const int peak = m_resting + m_reserve * 85 / 100;
    m_zones = {{{30, fatBurn, 0, 0}, {fatBurn, cardio, 0, 0}, {cardio, peak, 0, 0}, {peak, 220, 0, 0}}};
}

int HeartZones::zoneOf(int rate) const
{
    int zone = 0;
    while (zone < 3 && rate >= high(zone))
        ++zone;
    return zone;
}

qint64 HeartZones::caloriesOf(int rate) const
{
    return m_basal * (100 + qMax(0, rate - m_resting) * 900 / qMax(1, m_reserve)) / 100;
}

void HeartZones::add(int rate)
{
    Part &zone = m_zones.at(std::size_t(zoneOf(rate)));
    ++zone.minutes;
    zone.calories += caloriesOf(rate);
}

void HeartZones::addUnmeasured()
{
    ++m_zones.front().minutes;
    m_zones.front().calories += m_basal;
}

void HeartZones::clear()
{
    for (Part &zone : m_zones) {
        zone.minutes = 0;
        zone.calories = 0;
    }
}

QByteArray HeartZones::json() const
{
    return toJson(false);
}

QByteArray HeartZones::bareJson() const
{
    return toJson(true);
}

QByteArray HeartZones::toJson(bool bare) const
{
    constexpr std::array<const char *, 4> names = {"Out of Range", "Fat Burn", "Cardio", "Peak"};
    QByteArray out = "[";
    for (std::size_t i = 0; i < m_zones.size(); ++i) {
        const Part &zone = m_zones.at(i);
        out += i > 0 ? ",{" : "{";
        if (!bare)
            out += R"("caloriesOut":)" + kcalText(zone.calories) + ',';
        out += R"("max":)" + QByteArray::number(zone.high) + R"(,"min":)" + QByteArray::number(zone.low);
        if (!bare)
            out += R"(,"minutes":)" + QByteArray::number(zone.minutes);
        out += R"(,"name":")" + QByteArray(names.at(i)) + "\"}";
    }
    return out + ']';
}

bool areZonesBare(NotWorn notWorn, QDate date)
{
    switch (notWorn) {
    case NotWorn::WithMinutes:
        return false;
    case NotWorn::Bare:
        return true;
    case NotWorn::Mixed:
        break;
    }
    return date.toJulianDay() % 2 == 0;
}

} // namespace wristkeep
