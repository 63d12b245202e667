// SPDX-License-Identifier: GPL-3.0-or-later
#include "soak/stage.h"

#include "soak/generator.h"
#include "soak/hurdles.h"

#include <QDateTime>
#include <QDir>
#include <QDirIterator>
#include <QElapsedTimer>
#include <QFile>
#include <QJsonArray>
#include <QRegularExpression>

#include <algorithm>
#include <csignal>

namespace wristkeep::test {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 day = 86'400;
constexpr qint64 minute = 60;
/// A run whose service keeps failing ends within two minutes; a little more for a busy computer.
constexpr int longestRunMs = 140'000;

QString iso(QDate date)
{
    return date.toString(Qt::ISODate);
}

QString dataPaths(bool google)
{
    return google ? u"^/v4/users/me/dataTypes/"_s : u"^/1(\\.2)?/user/-/(activities|sleep|body)/"_s;
}

QString simulatorKind(const SoakFault &fault)
{
    switch (fault.kind) {
    case SoakFaultKind::Quota:
        return u"quota"_s;
    case SoakFaultKind::Expiry:
        return u"expired"_s;
    case SoakFaultKind::Truncation:
    case SoakFaultKind::Failing:
    case SoakFaultKind::Poorer:
        return fault.what;
    case SoakFaultKind::Duplicates:
        return u"records-twice"_s;
    case SoakFaultKind::Reordering:
        return u"records-shuffled"_s;
    default:
        return {};
    }
}

/// Something that happens to a process so many milliseconds after its start.
struct Blow
{
    qint64 atMs = 0;
    std::function<void()> strike;
};

} // namespace

Stage::Stage(const SoakSchedule &schedule)
    : m_schedule(schedule), m_zone{QTimeZone(schedule.zone), ZoneSource::Profile}
{
}

qint64 Stage::nowUtc() const
{
    return QDateTime::currentSecsSinceEpoch() + m_clockOffset;
}

QDate Stage::lastDay() const
{
    // One of a program whose clock is ahead may have asked for today as well.
    return m_schedule.backfill ? civilDate(nowUtc(), m_zone) : m_schedule.last;
}

QString Stage::open()
{
    if (!m_world.start({u"--seed"_s, QString::number(m_schedule.person), u"--zone"_s,
                        QString::fromLatin1(m_schedule.zone), u"--quota"_s, u"100000"_s}))
        return m_world.problem;
    if (m_schedule.google)
        m_world.useGoogleHealth();
    QDir(m_world.folder()).mkpath(u"db"_s);
    m_world.useDatabase(u"db/wristkeep.db"_s);
    m_clockOffset = m_schedule.nowUtc - QDateTime::currentSecsSinceEpoch();
    tellTheTime();
    m_world.control(u"quota"_s, {{u"googlePerMinute"_s, 100'000}});
    if (m_schedule.pageSize > 0)
        m_world.control(u"switch"_s, {{u"googlePageSize"_s, m_schedule.pageSize}});
    const SoakOutcome connected = consentAgain();
    return connected.run.exitCode == 0 ? QString() : u"connect: "_s + QString::fromUtf8(connected.run.all());
}

SoakOutcome Stage::consentAgain()
{
    SoakOutcome outcome;
    outcome.run = m_world.connect({}, {}, variablesFor({}));
    m_printed += outcome.run.all();
    return outcome;
}

void Stage::tellTheTime()
{
    m_world.control(u"clock"_s, {{u"now"_s, nowUtc()}});
}

void Stage::prepare(const SoakStep &step)
{
    const qint64 before = nowUtc();
    m_clockOffset += awayFromMidnight(before + step.laterSeconds, m_zone) - before;
    tellTheTime();
    // What the phone has brought once stays; whole minutes, because half a minute's readings are no minute's
    // rate.
    m_phoneUtc = std::max(m_phoneUtc, (nowUtc() - step.phoneBehindSeconds) / minute * minute);
    m_world.control(u"sync"_s, {{u"at"_s, m_phoneUtc}});
    for (const SoakFault &fault : step.faults) {
        if (fault.kind == SoakFaultKind::Revision)
            m_world.control(u"night"_s, {{u"date"_s, fault.what}, {u"longer"_s, fault.amount}});
    }
    takeEpoch();
}

void Stage::takeEpoch()
{
    SoakEpoch epoch;
    epoch.utc = nowUtc();
    epoch.today = civilDate(epoch.utc, m_zone);
    for (QDate date = m_schedule.first; date <= lastDay(); date = date.addDays(1)) {
        const QJsonObject truth = m_world.control(u"truth"_s, {{u"date"_s, iso(date)}, {u"known"_s, true}});
        epoch.days.insert(date, expectedDay(truth, m_schedule.google, m_schedule.types));
    }
    m_epochs << epoch;
}

void Stage::placeFaults(const SoakStep &step)
{
    for (const SoakFault &fault : step.faults) {
        if (fault.kind == SoakFaultKind::Expiry && fault.skip == 0) {
            m_world.control(u"expire"_s);
            continue;
        }
        const QString kind = simulatorKind(fault);
        if (kind.isEmpty())
            continue;
        const bool once = fault.kind == SoakFaultKind::Quota || fault.kind == SoakFaultKind::Expiry;
        m_world.control(u"fault"_s, {{u"kind"_s, kind},
                                     {u"regex"_s, dataPaths(m_schedule.google)},
                                     {u"skip"_s, fault.skip},
                                     {u"times"_s, once ? 1 : fault.times}});
    }
}

void Stage::clearFaults()
{
    m_world.control(u"clear-faults"_s);
    m_world.control(u"quota"_s, {{u"used"_s, 0}, {u"googleUsed"_s, 0}});
}

QHash<QString, QString> Stage::variablesFor(const SoakStep &step) const
{
    QHash<QString, QString> variables;
    qint64 offset = m_clockOffset;
    for (const SoakFault &fault : step.faults) {
        if (fault.kind == SoakFaultKind::Kill && !fault.what.isEmpty())
            variables.insert(u"WRISTKEEP_FAIL_AT"_s, u"%1:%2"_s.arg(fault.what).arg(fault.skip));
        if (fault.kind == SoakFaultKind::ClockJump && fault.skip == 0)
            offset += fault.amount;
        else if (fault.kind == SoakFaultKind::ClockJump)
            variables.insert(u"WRISTKEEP_CLOCK_JUMP"_s, u"%1:%2"_s.arg(fault.skip).arg(fault.amount));
    }
    variables.insert(u"WRISTKEEP_CLOCK_OFFSET"_s, QString::number(offset));
    return variables;
}

QStringList Stage::arguments(const SoakStep &step)
{
    const QStringList data{u"--data"_s, m_schedule.types.join(u',')};
    if (step.action == SoakAction::SyncDay)
        return QStringList{u"--json"_s, u"sync"_s, u"--date"_s, iso(step.day)} + data;
    if (step.action == SoakAction::SyncRange)
        return QStringList{u"--json"_s,           u"sync"_s, u"--from"_s,
                           iso(m_schedule.first), u"--to"_s, iso(m_schedule.last)} +
               data;
    if (m_world.value(u"SELECT count(*) FROM backfills"_s).toInt() > 0)
        return {u"--json"_s, u"backfill"_s, u"resume"_s};
    return QStringList{u"--json"_s, u"backfill"_s, u"start"_s, u"--from"_s, iso(m_schedule.first)} + data;
}

CliRun Stage::runWith(const SoakStep &step, const QStringList &arguments,
                      const QHash<QString, QString> &extra)
{
    Hurdles hurdles(m_world, step, civilDay(m_schedule.first, m_zone));
    if (const QString problem = hurdles.putUp(); !problem.isEmpty())
        qWarning("%s", qPrintable(problem));
    m_world.childModifier = hurdles.childModifier();
    QElapsedTimer since;
    since.start();
    const auto process = m_world.launch(arguments, extra);
    process->waitForStarted();
    QList<Blow> blows;
    for (const SoakFault &fault : step.faults) {
        const auto signal = [pid = pid_t(process->processId())](int number) {
            return [pid, number] { ::kill(pid, number); };
        };
        if (fault.kind == SoakFaultKind::Kill && fault.what.isEmpty())
            blows << Blow{fault.amount, signal(SIGKILL)};
        if (fault.kind == SoakFaultKind::Interrupt)
            blows << Blow{fault.amount, signal(SIGINT)};
        if (fault.kind == SoakFaultKind::LockedTable && fault.amount > 0)
            blows << Blow{fault.amount, [&hurdles] { hurdles.unlock(); }};
    }
    std::sort(blows.begin(), blows.end(), [](const Blow &a, const Blow &b) { return a.atMs < b.atMs; });
    for (const Blow &blow : std::as_const(blows)) {
        if (process->waitForFinished(int(std::max<qint64>(1, blow.atMs - since.elapsed()))))
            break;
        blow.strike();
    }
    const CliRun run = World::finish(*process, longestRunMs);
    m_world.childModifier = {};
    return run;
}

/// The file system's clock is the computer's: a day file of next year would be somebody else's to the
/// program.
void Stage::dateDayFiles() const
{
    const QDateTime now = QDateTime::fromSecsSinceEpoch(nowUtc(), Qt::UTC);
    QDirIterator files(m_world.dataDir(), QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        if (files.fileInfo().lastModified() > now && file.open(QIODevice::ReadOnly))
            file.setFileTime(now, QFileDevice::FileModificationTime);
    }
}

SoakOutcome Stage::play(const SoakStep &step)
{
    const QStringList asked = arguments(step);
    placeFaults(step);
    clearRequests();
    SoakOutcome outcome;
    outcome.earliestToday = outcome.latestToday = civilDate(nowUtc(), m_zone);
    for (const SoakFault &fault : step.faults) {
        if (fault.kind != SoakFaultKind::ClockJump)
            continue;
        const QDate wrong = civilDate(nowUtc() + fault.amount, m_zone);
        outcome.earliestToday = fault.skip == 0 ? wrong : std::min(wrong, outcome.earliestToday);
        outcome.latestToday = fault.skip == 0 ? wrong : std::max(wrong, outcome.latestToday);
    }
    outcome.run = runWith(step, asked, variablesFor(step));
    dateDayFiles();
    outcome.timedOut = outcome.run.err.startsWith("TIMED OUT");
    m_printed += outcome.run.all();
    outcome.requests = requests();
    clearFaults();
    return outcome;
}

SoakStep Stage::calmStep() const
{
    SoakStep step;
    step.action = m_schedule.backfill ? SoakAction::Backfill : SoakAction::SyncRange;
    // A backfill asks a day that was not understood again after a day, by a clock that may have been wrong.
    step.laterSeconds = m_schedule.backfill ? 2 * day + 2 * 3'600 : 2 * 3'600;
    return step;
}

SoakStep Stage::calmStep(QDate day) const
{
    SoakStep step;
    step.action = SoakAction::SyncDay;
    step.day = day;
    return step;
}

void Stage::clearRequests()
{
    m_world.control(u"log"_s, {{u"clear"_s, true}, {u"entries"_s, false}});
}

int Stage::requests()
{
    const QRegularExpression data(dataPaths(m_schedule.google));
    int count = 0;
    const QJsonArray entries = m_world.control(u"log"_s).value(u"entries"_s).toArray();
    for (const QJsonValue &entry : entries)
        count += data.match(entry[u"path"_s].toString()).hasMatch() ? 1 : 0;
    return count;
}

} // namespace wristkeep::test
