// SPDX-License-Identifier: GPL-3.0-or-later
#include "soak/schedule.h"

#include <QDateTime>

#include <algorithm>
#include <array>

namespace wristkeep::test {

using namespace Qt::StringLiterals;

namespace {

constexpr std::array<const char *, soakFaultKinds> faultNames = {
    "kill",      "interrupt", "quota",      "expiry",    "truncation", "failing", "duplicates",  "reordering",
    "late data", "revision",  "clock jump", "full disk", "read-only",  "locked",  "refused row", "poorer"};

/// "2 d 3 h"
QString spanText(qint64 seconds)
{
    QStringList parts;
    for (const auto &[size, unit] :
         {std::pair(86'400, u"d"_s), {3'600, u"h"_s}, {60, u"min"_s}, {1, u"s"_s}}) {
        if (const qint64 count = qAbs(seconds) / size; count > 0)
            parts << QString::number(count) + u' ' + unit;
        seconds %= size;
    }
    return parts.isEmpty() ? u"0 s"_s : parts.join(u' ');
}

QString timesText(int times)
{
    return times < 0 ? u"always"_s : u"%1×"_s.arg(times);
}

} // namespace

QString soakFaultName(SoakFaultKind kind)
{
    return QString::fromLatin1(faultNames.at(std::size_t(kind)));
}

QString SoakFault::text() const
{
    const QString name = soakFaultName(kind);
    switch (kind) {
    case SoakFaultKind::Kill:
        return what.isEmpty() ? u"%1 after %2 ms"_s.arg(name).arg(amount)
                              : u"%1 at %2:%3"_s.arg(name, what).arg(skip);
    case SoakFaultKind::Interrupt:
        return u"%1 after %2 ms"_s.arg(name).arg(amount);
    case SoakFaultKind::Quota:
    case SoakFaultKind::Expiry:
        return u"%1 after %2"_s.arg(name).arg(skip);
    case SoakFaultKind::Truncation:
    case SoakFaultKind::Failing:
    case SoakFaultKind::Duplicates:
    case SoakFaultKind::Reordering:
    case SoakFaultKind::Poorer:
        return u"%1%2 after %3, %4"_s.arg(name, what.isEmpty() ? QString() : u" "_s + what)
            .arg(skip)
            .arg(timesText(times));
    case SoakFaultKind::LateData:
        return name;
    case SoakFaultKind::Revision:
        return u"%1 of %2 by %3 min"_s.arg(name, what).arg(amount);
    case SoakFaultKind::ClockJump:
        return u"%1 %2%3%4"_s.arg(name, amount < 0 ? u"-"_s : u"+"_s, spanText(amount),
                                  skip > 0 ? u" after %1 looks"_s.arg(skip) : QString());
    case SoakFaultKind::FullDisk:
        return u"%1 beyond %2 bytes more"_s.arg(name).arg(amount);
    case SoakFaultKind::ReadOnly:
        return u"%1 %2"_s.arg(name, what);
    case SoakFaultKind::LockedTable:
        return amount > 0 ? u"%1 for %2 ms"_s.arg(name).arg(amount) : u"%1 all the time"_s.arg(name);
    case SoakFaultKind::RefusedRow:
        return u"%1 of %2 from day %3 on"_s.arg(name, what).arg(amount + 1);
    }
    return name;
}

bool SoakStep::has(SoakFaultKind kind) const
{
    return std::any_of(faults.begin(), faults.end(),
                       [kind](const SoakFault &fault) { return fault.kind == kind; });
}

QString SoakStep::text() const
{
    QString text = laterSeconds > 0 ? u"+%1 "_s.arg(spanText(laterSeconds)) : QString();
    if (phoneBehindSeconds > 0)
        text += u"phone %1 behind "_s.arg(spanText(phoneBehindSeconds));
    text += action == SoakAction::Backfill
                ? u"backfill"_s
                : (action == SoakAction::SyncDay ? u"sync "_s + day.toString(Qt::ISODate) : u"sync"_s);
    QStringList told;
    for (const SoakFault &fault : faults)
        told << fault.text();
    return told.isEmpty() ? text : text + u" ["_s + told.join(u"; "_s) + u']';
}

QString SoakSchedule::text() const
{
    QStringList told;
    for (const SoakStep &step : steps)
        told << step.text();
    return u"seed %1: %2, person %3, %4, %5%6…%7, %8, now %9 | "_s.arg(seed)
               .arg(google ? u"google-health"_s : u"fitbit"_s)
               .arg(person)
               .arg(QString::fromLatin1(zone), pageSize > 0 ? u"pages of %1, "_s.arg(pageSize) : QString(),
                    first.toString(Qt::ISODate), last.toString(Qt::ISODate), types.join(u' '),
                    QDateTime::fromSecsSinceEpoch(nowUtc, Qt::UTC).toString(Qt::ISODate)) +
           told.join(u" | "_s);
}

} // namespace wristkeep::test
