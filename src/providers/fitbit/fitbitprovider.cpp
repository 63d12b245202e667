// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/fitbit/fitbitprovider.h"

#include "core/settings.h"
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

/// The type a URL of ours asks for: the part of its path before the day tells.
const DataType *typeAsked(const QUrl &url)
{
    for (const FitbitType &row : fitbitTypes()) {
        if (url.path().startsWith(row.dayPath.section(u'%', 0, 0)))
            return &row.type;
    }
    return nullptr;
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

const QList<DataType> &FitbitProvider::importedTypes() const
{
    return fitbitImportedTypes();
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
    const QString first = task.first.toString(Qt::ISODate);
    if (task.first == task.last)
        return get(row->dayPath.arg(first), settings);
    if (row->rangePath.isEmpty())
        return failure(ErrorKind::Internal, u"Fitbit gives %1 one day at a time."_s.arg(row->type.title));
    return get(row->rangePath.arg(first, task.last.toString(Qt::ISODate)), settings);
}

Result<Batch> FitbitProvider::parse(const QByteArray &body, const ParseContext &context) const
{
    const FitbitType *row = fitbitType(context.task.dataType);
    if (!row)
        return failure(ErrorKind::Internal, u"Fitbit has no data type \"%1\"."_s.arg(context.task.dataType));
    return row->parse(body, context);
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
        if (const DataType *type = typeAsked(response.url))
            error.detail = u"No permission for %1 (scope %2)."_s.arg(type->title.toLower(), type->scope);
    }
    return error;
}

QuotaState FitbitProvider::quota(const HttpResponse &response, qint64 nowUtc) const
{
    return fitbitQuota(response, nowUtc);
}

QStringList FitbitProvider::permissionHints(const QString &dataType) const
{
    const DataType *type = findType(dataType);
    if (!type)
        return {};
    if (type->scope != u"heartrate"_s)
        return {
            u"Check that \"%1\" is among the scopes (FITBIT_SCOPES) and was ticked on the consent page; then reconnect."_s
                .arg(type->scope)};
    return {
        u"At dev.fitbit.com, set the application's type to \"Personal\": it may read minute values of its owner's account."_s,
        u"Check that \"heartrate\" is among the scopes (FITBIT_SCOPES) and was ticked on the consent page; then reconnect."_s,
        u"An application of type \"Server\" or \"Client\" needs Fitbit's own permission for minute values, asked for by their request form."_s};
}

} // namespace wristkeep
