// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/dayfiles.h"

#include "core/isodate.h"
#include "store/digest.h"
#include "store/durablefile.h"
#include "store/sqlerror.h"

#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSet>

#include <utility>

using namespace Qt::StringLiterals;

namespace wristkeep {

namespace {

constexpr qint64 maxDayFileBytes = 256LL * 1024 * 1024;

/// How many single values a document holds: the measure of richness where no parser has looked at it.
int countValues(const QJsonValue &value)
{
    if (value.isNull() || value.isUndefined())
        return 0;
    int count = 0;
    if (value.isArray()) {
        const QJsonArray items = value.toArray();
        for (const QJsonValue item : items)
            count += countValues(item);
        return count;
    }
    if (value.isObject()) {
        const QJsonObject members = value.toObject();
        for (const QJsonValue member : members)
            count += countValues(member);
        return count;
    }
    return 1;
}

int countValues(const QJsonDocument &document)
{
    return document.isArray() ? countValues(QJsonValue(document.array()))
                              : countValues(QJsonValue(document.object()));
}

bool looksWhole(const QByteArray &head, const QByteArray &tail)
{
    const QByteArray first = head.trimmed();
    const QByteArray last = tail.trimmed();
    return (first.startsWith('{') && last.endsWith('}')) || (first.startsWith('[') && last.endsWith(']'));
}

} // namespace

QString DayFile::path() const
{
    return folder + u'/' + isoDate(date) + u'_' + dataType + u".json"_s;
}

namespace {

/// True when the bytes are to take the place of what is there.
bool isWanted(const DayFileWish &wish, const QString &path)
{
    const auto &[file, bytes, rules] = wish;
    // Most days are new, and a failed open costs as much as the write that follows.
    if (!QFileInfo::exists(path))
        return true;
    QFile present(path);
    if (!present.open(QIODevice::ReadOnly) || present.size() > maxDayFileBytes)
        return true;
    const QByteArray old = present.readAll();
    if (old == bytes)
        return false;
    const QJsonDocument oldDocument = QJsonDocument::fromJson(old);
    if (oldDocument.isNull())
        return true;
    const QJsonDocument newDocument = QJsonDocument::fromJson(bytes);
    if (!rules.hasData || oldDocument == newDocument)
        return false;
    const bool isKnown = !rules.knownSha256.isEmpty() && sha256Hex(old) == rules.knownSha256;
    return isKnown || countValues(oldDocument) <= countValues(newDocument);
}

Outcome writeFiles(const QList<FileToWrite> &files)
{
    return replaceFiles(files, {"store.dayfile.written", "store.dayfile.synced", "store.dayfile.renamed",
                                "store.dayfile.kept"});
}

} // namespace

Result<QStringList> showDayFiles(const QList<DayFileWish> &wishes)
{
    QStringList written;
    QList<FileToWrite> wanted;
    QSet<QString> pending;
    QSet<QString> told;
    QSet<QString> folders;
    for (const DayFileWish &wish : wishes) {
        const QString path = wish.file.path();
        if (pending.contains(path)) {
            if (auto done = writeFiles(std::exchange(wanted, {})); !done)
                return failure(done.error());
            pending.clear();
        }
        if (!isWanted(wish, path))
            continue;
        if (!folders.contains(wish.file.folder)) {
            if (auto made = makeFolder(wish.file.folder); !made)
                return failure(made.error());
            folders.insert(wish.file.folder);
        }
        wanted.append({path, wish.bytes});
        pending.insert(path);
        if (!told.contains(path))
            written.append(path);
        told.insert(path);
    }
    if (auto done = writeFiles(wanted); !done)
        return failure(done.error());
    return written;
}

bool isDayFileSound(const DayFile &file, qint64 expectedBytes)
{
    QFile present(file.path());
    if (!present.open(QIODevice::ReadOnly) || present.size() == 0)
        return false;
    const QByteArray head = present.read(64);
    present.seek(std::max<qint64>(0, present.size() - 64));
    if (!looksWhole(head, present.read(64)))
        return false;
    if (present.size() == expectedBytes)
        return true;
    present.seek(0);
    return !QJsonDocument::fromJson(present.readAll()).isNull();
}

} // namespace wristkeep
