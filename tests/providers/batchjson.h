// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A parser's result as readable JSON, for comparison with the expected.json beside a fixture.

#include "core/records.h"
#include "core/result.h"

#include <QJsonObject>

/// {"batch": …} or {"error": {kind, detail}}. Instants are written as UTC texts, so that a person can check
/// them.
QJsonObject toJson(const wristkeep::Result<wristkeep::Batch> &result);
