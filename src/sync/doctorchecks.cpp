// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/doctorchecks.h"

#include "core/errortexts.h"
#include "providers/provider.h"
#include "providers/registry.h"
#include "store/secretbox.h"
#include "sync/databaselook.h"

#include <QFile>
#include <QFileInfo>
#include <QHostAddress>
#include <QStorageInfo>
#include <QTcpServer>

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

using Level = Finding::Level;

constexpr qint64 littleSpaceBytes = 200LL * 1024 * 1024;
constexpr qint64 clockToleranceSeconds = 300;

Finding healthy(const QString &id, const QString &title, const QString &text)
{
    return {id, title, Level::Healthy, text, {}};
}

Finding attention(const QString &id, const QString &title, const QString &text, const QString &remedy)
{
    return {id, title, Level::Attention, text, remedy};
}

/// The folder itself or the nearest one above it that is there: that is where it would be made.
QFileInfo nearestFolder(const QString &path)
{
    QFileInfo info(path);
    while (!info.exists() && info.path() != info.filePath())
        info = QFileInfo(info.path());
    return info;
}

QString folderProblem(const QString &path)
{
    const QFileInfo folder = nearestFolder(path);
    if (!folder.isDir())
        return u"%1 is not a folder."_s.arg(folder.filePath());
    if (!folder.isWritable() || !folder.isExecutable())
        return u"%1 cannot be written to."_s.arg(folder.filePath());
    const QStorageInfo storage(folder.filePath());
    if (storage.isValid() && storage.bytesAvailable() >= 0 && storage.bytesAvailable() < littleSpaceBytes)
        return u"Only %1 MB are free at %2."_s.arg(storage.bytesAvailable() / 1024 / 1024)
            .arg(folder.filePath());
    return {};
}

QString apart(qint64 seconds)
{
    if (seconds >= 2 * 86'400)
        return u"%1 days"_s.arg(seconds / 86'400);
    if (seconds >= 2 * 3600)
        return u"%1 hours"_s.arg(seconds / 3600);
    return u"%1 minutes"_s.arg(seconds / 60);
}

} // namespace

Finding lookAtConfiguration(const Settings &settings)
{
    const QString id = u"configuration"_s;
    const QString title = u"Configuration"_s;
    if (const Outcome configured = settings.checkCredentials(settings.provider); !configured)
        return {id, title, Level::WrongConfiguration, configured.error().detail,
                configured.error().nextStep.isEmpty()
                    ? u"Set them in the environment, in a .env file or in the settings."_s
                    : configured.error().nextStep};
    if (!settings.warnings.isEmpty())
        return attention(id, title, settings.warnings.join(u' '), u"Correct or remove these lines."_s);
    return healthy(id, title,
                   settings.envFileUsed.isEmpty()
                       ? u"The credentials are there."_s
                       : u"The credentials are there; %1 is in use."_s.arg(settings.envFileUsed));
}

Finding lookAtKey(const Settings &settings)
{
    const QString id = u"key"_s;
    const QString title = u"Sealing key"_s;
    const bool fromFile = settings.secretKeyHex.isEmpty();
    if (fromFile && !QFileInfo::exists(settings.keyFile)) {
        if (!QFileInfo::exists(settings.databaseFile))
            return healthy(id, title, u"It will be made at first use: %1"_s.arg(settings.keyFile));
        return attention(id, title, u"The key file %1 is missing."_s.arg(settings.keyFile),
                         u"Put the old key file back. Without it, reconnect: the data stays readable."_s);
    }
    const Result<SecretBox> box = SecretBox::load(settings.secretKeyHex, settings.keyFile, false);
    if (!box)
        return attention(id, title, errorLine(box.error(), {}), u"Put the old key back, or reconnect."_s);
    if (!fromFile)
        return healthy(id, title, u"Taken from WRISTKEEP_SECRET_KEY."_s);
    const auto foreign = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
    if (QFile::permissions(settings.keyFile) & foreign)
        return attention(id, title, u"Other users can read %1."_s.arg(settings.keyFile),
                         u"Take their permission away: chmod 600 \"%1\""_s.arg(settings.keyFile));
    return healthy(id, title, settings.keyFile);
}

Finding lookAtPort(const Settings &settings)
{
    const QString id = u"port"_s;
    const QString title = u"Port for the browser's answer"_s;
    const Result<const Provider *> provider = findProvider(settings.provider);
    if (!provider)
        return attention(id, title, provider.error().detail, u"Choose a provider that this version knows."_s);
    const OAuthClient client = (*provider)->oauthClient(settings);
    const int port = QUrl(client.redirectUri).port(80);
    QTcpServer server;
    if (!server.listen(QHostAddress(QHostAddress::LocalHost), quint16(port)))
        return attention(
            id, title,
            u"Port %1 of %2 cannot be opened: %3"_s.arg(port).arg(client.redirectSetting,
                                                                  server.errorString()),
            u"Close the program that uses it, or choose another port in %1 and at the provider."_s.arg(
                client.redirectSetting));
    return healthy(id, title, port == 0 ? u"Any free port is used."_s : u"Port %1 is free."_s.arg(port));
}

Finding lookAtDatabase(const Settings &settings, const Clock &clock)
{
    const QString id = u"database"_s;
    const QString title = u"Database"_s;
    const QFileInfo info(settings.databaseFile);
    if (!info.exists()) {
        const QString problem = folderProblem(info.path());
        return problem.isEmpty()
                   ? healthy(id, title, u"It will be made at first use: %1"_s.arg(info.filePath()))
                   : attention(id, title, problem, u"Choose another place in DATABASE_URL."_s);
    }
    QFile file(info.filePath());
    if (!info.isFile() || !info.isWritable() || !file.open(QIODevice::ReadOnly))
        return attention(
            id, title, u"%1 cannot be read and written."_s.arg(info.filePath()),
            u"Check who owns the file and its folder, or choose another place in DATABASE_URL."_s);
    file.close();
    if (const Outcome seen = lookIntoDatabase(info.filePath(), clock); !seen) {
        const Error &error = seen.error();
        const ErrorText text = errorText(error, {});
        const bool wrong =
            error.kind == ErrorKind::BadConfiguration || error.kind == ErrorKind::DatabaseTooNew;
        return {id, title, wrong ? Level::WrongConfiguration : Level::Attention, text.sentence,
                text.nextStep.isEmpty() ? u"Name another file in DATABASE_URL; this one is left as it is."_s
                                        : text.nextStep};
    }
    return healthy(id, title, info.filePath());
}

Finding lookAtFolders(const Settings &settings)
{
    const QString id = u"folders"_s;
    const QString title = u"Data folders"_s;
    const QString folder = settings.dataDir(settings.provider);
    const QString problem = folderProblem(folder);
    if (!problem.isEmpty())
        return attention(id, title, problem,
                         u"Make room or give yourself permission, or name another folder."_s);
    return healthy(id, title, folder);
}

Finding lookAtClock(qint64 nowUtc, std::optional<qint64> serverUtc, const QString &provider)
{
    const QString id = u"clock"_s;
    const QString title = u"Clock"_s;
    if (!serverUtc)
        return healthy(id, title, u"Not compared: %1 did not tell its time."_s.arg(provider));
    const qint64 difference = nowUtc - *serverUtc;
    if (qAbs(difference) <= clockToleranceSeconds)
        return healthy(id, title, u"It agrees with %1's."_s.arg(provider));
    return attention(id, title,
                     u"This computer's clock is %1 %2 of %3's."_s.arg(
                         apart(qAbs(difference)), difference > 0 ? u"ahead"_s : u"behind"_s, provider),
                     u"Set date and time of this computer; yesterday is worked out from them."_s);
}

} // namespace wristkeep
