// SPDX-License-Identifier: GPL-3.0-or-later

// What Google refuses in a sync, from the bytes of its answer to the words in the window and outside of it:
// one row for each reason.

#include "gui/refusaldesk.h"

#include <QTest>

using namespace wristkeep;
using namespace Qt::StringLiterals;

namespace {

const QString Data = u"/v4/users/me/dataTypes/"_s;
const QString StepsData = u"/v4/users/me/dataTypes/steps/"_s;
const QString HeartRate = u"/v4/users/me/dataTypes/heart-rate/"_s;
const QString TokenEndpoint = u"/token"_s;

const QString Steps = u"steps"_s;
const QByteArray Denied = "PERMISSION_DENIED";
const QByteArray WebPage = "<!DOCTYPE html><html><title>Error (Not Found)!!1</title></html>";

/// What the window says of a sync, and what is told outside of it.
struct Shown
{
    QString status;
    QString sentence;
    Tone tone = Tone::Problem;
    QString button;
    QString title;       ///< of the sync card
    QStringList details; ///< the same
    QStringList cells;
    QList<Notification> told;
};

const QString Connected = u"Status: Connected"_s;
const QString BroughtNothing = u"The last sync brought nothing. The card below says why."_s;
const QString NotAllowed = u"Some data is not allowed. Reconnect and tick it on the page of Google Health."_s;
const QString NoneSynced = u"0 of 1 synced: 22 November 2026."_s;
const Notification PartMissing{
    u"The last sync brought only part"_s,
    u"Part of what was asked for could not be fetched. Open Wristkeep: the sync log says why."_s};
const Notification PermissionMissing{
    u"A permission is missing"_s,
    u"Some data may not be fetched. Open Wristkeep and connect again to allow it; the rest goes on."_s};
const Notification ReconnectWanted{
    u"Reconnect Google Health"_s,
    u"Wristkeep cannot sync any more. Your data stays. Open Wristkeep and choose Reconnect to go on."_s};

QString onSteps(const QString &reason)
{
    return u"Steps, 22 November 2026: "_s + reason;
}

/// The account is at fault: its cells were tried and stay as they were.
Shown accountRefused(const QString &reason)
{
    const QString refusal = u"Google Health gives out no data of this account. "_s + reason;
    return {.status = Connected,
            .sentence = BroughtNothing,
            .button = u"&Sync now"_s,
            .title = NoneSynced,
            .details = {onSteps(refusal)},
            .cells = {u"steps: never asked, tried"_s},
            .told = {{u"Account refused"_s, refusal}}};
}

/// Nothing of the service can be had, whoever asks: the reason is worth a call.
Shown serviceRefused(const QString &title, const QString &reason)
{
    return {.status = Connected,
            .sentence = BroughtNothing,
            .button = u"&Sync now"_s,
            .title = u"0 of 1 done, then: "_s + title,
            .details = {reason},
            .cells = {u"steps: never asked, tried"_s},
            .told = {{title, reason}}};
}

Shown projectRefused(const QString &reason)
{
    return serviceRefused(u"Project refused"_s,
                          u"Google Health is closed to the project this client ID belongs to. "_s + reason);
}

Shown notPermitted(const QString &reason)
{
    return {.status = Connected,
            .sentence = NotAllowed,
            .tone = Tone::Attention,
            .button = u"&Reconnect"_s,
            .title = NoneSynced,
            .details = {onSteps(reason)},
            .cells = {u"steps: not permitted, tried"_s},
            .told = {PermissionMissing}};
}

Shown failed(const QString &reason)
{
    return {.status = Connected,
            .sentence = BroughtNothing,
            .button = u"&Sync now"_s,
            .title = NoneSynced,
            .details = {onSteps(reason)},
            .cells = {u"steps: failed, tried"_s},
            .told = {PartMissing}};
}

Shown reconnect(const QString &reason)
{
    return {.status = u"Status: Reconnect needed"_s,
            .sentence = u"Google Health no longer accepts the permission given to this program. "_s + reason +
                        u" Reconnect. The data kept so far stays."_s,
            .tone = Tone::Attention,
            .button = u"&Reconnect"_s,
            .title = u"Not synced: reconnect first."_s,
            .details = {},
            .cells = {u"steps: never asked, tried"_s},
            .told = {ReconnectWanted}};
}

} // namespace

class TestRefusals : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aSyncEndsInItsStateAndSentence_data();
    void aSyncEndsInItsStateAndSentence();
    void oneKindOfDataIsRefused_data();
    void oneKindOfDataIsRefused();
    void whatIsMendedIsForgottenAndToldAnewWhenItComesBack();

private:
    static void compareShown(const RefusalDesk &desk, const Shown &shown);
};

void TestRefusals::aSyncEndsInItsStateAndSentence_data()
{
    QTest::addColumn<Refusal>("refusal");
    QTest::addColumn<Shown>("shown");
    const auto row = [](const char *name, const Refusal &refusal, const Shown &shown) {
        QTest::newRow(name) << refusal << shown;
    };
    const auto denied = [](const QByteArray &reason, const QByteArray &message = "x") {
        return Refusal{Data, 403, rpcError(403, Denied, message, reason)};
    };

    const QString signIn = u" Sign in to the Google Health app on the phone with this very account, let it "
                           "sync the device once, then try again here."_s;
    row("no health profile",
        {Data, 400,
         rpcError(400, "FAILED_PRECONDITION", "The account is not linked to Google Health.",
                  "ACCOUNT_NOT_LINKED")},
        accountRefused(u"This Google account has no Google Health profile (400 ACCOUNT_NOT_LINKED)."_s +
                       signIn));
    row("no health profile, without a reason",
        {Data, 412, rpcError(412, "FAILED_PRECONDITION", "Precondition check failed.")},
        accountRefused(u"This Google account has no Google Health profile (412 FAILED_PRECONDITION)."_s +
                       signIn));
    row("whole account", {Data, 403, rpcError(403, Denied, "The caller does not have permission.")},
        accountRefused(
            u"Google refuses all data of this account; its tracker may still hang on an old Fitbit login "
            "(403 PERMISSION_DENIED). Move the tracker to this Google account in the phone app, then try "
            "again. If it is there already, remove this program at "
            "https://myaccount.google.com/connections and reconnect."_s));
    row("foreign scopes", denied("DISALLOWED_OAUTH_SCOPES", "Request contains disallowed OAuth scope(s)."),
        accountRefused(
            u"The permission also covers other services of Google, and is refused as a whole for that (403 "
            "DISALLOWED_OAUTH_SCOPES). Leave only googlehealth scopes in GOOGLE_HEALTH_SCOPES and use a "
            "client for this program alone; then remove this program at "
            "https://myaccount.google.com/connections and reconnect."_s));
    for (const char *reason : {"RESOURCE_PERMISSION_DENIED", "DATA_ACCESS_DENIED"}) {
        const QString words = u"The permission for this account's data was withdrawn, or Google holds it in "
                              "an odd state (403 %1). Remove this program at "
                              "https://myaccount.google.com/connections, then reconnect."_s;
        row(reason, denied(reason), accountRefused(words.arg(QLatin1StringView(reason))));
    }

    row("not enabled",
        denied("SERVICE_DISABLED",
               "Google Health API has not been used in project 123456 before or it is disabled."),
        projectRefused(
            u"The Google Health API is not enabled in the Google Cloud project of the client ID (403 "
            "SERVICE_DISABLED). At https://console.cloud.google.com choose that project, open APIs & "
            "Services, Library, find \"Google Health API\" and press Enable; try again some minutes later."_s));
    row("not onboarded", denied("API_PRIVATE_PREVIEW_ACCESS_DENIED"),
        projectRefused(
            u"Google has not admitted the Google Cloud project of the client ID to the Google Health API "
            "(403 API_PRIVATE_PREVIEW_ACCESS_DENIED). Nothing here can change that: ask Google for access, "
            "or use a client ID of a project that has it."_s));
    for (const char *reason : {"USER_PROJECT_DENIED", "IAM_PERMISSION_DENIED"}) {
        const QString words = u"Google does not let the Google Cloud project of the client ID be used (403 "
                              "%1). At https://console.cloud.google.com check that the project still exists "
                              "and that the Google Health API is enabled in it."_s;
        row(reason, denied(reason), projectRefused(words.arg(QLatin1StringView(reason))));
    }

    const QString scope =
        u"No permission for steps (scope "
        "https://www.googleapis.com/auth/googlehealth.activity_and_fitness.readonly). Reconnect to grant it."_s;
    row("scope not granted",
        denied("ACCESS_TOKEN_SCOPE_INSUFFICIENT", "Request had insufficient authentication scopes."),
        notPermitted(scope));
    row("scope of another type", denied("MISSING_OAUTH_SCOPE"), notPermitted(scope));
    row("a reason nobody knows", denied("FULL_MOON", "The moon is full."),
        notPermitted(
            u"Google Health refused this kind of data. Google answered 403 (FULL_MOON): The moon is full. "
            "Check that \"https://www.googleapis.com/auth/googlehealth.activity_and_fitness.readonly\" is "
            "among the scopes (GOOGLE_HEALTH_SCOPES) and was ticked on the consent page; then reconnect. In "
            "the Google Cloud console, under Data Access, the scope must be listed too; save, then "
            "reconnect. If it was granted all along, remove this program at "
            "https://myaccount.google.com/connections and reconnect."_s));

    row("quota",
        {Data, 429,
         rpcError(429, "RESOURCE_EXHAUSTED",
                  "Quota exceeded for quota metric 'Read requests' and limit 'per minute'",
                  "RATE_LIMIT_EXCEEDED")},
        {.status = u"Status: Waiting for the request limit"_s,
         .sentence = u"Google Health answers again in 1:00. What is already here stays."_s,
         .tone = Tone::Attention,
         .button = u"&Sync now"_s,
         .title = NoneSynced,
         .details = {u"1 still to come: the request limit is reached. Sync again in a minute."_s},
         .cells = {u"steps: never asked, waits"_s},
         .told = {}});
    const QString gone = u"Google Health says that this service no longer exists. Look for a newer version "
                         "of this program."_s;
    row("switched off", {Data, 410, WebPage},
        {.status = u"Status: Service closed"_s,
         .sentence = gone,
         .button = u"S&ettings…"_s,
         .title = u"0 of 1 done, then: Service shut down"_s,
         .details = {gone},
         .cells = {u"steps: failed, tried"_s},
         .told = {{u"Service shut down"_s, gone}}});

    row("token refused, a fresh one too",
        {Data, 401, rpcError(401, "UNAUTHENTICATED", "Request had invalid authentication credentials.")},
        reconnect(
            u"Google answered 401 (UNAUTHENTICATED): Request had invalid authentication credentials."_s));
    row("permission withdrawn",
        {TokenEndpoint, 400, oauthError("invalid_grant", "Token has been expired or revoked."),
         Access::Refused},
        reconnect(u"Google no longer accepts the permission. Google answered 400 (invalid_grant): Token has "
                  "been expired or revoked."_s));
    row("sign in anew",
        {TokenEndpoint, 400,
         oauthError("invalid_grant", "reauth related error", R"(,"error_subtype":"invalid_rapt")"),
         Access::Refused},
        reconnect(u"Google no longer accepts the permission. Google answered 400 (invalid_rapt): reauth "
                  "related error."_s));
    row("permission withdrawn, and the token has run out",
        {TokenEndpoint, 400, oauthError("invalid_grant", "Token has been expired or revoked."),
         Access::RunOut},
        reconnect(u"The permission was withdrawn or has been used elsewhere."_s));
    const QString copyBoth = u" Copy GOOGLE_HEALTH_CLIENT_ID and GOOGLE_HEALTH_CLIENT_SECRET again from the "
                             "page where the client is registered."_s;
    row("wrong secret",
        {TokenEndpoint, 401, oauthError("invalid_client", "The provided client secret is invalid."),
         Access::Refused},
        serviceRefused(u"Credentials refused"_s,
                       u"Google Health does not accept the client ID and secret. Google does not know this "
                       "client ID and secret. Google answered 401 (invalid_client): The provided client "
                       "secret is invalid."_s +
                           copyBoth));
    row("wrong kind of client",
        {TokenEndpoint, 400, oauthError("unauthorized_client", "Unauthorized"), Access::RunOut},
        serviceRefused(
            u"Credentials refused"_s,
            u"Google Health does not accept the client ID and secret. Google does not let this "
            "client ask for a permission in this way. Google answered 400 (unauthorized_client): "
            "Unauthorized. Register a client of type \"Desktop app\" and set its ID and secret."_s));
    row("no secret",
        {TokenEndpoint, 400, oauthError("invalid_request", "client_secret is missing."), Access::RunOut},
        failed(
            u"Google Health refused a request. Google does not accept what this program is set up with. "
            "Google answered 400 (invalid_request): client_secret is missing. Check that "
            "GOOGLE_HEALTH_CLIENT_ID and GOOGLE_HEALTH_CLIENT_SECRET are both set and belong together."_s));

    const QString later = u" Try again later; nothing here needs changing."_s;
    row("server in trouble", {Data, 500, rpcError(500, "INTERNAL", "Internal error encountered.")},
        failed(u"Google Health has a problem of its own at the moment. Google answered 500 (INTERNAL): "
               "Internal error encountered."_s +
               later));
    row("refused on the way", {Data, 403, WebPage},
        failed(
            u"Google Health has a problem of its own at the moment. Google answered 403 with a web page."_s +
            later));
    const QString report = u" If it happens again, report it together with this text."_s;
    row("wrong request",
        {Data, 400,
         rpcError(400, "INVALID_ARGUMENT", "Invalid argument in request: range",
                  "INVALID_ROLLUP_QUERY_DURATION")},
        failed(u"Google Health refused a request. Google answered 400 (INVALID_ROLLUP_QUERY_DURATION): "
               "Invalid argument in request: range."_s +
               report));
    row("wrong path", {Data, 404, WebPage},
        failed(u"Google Health refused a request. Google answered 404 with a web page."_s + report));
}

void TestRefusals::aSyncEndsInItsStateAndSentence()
{
    QFETCH(Refusal, refusal);
    QFETCH(Shown, shown);
    RefusalDesk desk;
    QVERIFY(desk.open() && desk.connectAccount());
    QCOMPARE(desk.view().status, Connected);
    desk.refuse(refusal);
    QVERIFY(desk.sync({Steps}));
    QCOMPARE(desk.view().sentence, shown.sentence);
    compareShown(desk, shown);
    // The same trouble is no news.
    QVERIFY(desk.sync({Steps}));
    QCOMPARE(desk.view().status, shown.status);
    QCOMPARE(desk.told().size(), shown.told.size());
}

void TestRefusals::oneKindOfDataIsRefused_data()
{
    QTest::addColumn<Refusal>("refusal");
    QTest::addColumn<Shown>("shown");
    const QString part = u"The last sync brought only part of what was asked for."_s;
    const QString title = u"2 of 3 synced: 22 November 2026."_s;
    const QString heart = u"Heart rate, every minute, 22 November 2026: "_s;
    const auto cells = [](const QString &ofHeartRate) {
        return QStringList{u"steps: provisional"_s, u"heartrate_1min: "_s + ofHeartRate,
                           u"resting_heart_rate: provisional"_s};
    };
    const auto row = [](const char *name, int status, const QByteArray &body, const Shown &shown,
                        const QString &path = HeartRate) {
        QTest::newRow(name) << Refusal{path, status, body} << shown;
    };
    row("scope of another type", 403, rpcError(403, Denied, "x", "MISSING_OAUTH_SCOPE"),
        {.status = Connected,
         .sentence = NotAllowed,
         .tone = Tone::Attention,
         .button = u"&Reconnect"_s,
         .title = title,
         .details = {heart +
                     u"No permission for heart rate (scope https://www.googleapis.com/auth/"
                     "googlehealth.health_metrics_and_measurements.readonly). Reconnect to grant it."_s},
         .cells = cells(u"not permitted, tried"_s),
         .told = {PermissionMissing}});
    row("wrong request", 400, rpcError(400, "INVALID_ARGUMENT", "Request contains an invalid argument."),
        {.status = Connected,
         .sentence = part,
         .tone = Tone::Attention,
         .button = u"&Sync now"_s,
         .title = title,
         .details =
             {heart +
              u"Google Health refused a request. Google answered 400 (INVALID_ARGUMENT): Request "
              "contains an invalid argument. If it happens again, report it together with this text."_s},
         .cells = cells(u"failed, tried"_s),
         .told = {PartMissing}});
    // The account and its project are the same for all kinds: nothing more is asked.
    const QString notAsked = u"Google Health gives out no data of this account. This Google account has no "
                             "Google Health profile (400 ACCOUNT_NOT_LINKED). Sign in to the Google Health "
                             "app on the phone with this very account, let it sync the device once, then "
                             "try again here."_s;
    row("no health profile", 400,
        rpcError(400, "FAILED_PRECONDITION", "The account is not linked to Google Health.",
                 "ACCOUNT_NOT_LINKED"),
        {.status = Connected,
         .sentence = BroughtNothing,
         .button = u"&Sync now"_s,
         .title = u"0 of 3 synced: 22 November 2026."_s,
         .details = {onSteps(notAsked), heart + notAsked,
                     u"Resting heart rate, 22 November 2026: "_s + notAsked},
         .cells = {u"steps: never asked, tried"_s, u"heartrate_1min: never asked, tried"_s,
                   u"resting_heart_rate: never asked, tried"_s},
         .told = {{u"Account refused"_s, notAsked}}},
        StepsData);
    row("quota", 429, {},
        {.status = u"Status: Waiting for the request limit"_s,
         .sentence = u"Google Health answers again in 1:00. What is already here stays."_s,
         .tone = Tone::Attention,
         .button = u"&Sync now"_s,
         .title = u"0 of 3 synced: 22 November 2026."_s,
         .details = {u"3 still to come: the request limit is reached. Sync again in a minute."_s},
         .cells = {u"steps: never asked, waits"_s, u"heartrate_1min: never asked, waits"_s,
                   u"resting_heart_rate: never asked, waits"_s},
         .told = {}},
        StepsData);
}

void TestRefusals::oneKindOfDataIsRefused()
{
    QFETCH(Refusal, refusal);
    QFETCH(Shown, shown);
    RefusalDesk desk;
    QVERIFY(desk.open() && desk.connectAccount());
    desk.refuse(refusal);
    QVERIFY(desk.sync());
    QCOMPARE(desk.view().sentence, shown.sentence);
    compareShown(desk, shown);
}

void TestRefusals::compareShown(const RefusalDesk &desk, const Shown &shown)
{
    const DashboardView view = desk.view();
    QCOMPARE(view.status, shown.status);
    QCOMPARE(int(view.tone), int(shown.tone));
    QCOMPARE(view.actionText, shown.button);
    QVERIFY(view.actionEnabled);
    QCOMPARE(desk.card().title, shown.title);
    QCOMPARE(desk.card().details, shown.details);
    QCOMPARE(desk.cells(), shown.cells);
    QVERIFY(!desk.notice());
    QCOMPARE(desk.told().size(), shown.told.size());
    for (qsizetype i = 0; i < shown.told.size(); ++i) {
        QCOMPARE(desk.told().at(i).title, shown.told.at(i).title);
        QCOMPARE(desk.told().at(i).body, shown.told.at(i).body);
    }
}

void TestRefusals::whatIsMendedIsForgottenAndToldAnewWhenItComesBack()
{
    const Refusal disabled{Data, 403, rpcError(403, Denied, "x", "SERVICE_DISABLED")};
    RefusalDesk desk;
    QVERIFY(desk.open() && desk.connectAccount());
    desk.refuse(disabled);
    QVERIFY(desk.sync({Steps}));
    QCOMPARE(desk.told().size(), 1);
    desk.heal();
    QVERIFY(desk.sync({Steps}));
    QCOMPARE(desk.view().sentence, u"Last sync: today, 22:57."_s);
    QCOMPARE(desk.card().title, u"Synced: 22 November 2026."_s);
    QCOMPARE(desk.cells(), QStringList{u"steps: provisional"_s});
    QCOMPARE(desk.told().size(), 1);
    desk.refuse(disabled);
    QVERIFY(desk.sync({Steps}));
    QCOMPARE(desk.told().size(), 2);
    QCOMPARE(desk.told().last(), desk.told().first());
}

QTEST_MAIN(TestRefusals)
#include "tst_refusals.moc"
