// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/archive.h"

#include "core/failpoint.h"
#include "core/gzip.h"
#include "core/ids.h"
#include "store/durablefile.h"
#include "store/ingest.h"
#include "store/sqlerror.h"

#include <QCryptographicHash>
#include <QDateTime>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMap>

using namespace Qt::StringLiterals;

namespace wristkeep {

namespace {

constexpr qint64 maxBodyBytes = 256LL * 1024 * 1024;

QByteArray indexLine(const Answer &answer, const QByteArray &sha256)
{
    const FetchTask &task = answer.task;
    // Credentials never belong into a URL; one that has them all the same loses them here.
    const QString url = answer.url.toString(QUrl::RemoveUserInfo | QUrl::RemoveFragment | QUrl::FullyEncoded);
    QJsonObject line{
        {u"sha256"_s, QString::fromLatin1(sha256)},
        {u"participant"_s, task.account.participant},
        {u"provider"_s, task.account.provider},
        {u"data"_s, task.dataType},
        {u"first"_s, task.first.toString(Qt::ISODate)},
        {u"last"_s, task.last.toString(Qt::ISODate)},
        {u"request"_s, url},
        {u"fetched_at"_s, QDateTime::fromSecsSinceEpoch(answer.fetchedAtUtc, Qt::UTC).toString(Qt::ISODate)},
        {u"language"_s, answer.language},
        {u"zone"_s, answer.zone.zone.isValid() ? answer.zone.id() : QString()},
        {u"zone_source"_s, zoneSourceName(answer.zone.source)},
        {u"origin"_s, answer.origin},
        {u"bytes"_s, answer.body.size()}};
    if (!task.page.isEmpty())
        line.insert(u"page"_s, task.page);
    return QJsonDocument(line).toJson(QJsonDocument::Compact);
}

/// Only asked after a crash between the index and the database, so reading the whole index is fine.
bool isIndexed(const QString &indexFile, const QByteArray &wanted)
{
    QFile file(indexFile);
    if (!file.open(QIODevice::ReadOnly))
        return false;
    QJsonObject request = QJsonDocument::fromJson(wanted).object();
    request.remove(u"fetched_at"_s);
    while (!file.atEnd()) {
        QJsonObject line = QJsonDocument::fromJson(file.readLine()).object();
        line.remove(u"fetched_at"_s);
        if (line == request)
            return true;
    }
    return false;
}

} // namespace

Archive::Archive(QHash<QString, QString> dataDirs) : m_dataDirs(std::move(dataDirs)) {}

Result<QString> Archive::participantDir(const QString &provider, const QString &participant) const
{
    const QString root = m_dataDirs.value(provider);
    if (root.isEmpty()) {
        return failure(ErrorKind::BadConfiguration,
                       u"No data folder is configured for the provider \"%1\"."_s.arg(provider));
    }
    return u"%1/%2"_s.arg(root, participantFolder(participant));
}

Result<QString> Archive::folder(const QString &provider, const QString &participant) const
{
    if (auto checked = participantDir(provider, participant); !checked)
        return checked;
    return u"%1/.archive/%2"_s.arg(m_dataDirs.value(provider), participantFolder(participant));
}

Outcome Archive::keep(const QList<Entry> &entries) const
{
    QMap<QString, QList<Entry>> byFolder;
    for (const Entry &entry : entries) {
        WRISTKEEP_FAIL_POINT("store.archive.begin");
        const AccountKey &account = entry.answer->task.account;
        const auto place = folder(account.provider, account.participant);
        if (!place)
            return failure(place.error());
        byFolder[*place].append(entry);
    }
    for (auto it = byFolder.cbegin(); it != byFolder.cend(); ++it) {
        if (auto kept = keepIn(it.key(), it.value()); !kept)
            return kept;
    }
    return {};
}

Outcome Archive::keepIn(const QString &folder, const QList<Entry> &entries) const
{
    if (auto made = makeFolder(folder); !made)
        return made;
    const QString indexFile = folder + u"/index.jsonl"_s;
    QList<FileToWrite> files;
    QList<QByteArray> lines;
    for (const Entry &entry : entries) {
        const QString path = u"%1/%2.json.gz"_s.arg(folder, QString::fromLatin1(entry.sha256));
        const QByteArray line = indexLine(*entry.answer, entry.sha256);
        const bool bodyKnown = QFileInfo::exists(path);
        // The fastest level: bodies shrink tenfold already, and the store thread is the narrow place.
        if (!bodyKnown)
            files.append({path, gzipCompress(entry.answer->body, 1)});
        if (!bodyKnown || !isIndexed(indexFile, line))
            lines.append(line);
    }
    // The index names a body only once that is durable.
    auto written = replaceFiles(files, {"store.archive.written", "store.archive.synced",
                                        "store.archive.renamed", "store.archive.kept"});
    if (!written)
        return written;
    if (!lines.isEmpty()) {
        if (auto appended = appendLines(indexFile, lines); !appended)
            return appended;
    }
    for (qsizetype i = 0; i < entries.size(); ++i)
        WRISTKEEP_FAIL_POINT("store.archive.indexed");
    return {};
}

bool Archive::has(const QString &provider, const QString &participant, const QByteArray &sha256) const
{
    const auto place = folder(provider, participant);
    return place && QFileInfo::exists(u"%1/%2.json.gz"_s.arg(*place, QString::fromLatin1(sha256)));
}

Result<QByteArray> Archive::body(const QString &provider, const QString &participant,
                                 const QByteArray &sha256) const
{
    const auto place = folder(provider, participant);
    if (!place)
        return failure(place.error());
    const QString path = u"%1/%2.json.gz"_s.arg(*place, QString::fromLatin1(sha256));
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return failure(ErrorKind::Storage, u"%1 cannot be read: %2."_s.arg(path, file.errorString()));
    auto bytes = gzipDecompress(file.readAll(), maxBodyBytes);
    if (!bytes || QCryptographicHash::hash(*bytes, QCryptographicHash::Sha256).toHex() != sha256)
        return failure(ErrorKind::Storage, u"%1 is damaged."_s.arg(path));
    return bytes;
}

} // namespace wristkeep
