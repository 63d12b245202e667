// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/processmark.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QStringList>
#include <QUuid>

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

QByteArray contents(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll().trimmed() : QByteArray();
}

/// Which running system this is: the boot, and the container within it.
QString systemMark()
{
    const QString boot = QString::fromLatin1(contents(u"/proc/sys/kernel/random/boot_id"_s));
    const QString space = QFileInfo(u"/proc/self/ns/pid"_s).symLinkTarget().section(u'/', -1);
    return boot.isEmpty() || space.isEmpty() ? QString() : boot + u'|' + space;
}

/// Field 22 of /proc/PID/stat: tells a process from a later one with its number.
QString startTime(const QString &pid)
{
    const QByteArray stat = contents(u"/proc/%1/stat"_s.arg(pid));
    const QList<QByteArray> fields = stat.mid(stat.lastIndexOf(')') + 2).split(' ');
    return fields.size() > 19 ? QString::fromLatin1(fields.at(19)) : QString();
}

} // namespace

QString processMark()
{
    const QString system = systemMark();
    const QString pid = QString::number(QCoreApplication::applicationPid());
    const QString started = startTime(pid);
    if (system.isEmpty() || started.isEmpty())
        return QUuid::createUuid().toString(QUuid::WithoutBraces);
    return u"%1|%2|%3"_s.arg(system, pid, started);
}

bool isGone(const QString &mark)
{
    const QStringList parts = mark.split(u'|');
    if (parts.size() < 4 || systemMark().isEmpty() || parts.at(0) + u'|' + parts.at(1) != systemMark())
        return false;
    return startTime(parts.at(2)) != parts.at(3);
}

} // namespace wristkeep
