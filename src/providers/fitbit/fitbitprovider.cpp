// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/fitbit/fitbitprovider.h"

#include "core/settings.h"
#include "providers/fitbit/dayshares.h"
#include "providers/fitbit/fitbiterrors.h"
#include "providers/fitbit/fitbitoauth.h"
#include "providers/fitbit/fitbitquota.h"
#include "providers/fitbit/fitbittypes.h"
#include "providers/fitbit/profileparser.h"

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

/// Accept-Language chooses the units: anything but en_US and en_GB is metric. Without the header the
/// network library would send the desktop's language, and a US desktop would store miles.
HttpRequest get(const QString &path, const Settings &settings)
{
    HttpRequest request;
    request.url = settings.url("FITBIT_API_URL");
    request.url.setPath(path);
    request.headers = {
        {"Accept", "application/json"}, {"Accept-Language", "metric"}, {"Accept-Locale", "en_US"}};
    return request;
}

} // namespace

FitbitProvider::FitbitProvider()
{
    for (const FitbitType &row : fitbitTypes())
        m_types.append(row.type);
}

QString FitbitProvider::id() const
{
    return u"fitbit"_s;
}

QString FitbitProvider::title() const
{
    return u"Fitbit"_s;
}

const QList<DataType> &FitbitProvider::dataTypes() const
{
    return m_types;
}

OAuthClient FitbitProvider::oauthClient(const Settings &settings) const
{
    return fitbitOAuthClient(settings);
}

Result<HttpRequest> FitbitProvider::request(const FetchTask &task, const Settings &settings,
                                            const Zone & /*zone: Fitbit takes dates*/) const
{
    const FitbitType *row = fitbitType(task.dataType);
    if (!row)
        return failure(ErrorKind::Internal, u"Fitbit has no data type \"%1\"."_s.arg(task.dataType));
    if (!task.first.isValid() || !task.last.isValid() || task.last < task.first)
        return failure(ErrorKind::Internal, u"The days to ask Fitbit for are not a range."_s);
    const qint64 days = task.first.daysTo(task.last) + 1;
    if (row->rangePath.isEmpty() && days > 1)
        return failure(ErrorKind::Internal, u"Fitbit gives %1 one day at a time."_s.arg(row->type.title));
    if (days > row->type.maxDaysPerRequest)
        return failure(ErrorKind::Internal, u"%1 days are too many for one request for %2."_s.arg(days).arg(
                                                row->type.title.toLower()));
    const QString first = task.first.toString(Qt::ISODate);
    if (task.first == task.last)
        return get(row->dayPath.arg(first), settings);
    return get(row->rangePath.arg(first, task.last.toString(Qt::ISODate)), settings);
}

Result<Batch> FitbitProvider::parse(const QByteArray &body, const ParseContext &context) const
{
    const FitbitType *row = fitbitType(context.task.dataType);
    if (!row)
        return failure(ErrorKind::Internal, u"Fitbit has no data type \"%1\"."_s.arg(context.task.dataType));
    return row->parse(body, context, *row);
}

Result<DayBodies> FitbitProvider::dayBodies(const QList<QByteArray> &bodies, const QList<QDate> &dates,
                                            const ParseContext &context) const
{
    const FitbitType *row = fitbitType(context.task.dataType);
    if (!row)
        return failure(ErrorKind::Internal, u"Fitbit has no data type \"%1\"."_s.arg(context.task.dataType));
    return fitbitDayBodies(bodies, dates, context, *row);
}

ServiceAllowance FitbitProvider::allowance() const
{
    ServiceAllowance allowance = Provider::allowance();
    allowance.requests = 150;
    allowance.windowSeconds = 3600;
    allowance.reserve = 20;
    allowance.marginSeconds = 60;
    return allowance;
}

HttpRequest FitbitProvider::profileRequest(const Settings &settings) const
{
    return get(u"/1/user/-/profile.json"_s, settings);
}

Result<RemoteProfile> FitbitProvider::parseProfile(const QByteArray &body) const
{
    return parseFitbitProfile(body);
}

QString FitbitProvider::profileScope() const
{
    return u"profile"_s;
}

Error FitbitProvider::classify(const HttpResponse &response, qint64 nowUtc) const
{
    Error error = classifyFitbitAnswer(response, FitbitEndpoint::Data, nowUtc);
    if (error.kind == ErrorKind::ScopeMissing) {
        if (const FitbitType *row = fitbitTypeAsked(response.url.path()))
            error.detail =
                u"No permission for %1 (scope %2)."_s.arg(row->type.title.toLower(), row->type.scope);
    }
    return error;
}

QuotaState FitbitProvider::quota(const HttpResponse &response, qint64 nowUtc) const
{
    return fitbitQuota(response, nowUtc);
}

QStringList FitbitProvider::permissionHints(const QString &dataType) const
{
    const FitbitType *row = fitbitType(dataType);
    if (!row)
        return {};
    if (row->resolution.isEmpty())
        return {
            u"Check that \"%1\" is among the scopes (FITBIT_SCOPES) and was ticked on the consent page; then reconnect."_s
                .arg(row->type.scope)};
    return {
        u"At dev.fitbit.com, set the application's type to \"Personal\": it may read minute values of its owner's account."_s,
        u"Check that \"heartrate\" is among the scopes (FITBIT_SCOPES) and was ticked on the consent page; then reconnect."_s,
        u"An application of type \"Server\" or \"Client\" needs Fitbit's own permission for minute values, asked for by their request form."_s};
}

} // namespace wristkeep
