// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// How a page checks and keeps what a person typed, without knowing where it is kept.

#include "core/result.h"

#include <QMap>
#include <QString>

#include <functional>

namespace wristkeep {

/// Key name → new value; an empty one takes the key out, so that its default counts again.
using SettingsChanges = QMap<QString, QString>;

struct SettingsEditor
{
    /// The rules the next start will apply to this one value. BadConfiguration with a remedy.
    std::function<Outcome(const QString &key, const QString &value)> check;
    /// Keeps all of them or none. After success they count from the next start.
    std::function<Outcome(const SettingsChanges &changes)> save;
};

} // namespace wristkeep
