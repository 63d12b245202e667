// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A backfill as a person reads it and as --json gives it.

#include "core/backfill.h"

#include <QStringList>

class QJsonObject;

namespace wristkeep {

/// Instants in this computer's zone. `resumeCall` is what to type to go on.
QStringList backfillLines(const BackfillStatus &status, const QString &resumeCall);
/// {"type":"backfill",…}: instants in Unix seconds, null where nothing is known.
QJsonObject backfillObject(const BackfillStatus &status);

} // namespace wristkeep
