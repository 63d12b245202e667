// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A rebuild's findings as lines for people and as objects for programs.

#include "cli/exitstatus.h"
#include "core/rebuildmessages.h"

#include <QJsonObject>
#include <QStringList>

namespace wristkeep {

/// "2026-03-10 steps: kept 9,120 steps, rebuilt 9,064 steps".
QString differenceLine(const RebuildDifference &difference);
QString problemLine(const RebuildProblem &problem);
/// `swapCall`: what to type to change places.
QStringList rebuildSummary(const RebuildReport &report, const QString &swapCall);

QJsonObject differenceObject(const RebuildDifference &difference);
QJsonObject problemObject(const RebuildProblem &problem);
QJsonObject rebuildObject(const RebuildReport &report, ExitStatus status);

} // namespace wristkeep
