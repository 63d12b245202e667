// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The configuration, resolved once at start: every value with the place it came from.

#include "core/result.h"

#include <QDir>
#include <QHash>
#include <QMap>
#include <QProcessEnvironment>
#include <QStringList>
#include <QUrl>

namespace wristkeep {

enum class SettingOrigin : std::uint8_t { Default, SettingsFile, EnvFile, Environment, CommandLine };

/// One row of the one table of keys.
struct SettingKey
{
    const char *name;         ///< "FITBIT_CLIENT_ID"
    const char *defaultValue; ///< empty: none
    bool secret = false;
    enum class Kind : std::uint8_t {
        Text,
        Url,
        RedirectUri,
        Scopes,
        DatabaseUrl,
        Folder,
        Provider,
        HexKey
    } kind = Kind::Text;
};

/// The table, in the order it is documented (docs/man/wristkeep-cli.1).
const QList<SettingKey> &settingKeys();

struct SettingValue
{
    QString value;
    SettingOrigin origin = SettingOrigin::Default;
    QString place; ///< "environment", "/home/x/.env, line 3", "settings"
};

/// Where things live when nothing says otherwise.
struct StandardPlaces
{
    QString dataDir;   ///< AppDataLocation
    QString configDir; ///< AppConfigLocation: settings file and key file
    QString currentDir;
};

struct SettingsSources
{
    QHash<QString, QString> environment;
    QString envFile;                      ///< --env-file; empty: ./.env if it qualifies
    QHash<QString, QString> settingsFile; ///< key → stored value, already unsealed
    QHash<QString, QString> sealedValues; ///< secrets of the settings file that are still sealed
    QStringList settingsFileWarnings;     ///< what in it is not used, and what to do about it
    QString settingsFileProblem;          ///< why it cannot be read; empty when it can or is not there
    StandardPlaces places;
    bool demo = false; ///< ignore environment, .env and settings
};

/// The resolved configuration. Paths are absolute; URLs are checked; nothing here is a guess.
struct Settings
{
    QHash<QString, SettingValue> values; ///< by key name: raw text and origin
    QStringList warnings;                ///< bad .env lines by number, never by text; unusable secrets

    QString provider;      ///< the provider used when none is named
    QString databaseFile;  ///< absolute
    QString fitbitDataDir; ///< absolute
    QString googleDataDir; ///< absolute
    QString keyFile;       ///< absolute; unused when secretKeyHex is set
    QString secretKeyHex;  ///< WRISTKEEP_SECRET_KEY
    QString settingsFile;  ///< absolute path of the settings file
    QString envFileUsed;   ///< absolute; empty if none

    [[nodiscard]] QString value(const char *key) const;
    [[nodiscard]] QUrl url(const char *key) const;
    /// True when id and secret of the provider are there and are not a left-over "your_client_id_here".
    [[nodiscard]] bool hasCredentials(const QString &providerId) const;
    /// BadConfiguration with one line naming both keys when they are missing.
    [[nodiscard]] Outcome checkCredentials(const QString &providerId) const;
    [[nodiscard]] QString dataDir(const QString &providerId) const;
};

/// Pure: reads files but changes nothing. BadConfiguration names key, place and remedy.
Result<Settings> resolveSettings(const SettingsSources &sources);

/// The sources of this process: environment, settings file (secrets still sealed), standard paths.
SettingsSources processSources(const QString &envFile, bool demo);

/// Where the settings file of these sources is.
QString settingsFilePath(const SettingsSources &sources);

/// Reads that file afresh into its members of `sources`; no error when it is not there.
void readSettingsFile(SettingsSources &sources);

/// Whether the next start would accept this value in the settings file. BadConfiguration with a remedy.
Outcome checkStoredSetting(const SettingKey &key, const QString &value, const SettingsSources &sources);

/// True for a host that is this computer: "localhost", 127.0.0.0/8, ::1.
bool isLoopbackHost(const QString &host);

} // namespace wristkeep
