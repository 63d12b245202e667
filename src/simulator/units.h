// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The unit systems of the simulated Fitbit, chosen by Accept-Language, and amounts written in them.

#include <QByteArray>

namespace wristkeep {

enum class SimUnits { Metric, American, British };

/// The first language decides, with underscore or hyphen; anything else is metric.
SimUnits unitsOf(const QByteArray &acceptLanguage);

/// Kilograms, pounds or stone, to a tenth.
double weightIn(SimUnits units, qint64 milligrams);
/// Centimetres or inches, to a tenth.
double lengthIn(SimUnits units, qint64 micrometres);
/// Kilometres or miles as a series tells them: "6.418234", "0.0".
QByteArray distanceText(SimUnits units, qint64 millimetres);
/// Metres or feet: "27.432", "0".
QByteArray heightText(SimUnits units, qint64 millimetres);

} // namespace wristkeep
