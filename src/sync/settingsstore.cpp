// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/settingsstore.h"

#include "core/settingschecks.h"
#include "core/settingsfile.h"
#include "store/durablefile.h"
#include "store/secretbox.h"

#include <QFile>
#include <QFileInfo>

#include <algorithm>

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

/// A value copied to another key does not open there.
QByteArray boundTo(const QString &key)
{
    return "wristkeep|setting|" + key.toUtf8();
}

const SettingKey *findKey(const QString &name)
{
    const auto found =
        std::find_if(settingKeys().begin(), settingKeys().end(),
                     [&name](const SettingKey &key) { return name == QLatin1StringView(key.name); });
    return found == settingKeys().end() ? nullptr : &*found;
}

bool isOverridden(const Settings &settings, const QString &key)
{
    return settings.values.value(key).origin > SettingOrigin::SettingsFile;
}

QString closedWarning(const QString &key, const Settings &settings)
{
    const QString place = settings.secretKeyHex.isEmpty() ? settings.keyFile : u"WRISTKEEP_SECRET_KEY"_s;
    return u"%1 in the settings cannot be opened: the sealing key (%2) is missing or is another one than it "
           u"was "
           "sealed with. Put the right key back, or enter the value again in Settings."_s.arg(key, place);
}

Outcome refuse(const QString &detail, const QString &remedy)
{
    return badConfiguration(detail, remedy);
}

Result<SettingsFile> readFile(const QString &path)
{
    QFile file(path);
    if (!file.exists())
        return SettingsFile();
    const QString remedy = u"Correct it, or move it away; it was left as it is."_s;
    if (!QFileInfo(path).isFile() || !file.open(QIODevice::ReadOnly))
        return badConfiguration(u"The settings file %1 is not a file you may read."_s.arg(path), remedy);
    Result<SettingsFile> content = SettingsFile::parse(file.readAll());
    if (!content) {
        return badConfiguration(
            u"The settings file %1 cannot be used: %2."_s.arg(path, content.error().detail), remedy);
    }
    return content;
}

/// What the next start would make of it: a refusal then would lock the person out of the window.
Outcome tryOut(SettingsSources sources, const SettingsChanges &changes)
{
    readSettingsFile(sources);
    for (auto change = changes.begin(); change != changes.end(); ++change) {
        if (change.value().isEmpty())
            sources.settingsFile.remove(change.key());
        else
            sources.settingsFile.insert(change.key(), change.value());
    }
    const Result<Settings> settings = resolveSettings(sources);
    if (!settings)
        return failure(settings.error());
    return {};
}

/// Through a link the file itself is replaced, not the link.
QString realPath(const QString &path)
{
    const QString real = QFileInfo(path).canonicalFilePath();
    return real.isEmpty() ? path : real;
}

} // namespace

SettingsStore::SettingsStore(SettingsSources sources) : m_sources(std::move(sources)) {}

Result<Settings> SettingsStore::load() const
{
    Result<Settings> settings = resolveSettings(m_sources);
    if (!settings || m_sources.demo || m_sources.sealedValues.isEmpty())
        return settings;
    const Result<SecretBox> box = SecretBox::load(settings->secretKeyHex, settings->keyFile, false);
    SettingsSources opened = m_sources;
    for (auto sealed = m_sources.sealedValues.begin(); sealed != m_sources.sealedValues.end(); ++sealed) {
        if (isOverridden(*settings, sealed.key()))
            continue;
        const Result<QString> plain =
            box ? box->open(sealed.value(), boundTo(sealed.key())) : failure(box.error());
        if (plain)
            opened.settingsFile.insert(sealed.key(), *plain);
        else
            opened.settingsFileWarnings.append(closedWarning(sealed.key(), *settings));
    }
    return resolveSettings(opened);
}

Outcome SettingsStore::check(const QString &key, const QString &value) const
{
    const SettingKey *known = findKey(key);
    if (known == nullptr || known->kind == SettingKey::Kind::HexKey) {
        return refuse(u"%1 cannot be kept in the settings."_s.arg(key),
                      u"Set it in the environment or in a .env file."_s);
    }
    return checkStoredSetting(*known, value.trimmed(), m_sources);
}

Outcome SettingsStore::save(const SettingsChanges &given)
{
    if (m_sources.demo)
        return failure(ErrorKind::BadUsage, u"The demo keeps no settings."_s);
    SettingsChanges changes;
    for (auto change = given.begin(); change != given.end(); ++change) {
        changes.insert(change.key(), change.value().trimmed());
        if (const Outcome fine = check(change.key(), change.value()); !fine)
            return fine;
    }
    const QString path = settingsFilePath(m_sources);
    Result<SettingsFile> file = readFile(path);
    if (!file)
        return failure(file.error());
    if (const Outcome fine = tryOut(m_sources, changes); !fine)
        return fine;
    const Result<Settings> settings = resolveSettings(m_sources);
    if (!settings)
        return failure(settings.error());
    const bool seals = std::any_of(changes.keyBegin(), changes.keyEnd(), [&changes](const QString &key) {
        return findKey(key)->secret && !changes.value(key).isEmpty();
    });
    SecretBox box;
    if (seals) {
        const Result<SecretBox> loaded = SecretBox::load(settings->secretKeyHex, settings->keyFile, true);
        if (!loaded)
            return failure(loaded.error());
        box = *loaded;
    }
    for (auto change = changes.begin(); change != changes.end(); ++change) {
        const bool seal = findKey(change.key())->secret && !change.value().isEmpty();
        file->setValue(change.key(), seal ? box.seal(change.value(), boundTo(change.key())) : change.value());
    }
    const QString target = realPath(path);
    const QString folder = QFileInfo(target).absolutePath();
    const Outcome written = makeFolder(folder).and_then([&] {
        sweepTemporaries(folder);
        return replaceFile(target, file->bytes());
    });
    if (written)
        readSettingsFile(m_sources);
    return written;
}

SettingsEditor editorOf(const std::shared_ptr<SettingsStore> &store)
{
    return {[store](const QString &key, const QString &value) { return store->check(key, value); },
            [store](const SettingsChanges &changes) { return store->save(changes); }};
}

} // namespace wristkeep
