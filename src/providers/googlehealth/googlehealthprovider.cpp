// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/googlehealth/googlehealthprovider.h"

#include "providers/googlehealth/accountparsers.h"
#include "providers/googlehealth/daybodies.h"
#include "providers/googlehealth/googlehealtherrors.h"
#include "providers/googlehealth/googlehealthoauth.h"
#include "providers/googlehealth/googlehealthrequests.h"
#include "providers/googlehealth/googlehealthtypes.h"

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

Result<const GoogleHealthType *> rowOf(const FetchTask &task)
{
    if (const GoogleHealthType *row = googleHealthType(task.dataType))
        return row;
    return failure(ErrorKind::Internal, u"Google Health has no data type \"%1\"."_s.arg(task.dataType));
}

Outcome checkDays(const FetchTask &task, const GoogleHealthType &row)
{
    if (!task.first.isValid() || !task.last.isValid() || task.last < task.first)
        return failure(ErrorKind::Internal, u"The days to ask Google Health for are not a range."_s);
    const int most = row.type.maxDaysPerRequest;
    if (task.first.daysTo(task.last) >= most)
        return failure(
            ErrorKind::Internal,
            u"Google Health gives %1 for at most %2 days at a time."_s.arg(row.type.title).arg(most));
    return {};
}

/// The type a URL of ours asks for; types of one path have one scope.
const DataType *googleTypeAsked(const QUrl &url)
{
    for (const GoogleHealthType &row : googleHealthTypes()) {
        if (url.path().contains(u"/dataTypes/%1/"_s.arg(row.path)))
            return &row.type;
    }
    return nullptr;
}

} // namespace

GoogleHealthProvider::GoogleHealthProvider()
{
    for (const GoogleHealthType &row : googleHealthTypes())
        m_types.append(row.type);
}

QString GoogleHealthProvider::id() const
{
    return u"google-health"_s;
}

QString GoogleHealthProvider::title() const
{
    return u"Google Health"_s;
}

const QList<DataType> &GoogleHealthProvider::dataTypes() const
{
    return m_types;
}

OAuthClient GoogleHealthProvider::oauthClient(const Settings &settings) const
{
    return googleHealthOAuthClient(settings);
}

Result<HttpRequest> GoogleHealthProvider::request(const FetchTask &task, const Settings &settings,
                                                  const Zone &zone) const
{
    const auto row = rowOf(task);
    if (!row)
        return failure(row.error());
    if (const auto checked = checkDays(task, **row); !checked)
        return failure(checked.error());
    return googleHealthRequest(**row, task, settings, zone);
}

Result<Batch> GoogleHealthProvider::parse(const QByteArray &body, const ParseContext &context) const
{
    const auto row = rowOf(context.task);
    if (!row)
        return failure(row.error());
    return (*row)->parse(body, context, **row);
}

Result<DayBodies> GoogleHealthProvider::dayBodies(const QList<QByteArray> &bodies, const QList<QDate> &dates,
                                                  const ParseContext &context) const
{
    const auto row = rowOf(context.task);
    if (!row)
        return failure(row.error());
    return googleHealthDayBodies(bodies, dates, context, **row);
}

/// Below the quota of five a second; calls of one account at the same time were seen to answer 500 and to
/// leave gaps.
RequestPace GoogleHealthProvider::pace() const
{
    return {.atOnce = 1, .perSecond = 4};
}

ServiceAllowance GoogleHealthProvider::allowance() const
{
    // A project that Google has not verified may ask less: 2.5 a second. Its headers never tell a count,
    // so nothing can be held back; its pace leaves room within each minute instead.
    ServiceAllowance allowance = Provider::allowance();
    allowance.requests = 300;
    allowance.windowSeconds = 60;
    allowance.pageBytes = 3'000'000;
    return allowance;
}

HttpRequest GoogleHealthProvider::profileRequest(const Settings &settings) const
{
    return googleHealthGet(u"settings"_s, settings);
}

Result<RemoteProfile> GoogleHealthProvider::parseProfile(const QByteArray &body) const
{
    return parseGoogleSettings(body);
}

QString GoogleHealthProvider::profileScope() const
{
    return u"https://www.googleapis.com/auth/googlehealth.settings.readonly"_s;
}

Error GoogleHealthProvider::classify(const HttpResponse &response, qint64 nowUtc) const
{
    Error error = classifyGoogleHealthAnswer(response, nowUtc);
    if (error.kind == ErrorKind::ScopeMissing) {
        if (const DataType *type = googleTypeAsked(response.url))
            error.detail = u"No permission for %1 (scope %2)."_s.arg(type->title.toLower(), type->scope);
    }
    return error;
}

QString GoogleHealthProvider::predecessor() const
{
    return u"fitbit"_s;
}

bool GoogleHealthProvider::mayBeOldToken(const Error &refusal) const
{
    // Seen from a token that had just ended, too.
    return Provider::mayBeOldToken(refusal) ||
           (refusal.kind == ErrorKind::ScopeMissing && refusal.code == "ACCESS_TOKEN_SCOPE_INSUFFICIENT"_L1);
}

QuotaState GoogleHealthProvider::quota(const HttpResponse &response, qint64 nowUtc) const
{
    return googleHealthQuota(response, nowUtc);
}

QStringList GoogleHealthProvider::permissionHints(const QString &dataType) const
{
    const DataType *type = findType(dataType);
    if (!type)
        return {};
    return {
        u"Check that \"%1\" is among the scopes (GOOGLE_HEALTH_SCOPES) and was ticked on the consent page; then reconnect."_s
            .arg(type->scope),
        u"In the Google Cloud console, under Data Access, the scope must be listed too; save, then reconnect."_s,
        u"If it was granted all along, remove this program at https://myaccount.google.com/connections and reconnect."_s};
}

} // namespace wristkeep
