// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/planwords.h"

#include "sync/catalogue.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

using namespace Qt::StringLiterals;

namespace wristkeep {

namespace {

struct PlanTr
{
    Q_DECLARE_TR_FUNCTIONS(wristkeep::PlanWords)
};

constexpr qint64 planMinute = 60;
constexpr qint64 planHour = 60 * planMinute;
constexpr qint64 planDay = 24 * planHour;

QString numberOf(qint64 count, const QString &one, const QString &many)
{
    return count == 1 ? one : many.arg(QLocale().toString(count));
}

QString requestsOf(int count)
{
    return numberOf(count, PlanTr::tr("1 request"), PlanTr::tr("%1 requests"));
}

QString daysOfData(int count)
{
    return numberOf(count, PlanTr::tr("1 day of data"), PlanTr::tr("%1 days of data"));
}

/// Nothing is done before the minute that is named.
qint64 wholeMinute(qint64 utc)
{
    return (utc + planMinute - 1) / planMinute * planMinute;
}

struct LocalMoment
{
    qint64 daysAhead = 0;
    QString day;   ///< "28 November", with the year where it is another one
    QString clock; ///< "14:01"
};

LocalMoment localMoment(qint64 utc, qint64 nowUtc)
{
    const QDateTime then = QDateTime::fromSecsSinceEpoch(utc).toLocalTime();
    const QDate today = QDateTime::fromSecsSinceEpoch(nowUtc).toLocalTime().date();
    const QString form = then.date().year() == today.year() ? u"d MMMM"_s : u"d MMMM yyyy"_s;
    const QLocale locale;
    return {today.daysTo(then.date()), locale.toString(then.date(), form),
            locale.toString(then.time(), locale.timeFormat(QLocale::ShortFormat).remove(u":ss"_s))};
}

/// Whole units: it is reckoned, not measured. The unit stays beside its number.
QString roughSize(qint64 bytes)
{
    return QLocale()
        .formattedDataSize(bytes, bytes < 1'000'000'000 ? 0 : 1, QLocale::DataSizeSIFormat)
        .replace(u' ', QChar(QChar::Nbsp));
}

/// More than one window of the service's limit is needed: then the limit is what makes it last. A few
/// requests over the end of a minute wait for nothing.
bool isHeldBack(const PlanEstimate &plan)
{
    return plan.windows > 1 && plan.seconds >= planMinute;
}

/// "4 h 40 min", "4 h 40 min at Fitbit's pace".
QString lastingInWords(const PlanEstimate &plan)
{
    const QString span = spanInWords(plan.seconds);
    return isHeldBack(plan) ? PlanTr::tr("%1 at %2's pace").arg(span, providerTitle(plan.account.provider))
                            : span;
}

/// What the pace comes from; empty where nothing is held back.
QString paceInWords(const PlanEstimate &plan)
{
    if (!isHeldBack(plan) || plan.windowSeconds <= 0)
        return {};
    const QString title = providerTitle(plan.account.provider);
    if (plan.windowSeconds == planMinute)
        return PlanTr::tr("%1 answers only so many requests a minute").arg(title);
    if (plan.windowSeconds == planHour)
        return PlanTr::tr("%1 answers only so many requests an hour").arg(title);
    return PlanTr::tr("%1 answers only so many requests in %2").arg(title, spanInWords(plan.windowSeconds));
}

QString nothingInWords(const PlanEstimate &plan)
{
    if (plan.cells > 0 && plan.notPermitted == plan.cells)
        return PlanTr::tr("Nothing to ask: there is no permission for it.");
    return PlanTr::tr("Nothing to ask: it is all here.");
}

} // namespace

QString momentInWords(qint64 utc, qint64 nowUtc)
{
    const LocalMoment then = localMoment(utc, nowUtc);
    if (then.daysAhead == 0)
        return then.clock;
    return then.daysAhead == 1 ? PlanTr::tr("tomorrow, %1").arg(then.clock)
                               : PlanTr::tr("%1, %2").arg(then.day, then.clock);
}

QString atMomentInWords(qint64 utc, qint64 nowUtc)
{
    const LocalMoment then = localMoment(utc, nowUtc);
    if (then.daysAhead == 0)
        return PlanTr::tr("at %1").arg(then.clock);
    return then.daysAhead == 1 ? PlanTr::tr("tomorrow at %1").arg(then.clock)
                               : PlanTr::tr("on %1 at %2").arg(then.day, then.clock);
}

QString spanInWords(qint64 seconds)
{
    if (seconds < planMinute)
        return PlanTr::tr("less than a minute");
    if (seconds < 2 * planHour)
        return numberOf((seconds + planMinute / 2) / planMinute, PlanTr::tr("1 minute"),
                        PlanTr::tr("%1 minutes"));
    if (seconds < planDay) {
        const qint64 minutes = seconds % planHour / planMinute;
        return minutes == 0 ? PlanTr::tr("%1 hours").arg(seconds / planHour)
                            : PlanTr::tr("%1 h %2 min").arg(seconds / planHour).arg(minutes);
    }
    const QString days = numberOf(seconds / planDay, PlanTr::tr("1 day"), PlanTr::tr("%1 days"));
    const qint64 hours = seconds % planDay / planHour;
    return hours == 0 ? days : PlanTr::tr("%1 %2 h").arg(days).arg(hours);
}

QString planRequestsInWords(const PlanEstimate &plan)
{
    return QLocale().toString(plan.requests);
}

QString planTimeInWords(const PlanEstimate &plan, qint64 nowUtc)
{
    return PlanTr::tr("%1, done by %2")
        .arg(lastingInWords(plan), momentInWords(wholeMinute(plan.finishUtc), nowUtc));
}

QString planSizeInWords(const PlanEstimate &plan)
{
    return PlanTr::tr("about %1").arg(roughSize(plan.diskBytes()));
}

QString planLeftOutInWords(const PlanEstimate &plan)
{
    return plan.notPermitted > 0
               ? PlanTr::tr("Left out for want of permission: %1").arg(daysOfData(plan.notPermitted))
               : QString();
}

QString planInWords(const PlanEstimate &plan, qint64 nowUtc)
{
    if (plan.requests == 0)
        return nothingInWords(plan);
    const QString doneBy = momentInWords(wholeMinute(plan.finishUtc), nowUtc);
    if (isHeldBack(plan))
        return PlanTr::tr("%1, %2, done by %3, %4")
            .arg(requestsOf(plan.requests), lastingInWords(plan), doneBy, planSizeInWords(plan));
    return PlanTr::tr("%1, done by %2, %3").arg(requestsOf(plan.requests), doneBy, planSizeInWords(plan));
}

QStringList planDetailsInWords(const PlanEstimate &plan, const DataTitles &titles, qint64 nowUtc)
{
    QStringList lines;
    if (plan.first.isValid())
        lines << daysInWords(plan.first, plan.last);
    for (const PlanEstimate::OfType &type : plan.types)
        lines << PlanTr::tr("%1: %2, %3")
                     .arg(titles.value(type.dataType, type.dataType),
                          numberOf(type.days, PlanTr::tr("1 day"), PlanTr::tr("%1 days")),
                          requestsOf(type.requests));
    if (plan.otherRequests > 0)
        lines << PlanTr::tr("The account's profile: %1").arg(requestsOf(plan.otherRequests));
    if (const QString leftOut = planLeftOutInWords(plan); !leftOut.isEmpty())
        lines << leftOut;
    if (const QString pace = paceInWords(plan); !pace.isEmpty())
        lines << pace;
    if (plan.leftNow && plan.resetAtUtc)
        lines << PlanTr::tr("The limit leaves %1 until %2")
                     .arg(requestsOf(*plan.leftNow), momentInWords(*plan.resetAtUtc, nowUtc));
    if (plan.requests > 0)
        lines << PlanTr::tr("Time: %1").arg(lastingInWords(plan))
              << PlanTr::tr("Disk: archive %1, files %2, tables %3")
                     .arg(roughSize(plan.archiveBytes), roughSize(plan.fileBytes), roughSize(plan.rowBytes));
    return lines;
}

} // namespace wristkeep
