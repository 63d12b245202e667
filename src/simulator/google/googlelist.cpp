// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/google/googlelist.h"

#include "simulator/google/googleaccount.h"
#include "simulator/google/googleerrors.h"
#include "simulator/google/googlejson.h"
#include "simulator/google/googleswitches.h"

#include <algorithm>

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

constexpr int usualPage = 1440;

/// First and last civil day that may hold records of the query.
struct DaySpan
{
    QDate first;
    QDate last;
};

DaySpan spanOf(const GoogleCall &call, const GoogleListQuery &query)
{
    DaySpan span{call.user.memberSince(), call.today()};
    const auto dateOf = [&](qint64 value) {
        switch (query.filter.bound) {
        case GoogleBound::Physical:
            return call.user.dateAt(value / 1000);
        case GoogleBound::Civil:
            return QDate(1970, 1, 1).addDays(value / 86'400);
        default:
            return QDate::fromJulianDay(value);
        }
    };
    // A day more on either side: near midnight the date of an instant depends on the zone of its day.
    const bool both = !query.filter.either;
    if (query.filter.from && both)
        span.first = std::max(span.first, dateOf(*query.filter.from).addDays(-1));
    if (query.filter.to && both)
        span.last = std::min(span.last, dateOf(*query.filter.to).addDays(1));
    if (!query.position.atStart)
        span.last = std::min(span.last, call.user.dateAt(query.position.at).addDays(1));
    return span;
}

/// Collects records, newest first, behind the position; one more than a page to know whether another follows.
QList<GooglePoint> collect(const GoogleCall &call, const GoogleListQuery &query)
{
    QList<GooglePoint> found;
    const DaySpan span = spanOf(call, query);
    int skip = query.position.seen;
    for (QDate date = span.last; date >= span.first && found.size() <= query.pageSize;
         date = date.addDays(-1)) {
        const QList<GooglePoint> day = call.streamPoints(date, query.family, query.reconciled);
        for (auto point = day.crbegin(); point != day.crend() && found.size() <= query.pageSize; ++point) {
            if (!query.filter.takes(*point))
                continue;
            if (!query.position.atStart) {
                if (point->startUtc > query.position.at)
                    continue;
                if (point->startUtc == query.position.at && (call.switches.dropTies || skip-- > 0))
                    continue;
            }
            found.append(*point);
        }
    }
    return found;
}

QByteArray offsetText(int seconds)
{
    return QByteArray::number(seconds) + 's';
}

QByteArray sourceJson(const GoogleCall &call, GoogleSource source)
{
    if (source == GoogleSource::Phone) {
        return R"("dataSource":{"recordingMethod":"PASSIVELY_MEASURED","device":{"displayName":"Pixel 8",)"
               R"("manufacturer":"Google","formFactor":"PHONE"},"platform":"HEALTH_CONNECT",)"
               R"("application":{"packageName":"com.google.android.apps.fitness"}},)";
    }
    if (source == GoogleSource::Scale) {
        return R"("dataSource":{"recordingMethod":"ACTIVELY_MEASURED","device":{"displayName":"Aria Air",)"
               R"("formFactor":"SCALE"},"platform":"FITBIT"},)";
    }
    const bool derived = call.type.kind == GoogleKind::Daily || call.type.kind == GoogleKind::Sleep;
    return R"("dataSource":{"recordingMethod":")" + QByteArray(derived ? "DERIVED" : "PASSIVELY_MEASURED") +
           R"(","device":{"displayName":"Charge 6"},"platform":"FITBIT"},)";
}

void appendTimes(QByteArray &out, const GoogleCall &call, const GooglePoint &point)
{
    // Seen in live answers: sleep has no civil times.
    const bool civil = !call.switches.noCivil && call.type.kind != GoogleKind::Sleep;
    switch (call.type.kind) {
    case GoogleKind::Daily:
        out += R"("date":)";
        appendDate(out, point.date);
        return;
    case GoogleKind::Sample:
        out += R"("sampleTime":{"physicalTime":")";
        appendInstant(out, point.startUtc * 1000);
        out += R"(","utcOffset":")" + offsetText(point.startOffset) + '"';
        if (civil) {
            out += R"(,"civilTime":)";
            appendCivil(out, point.startUtc + point.startOffset);
        }
        out += '}';
        return;
    default:
        out += R"("interval":{"startTime":")";
        appendInstant(out, point.startUtc * 1000);
        out += R"(","startUtcOffset":")" + offsetText(point.startOffset) + R"(","endTime":")";
        appendInstant(out, point.endUtc * 1000);
        out += R"(","endUtcOffset":")" + offsetText(point.endOffset) + '"';
        if (civil) {
            out += R"(,"civilStartTime":)";
            appendCivil(out, point.startUtc + point.startOffset);
            out += R"(,"civilEndTime":)";
            appendCivil(out, point.endUtc + point.endOffset);
        }
        out += '}';
    }
}

/// "name":"users/…/dataPoints/78219",: of records that can be asked for one by one.
QByteArray nameJson(const GoogleCall &call, const GooglePoint &point, bool reconciled)
{
    if (point.id == 0)
        return {};
    return (reconciled ? R"("dataPointName":"users/)" : R"("name":"users/)") +
           googleHealthUserId(call.user).toLatin1() + "/dataTypes/" + call.type.id + "/dataPoints/" +
           QByteArray::number(point.id) + R"(",)";
}

QByteArray pointsJson(const GoogleCall &call, const GoogleListQuery &query, const QList<GooglePoint> &points)
{
    QByteArray out = R"("dataPoints":[)";
    out.reserve(points.size() * 480 + 64);
    for (const GooglePoint &point : points) {
        out += out.endsWith('[') ? "{" : ",{";
        out += nameJson(call, point, query.reconciled);
        if (!query.reconciled)
            out += sourceJson(call, point.source);
        out += '"' + QByteArray(call.type.key) + "\":{";
        appendTimes(out, call, point);
        const QByteArray value = call.type.value(point, call);
        out += (value.isEmpty() ? "" : ",") + value + "}}";
    }
    return out + ']';
}

GooglePosition positionAfter(const GoogleCall &call, const GoogleListQuery &query,
                             const QList<GooglePoint> &page)
{
    GooglePosition next = query.position;
    next.lastSync = call.lastSync;
    if (page.isEmpty())
        return next;
    const qint64 last = page.last().startUtc;
    const auto same = std::count_if(page.begin(), page.end(),
                                    [last](const GooglePoint &point) { return point.startUtc == last; });
    const bool goesOn = !next.atStart && next.at == last;
    next.seen = int(same) + (goesOn ? next.seen : 0);
    next.at = last;
    next.atStart = false;
    return next;
}

} // namespace

std::optional<SimResponse> readListQuery(const GoogleCall &call, bool reconcile, GoogleListQuery *query)
{
    const FormFields &fields = call.request.query;
    if (auto refusal = unknownGoogleParameter(
            fields, {u"filter"_s, u"pageSize"_s, u"pageToken"_s, u"dataSourceFamily"_s}))
        return refusal;
    query->reconciled = reconcile;
    const QString filter = formValue(fields, u"filter"_s).value_or(QString());
    if (const auto wrong = readGoogleFilter(filter, call.type, &query->filter))
        return googleInvalid(wrong->reason, wrong->message);
    const QString family = formValue(fields, u"dataSourceFamily"_s).value_or(QString());
    if (auto refusal = call.readFamily(family, &query->family))
        return refusal;
    const bool fixed = call.type.kind == GoogleKind::Sleep || call.type.kind == GoogleKind::Catalogue;
    if (!reconcile && fixed && !family.isEmpty()) {
        return googleInvalid(u"INVALID_DATA_POINT_DATA_SOURCE_FAMILY"_s,
                             u"A data source family is not supported for this data type"_s);
    }
    const QString size = formValue(fields, u"pageSize"_s).value_or(u"0"_s);
    bool isNumber = false;
    const int wanted = size.toInt(&isNumber);
    if (!isNumber || wanted < 0)
        return googleInvalid(u"INVALID_PAGE_SIZE"_s, u"The page size is not valid: %1"_s.arg(size));
    query->pageSize = std::min(wanted == 0 ? usualPage : wanted, call.type.maxPage);
    if (call.switches.pageSize)
        query->pageSize = std::min(query->pageSize, *call.switches.pageSize);
    query->binding = pageBinding(call.user.id(), call.request, {});
    query->token = formValue(fields, u"pageToken"_s).value_or(QString());
    if (query->token.isEmpty())
        return std::nullopt;
    const std::optional<GooglePosition> position = readPageToken(query->token, query->binding);
    if (!position)
        return googleInvalid(u"INVALID_PAGE_TOKEN"_s, u"The page token is not valid for this request"_s);
    query->position = *position;
    return std::nullopt;
}

SimResponse listAnswer(const GoogleCall &given, const GoogleListQuery &query)
{
    GoogleCall call = given;
    if (!query.token.isEmpty())
        call.lastSync = query.position.lastSync;
    const bool emptyFirst = query.token.isEmpty() && call.switches.emptyPage;
    QList<GooglePoint> page = emptyFirst ? QList<GooglePoint>() : collect(call, query);
    const bool more = page.size() > query.pageSize;
    if (more)
        page.removeLast();
    QByteArray token;
    if (more || emptyFirst || call.switches.repeatToken)
        token = writePageToken(positionAfter(call, query, page), query.binding);
    if (call.switches.repeatToken && !query.token.isEmpty())
        token = query.token.toLatin1();
    QByteArray body = page.isEmpty() ? QByteArray() : pointsJson(call, query, page);
    // The last page of a list says so with an empty token, that of a reconciled one by silence.
    if (!token.isEmpty() || (!page.isEmpty() && !query.reconciled))
        body += (body.isEmpty() ? "" : ",") + QByteArray(R"("nextPageToken":")") + token + '"';
    return jsonResponse('{' + body + '}');
}

} // namespace wristkeep
