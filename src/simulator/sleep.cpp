// SPDX-License-Identifier: GPL-3.0-or-later
// Nights and naps as the simulated Fitbit tells them, version 1.2: local times without offset.
#include "simulator/generators.h"

#include "simulator/fitbiterrors.h"
#include "simulator/simworld.h"

#include <QUrl>

#include <algorithm>

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

constexpr int longestSleepPage = 100;

/// "2024-03-09T23:32:30.000"
QByteArray wallClockText(qint64 local)
{
    return QDateTime::fromSecsSinceEpoch(local, Qt::UTC).toString(u"yyyy-MM-ddTHH:mm:ss"_s).toLatin1() +
           ".000";
}

QByteArray levelRows(const QList<SimSleepSpan> &spans, const std::function<int(qint64)> &offset)
{
    QByteArray out = "[";
    for (const SimSleepSpan &span : spans) {
        out += out.endsWith('[') ? "" : ",";
        out += R"({"dateTime":")" + wallClockText(span.utc + offset(span.utc)) + R"(","level":")" +
               sleepStageName(span.stage) + R"(","seconds":)" + QByteArray::number(span.seconds) + '}';
    }
    return out + ']';
}

constexpr std::array stagedOrder = {SimSleepStage::Deep, SimSleepStage::Light, SimSleepStage::Rem,
                                    SimSleepStage::Wake};
constexpr std::array classicOrder = {SimSleepStage::Asleep, SimSleepStage::Awake, SimSleepStage::Restless};

/// Minutes by stage of the main nights of the thirty days before.
std::array<int, SimSleepSums::stages> averagesBefore(const ApiCall &call, QDate date)
{
    std::array<int, SimSleepSums::stages> sums{};
    int nights = 0;
    for (int back = 1; back <= 30; ++back) {
        const QList<SimSleepLog> logs = call.sleeps(date.addDays(-back));
        for (const SimSleepLog &log : logs) {
            if (!log.main || !log.staged())
                continue;
            ++nights;
            const SimSleepSums one = sumsOf(log);
            std::transform(sums.begin(), sums.end(), one.minutes.begin(), sums.begin(), std::plus<>());
        }
    }
    for (int &sum : sums)
        sum = nights > 0 ? sum / nights : 0;
    return sums;
}

QByteArray levelsSummary(const SimSleepLog &log, const SimSleepSums &sums,
                         const std::array<int, SimSleepSums::stages> &averages)
{
    QByteArray out = "{";
    const auto add = [&](SimSleepStage stage) {
        out += out.endsWith('{') ? "" : ",";
        out += '"' + sleepStageName(stage) + R"(":{"count":)" + QByteArray::number(sums.count(stage)) +
               R"(,"minutes":)" + QByteArray::number(sums.of(stage));
        if (log.staged())
            out += R"(,"thirtyDayAvgMinutes":)" + QByteArray::number(averages.at(std::size_t(stage)));
        out += '}';
    };
    if (log.staged())
        std::for_each(stagedOrder.begin(), stagedOrder.end(), add);
    else
        std::for_each(classicOrder.begin(), classicOrder.end(), add);
    return out + '}';
}

int infoCode(SimSleepQuality quality)
{
    switch (quality) {
    case SimSleepQuality::Staged:
        return 0;
    case SimSleepQuality::FewReadings:
        return 1;
    case SimSleepQuality::TooShort:
        break;
    }
    return 2;
}

QByteArray logJson(const ApiCall &call, const SimSleepLog &log, bool averaged)
{
    const SimSleepSums sums = sumsOf(log);
    const auto offset = [&](qint64 utc) { return call.user.offsetOf(utc); };
    const auto averages =
        averaged && log.staged() ? averagesBefore(call, log.date) : std::array<int, SimSleepSums::stages>{};
    const int inBed = log.minutesInBed();
    QByteArray out = R"({"dateOfSleep":")" + log.date.toString(Qt::ISODate).toLatin1() + R"(","duration":)" +
                     QByteArray::number(log.seconds() * 1000LL) + R"(,"efficiency":)" +
                     QByteArray::number(100 * sums.minutesAsleep / qMax(1, inBed)) + R"(,"endTime":")" +
                     wallClockText(log.endUtc + log.endOffset) + R"(","infoCode":)" +
                     QByteArray::number(infoCode(log.quality)) + R"(,"isMainSleep":)" +
                     (log.main ? "true" : "false") + R"(,"levels":{"data":)" + levelRows(log.spans, offset);
    if (log.staged())
        out += R"(,"shortData":)" + levelRows(log.awakenings, offset);
    out += R"(,"summary":)" + levelsSummary(log, sums, averages) + R"(},"logId":)" +
           QByteArray::number(log.id) + R"(,"logType":"auto_detected","minutesAfterWakeup":)" +
           QByteArray::number(sums.afterWakeUp) + R"(,"minutesAsleep":)" +
           QByteArray::number(sums.minutesAsleep) + R"(,"minutesAwake":)" +
           QByteArray::number(sums.minutesAwake) + R"(,"minutesToFallAsleep":0,"startTime":")" +
           wallClockText(log.startUtc + log.startOffset) + R"(","timeInBed":)" + QByteArray::number(inBed);
    if (call.varies(log.date, 150, 8))
        out += R"(,"stagesVersion":3)"; // a member no client knows
    return out + R"(,"type":")" + (log.staged() ? "stages" : "classic") + "\"}";
}

QByteArray daySummary(const QList<SimSleepLog> &logs)
{
    std::array<int, SimSleepSums::stages> stages{};
    int asleep = 0;
    int inBed = 0;
    bool staged = false;
    for (const SimSleepLog &log : logs) {
        const SimSleepSums sums = sumsOf(log);
        asleep += sums.minutesAsleep;
        inBed += log.minutesInBed();
        if (!log.staged())
            continue;
        staged = true;
        std::transform(stages.begin(), stages.end(), sums.minutes.begin(), stages.begin(), std::plus<>());
    }
    QByteArray out = "{";
    if (staged) {
        out += R"("stages":{)";
        for (const SimSleepStage stage : stagedOrder) {
            out += out.endsWith('{') ? "" : ",";
            out += '"' + sleepStageName(stage) + "\":" + QByteArray::number(stages.at(std::size_t(stage)));
        }
        out += "},";
    }
    return out + R"("totalMinutesAsleep":)" + QByteArray::number(asleep) + R"(,"totalSleepRecords":)" +
           QByteArray::number(logs.size()) + R"(,"totalTimeInBed":)" + QByteArray::number(inBed) + '}';
}

QByteArray logsJson(const ApiCall &call, const QList<SimSleepLog> &logs, bool averaged)
{
    QByteArray out = R"("sleep":[)";
    for (const SimSleepLog &log : logs)
        out += (out.endsWith('[') ? "" : ",") + logJson(call, log, averaged);
    return out + ']';
}

/// Stages that are being computed are announced, whatever else the answer holds.
QByteArray pendingNote(const QList<SimSleepLog> &logs)
{
    const bool pending =
        std::any_of(logs.begin(), logs.end(), [](const SimSleepLog &log) { return log.pending; });
    return pending ? R"("meta":{"retryDuration":3000,"state":"pending"},)" : "";
}

/// Of the dates of the query, newest first.
QList<SimSleepLog> newestFirst(const ApiCall &call, QDate first, QDate last)
{
    QList<SimSleepLog> logs;
    for (QDate date = last; date >= qMax(first, call.user.memberSince()); date = date.addDays(-1)) {
        QList<SimSleepLog> day = call.sleeps(date);
        std::reverse(day.begin(), day.end());
        logs += day;
    }
    return logs;
}

struct SleepPage
{
    QString bound;   ///< "beforeDate" or "afterDate"
    QString date;    ///< as given
    QDateTime limit; ///< on the wall clock, exclusive
    QString sort;
    int size = 0;
    int offset = 0;
};

SimResponse badParameter(const QString &name, const QString &message)
{
    return fitbitError(400, u"validation"_s, message, name);
}

std::optional<SimResponse> readSleepPage(const FormFields &query, SleepPage *page)
{
    const bool before = formValue(query, u"beforeDate"_s).has_value();
    if (before == formValue(query, u"afterDate"_s).has_value())
        return badParameter(u"beforeDate"_s, u"Either beforeDate or afterDate must be specified."_s);
    page->bound = before ? u"beforeDate"_s : u"afterDate"_s;
    page->date = formValue(query, page->bound).value_or(QString());
    page->limit = QDateTime::fromString(page->date,
                                        page->date.size() == 10 ? u"yyyy-MM-dd"_s : u"yyyy-MM-ddTHH:mm:ss"_s);
    if (!page->limit.isValid())
        return badParameter(page->bound, u"Invalid date: %1"_s.arg(page->date));
    page->limit.setTimeSpec(Qt::UTC);
    page->sort = formValue(query, u"sort"_s).value_or(QString());
    if (page->sort != (before ? u"desc"_s : u"asc"_s))
        return badParameter(u"sort"_s, u"Invalid sort: %1"_s.arg(page->sort));
    page->size = formValue(query, u"limit"_s).value_or(QString()).toInt();
    if (page->size < 1 || page->size > longestSleepPage)
        return badParameter(u"limit"_s, u"The limit must be between 1 and 100."_s);
    bool isNumber = false;
    page->offset = formValue(query, u"offset"_s).value_or(QString()).toInt(&isNumber);
    if (!isNumber || page->offset < 0)
        return badParameter(u"offset"_s, u"Invalid offset."_s);
    return std::nullopt;
}

/// The logs behind the limit in the order asked for, as many as page and offset need and one more.
QList<SimSleepLog> sleepsOfPage(const ApiCall &call, const SleepPage &page)
{
    QList<SimSleepLog> found;
    const bool before = page.bound == u"beforeDate"_s;
    const int step = before ? -1 : 1;
    const QDate first = call.user.memberSince();
    const QDate last = call.today();
    QDate date = page.limit.date();
    date = before ? qMin(date.addDays(1), last) : qMax(date.addDays(-1), first);
    for (; date >= first && date <= last && found.size() <= page.offset + page.size;
         date = date.addDays(step)) {
        QList<SimSleepLog> day = call.sleeps(date);
        if (before)
            std::reverse(day.begin(), day.end());
        for (const SimSleepLog &log : std::as_const(day)) {
            const qint64 start = log.startUtc + log.startOffset;
            const qint64 limit = page.limit.toSecsSinceEpoch();
            if (before ? start < limit : start > limit)
                found.append(log);
        }
    }
    return found;
}

} // namespace

SimResponse sleepAnswer(const ApiCall &call)
{
    DateRules rules;
    rules.resource = u"sleep"_s;
    rules.maxDays = 100;
    rules.singleDate = true;
    rules.explicitDates = true;
    DateQuery query;
    if (auto refusal = readDateQuery(call.parts, call.today(), rules, &query))
        return *refusal;
    const bool byDate = call.parts.size() == 1;
    const QList<SimSleepLog> logs = newestFirst(call, query.first, query.last);
    QByteArray body = '{' + pendingNote(logs) + logsJson(call, logs, byDate);
    if (byDate)
        body += R"(,"summary":)" + daySummary(logs);
    return jsonResponse(body + '}');
}

SimResponse sleepListAnswer(const ApiCall &call)
{
    SleepPage page;
    if (auto refusal = readSleepPage(call.request.query, &page))
        return *refusal;
    QList<SimSleepLog> logs = sleepsOfPage(call, page);
    const bool more = logs.size() > page.offset + page.size;
    logs = logs.mid(page.offset, page.size);
    const QString size = QString::number(page.size);
    QString next;
    if (more) {
        next = u"http://%1/1.2/user/-/sleep/list.json?offset=%2&limit=%3&sort=%4&%5=%6"_s.arg(
            QString::fromLatin1(call.request.header("Host")), QString::number(page.offset + page.size), size,
            page.sort, page.bound, QString::fromLatin1(QUrl::toPercentEncoding(page.date)));
    }
    const QString pagination =
        u"{\"%1\":\"%2\",\"limit\":%3,\"next\":\"%4\",\"offset\":%5,\"previous\":\"\",\"sort\":\"%6\"}"_s.arg(
            page.bound, page.date, size, next, QString::number(page.offset), page.sort);
    QByteArray body = '{' + pendingNote(logs) + R"("pagination":)" + pagination.toUtf8();
    // The member may be missing when there is nothing.
    if (!logs.isEmpty() || !call.varies(call.today(), 500, 9))
        body += ',' + logsJson(call, logs, false);
    return jsonResponse(body + '}');
}

} // namespace wristkeep
