// SPDX-License-Identifier: GPL-3.0-or-later
#include "soak/keptfiles.h"

#include "core/gzip.h"
#include "support/world.h"

#include <QCryptographicHash>
#include <QDirIterator>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>

namespace wristkeep::test {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 largestAnswer = 64LL << 20;

QByteArray contentsOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// Different times of readings: an answer may tell a record twice.
qsizetype readingsIn(const QJsonArray &rows, const QString &time)
{
    QSet<QString> times;
    for (const QJsonValue &row : rows)
        times.insert(row[time].toString());
    return times.size();
}

} // namespace

bool isDayFileOf(const QByteArray &bytes, const QString &type, bool google, const CellContent &expected)
{
    const QJsonDocument document = QJsonDocument::fromJson(bytes);
    if (!document.isObject())
        return false;
    const QJsonObject root = document.object();
    const QJsonArray points = root.value(u"rollupDataPoints"_s).toArray();
    if (type == u"heartrate_1min"_s) {
        const QJsonArray rows =
            google ? points : root.value(u"activities-heart-intraday"_s)[u"dataset"_s].toArray();
        return readingsIn(rows, google ? u"startTime"_s : u"time"_s) == qsizetype(expected.samples.size());
    }
    if (type == u"steps"_s && google)
        return points.size() == expected.daily.size() &&
               (points.isEmpty() || points.first()[u"steps"_s][u"countSum"_s].toString().toDouble() ==
                                        expected.daily.value(type));
    if (type == u"steps"_s)
        return root.value(u"activities-steps"_s).toArray().first()[u"value"_s].toString().toDouble() ==
               expected.daily.value(type);
    return true;
}

QStringList archiveProblems(World &world)
{
    QStringList problems;
    QDirIterator walk(world.dataDir() + u"/.archive"_s, {u"*.json.gz"_s, u"index.jsonl"_s},
                      QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (walk.hasNext()) {
        const QString path = walk.next();
        if (path.endsWith(u".jsonl"_s)) {
            for (const QByteArray &line : contentsOf(path).split('\n')) {
                if (!line.isEmpty() && !QJsonDocument::fromJson(line).isObject())
                    problems << u"a line of the archive's index is broken: "_s +
                                    QString::fromUtf8(line.left(80));
            }
            continue;
        }
        const Result<QByteArray> body = gzipDecompress(contentsOf(path), largestAnswer);
        const QByteArray hash =
            body ? QCryptographicHash::hash(*body, QCryptographicHash::Sha256).toHex() : QByteArray();
        if (walk.fileName() != QString::fromLatin1(hash) + u".json.gz"_s)
            problems << u"an archived answer is not what its name says: "_s + walk.fileName();
    }
    for (const QVariantList &row : world.query(u"SELECT DISTINCT participant, sha256 FROM documents"_s)) {
        const QString file =
            u"%1/.archive/%2/%3.json.gz"_s.arg(world.dataDir(), row.at(0).toString(), row.at(1).toString());
        if (!QFile::exists(file))
            problems << u"an answer the tables name is not in the archive: "_s + file.section(u'/', -1);
    }
    return problems;
}

QStringList spiltSecrets(World &world, const QByteArray &printed)
{
    QByteArrayList secrets{world.variables.value(u"FITBIT_CLIENT_SECRET"_s).toUtf8(),
                           world.variables.value(u"GOOGLE_HEALTH_CLIENT_SECRET"_s).toUtf8()};
    for (const QJsonValue &secret : world.control(u"secrets"_s).value(u"secrets"_s).toArray())
        secrets << secret.toString().toUtf8();
    secrets.removeAll(QByteArray());
    QStringList problems;
    const auto look = [&](const QByteArray &bytes, const QString &where) {
        for (const QByteArray &secret : std::as_const(secrets)) {
            if (bytes.contains(secret)) {
                problems << u"a secret stands in "_s + where;
                return;
            }
        }
    };
    look(printed, u"the output"_s);
    QDirIterator walk(world.folder(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (walk.hasNext()) {
        const QString path = walk.next();
        if (!path.contains(u"/service."_s) &&
            !path.endsWith(u".json.gz"_s)) // the service's own memory; answers, packed
            look(contentsOf(path), path.mid(world.folder().size()));
    }
    return problems;
}

} // namespace wristkeep::test
