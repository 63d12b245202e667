// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/faults.h"

#include "simulator/fitbiterrors.h"
#include "simulator/google/googleerrors.h"
#include "simulator/recordlists.h"

#include <QJsonArray>

#include <algorithm>
#include <array>

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

struct KindName
{
    FaultKind kind;
    const char *name;
};

constexpr std::array<KindName, 26> kindNames = {{
    {FaultKind::None, "none"},
    {FaultKind::Status, "status"},
    {FaultKind::Hang, "hang"},
    {FaultKind::Drop, "drop"},
    {FaultKind::DropBody, "drop-body"},
    {FaultKind::TruncatedJson, "truncated-json"},
    {FaultKind::MalformedJson, "malformed-json"},
    {FaultKind::Html, "html"},
    {FaultKind::LongerLength, "longer-length"},
    {FaultKind::ShorterLength, "shorter-length"},
    {FaultKind::TruncatedGzip, "truncated-gzip"},
    {FaultKind::SlowBody, "slow-body"},
    {FaultKind::SplitHeader, "split-header"},
    {FaultKind::Quota, "quota"},
    {FaultKind::Expired, "expired"},
    {FaultKind::Revoked, "revoked"},
    {FaultKind::Gone, "gone"},
    {FaultKind::ServerError, "server-error"},
    {FaultKind::FrontEnd403, "front-end-403"},
    {FaultKind::Conflict, "conflict"},
    {FaultKind::NoIntraday, "no-intraday"},
    {FaultKind::RecordsTwice, "records-twice"},
    {FaultKind::RecordsShuffled, "records-shuffled"},
    {FaultKind::RecordsNone, "records-none"},
    {FaultKind::RecordsFewer, "records-fewer"},
    {FaultKind::RecordsThinner, "records-thinner"},
}};

const KindName *findKind(const QString &name)
{
    const auto found = std::find_if(kindNames.begin(), kindNames.end(),
                                    [&name](const KindName &k) { return name == QLatin1StringView(k.name); });
    return found == kindNames.end() ? nullptr : &*found;
}

QString kindText(FaultKind kind)
{
    return QString::fromLatin1(kindNames.at(std::size_t(kind)).name);
}

QByteArray errorPage(int status)
{
    const QByteArray text = QByteArray::number(status) + ' ' + reasonPhrase(status);
    return "<!DOCTYPE html>\n<html><head><title>" + text + "</title></head>\n<body><h1>" + text +
           "</h1><p>The server could not complete your request. Please try again in 30 "
           "seconds.</p></body></html>\n";
}

bool matches(const FaultRule &rule, const SimRequest &request)
{
    if (!rule.method.isEmpty() && rule.method != request.method)
        return false;
    if (!request.path.startsWith(rule.pathPrefix))
        return false;
    return rule.pathPattern.pattern().isEmpty() || rule.pathPattern.match(request.path).hasMatch();
}

SimResponse statusAnswer(const FaultRule &rule)
{
    SimResponse response;
    response.status = rule.status > 0 ? rule.status : 500;
    response.body = rule.body;
    const bool html = rule.body.startsWith('<');
    response.setHeader("Content-Type", html ? "text/html; charset=UTF-8" : "application/json; charset=UTF-8");
    for (const auto &[name, value] : rule.headers)
        response.setHeader(name, value);
    response.delivery.delayMs = rule.delayMs;
    return response;
}

SimResponse googleFault(int status, const QString &message)
{
    GoogleError error;
    error.status = status;
    error.message = message;
    return googleError(error);
}

} // namespace

Result<int> FaultBook::add(const QJsonObject &object)
{
    FaultRule rule;
    const bool statusGiven = object.contains(u"status"_s);
    const QString kind = object.value(u"kind"_s).toString(statusGiven ? u"status"_s : u"none"_s);
    const KindName *known = findKind(kind);
    if (!known)
        return failure(ErrorKind::BadUsage, u"unknown fault kind: %1"_s.arg(kind));
    rule.kind = known->kind;
    rule.pathPrefix = object.value(u"path"_s).toString();
    rule.pathPattern.setPattern(object.value(u"regex"_s).toString());
    if (!rule.pathPattern.isValid())
        return failure(ErrorKind::BadUsage, u"bad regex: %1"_s.arg(rule.pathPattern.errorString()));
    rule.method = object.value(u"method"_s).toString().toLatin1();
    rule.skip = object.value(u"skip"_s).toInt(0);
    rule.times = object.value(u"times"_s).toInt(1);
    rule.status = object.value(u"status"_s).toInt(0);
    rule.body = object.value(u"body"_s).toString().toUtf8();
    rule.delayMs = object.value(u"delayMs"_s).toInt(0);
    rule.pauseMs = object.value(u"pauseMs"_s).toInt(rule.pauseMs);
    rule.process = object.value(u"process"_s).toBool(true);
    if (object.contains(u"bytes"_s))
        rule.bytes = object.value(u"bytes"_s).toInteger();
    const QJsonObject headers = object.value(u"headers"_s).toObject();
    for (auto it = headers.begin(); it != headers.end(); ++it)
        rule.headers.append({it.key().toLatin1(), it.value().toString().toLatin1()});
    rule.id = ++m_lastId;
    m_rules.append(rule);
    return rule.id;
}

bool FaultBook::remove(int id)
{
    return m_rules.removeIf([id](const FaultRule &rule) { return rule.id == id; }) > 0;
}

QJsonObject FaultBook::toJson() const
{
    QJsonArray rules;
    for (const FaultRule &rule : m_rules) {
        rules.append(QJsonObject{{u"id"_s, rule.id},
                                 {u"kind"_s, kindText(rule.kind)},
                                 {u"path"_s, rule.pathPrefix},
                                 {u"regex"_s, rule.pathPattern.pattern()},
                                 {u"skip"_s, rule.skip},
                                 {u"times"_s, rule.times},
                                 {u"hits"_s, rule.hits}});
    }
    return {{u"faults"_s, rules}};
}

std::optional<FaultRule> FaultBook::take(const SimRequest &request)
{
    for (FaultRule &rule : m_rules) {
        if (rule.times == 0 || !matches(rule, request))
            continue;
        if (rule.skip > 0) {
            --rule.skip;
            continue;
        }
        if (rule.times > 0)
            --rule.times;
        ++rule.hits;
        return rule;
    }
    return std::nullopt;
}

std::optional<SimResponse> faultReplacement(const FaultRule &rule, bool google)
{
    FaultRule answer = rule;
    switch (rule.kind) {
    case FaultKind::Status:
        return statusAnswer(rule);
    case FaultKind::Html:
        answer.status = 200;
        answer.body = rule.body.isEmpty()
                          ? "<!DOCTYPE html>\n<html><body><h1>Sign in to the network</h1></body></html>\n"
                          : rule.body;
        return statusAnswer(answer);
    case FaultKind::Gone:
        answer.status = 410;
        return statusAnswer(answer);
    case FaultKind::ServerError:
        answer.status = rule.status > 0 ? rule.status : 502;
        answer.body = rule.body.isEmpty() ? errorPage(answer.status) : rule.body;
        return statusAnswer(answer);
    case FaultKind::FrontEnd403:
        return frontEndError(403, u"The caller does not have permission"_s, u"PERMISSION_DENIED"_s);
    case FaultKind::Conflict:
        if (google)
            return googleFault(409, u"Another request of this grant is under way."_s);
        return fitbitError(409, u"request"_s, u"Another request of this grant is under way."_s);
    case FaultKind::NoIntraday:
        if (google)
            return googleFault(403, u"The caller does not have permission."_s);
        return fitbitError(403, u"insufficient_permissions"_s,
                           u"API client is not authorized by Fitbit to access the resource requested."_s);
    case FaultKind::Drop:
    case FaultKind::Hang:
        if (rule.process)
            return std::nullopt;
        break;
    default:
        return std::nullopt;
    }
    SimResponse nothing;
    applyFault(rule, nothing);
    return nothing;
}

void applyFault(const FaultRule &rule, SimResponse &response)
{
    Delivery &delivery = response.delivery;
    delivery.delayMs = rule.delayMs;
    for (const auto &[name, value] : rule.headers)
        response.setHeader(name, value);
    const qint64 half = response.body.size() / 2;
    switch (rule.kind) {
    case FaultKind::Hang:
        delivery.hang = true;
        break;
    case FaultKind::Drop:
        delivery.drop = true;
        break;
    case FaultKind::DropBody:
        delivery.dropAfterBytes = rule.bytes.value_or(half);
        break;
    case FaultKind::TruncatedJson:
        response.body.truncate(rule.bytes.value_or(half));
        response.gzipBody.clear();
        break;
    case FaultKind::MalformedJson:
        response.body.chop(1);
        response.body += ",,";
        response.gzipBody.clear();
        break;
    case FaultKind::RecordsTwice:
        response.body = withRecordsTwice(response.body);
        response.gzipBody.clear();
        break;
    case FaultKind::RecordsShuffled:
        response.body = withRecordsShuffled(response.body);
        response.gzipBody.clear();
        break;
    case FaultKind::RecordsNone:
        response.body = withoutRecords(response.body);
        response.gzipBody.clear();
        break;
    case FaultKind::RecordsFewer:
        response.body = withFewerRecords(response.body);
        response.gzipBody.clear();
        break;
    case FaultKind::RecordsThinner:
        response.body = withThinnerRecords(response.body);
        response.gzipBody.clear();
        break;
    case FaultKind::LongerLength:
        delivery.lengthDelta = rule.bytes.value_or(100);
        break;
    case FaultKind::ShorterLength:
        delivery.lengthDelta = -rule.bytes.value_or(qMin<qint64>(100, half));
        break;
    case FaultKind::TruncatedGzip:
        delivery.truncateGzip = true;
        break;
    case FaultKind::SlowBody:
        delivery.slowBodyMs = rule.pauseMs;
        break;
    case FaultKind::SplitHeader:
        delivery.splitHeader = true;
        break;
    default:
        break;
    }
}

} // namespace wristkeep
