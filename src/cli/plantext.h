// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A plan as a person reads it and as --json gives it.

#include "sync/planestimate.h"

#include <QStringList>

class QJsonObject;

namespace wristkeep {

/// Instants in this computer's zone.
QStringList planLines(const PlanEstimate &plan);
/// {"type":"plan",…}: instants in Unix seconds, null where nothing is known.
QJsonObject planObject(const PlanEstimate &plan);

/// "less than a minute", "12 min", "3 h 5 min", "2 days 4 h".
QString durationText(qint64 seconds);
/// "820 kB", "1.4 GB": decimal units.
QString sizeText(qint64 bytes);

} // namespace wristkeep
