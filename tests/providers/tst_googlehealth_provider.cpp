// SPDX-License-Identifier: GPL-3.0-or-later

// The provider as others see it: its table, its OAuth client, identity and settings, pace and hints.

#include "core/settings.h"
#include "providers/googlehealth/googlehealthtypes.h"
#include "providers/provider.h"
#include "providers/registry.h"

#include <QSet>
#include <QTest>

using namespace wristkeep;
using namespace Qt::StringLiterals;

namespace {

const QString scopeStart = u"https://www.googleapis.com/auth/googlehealth."_s;

Settings settings()
{
    Settings result;
    const QHash<QString, QString> values{
        {u"GOOGLE_HEALTH_CLIENT_ID"_s, u"1-made-up.apps.googleusercontent.com"_s},
        {u"GOOGLE_HEALTH_CLIENT_SECRET"_s, u"not-a-real-secret"_s},
        {u"GOOGLE_HEALTH_REDIRECT_URI"_s, u"http://127.0.0.1:0/callback"_s},
        {u"GOOGLE_HEALTH_SCOPES"_s, u"  a.readonly   b.readonly "_s},
        {u"GOOGLE_HEALTH_API_URL"_s, u"http://127.0.0.1:8080"_s},
        {u"GOOGLE_AUTHORIZE_URL"_s, u"http://127.0.0.1:8080/o/oauth2/v2/auth"_s},
        {u"GOOGLE_TOKEN_URL"_s, u"http://127.0.0.1:8080/token"_s},
        {u"GOOGLE_REVOKE_URL"_s, u"http://127.0.0.1:8080/revoke"_s}};
    for (auto value = values.cbegin(); value != values.cend(); ++value)
        result.values.insert(value.key(), SettingValue{value.value(), SettingOrigin::Environment, {}});
    return result;
}

const Provider &googleHealth()
{
    return *findProvider(u"google-health"_s).value();
}

HttpResponse answer(int status, const QByteArray &body)
{
    HttpResponse response;
    response.status = status;
    response.body = body;
    return response;
}

} // namespace

class TstGoogleHealthProvider : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void registry();
    void table();
    void defaultRun();
    void oauthClient();
    void identityRequest();
    void identity_data();
    void identity();
    void refusedIdentity();
    void profile_data();
    void profile();
    void paceAndQuota();
    void hints();
};

void TstGoogleHealthProvider::registry()
{
    QCOMPARE(googleHealth().title(), u"Google Health"_s);
    QCOMPARE(providers().first()->id(), u"fitbit"_s);
    QVERIFY(findProvider(u"garmin"_s).error().detail.contains(u"fitbit, google-health"_s));
}

void TstGoogleHealthProvider::table()
{
    QSet<QString> names;
    for (const GoogleHealthType &row : googleHealthTypes()) {
        const DataType &type = row.type;
        QVERIFY2(!names.contains(type.id), qPrintable(type.id));
        names.insert(type.id);
        QVERIFY(type.alias.isEmpty() || !names.contains(type.alias));
        names.insert(type.alias);
        QVERIFY(!type.title.isEmpty() && type.scope.startsWith(scopeStart));
        QVERIFY(type.scope.endsWith(u".readonly"_s));
        QCOMPARE(type.settleDays, 7);
        const bool hasNumbers = *row.field || !row.parts.isEmpty();
        QVERIFY(row.parse);
        QCOMPARE(row.most > 0, hasNumbers);
        QCOMPARE(row.unit.isEmpty(), !hasNumbers);
        QCOMPARE(row.windowSeconds > 0, row.call == GoogleHealthCall::RollUp);
        QCOMPARE(row.resolution.isEmpty(), hasCivilDates(row));
        const bool listed = row.call == GoogleHealthCall::List || row.call == GoogleHealthCall::Reconcile;
        QCOMPARE(filterMember(row).isEmpty(), !listed);
        QCOMPARE(listed, !isRolledUp(row));
        QVERIFY(row.least <= 0 && row.perUnit >= 1 && type.typicalDayBytes >= 200);
        // What is asked by civil days is told by civil days, and the other way round.
        QCOMPARE(row.time == GoogleHealthTime::CivilStart, row.call == GoogleHealthCall::DailyRollUp);
        QCOMPARE(row.time == GoogleHealthTime::WindowStart, row.call == GoogleHealthCall::RollUp);
    }
    QCOMPARE(googleHealth().dataTypes().size(), googleHealthTypes().size());
    QCOMPARE(googleHealth().findType(u"heartrate"_s)->id, u"heartrate_1min"_s);
    QCOMPARE(googleHealth().findType(u"steps"_s)->scope, scopeStart + u"activity_and_fitness.readonly"_s);
    QCOMPARE(googleHealth().findType(u"steps"_s)->maxDaysPerRequest, 90);
    // Fourteen civil days may be an hour longer than the 14 days a range may have.
    QCOMPARE(googleHealth().findType(u"heartrate_1min"_s)->maxDaysPerRequest, 14);
    QCOMPARE(googleHealth().findType(u"heartrate_1min"_s)->maxHoursPerRequest, 14 * 24);
    QCOMPARE(googleHealth().findType(u"heartrate_raw"_s)->maxDaysPerRequest, 1);
    for (const QString &capped : {u"calories"_s, u"active_minutes"_s})
        QCOMPARE(googleHealth().findType(capped)->maxDaysPerRequest, 14);
    for (const QString &daily : {u"distance"_s, u"floors"_s, u"elevation"_s, u"active_zone_minutes"_s,
                                 u"sedentary_minutes"_s, u"heart_rate_zone_minutes"_s})
        QCOMPARE(googleHealth().findType(daily)->maxDaysPerRequest, 90);
    QVERIFY(!googleHealth().findType(QString()));
    QVERIFY(!googleHealth().findType(u"exercise"_s));
    QCOMPARE(googleHealth().findType(u"sleep"_s)->scope, scopeStart + u"sleep.readonly"_s);
    for (const QString &metric : {u"weight"_s, u"body_fat"_s, u"heart_rate_zones"_s})
        QCOMPARE(googleHealth().findType(metric)->scope,
                 scopeStart + u"health_metrics_and_measurements.readonly"_s);
}

void TstGoogleHealthProvider::defaultRun()
{
    QStringList ids;
    for (const DataType &type : googleHealth().dataTypes()) {
        if (type.inDefaultRun)
            ids << type.id;
    }
    QCOMPARE(ids, QStringList({u"steps"_s, u"heartrate_1min"_s, u"resting_heart_rate"_s}));
}

void TstGoogleHealthProvider::oauthClient()
{
    const OAuthClient client = googleHealth().oauthClient(settings());
    QCOMPARE(client.provider, u"google-health"_s);
    QCOMPARE(client.providerTitle, u"Google Health"_s);
    QCOMPARE(client.clientId, u"1-made-up.apps.googleusercontent.com"_s);
    QCOMPARE(client.clientSecret, u"not-a-real-secret"_s);
    QCOMPARE(client.authorizeUrl.toString(), u"http://127.0.0.1:8080/o/oauth2/v2/auth"_s);
    QCOMPARE(client.tokenUrl.toString(), u"http://127.0.0.1:8080/token"_s);
    QCOMPARE(client.revokeUrl.toString(), u"http://127.0.0.1:8080/revoke"_s);
    QCOMPARE(client.redirectUri, u"http://127.0.0.1:0/callback"_s);
    QCOMPARE(client.redirectSetting, u"GOOGLE_HEALTH_REDIRECT_URI"_s);
    QCOMPARE(client.scopes, QStringList({u"a.readonly"_s, u"b.readonly"_s}));
    QVERIFY(!client.basicAuthentication); // the secret goes into the body
    QCOMPARE(client.promptAlways, u"consent"_s);
    QVERIFY(client.promptValue.split(u' ').contains(u"consent"_s));
    // Offline access, and never include_granted_scopes: a token with foreign scopes is refused altogether.
    const HttpHeaders extra{{"access_type", "offline"}};
    QCOMPARE(client.extraAuthorizeParameters, extra);
    QVERIFY(client.manualRevokePage.startsWith(u"https://myaccount.google.com/connections"_s));
    QVERIFY(client.classifyError);
    QCOMPARE(client.classifyError(answer(400, R"({"error":"invalid_grant"})")).kind, ErrorKind::TokenRefused);
}

void TstGoogleHealthProvider::identityRequest()
{
    const OAuthClient client = googleHealth().oauthClient(settings());
    QVERIFY(client.identityRequest);
    QCOMPARE(client.identityRequest->method, QByteArray("GET"));
    QCOMPARE(client.identityRequest->url.toString(),
             u"http://127.0.0.1:8080/v4/users/me/identity?prettyPrint=false"_s);
    QVERIFY(!client.identityRequest->sendOnce);
}

void TstGoogleHealthProvider::identity_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("user");
    QTest::addColumn<QString>("legacy");
    const auto row = [](const char *name, const char *body, const QString &user, const QString &legacy) {
        QTest::newRow(name) << QByteArray(body) << user << legacy;
    };
    const QString id = u"2515055256096816351"_s;
    row("both",
        R"({"name":"users/me/identity","healthUserId":"2515055256096816351","legacyUserId":"8ABCDE"})", id,
        u"8ABCDE"_s);
    row("new account", R"({"healthUserId":"2515055256096816351"})", id, {});
    row("legacy null", R"({"healthUserId":"2515055256096816351","legacyUserId":null})", id, {});
    row("legacy of another form", R"({"healthUserId":"2515055256096816351","legacyUserId":"a b"})", id, {});
    row("new members", R"({"healthUserId":"a-1","region":{"x":[1]}})", u"a-1"_s, {});
    row("nothing", "{}", {}, {});
    row("number", R"({"healthUserId":2515055256096816351})", {}, {});
    row("empty", R"({"healthUserId":""})", {}, {});
    row("too long", R"({"healthUserId":"1234567890123456789012345678901234567890123456789012345678901234"})",
        {}, {});
    row("path in it", R"({"healthUserId":"../me"})", {}, {});
    row("list", "[]", {}, {});
    row("web page", "<html>", {}, {});
}

void TstGoogleHealthProvider::identity()
{
    QFETCH(QByteArray, body);
    QFETCH(QString, user);
    QFETCH(QString, legacy);
    const auto identity = googleHealth().oauthClient(settings()).readIdentity(answer(200, body));
    QCOMPARE(identity.has_value(), !user.isEmpty());
    if (!identity) {
        QCOMPARE(identity.error().kind, ErrorKind::NotUnderstood);
        return;
    }
    QCOMPARE(identity->userId, user);
    QCOMPARE(identity->legacyUserId, legacy);
}

void TstGoogleHealthProvider::refusedIdentity()
{
    const auto refused =
        googleHealth()
            .oauthClient(settings())
            .readIdentity(answer(
                400,
                R"({"error":{"code":400,"status":"FAILED_PRECONDITION","details":[{"reason":"ACCOUNT_NOT_LINKED"}]}})"));
    QVERIFY(!refused);
    QCOMPARE(refused.error().kind, ErrorKind::AccountRefused);
    QCOMPARE(refused.error().code, u"ACCOUNT_NOT_LINKED"_s);
}

void TstGoogleHealthProvider::profile_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<bool>("good");
    QTest::addColumn<QString>("user");
    QTest::addColumn<QString>("zone");
    const auto row = [](const char *name, const char *body, bool good, const QString &user,
                        const QString &zone) {
        QTest::newRow(name) << QByteArray(body) << good << user << zone;
    };
    row("all",
        R"({"name":"users/me/settings","timeZone":"Europe/Berlin","utcOffset":"3600s","weightUnit":"WEIGHT_UNIT_STONE"})",
        true, {}, u"Europe/Berlin"_s);
    row("owner named", R"({"name":"users/2515055256096816351/settings","timeZone":"Asia/Kolkata"})", true,
        u"2515055256096816351"_s, u"Asia/Kolkata"_s);
    row("odd name", R"({"name":7,"timeZone":"Asia/Kolkata"})", true, {}, u"Asia/Kolkata"_s);
    row("unknown zone", R"({"timeZone":"Mars/Olympus"})", true, {}, {});
    row("no zone", "{}", true, {}, {});
    row("zone of another type", R"({"timeZone":["Europe/Berlin"]})", true, {}, {});
    row("list", "[]", false, {}, {});
    row("web page", "<html>", false, {}, {});
}

void TstGoogleHealthProvider::profile()
{
    QFETCH(QByteArray, body);
    QFETCH(bool, good);
    const auto profile = googleHealth().parseProfile(body);
    QCOMPARE(profile.has_value(), good);
    if (!profile) {
        QCOMPARE(profile.error().kind, ErrorKind::NotUnderstood);
        return;
    }
    QTEST(profile->userId, "user");
    QTEST(profile->zoneId, "zone");
    QVERIFY(!profile->memberSince.isValid());
    QCOMPARE(googleHealth().profileRequest(settings()).url.path(), u"/v4/users/me/settings"_s);
    QCOMPARE(googleHealth().profileScope(), scopeStart + u"settings.readonly"_s);
}

void TstGoogleHealthProvider::paceAndQuota()
{
    QCOMPARE(googleHealth().pace().atOnce, 1);
    QCOMPARE(googleHealth().pace().perSecond, 4);
    const QuotaState quiet = googleHealth().quota(answer(200, "{}"), 1000);
    QVERIFY(!quiet.limit && !quiet.left && !quiet.resetAtUtc && !quiet.exhausted);
}

void TstGoogleHealthProvider::hints()
{
    for (const DataType &type : googleHealth().dataTypes()) {
        const QStringList hints = googleHealth().permissionHints(type.id);
        QCOMPARE(hints.size(), 3);
        QVERIFY(hints[0].contains(type.scope) && hints[0].contains(u"GOOGLE_HEALTH_SCOPES"_s));
    }
    QVERIFY(googleHealth().permissionHints(u"nothing"_s).isEmpty());
}

QTEST_GUILESS_MAIN(TstGoogleHealthProvider)
#include "tst_googlehealth_provider.moc"
