// SPDX-License-Identifier: GPL-3.0-or-later
#include "e2e/snapshot.h"

#include <QCryptographicHash>
#include <QDir>
#include <QDirIterator>
#include <QFile>

namespace wristkeep::test {

using namespace Qt::StringLiterals;

namespace {

QString rowsAsText(World &world, const QString &sql)
{
    QString text;
    for (const QVariantList &row : world.query(sql)) {
        QStringList cells;
        for (const QVariant &cell : row)
            cells.append(cell.toString());
        text += cells.join(u'|') + u'\n';
    }
    return text;
}

QString hashOf(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return u"unreadable"_s;
    return QString::fromLatin1(QCryptographicHash::hash(file.readAll(), QCryptographicHash::Sha256).toHex());
}

} // namespace

QString ownedData(World &world)
{
    QString text;
    text +=
        u"# ledger\n"_s + rowsAsText(world, u"SELECT participant, provider, data_type, date, state, reason "
                                            "FROM v_ledger ORDER BY 1, 2, 3, 4"_s);
    text += u"# daily\n"_s + rowsAsText(world,
                                        u"SELECT participant, provider, data_type, date, value, unit, state "
                                        "FROM v_daily ORDER BY 1, 2, 3, 4"_s);
    text +=
        u"# samples\n"_s + rowsAsText(world, u"SELECT participant, provider, data_type, offset_s, count(*), "
                                             "min(utc), max(utc), sum(value), sum(value * (utc % 9973)) "
                                             "FROM v_samples GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4"_s);
    text += u"# files\n"_s;
    QStringList files;
    QDirIterator walk(world.dataDir(), QDir::Files, QDirIterator::Subdirectories);
    while (walk.hasNext()) {
        const QString path = walk.next();
        files.append(QDir(world.dataDir()).relativeFilePath(path) + u' ' + hashOf(path));
    }
    files.sort();
    return text + files.join(u'\n') + u'\n';
}

bool replaceFolder(const QString &from, const QString &to)
{
    QDir(to).removeRecursively();
    if (!QDir().mkpath(to))
        return false;
    QDirIterator walk(from, QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot,
                      QDirIterator::Subdirectories);
    while (walk.hasNext()) {
        const QString path = walk.next();
        const QString target = to + u'/' + QDir(from).relativeFilePath(path);
        const bool done = walk.fileInfo().isDir() ? QDir().mkpath(target) : QFile::copy(path, target);
        if (!done)
            return false;
    }
    return true;
}

} // namespace wristkeep::test
