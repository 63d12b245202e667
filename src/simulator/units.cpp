// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/units.h"

#include <QLocale>

namespace wristkeep {

namespace {

/// Tenths of a unit as a JSON number.
double tenths(qint64 amount, qint64 perUnit)
{
    const qint64 rounded = (amount * 20 / perUnit + 1) / 2;
    return double(rounded) / 10.0;
}

QByteArray shortest(double value)
{
    return QByteArray::number(value, 'f', QLocale::FloatingPointShortest);
}

} // namespace

SimUnits unitsOf(const QByteArray &acceptLanguage)
{
    QByteArray first = acceptLanguage.split(',').value(0).split(';').value(0).trimmed().toLower();
    first.replace('-', '_');
    if (first == "en_us")
        return SimUnits::American;
    return first == "en_gb" ? SimUnits::British : SimUnits::Metric;
}

double weightIn(SimUnits units, qint64 milligrams)
{
    switch (units) {
    case SimUnits::American:
        return tenths(milligrams, 453'592);
    case SimUnits::British:
        return tenths(milligrams, 6'350'293);
    case SimUnits::Metric:
        break;
    }
    return tenths(milligrams, 1'000'000);
}

double lengthIn(SimUnits units, qint64 micrometres)
{
    return tenths(micrometres, units == SimUnits::American ? 25'400 : 10'000);
}

QByteArray distanceText(SimUnits units, qint64 millimetres)
{
    const QByteArray text = shortest(double(millimetres) / (units == SimUnits::American ? 1'609'344.0 : 1e6));
    return text.contains('.') ? text : text + ".0";
}

QByteArray heightText(SimUnits units, qint64 millimetres)
{
    return shortest(double(millimetres) / (units == SimUnits::American ? 304.8 : 1000.0));
}

} // namespace wristkeep
