// SPDX-License-Identifier: GPL-3.0-or-later
#include "soak/hurdles.h"

#include "support/world.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QFileInfo>

#include <algorithm>
#include <csignal>
#include <sqlite3.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include <linux/capability.h>

namespace wristkeep::test {

using namespace Qt::StringLiterals;

namespace {

constexpr QFileDevice::Permissions readOnlyFolder = QFileDevice::ReadOwner | QFileDevice::ExeOwner;
constexpr QFileDevice::Permissions ownFolder = readOnlyFolder | QFileDevice::WriteOwner;
/// Below this not even a small answer can be kept.
constexpr qint64 smallestFile = 2'048;

/// Root may write where nobody may; a child without this capability is bound as everybody is. A program that
/// is begun gets no more than the bounding set holds.
void giveUpOverride()
{
    ::prctl(PR_CAPBSET_DROP, CAP_DAC_OVERRIDE);
}

} // namespace

Hurdles::Hurdles(World &world, const SoakStep &step, const CivilDay &firstDay)
    : m_world(world), m_step(step), m_firstDay(firstDay)
{
}

Hurdles::~Hurdles()
{
    takeAway();
}

QString Hurdles::putUp()
{
    // The others would stand in the way of this one.
    for (const SoakFault &fault : m_step.faults) {
        if (fault.kind == SoakFaultKind::RefusedRow) {
            if (QString problem = refuseRows(fault); !problem.isEmpty())
                return problem;
        }
    }
    for (const SoakFault &fault : m_step.faults) {
        if (fault.kind == SoakFaultKind::FullDisk)
            m_fileLimit = std::max(smallestFile, QFileInfo(m_world.database()).size() + fault.amount);
        if (fault.kind == SoakFaultKind::ReadOnly && fault.what == u"data"_s)
            makeReadOnly(m_world.dataDir());
        if (fault.kind == SoakFaultKind::ReadOnly && fault.what == u"archive"_s)
            makeReadOnly(m_world.dataDir() + u"/.archive"_s);
        if (fault.kind == SoakFaultKind::ReadOnly && fault.what == u"database"_s)
            makeReadOnly(QFileInfo(m_world.database()).absolutePath());
        if (fault.kind == SoakFaultKind::LockedTable) {
            if (QString problem = lock(); !problem.isEmpty())
                return problem;
        }
    }
    return {};
}

std::function<void()> Hurdles::childModifier() const
{
    return [limit = rlim_t(m_fileLimit), readOnly = !m_readOnly.isEmpty()] {
        if (limit > 0) {
            // Without the signal the write fails with EFBIG, as it would with ENOSPC.
            ::signal(SIGXFSZ, SIG_IGN);
            const rlimit size{limit, limit};
            ::setrlimit(RLIMIT_FSIZE, &size);
        }
        if (readOnly)
            giveUpOverride();
    };
}

QString Hurdles::lock()
{
    const QByteArray file = QFile::encodeName(m_world.database());
    if (sqlite3_open_v2(file.constData(), &m_holder, SQLITE_OPEN_READWRITE, nullptr) != SQLITE_OK ||
        sqlite3_busy_timeout(m_holder, 10'000) != SQLITE_OK ||
        sqlite3_exec(m_holder, "BEGIN EXCLUSIVE", nullptr, nullptr, nullptr) != SQLITE_OK)
        return u"the database could not be locked: "_s + QString::fromUtf8(sqlite3_errmsg(m_holder));
    return {};
}

void Hurdles::unlock()
{
    if (!m_holder)
        return;
    sqlite3_exec(m_holder, "ROLLBACK", nullptr, nullptr, nullptr);
    sqlite3_close_v2(m_holder);
    m_holder = nullptr;
}

/// A trigger's ABORT undoes one statement and leaves the transaction open with all that was written before,
/// where SQLite itself rolls back after a full disk: the program has to do it.
QString Hurdles::refuseRows(const SoakFault &fault)
{
    m_refusing = fault.what;
    const qint64 noon = m_firstDay.startUtc + fault.amount * 86'400 + 43'200;
    const QString date = m_firstDay.date.addDays(fault.amount).toString(Qt::ISODate);
    QString sql;
    for (const auto &[event, row] :
         {std::pair(u"INSERT"_s, u"NEW"_s), {u"UPDATE"_s, u"NEW"_s}, {u"DELETE"_s, u"OLD"_s}}) {
        QString when;
        if (fault.what == u"samples"_s || fault.what == u"levels"_s)
            when = u"WHEN %1.t >= %2"_s.arg(row).arg(noon);
        else if (fault.what == u"stages"_s)
            when = u"WHEN %1.n >= 3"_s.arg(row);
        else if (fault.what != u"documents"_s && fault.what != u"history"_s)
            when = u"WHEN %1.date >= '%2'"_s.arg(row, date);
        sql +=
            u"CREATE TRIGGER soak_%1 BEFORE %1 ON %2 %3 BEGIN SELECT RAISE(ABORT, 'refused'); END;\n"_s.arg(
                event, fault.what, when);
    }
    return World::executeOn(m_world.database(), sql) ? QString()
                                                     : u"no trigger could be made on "_s + fault.what;
}

void Hurdles::acceptRows()
{
    if (m_refusing.isEmpty())
        return;
    World::executeOn(m_world.database(),
                     u"DROP TRIGGER IF EXISTS soak_INSERT;\nDROP TRIGGER IF EXISTS soak_UPDATE;\n"
                     "DROP TRIGGER IF EXISTS soak_DELETE;\n"_s);
    m_refusing.clear();
}

void Hurdles::makeReadOnly(const QString &folder)
{
    QDir().mkpath(folder);
    m_readOnly << folder;
    QDirIterator walk(folder, QDir::Dirs | QDir::Hidden | QDir::NoDotAndDotDot, QDirIterator::Subdirectories);
    while (walk.hasNext())
        m_readOnly << walk.next();
    for (const QString &each : std::as_const(m_readOnly))
        QFile::setPermissions(each, readOnlyFolder);
}

void Hurdles::takeAway()
{
    unlock();
    for (const QString &each : std::as_const(m_readOnly))
        QFile::setPermissions(each, ownFolder);
    m_readOnly.clear();
    m_fileLimit = 0;
    acceptRows();
}

bool Hurdles::rightsBind()
{
    QTemporaryDir place;
    QFile::setPermissions(place.path(), readOnlyFolder);
    QProcess attempt;
    attempt.setChildProcessModifier(giveUpOverride);
    attempt.start(u"mkdir"_s, {place.filePath(u"made"_s)});
    attempt.waitForFinished();
    const bool bound = !QFileInfo::exists(place.filePath(u"made"_s));
    QFile::setPermissions(place.path(), ownFolder);
    return bound;
}

} // namespace wristkeep::test
