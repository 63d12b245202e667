// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/settings.h"

#include "core/envfile.h"
#include "core/settingschecks.h"
#include "core/settingsfile.h"

#include <QFile>
#include <QFileInfo>
#include <QStandardPaths>

#include <algorithm>

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

using Kind = SettingKey::Kind;

constexpr auto settingsFileName = "wristkeep.ini"_L1;
constexpr auto keyFileName = "wristkeep.key"_L1;

QString nameOf(const SettingKey &key)
{
    return QString::fromLatin1(key.name);
}

bool isOurs(const QString &key)
{
    return key.startsWith(u"FITBIT_"_s) || key.startsWith(u"GOOGLE_HEALTH_"_s) ||
           key.startsWith(u"WRISTKEEP_"_s);
}

/// The .env in use, if any: the one named, or the current folder's if it is about this program.
struct EnvInUse
{
    EnvFile file;
    QString path; ///< empty: none
    bool byChance = false;
};

Result<EnvInUse> findEnvFile(const SettingsSources &sources)
{
    const bool byChance = sources.envFile.isEmpty();
    const QString name = byChance ? u".env"_s : sources.envFile;
    const QString path = QDir::cleanPath(QDir(sources.places.currentDir).absoluteFilePath(name));
    // A folder named .env is a Python environment, not a configuration.
    if (byChance && !QFileInfo(path).isFile())
        return EnvInUse{};
    const Result<EnvFile> file = readEnvFile(path, sources.environment);
    if (!file)
        return failure(file.error());
    const QList<QString> keys = file->entries.keys();
    if (byChance && std::none_of(keys.begin(), keys.end(), isOurs))
        return EnvInUse{};
    return EnvInUse{*file, path, byChance};
}

SettingValue pick(const SettingKey &key, const SettingsSources &sources, const EnvInUse &env)
{
    const QString name = nameOf(key);
    if (const QString value = sources.environment.value(name).trimmed(); !value.isEmpty())
        return {value, SettingOrigin::Environment, u"environment"_s};
    if (const EnvEntry entry = env.file.entries.value(name); !entry.value.trimmed().isEmpty())
        return {entry.value.trimmed(), SettingOrigin::EnvFile,
                u"%1, line %2"_s.arg(env.path).arg(entry.line)};
    if (const QString value = sources.settingsFile.value(name).trimmed(); !value.isEmpty())
        return {value, SettingOrigin::SettingsFile, u"settings"_s};
    return {QString::fromLatin1(key.defaultValue), SettingOrigin::Default, u"default"_s};
}

SettingPlaces placesFor(const SettingValue &value, const SettingsSources &sources, const EnvInUse &env,
                        const QString &dataDir)
{
    if (value.origin == SettingOrigin::Environment)
        return {sources.places.currentDir, false};
    const QString folder = env.path.isEmpty() ? dataDir : QFileInfo(env.path).absolutePath();
    return {folder, value.origin == SettingOrigin::EnvFile && env.byChance};
}

Outcome takeValue(Settings &settings, const SettingKey &key, const SettingValue &value,
                  const SettingPlaces &places)
{
    if (const Outcome checked = checkSetting(key, value, places); !checked)
        return checked;
    settings.values.insert(nameOf(key), value);
    if (key.kind == Kind::DatabaseUrl) {
        const Result<QString> path = databasePath(key, value, places);
        if (!path)
            return failure(path.error());
        settings.databaseFile = *path;
    } else if (key.kind == Kind::Folder) {
        const Result<QString> path = folderPath(key, value, places);
        if (!path)
            return failure(path.error());
        (nameOf(key) == u"FITBIT_DATA_DIR"_s ? settings.fitbitDataDir : settings.googleDataDir) = *path;
    } else if (key.kind == Kind::Provider) {
        settings.provider = value.value;
    } else if (key.kind == Kind::HexKey) {
        settings.secretKeyHex = value.value;
    }
    return {};
}

bool isBegun(const Settings &settings, const char *id, const char *secret)
{
    return !settings.value(id).isEmpty() || !settings.value(secret).isEmpty();
}

/// Who has set up Fitbit alone, or began to, goes on with it; everybody else begins with the service that is
/// alive.
void chooseProvider(Settings &settings)
{
    SettingValue &chosen = settings.values[u"WRISTKEEP_PROVIDER"_s];
    if (chosen.origin != SettingOrigin::Default)
        return;
    const bool fitbit = settings.hasCredentials(u"fitbit"_s);
    const bool google = settings.hasCredentials(u"google-health"_s);
    const bool fitbitBegun = isBegun(settings, "FITBIT_CLIENT_ID", "FITBIT_CLIENT_SECRET") &&
                             !isBegun(settings, "GOOGLE_HEALTH_CLIENT_ID", "GOOGLE_HEALTH_CLIENT_SECRET");
    if ((fitbit || fitbitBegun) && !google)
        chosen.value = u"fitbit"_s;
    settings.provider = chosen.value;
}

Outcome checkTogether(const Settings &settings)
{
    if (settings.fitbitDataDir == settings.googleDataDir) {
        return badConfiguration(
            u"FITBIT_DATA_DIR and GOOGLE_HEALTH_DATA_DIR name the same folder, %1; their files have "
            "the same names."_s.arg(settings.fitbitDataDir),
            u"Give each a folder of its own."_s);
    }
    return {};
}

/// Secrets are kept as they stand there: whoever holds the sealing key opens them.
void takeStored(SettingsSources &sources, const SettingKey &key, const QString &value)
{
    if (value.isEmpty())
        return;
    if (!key.secret) {
        sources.settingsFile.insert(nameOf(key), value);
    } else if (key.kind == Kind::HexKey) {
        sources.settingsFileWarnings.append(
            u"%1 in the settings file is not used, because it opens that file. Set it in the environment "
            "or in a .env file."_s.arg(nameOf(key)));
    } else if (SettingsFile::isSealed(value)) {
        sources.sealedValues.insert(nameOf(key), value);
    } else {
        sources.settingsFileWarnings.append(
            u"%1 in the settings file is not sealed and is not used. Enter it in Settings, or set it in the "
            "environment or in a .env file."_s.arg(nameOf(key)));
    }
}

Outcome checkPlaces(const SettingsSources &sources)
{
    if (sources.places.dataDir.isEmpty() || sources.places.configDir.isEmpty()) {
        return badConfiguration(
            u"This computer names no folder for programs' data."_s,
            u"Set HOME (or XDG_DATA_HOME and XDG_CONFIG_HOME) to folders you may write to."_s);
    }
    if (!sources.settingsFileProblem.isEmpty()) {
        return badConfiguration(u"The settings file %1/%2 cannot be used: %3."_s.arg(
                                    sources.places.configDir, settingsFileName, sources.settingsFileProblem),
                                u"Correct it, or move it away: the program then starts with its defaults."_s);
    }
    return {};
}

} // namespace

const QList<SettingKey> &settingKeys()
{
    static const QList<SettingKey> keys{
        {"FITBIT_CLIENT_ID", "", false, Kind::Text},
        {"FITBIT_CLIENT_SECRET", "", true, Kind::Text},
        {"FITBIT_REDIRECT_URI", "http://localhost:5000/fitbit/callback", false, Kind::RedirectUri},
        {"FITBIT_SCOPES", "activity heartrate sleep weight profile", false, Kind::Scopes},
        {"DATABASE_URL", "sqlite:///fitbit_singleuser.db", false, Kind::DatabaseUrl},
        {"FITBIT_DATA_DIR", "fitbit_data", false, Kind::Folder},
        {"FITBIT_API_URL", "https://api.fitbit.com", false, Kind::Url},
        {"FITBIT_AUTHORIZE_URL", "https://www.fitbit.com/oauth2/authorize", false, Kind::Url},
        {"WRISTKEEP_PROVIDER", "google-health", false, Kind::Provider}, // see chooseProvider()
        {"GOOGLE_HEALTH_CLIENT_ID", "", false, Kind::Text},
        {"GOOGLE_HEALTH_CLIENT_SECRET", "", true, Kind::Text},
        {"GOOGLE_HEALTH_REDIRECT_URI", "http://127.0.0.1:0/callback", false, Kind::RedirectUri},
        {"GOOGLE_HEALTH_SCOPES",
         "https://www.googleapis.com/auth/googlehealth.activity_and_fitness.readonly "
         "https://www.googleapis.com/auth/googlehealth.health_metrics_and_measurements.readonly "
         "https://www.googleapis.com/auth/googlehealth.sleep.readonly "
         "https://www.googleapis.com/auth/googlehealth.settings.readonly "
         "https://www.googleapis.com/auth/googlehealth.profile.readonly",
         false, Kind::Scopes},
        {"GOOGLE_HEALTH_DATA_DIR", "google_health_data", false, Kind::Folder},
        {"GOOGLE_HEALTH_API_URL", "https://health.googleapis.com", false, Kind::Url},
        {"GOOGLE_AUTHORIZE_URL", "https://accounts.google.com/o/oauth2/v2/auth", false, Kind::Url},
        {"GOOGLE_TOKEN_URL", "https://oauth2.googleapis.com/token", false, Kind::Url},
        {"GOOGLE_REVOKE_URL", "https://oauth2.googleapis.com/revoke", false, Kind::Url},
        {"WRISTKEEP_SECRET_KEY", "", true, Kind::HexKey},
    };
    return keys;
}

QString Settings::value(const char *key) const
{
    return values.value(QString::fromLatin1(key)).value;
}

QUrl Settings::url(const char *key) const
{
    return QUrl(value(key), QUrl::StrictMode);
}

bool Settings::hasCredentials(const QString &providerId) const
{
    const bool google = providerId == u"google-health"_s;
    const QString id = value(google ? "GOOGLE_HEALTH_CLIENT_ID" : "FITBIT_CLIENT_ID");
    const QString secret = value(google ? "GOOGLE_HEALTH_CLIENT_SECRET" : "FITBIT_CLIENT_SECRET");
    return !id.isEmpty() && !secret.isEmpty() && !isPlaceholder(id) && !isPlaceholder(secret);
}

Outcome Settings::checkCredentials(const QString &providerId) const
{
    if (hasCredentials(providerId))
        return {};
    const bool google = providerId == u"google-health"_s;
    return failure(
        ErrorKind::BadConfiguration,
        u"Missing required %1 credentials: set %2_CLIENT_ID and %2_CLIENT_SECRET in the environment, "
        "in a .env file or in Settings."_s.arg(google ? u"Google Health"_s : u"Fitbit"_s,
                                               google ? u"GOOGLE_HEALTH"_s : u"FITBIT"_s));
}

QString Settings::dataDir(const QString &providerId) const
{
    return providerId == u"google-health"_s ? googleDataDir : fitbitDataDir;
}

Result<Settings> resolveSettings(const SettingsSources &given)
{
    SettingsSources sources = given;
    if (sources.demo) {
        sources.environment.clear();
        sources.settingsFile.clear();
        sources.settingsFileWarnings.clear();
        sources.settingsFileProblem.clear();
        sources.places.dataDir =
            given.places.dataDir.isEmpty() ? QString() : given.places.dataDir + u"/demo"_s;
        sources.places.configDir = sources.places.dataDir;
    }
    if (const Outcome usable = checkPlaces(sources); !usable)
        return failure(usable.error());
    const Result<EnvInUse> env = sources.demo ? EnvInUse{} : findEnvFile(sources);
    if (!env)
        return failure(env.error());

    Settings settings;
    settings.envFileUsed = env->path;
    for (const int line : env->file.badLines)
        settings.warnings.append(u"%1, line %2 is not KEY=value and is ignored."_s.arg(env->path).arg(line));
    settings.warnings += sources.settingsFileWarnings;
    const QDir configDir(sources.places.configDir);
    settings.settingsFile = settingsFilePath(sources);
    settings.keyFile = QDir::cleanPath(configDir.absoluteFilePath(keyFileName));
    for (const SettingKey &key : settingKeys()) {
        const SettingValue value = pick(key, sources, *env);
        const SettingPlaces places = placesFor(value, sources, *env, sources.places.dataDir);
        if (const Outcome taken = takeValue(settings, key, value, places); !taken)
            return failure(taken.error());
    }
    chooseProvider(settings);
    if (const Outcome fits = checkTogether(settings); !fits)
        return failure(fits.error());
    return settings;
}

SettingsSources processSources(const QString &envFile, bool demo)
{
    SettingsSources sources;
    sources.envFile = envFile;
    sources.demo = demo;
    sources.places.dataDir = QStandardPaths::writableLocation(QStandardPaths::AppDataLocation);
    sources.places.configDir = QStandardPaths::writableLocation(QStandardPaths::AppConfigLocation);
    sources.places.currentDir = QDir::currentPath();

    const QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    const QStringList names = environment.keys();
    for (const QString &name : names)
        sources.environment.insert(name, environment.value(name));

    readSettingsFile(sources);
    return sources;
}

QString settingsFilePath(const SettingsSources &sources)
{
    return QDir::cleanPath(QDir(sources.places.configDir).absoluteFilePath(settingsFileName));
}

void readSettingsFile(SettingsSources &sources)
{
    sources.settingsFile.clear();
    sources.sealedValues.clear();
    sources.settingsFileWarnings.clear();
    sources.settingsFileProblem.clear();
    const QString path = settingsFilePath(sources);
    if (sources.places.configDir.isEmpty() || !QFileInfo::exists(path))
        return;
    QFile file(path);
    if (!QFileInfo(path).isFile() || !file.open(QIODevice::ReadOnly)) {
        sources.settingsFileProblem = u"it is not a file you may read"_s;
        return;
    }
    const Result<SettingsFile> content = SettingsFile::parse(file.readAll());
    if (!content) {
        sources.settingsFileProblem = content.error().detail;
        return;
    }
    for (const SettingKey &key : settingKeys())
        takeStored(sources, key, content->value(nameOf(key)).trimmed());
}

Outcome checkStoredSetting(const SettingKey &key, const QString &value, const SettingsSources &sources)
{
    if (value.isEmpty())
        return {};
    const Result<EnvInUse> env = findEnvFile(sources);
    const SettingValue stored{value, SettingOrigin::SettingsFile, u"settings"_s};
    const SettingPlaces places = placesFor(stored, sources, env ? *env : EnvInUse{}, sources.places.dataDir);
    Settings scratch;
    return takeValue(scratch, key, stored, places);
}

bool isLoopbackHost(const QString &host)
{
    if (host.compare(u"localhost"_s, Qt::CaseInsensitive) == 0 || host == u"::1"_s || host == u"[::1]"_s)
        return true;
    const QStringList parts = host.split(u'.');
    return parts.size() == 4 && parts.first() == u"127"_s &&
           std::all_of(parts.begin(), parts.end(), [](const QString &part) {
               bool number = false;
               return part.size() <= 3 && part.toUInt(&number) <= 255 && number;
           });
}

} // namespace wristkeep
