// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/google/googlerollup.h"

#include "simulator/google/googlejson.h"
#include "simulator/google/googleswitches.h"

#include <algorithm>

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

QMap<qint64, GoogleSums> dailyWindows(const GoogleCall &call, const GoogleRollUpQuery &query)
{
    QMap<qint64, GoogleSums> windows;
    const QDate first = std::max(query.first, call.user.memberSince());
    const QDate last = std::min(query.end.addDays(-1), call.today());
    for (QDate date = first; date <= last; date = date.addDays(1)) {
        const QList<GooglePoint> points = call.points(date, query.family, true);
        for (const GooglePoint &point : points)
            windows[query.first.daysTo(date) / query.windowDays].add(point);
    }
    return windows;
}

QMap<qint64, GoogleSums> physicalWindows(const GoogleCall &call, const GoogleRollUpQuery &query)
{
    QMap<qint64, GoogleSums> windows;
    const QDate first = std::max(call.user.dateAt(query.startMs / 1000).addDays(-1), call.user.memberSince());
    const QDate last = std::min(call.user.dateAt(query.endMs / 1000).addDays(1), call.today());
    for (QDate date = first; date <= last; date = date.addDays(1)) {
        const QList<GooglePoint> points = call.streamPoints(date, query.family, true);
        GoogleSums *sums = nullptr;
        qint64 number = -1;
        for (const GooglePoint &point : points) {
            const qint64 at = point.startUtc * 1000;
            if (at < query.startMs || at >= query.endMs)
                continue;
            if (!sums || (at - query.startMs) / query.windowMs != number) {
                number = (at - query.startMs) / query.windowMs;
                sums = &windows[number];
            }
            sums->add(point);
        }
    }
    return windows;
}

/// Windows that hold nothing but "not a number", where readings stop.
void addNotNumbers(const GoogleCall &call, const GoogleRollUpQuery &query, QMap<qint64, GoogleSums> *windows)
{
    const QList<qint64> numbers = windows->keys();
    for (const qint64 number : numbers) {
        const qint64 start = query.startMs + (number + 1) * query.windowMs;
        if (start < std::min(query.endMs, call.lastSync * 1000) && !windows->contains(number + 1))
            windows->insert(number + 1, {});
    }
}

void appendWindow(QByteArray &out, const GoogleRollUpQuery &query, qint64 number)
{
    if (query.daily) {
        const QDate epoch(1970, 1, 1);
        const QDate start = query.first.addDays(number * query.windowDays);
        const QDate end = std::min(start.addDays(query.windowDays), query.end);
        out += R"({"civilStartTime":)";
        appendCivil(out, epoch.daysTo(start) * 86'400);
        out += R"(,"civilEndTime":)";
        appendCivil(out, epoch.daysTo(end) * 86'400);
        out += ',';
        return;
    }
    const qint64 start = query.startMs + number * query.windowMs;
    out += R"({"startTime":")";
    appendInstant(out, start);
    out += R"(","endTime":")";
    appendInstant(out, std::min(start + query.windowMs, query.endMs));
    out += R"(",)";
}

} // namespace

QMap<qint64, GoogleSums> rollUpWindows(const GoogleCall &call, const GoogleRollUpQuery &query)
{
    QMap<qint64, GoogleSums> windows = query.daily ? dailyWindows(call, query) : physicalWindows(call, query);
    if (call.switches.nan && !query.daily && call.type.kind == GoogleKind::Sample)
        addNotNumbers(call, query, &windows);
    return windows;
}

SimResponse rollUpAnswer(const GoogleCall &given, const GoogleRollUpQuery &query)
{
    GoogleCall call = given;
    if (!query.token.isEmpty())
        call.lastSync = query.position.lastSync;
    const GoogleSwitches &switches = call.switches;
    const bool emptyFirst = query.token.isEmpty() && switches.emptyPage;
    const QMap<qint64, GoogleSums> windows = rollUpWindows(call, query);
    const qint64 done = query.position.at;
    const qint64 end = emptyFirst ? done : (switches.pageSize ? done + *switches.pageSize : windows.size());
    const QByteArray key = call.type.rollUpKey ? call.type.rollUpKey : call.type.key;
    QByteArray list;
    qint64 count = 0;
    for (auto window = windows.begin(); window != windows.end() && count < end; ++window, ++count) {
        if (count < done)
            continue;
        list += list.isEmpty() ? "" : ",";
        appendWindow(list, query, window.key());
        list += '"' + key + "\":{" + call.type.rollUp(window.value(), switches) + "}}";
    }
    QByteArray token;
    if (end < windows.size() || emptyFirst || switches.repeatToken)
        token =
            writePageToken({false, std::min<qint64>(end, windows.size()), 0, call.lastSync}, query.binding);
    if (switches.repeatToken && !query.token.isEmpty())
        token = query.token.toLatin1();
    QByteArray body = list.isEmpty() ? QByteArray() : R"("rollupDataPoints":[)" + list + ']';
    if (!token.isEmpty())
        body += (body.isEmpty() ? "" : ",") + QByteArray(R"("nextPageToken":")") + token + '"';
    return jsonResponse('{' + body + '}');
}

} // namespace wristkeep
