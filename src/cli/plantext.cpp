// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/plantext.h"

#include "cli/statustext.h"

#include <QJsonArray>
#include <QJsonObject>

#include <algorithm>

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 minute = 60;
constexpr qint64 hour = 60 * minute;
constexpr qint64 day = 24 * hour;

QString counted(int number, const QString &one, const QString &many)
{
    return number == 1 ? u"1 "_s + one : u"%1 %2"_s.arg(number).arg(many);
}

QString planFact(const QString &name, const QString &value)
{
    return u"  "_s + name.leftJustified(12) + value;
}

QString requestsText(const PlanEstimate &plan)
{
    QString text = QString::number(plan.requests);
    if (plan.otherRequests > 0)
        text += u" and %1 for the account's profile"_s.arg(plan.otherRequests);
    if (plan.leftNow && plan.resetAtUtc)
        text += u" (%1 left until %2)"_s.arg(*plan.leftNow).arg(instantText(double(*plan.resetAtUtc)));
    return text;
}

/// Where more than one window of the provider's limit is needed, the limit is what makes it last. A few
/// requests over the end of a minute wait for nothing.
QString timeText(const PlanEstimate &plan)
{
    QString text = u"%1, until %2"_s.arg(durationText(plan.seconds), instantText(double(plan.finishUtc)));
    if (plan.windows <= 1 || plan.seconds < minute || plan.windowSeconds <= 0)
        return text;
    const QString window = plan.windowSeconds == minute ? u"a minute"_s
                           : plan.windowSeconds == hour ? u"an hour"_s
                                                        : u"in "_s + durationText(plan.windowSeconds);
    return text + u"; the provider answers only so many requests "_s + window;
}

QString isoOrEmpty(QDate date)
{
    return date.isValid() ? date.toString(Qt::ISODate) : QString();
}

QJsonValue orNull(const QString &text)
{
    return text.isEmpty() ? QJsonValue() : QJsonValue(text);
}

} // namespace

QString durationText(qint64 seconds)
{
    if (seconds < minute)
        return u"less than a minute"_s;
    if (seconds < hour)
        return u"%1 min"_s.arg((seconds + minute / 2) / minute);
    if (seconds < day)
        return u"%1 h %2 min"_s.arg(seconds / hour).arg(seconds % hour / minute);
    return u"%1 %2 h"_s.arg(counted(int(seconds / day), u"day"_s, u"days"_s)).arg(seconds % day / hour);
}

QString sizeText(qint64 bytes)
{
    constexpr double step = 1000.0;
    double size = std::max(1.0, double(bytes) / step);
    QStringList units{u"kB"_s, u"MB"_s, u"GB"_s, u"TB"_s};
    while (size >= step && units.size() > 1) {
        size /= step;
        units.removeFirst();
    }
    const bool fine = size < 10 && units.size() < 4;
    return QString::number(size, 'f', fine ? 1 : 0) + u' ' + units.first();
}

QStringList planLines(const PlanEstimate &plan)
{
    QStringList lines{u"Plan for %1, %2 to %3. Nothing is asked yet."_s.arg(
        plan.account.participant, isoOrEmpty(plan.first), isoOrEmpty(plan.last))};
    qsizetype width = 0;
    for (const PlanEstimate::OfType &type : plan.types)
        width = std::max(width, type.dataType.size());
    for (const PlanEstimate::OfType &type : plan.types)
        lines << u"  %1  %2, %3"_s.arg(type.dataType.leftJustified(width),
                                       counted(type.days, u"day"_s, u"days"_s),
                                       counted(type.requests, u"request"_s, u"requests"_s));
    if (plan.notPermitted > 0)
        lines << planFact(u"Left out"_s, counted(plan.notPermitted, u"day without permission"_s,
                                                 u"days of data without permission"_s));
    lines << planFact(u"Requests"_s, requestsText(plan));
    if (plan.requests == 0)
        return lines;
    lines << planFact(u"Time"_s, timeText(plan));
    lines << planFact(u"Disk"_s, u"about %1"_s.arg(sizeText(plan.diskBytes())));
    return lines;
}

QJsonObject planObject(const PlanEstimate &plan)
{
    QJsonArray types;
    for (const PlanEstimate::OfType &type : plan.types)
        types.append(
            QJsonObject{{u"data"_s, type.dataType}, {u"requests"_s, type.requests}, {u"days"_s, type.days}});
    return {{u"type"_s, u"plan"_s},
            {u"participant"_s, plan.account.participant},
            {u"provider"_s, plan.account.provider},
            {u"first"_s, orNull(isoOrEmpty(plan.first))},
            {u"last"_s, orNull(isoOrEmpty(plan.last))},
            {u"data"_s, types},
            {u"requests"_s, plan.requests},
            {u"other_requests"_s, plan.otherRequests},
            {u"cells"_s, plan.cells},
            {u"days"_s, plan.days},
            {u"not_permitted"_s, plan.notPermitted},
            {u"windows"_s, plan.windows},
            {u"left_now"_s, plan.leftNow ? QJsonValue(*plan.leftNow) : QJsonValue()},
            {u"reset_at"_s, plan.resetAtUtc ? QJsonValue(*plan.resetAtUtc) : QJsonValue()},
            {u"finish_at"_s, plan.finishUtc},
            {u"seconds"_s, plan.seconds},
            {u"bytes"_s, QJsonObject{{u"archive"_s, plan.archiveBytes},
                                     {u"files"_s, plan.fileBytes},
                                     {u"rows"_s, plan.rowBytes}}}};
}

} // namespace wristkeep
