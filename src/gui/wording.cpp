// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/wording.h"

#include "core/errortexts.h"
#include "gui/runend.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace wristkeep {

namespace {

struct WordingTr
{
    Q_DECLARE_TR_FUNCTIONS(wristkeep::Wording)
};

/// More lines than this would push the log off the window; the log has them all.
constexpr int mostDetails = 3;

QString capitalised(const QString &text)
{
    return text.isEmpty() ? text : text.at(0).toUpper() + text.mid(1);
}

QString clockTime(const QDateTime &local)
{
    // Some locales' short form has seconds, which nobody needs here.
    return QLocale().toString(local.time(), QLocale().timeFormat(QLocale::ShortFormat).remove(u":ss"_s));
}

QString cellInWords(const ReportCell &cell, const DataTitles &titles)
{
    const QString title = titles.value(cell.key.dataType, cell.key.dataType);
    QString why = cell.reason;
    if (why.isEmpty() && cell.state == CellState::NotPermitted)
        why = WordingTr::tr("not permitted");
    else if (why.isEmpty())
        why = WordingTr::tr("failed; the sync log says why");
    return WordingTr::tr("%1, %2: %3").arg(title, dayInWords(cell.key.date), why);
}

/// "22 November 2026", "20 to 22 November 2026".
QString daysOf(const QList<ReportCell> &cells)
{
    QDate first;
    QDate last;
    for (const ReportCell &cell : cells) {
        if (!first.isValid() || cell.key.date < first)
            first = cell.key.date;
        if (!last.isValid() || cell.key.date > last)
            last = cell.key.date;
    }
    return daysInWords(first, last);
}

QString storedInWords(const SyncReport &report)
{
    if (report.added == 0 && report.changed == 0 && report.withdrawn == 0)
        return WordingTr::tr("Nothing new: what is kept here is the same.");
    const QLocale locale;
    QStringList parts;
    if (report.added > 0)
        parts << WordingTr::tr("%1 new values").arg(locale.toString(report.added));
    if (report.changed > 0)
        parts << WordingTr::tr("%1 changed values").arg(locale.toString(report.changed));
    if (report.withdrawn > 0)
        parts << WordingTr::tr("%1 values withdrawn by the service").arg(locale.toString(report.withdrawn));
    if (report.filesWritten.size() == 1)
        parts << WordingTr::tr("1 file written");
    else if (!report.filesWritten.isEmpty())
        parts << WordingTr::tr("%1 files written").arg(locale.toString(report.filesWritten.size()));
    return parts.join(u", "_s) + u'.';
}

} // namespace

QString scopeInWords(const QString &scope)
{
    if (scope == "activity"_L1)
        return WordingTr::tr("steps and activity");
    if (scope == "heartrate"_L1)
        return WordingTr::tr("heart rate");
    if (scope == "sleep"_L1)
        return WordingTr::tr("sleep");
    if (scope == "weight"_L1)
        return WordingTr::tr("weight and body composition");
    if (scope == "profile"_L1)
        return WordingTr::tr("user profile");
    // Google's, by what comes after the common beginning: "…/auth/googlehealth.sleep.readonly".
    const QString kind = scope.section(u'/', -1).section(u'.', 1);
    if (kind == "activity_and_fitness.readonly"_L1)
        return WordingTr::tr("steps and activity");
    if (kind == "health_metrics_and_measurements.readonly"_L1)
        return WordingTr::tr("heart rate and body measurements");
    if (kind == "sleep.readonly"_L1)
        return WordingTr::tr("sleep");
    if (kind == "settings.readonly"_L1)
        return WordingTr::tr("settings and time zone");
    if (kind == "profile.readonly"_L1)
        return WordingTr::tr("user profile");
    return scope.section(u'/', -1);
}

QString scopesInWords(const QStringList &scopes)
{
    if (scopes.isEmpty())
        return WordingTr::tr("None");
    QStringList words;
    for (const QString &scope : scopes)
        words << scopeInWords(scope);
    return capitalised(words.join(u", "_s));
}

QString dayInWords(QDate day)
{
    return QLocale().toString(day, u"d MMMM yyyy"_s);
}

QString daysInWords(QDate first, QDate last)
{
    if (first == last)
        return dayInWords(first);
    QString form = u"d MMMM yyyy"_s;
    if (first.year() == last.year())
        form = first.month() == last.month() ? u"d"_s : u"d MMMM"_s;
    return WordingTr::tr("%1 to %2").arg(QLocale().toString(first, form), dayInWords(last));
}

QString instantInWords(qint64 utc, qint64 nowUtc)
{
    const QDateTime then = QDateTime::fromSecsSinceEpoch(utc).toLocalTime();
    const qint64 days = then.date().daysTo(QDateTime::fromSecsSinceEpoch(nowUtc).toLocalTime().date());
    if (days == 0)
        return WordingTr::tr("today, %1").arg(clockTime(then));
    if (days == 1)
        return WordingTr::tr("yesterday, %1").arg(clockTime(then));
    return WordingTr::tr("%1, %2").arg(dayInWords(then.date()), clockTime(then));
}

QString untilInWords(qint64 utc, qint64 nowUtc)
{
    const qint64 seconds = utc - nowUtc;
    if (seconds < 60)
        return WordingTr::tr("in less than a minute");
    const qint64 minutes = (seconds + 59) / 60;
    if (minutes == 1)
        return WordingTr::tr("in a minute");
    if (minutes < 120)
        return WordingTr::tr("in %1 minutes").arg(minutes);
    return WordingTr::tr("in %1 hours").arg((minutes + 30) / 60);
}

QString daysLeftInWords(qint64 utc, qint64 nowUtc)
{
    constexpr qint64 day = 86'400;
    const qint64 left = utc - nowUtc;
    if (left <= 0)
        return WordingTr::tr("over");
    return left < 2 * day ? untilInWords(utc, nowUtc) : WordingTr::tr("in %1 days").arg(left / day);
}

QString permissionEndInWords(double utc, qint64 nowUtc)
{
    const auto end = qint64(utc);
    return end <= nowUtc ? WordingTr::tr("Permission has ended")
                         : WordingTr::tr("Permission ends %1").arg(daysLeftInWords(end, nowUtc));
}

QString countdownInWords(qint64 utc, qint64 nowUtc)
{
    constexpr qint64 minute = 60;
    constexpr qint64 hour = 3600;
    const qint64 seconds = std::max<qint64>(0, utc - nowUtc);
    if (seconds < hour)
        return u"%1:%2"_s.arg(seconds / minute).arg(seconds % minute, 2, 10, QChar(u'0'));
    const qint64 minutes = (seconds % hour) / minute;
    if (minutes == 0)
        return seconds < 2 * hour ? WordingTr::tr("1 hour") : WordingTr::tr("%1 hours").arg(seconds / hour);
    return WordingTr::tr("%1 h %2 min").arg(seconds / hour).arg(minutes);
}

QString progressInWords(const SyncProgress &progress)
{
    if (progress.total <= 0)
        return WordingTr::tr("Planning");
    const QString counts = WordingTr::tr("%1 of %2 requests").arg(progress.done).arg(progress.total);
    if (!progress.etaSeconds)
        return counts;
    const int seconds = *progress.etaSeconds;
    if (seconds < 2)
        return WordingTr::tr("%1, almost done").arg(counts);
    if (seconds < 90)
        return WordingTr::tr("%1, about %2 seconds left").arg(counts).arg(seconds);
    return WordingTr::tr("%1, about %2 minutes left").arg(counts).arg((seconds + 30) / 60);
}

QString quotaInWords(const QuotaState &quota, qint64 nowUtc)
{
    const bool fresh = quota.resetAtUtc && *quota.resetAtUtc > nowUtc;
    const QString reset =
        fresh ? clockTime(QDateTime::fromSecsSinceEpoch(*quota.resetAtUtc).toLocalTime()) : QString();
    if (quota.exhausted && fresh)
        return WordingTr::tr("Used up, new requests at %1").arg(reset);
    if (!quota.left || !fresh)
        return {};
    const QString left = quota.limit ? WordingTr::tr("%1 of %2 left").arg(*quota.left).arg(*quota.limit)
                                     : WordingTr::tr("%1 left").arg(*quota.left);
    return WordingTr::tr("%1 until %2").arg(left, reset);
}

QString zoneInWords(const QString &zone, const QString &source)
{
    if (zone.isEmpty())
        return {};
    if (source == "delivered"_L1)
        return WordingTr::tr("%1 (from the data)").arg(zone);
    if (source == "profile"_L1)
        return WordingTr::tr("%1 (from the account)").arg(zone);
    return WordingTr::tr("%1 (from this computer)").arg(zone);
}

QString durationInWords(qint64 ms)
{
    if (ms < 0)
        return {};
    if (ms < 1000)
        return WordingTr::tr("%1 ms").arg(ms);
    return WordingTr::tr("%1 s").arg(QLocale().toString(double(ms) / 1000.0, 'f', 1));
}

QString sizeInWords(qint64 bytes)
{
    return bytes < 0 ? QString() : QLocale().formattedDataSize(bytes, 1, QLocale::DataSizeSIFormat);
}

ReportText reportInWords(const SyncReport &report, const DataTitles &titles, const QString &provider,
                         qint64 nowUtc)
{
    ReportText text;
    int good = 0;
    int waiting = 0;
    bool anyData = false;
    QStringList troubles;
    for (const ReportCell &cell : report.cells) {
        if (wentWell(cell)) {
            ++good;
            anyData = anyData || *cell.state != CellState::Empty;
        } else if (cell.waitsForQuota) {
            ++waiting;
        } else if (!cell.cancelled) {
            troubles << cellInWords(cell, titles);
        }
    }
    const int total = int(report.cells.size());

    if (report.cancelled) {
        text.tone = Tone::Neutral;
        text.title = WordingTr::tr("Stopped. %1 of %2 done.").arg(good).arg(total);
    } else if (report.stopped) {
        const ErrorText error = errorText(*report.stopped, provider);
        const bool passing = isTransient(report.stopped->kind) || report.stopped->kind == ErrorKind::Busy;
        text.tone = passing ? Tone::Attention : Tone::Problem;
        text.title = total > 0
                         ? WordingTr::tr("%1 of %2 done, then: %3").arg(good).arg(total).arg(error.title)
                         : error.title;
        text.details << errorLine(*report.stopped, provider);
        text.nextStep = error.nextStep;
        troubles.clear();
    } else if (report.noUsableToken) {
        text.tone = Tone::Attention;
        text.title = WordingTr::tr("Not synced: reconnect first.");
        troubles.clear();
    } else if (reachedNobody(report)) {
        text.tone = Tone::Attention;
        text.title = WordingTr::tr("Not synced: could not reach %1.").arg(provider);
        text.details << WordingTr::tr("Nothing is lost. Sync again when this computer is online.");
        troubles.clear();
    } else if (total == 0) {
        text.title = WordingTr::tr("Nothing to fetch.");
    } else if (good == total && !anyData) {
        text.tone = Tone::Neutral;
        text.title = WordingTr::tr("%1 has no data for %2.").arg(provider, daysOf(report.cells));
        text.details << WordingTr::tr("Wear the device and sync it with its phone app, then try again.");
    } else if (good == total) {
        text.title = WordingTr::tr("Synced: %1.").arg(daysOf(report.cells));
        text.details << storedInWords(report);
    } else {
        text.tone = good == 0 && waiting == 0 ? Tone::Problem : Tone::Attention;
        text.title = WordingTr::tr("%1 of %2 synced: %3.").arg(good).arg(total).arg(daysOf(report.cells));
    }
    if (waiting > 0) {
        const QString when =
            report.nextAtUtc ? untilInWords(*report.nextAtUtc, nowUtc) : WordingTr::tr("later");
        text.details << WordingTr::tr("%1 still to come: the request limit is reached. Sync again %2.")
                            .arg(waiting)
                            .arg(when);
    }
    const int hidden = int(troubles.size()) - mostDetails;
    text.details << troubles.mid(0, mostDetails);
    if (hidden > 0)
        text.details << WordingTr::tr("And %1 more: see the sync log.").arg(hidden);
    return text;
}

} // namespace wristkeep
