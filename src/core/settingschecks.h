// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The rules a configured value must keep, each refusal with its remedy. A value is never
// repeated in a text: it may hold a password.

#include "core/settings.h"

namespace wristkeep {

/// What a check needs to know besides the value.
struct SettingPlaces
{
    QString relativeTo;        ///< folder a relative path counts from
    bool onlyLoopback = false; ///< from a .env nobody named: *_URL keys may point to this computer only
};

tl::unexpected<Error> badConfiguration(const QString &detail, const QString &remedy);

/// "FITBIT_API_URL (environment) …": BadConfiguration with key, place and remedy.
tl::unexpected<Error> wrongSetting(const SettingKey &key, const SettingValue &value, const QString &what,
                                   const QString &remedy);

/// The rules of the key's kind. Databases and folders: see below.
Outcome checkSetting(const SettingKey &key, const SettingValue &value, const SettingPlaces &places);

/// SQLAlchemy's form to an absolute path.
Result<QString> databasePath(const SettingKey &key, const SettingValue &value, const SettingPlaces &places);

/// An absolute path; a plain file of that name is refused.
Result<QString> folderPath(const SettingKey &key, const SettingValue &value, const SettingPlaces &places);

/// A left-over of the example file, e.g. "your_client_id_here".
bool isPlaceholder(const QString &value);

/// The provider ids a configuration may name.
QStringList knownProviderIds();

} // namespace wristkeep
