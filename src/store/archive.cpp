// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/archive.h"

#include "core/failpoint.h"
#include "core/gzip.h"
#include "core/ids.h"
#include "store/digest.h"
#include "store/durablefile.h"
#include "store/ingest.h"
#include "store/requesttrace.h"
#include "store/sqlerror.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMap>
#include <QSet>

using namespace Qt::StringLiterals;

namespace wristkeep {

namespace {

constexpr qint64 maxBodyBytes = 256LL * 1024 * 1024;

QByteArray indexLine(const Answer &answer, const QByteArray &sha256)
{
    const FetchTask &task = answer.task;
    QJsonObject line{
        {u"sha256"_s, QString::fromLatin1(sha256)},
        {u"participant"_s, task.account.participant},
        {u"provider"_s, task.account.provider},
        {u"data"_s, task.dataType},
        {u"first"_s, task.first.toString(Qt::ISODate)},
        {u"last"_s, task.last.toString(Qt::ISODate)},
        {u"request"_s, addressTrace(answer)},
        {u"fetched_at"_s, QDateTime::fromSecsSinceEpoch(answer.fetchedAtUtc, Qt::UTC).toString(Qt::ISODate)},
        {u"language"_s, answer.language},
        {u"zone"_s, answer.zone.zone.isValid() ? answer.zone.id() : QString()},
        {u"zone_source"_s, zoneSourceName(answer.zone.source)},
        {u"origin"_s, answer.origin},
        {u"bytes"_s, answer.body.size()}};
    if (!task.page.isEmpty()) {
        // The page before names this one by the token of this hash.
        line.insert(u"page"_s, pageTrace(task.page));
        line.insert(u"page_number"_s, answer.pageNumber);
    }
    return QJsonDocument(line).toJson(QJsonDocument::Compact);
}

/// Asked for bodies that are there already, so an index of a hundred thousand lines is searched as bytes:
/// only the lines that name the hash are read.
bool isIndexed(const QString &indexFile, const QByteArray &sha256, const QByteArray &wanted)
{
    QFile file(indexFile);
    if (!file.open(QIODevice::ReadOnly))
        return false;
    const QByteArray index = file.readAll();
    QJsonObject request = QJsonDocument::fromJson(wanted).object();
    request.remove(u"fetched_at"_s);
    for (qsizetype at = index.indexOf(sha256); at >= 0; at = index.indexOf(sha256, at + sha256.size())) {
        const qsizetype begin = index.lastIndexOf('\n', at) + 1;
        const qsizetype end = index.indexOf('\n', at);
        QJsonObject line = QJsonDocument::fromJson(index.mid(begin, end < 0 ? -1 : end - begin)).object();
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

QStringList Archive::indexFiles() const
{
    QStringList files;
    for (const QString &root : m_dataDirs) {
        const QDir archives(root + u"/.archive"_s);
        for (const QString &name : archives.entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name)) {
            const QString file = u"%1/%2/index.jsonl"_s.arg(archives.absolutePath(), name);
            if (QFileInfo::exists(file) && !files.contains(file))
                files.append(file);
        }
    }
    return files;
}

Result<QList<QByteArray>> Archive::keep(const QList<Answer> &answers) const
{
    QList<QByteArray> hashes;
    QMap<QString, QList<Entry>> byFolder;
    for (const Answer &answer : answers) {
        WRISTKEEP_FAIL_POINT("store.archive.begin");
        const AccountKey &account = answer.task.account;
        const auto place = folder(account.provider, account.participant);
        if (!place)
            return failure(place.error());
        hashes.append(sha256Hex(answer.body));
        byFolder[*place].append({&answer, hashes.last()});
    }
    for (auto it = byFolder.cbegin(); it != byFolder.cend(); ++it) {
        if (auto kept = keepIn(it.key(), it.value()); !kept)
            return failure(kept.error());
    }
    return hashes;
}

Outcome Archive::keepIn(const QString &folder, const QList<Entry> &entries) const
{
    if (auto made = makeFolder(folder); !made)
        return made;
    const QString indexFile = folder + u"/index.jsonl"_s;
    QList<FileToWrite> files;
    QList<QByteArray> lines;
    QSet<QByteArray> underWay;
    for (const Entry &entry : entries) {
        const QString path = u"%1/%2.json.gz"_s.arg(folder, QString::fromLatin1(entry.sha256));
        const QByteArray line = indexLine(*entry.answer, entry.sha256);
        const bool isRepeated = underWay.contains(entry.sha256);
        const bool isKept = !isRepeated && QFileInfo::exists(path);
        if (!isRepeated && !isKept) {
            // As it came over the wire where that was gzip; else the fastest level, which shrinks it tenfold.
            const QByteArray &received = entry.answer->gzipBody;
            files.append({path, received.isEmpty() ? gzipCompress(entry.answer->body, 1) : received});
            underWay.insert(entry.sha256);
        }
        const bool isListed = isKept ? isIndexed(indexFile, entry.sha256, line) : lines.contains(line);
        if (!isListed)
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
    if (!bytes || sha256Hex(*bytes) != sha256)
        return failure(ErrorKind::Storage, u"%1 is damaged."_s.arg(path));
    return bytes;
}

} // namespace wristkeep
