// SPDX-License-Identifier: GPL-3.0-or-later

// What Google refuses while an account is being connected, from the bytes of its answer to the notice in the
// window: one row for each reason.

#include "gui/refusaldesk.h"

#include <QRegularExpression>
#include <QTest>

using namespace wristkeep;
using namespace Qt::StringLiterals;

namespace {

const QString Identity = u"/v4/users/me/identity"_s;
const QString SettingsPath = u"/v4/users/me/settings"_s;
const QString TokenEndpoint = u"/token"_s;
const QByteArray Denied = "PERMISSION_DENIED";

/// What Connect leaves behind.
struct Ended
{
    Notice notice;
    QString status = u"Status: Not connected"_s;
    QString sentence = u"Connect opens Google Health in your browser, where you allow access."_s;
    QString button = u"&Connect"_s;
};

/// Refused after the consent: the permission is left at Google.
QString andNothingSaved(const QString &nextStep)
{
    return nextStep + u" Nothing was saved here. The permission just given stays at the service until you "
                      "connect again or withdraw it (https://myaccount.google.com/connections: choose this "
                      "program, then delete the connection)."_s;
}

/// What the computer's own clock brings into a text.
QString withoutTimes(QString text)
{
    static const QRegularExpression time(u"\\b\\d\\d:\\d\\d\\b"_s);
    return text.replace(time, u"HH:MM"_s);
}

} // namespace

class TestConnectRefusals : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void connectEndsInItsNotice_data();
    void connectEndsInItsNotice();
};

void TestConnectRefusals::connectEndsInItsNotice_data()
{
    QTest::addColumn<Refusal>("refusal");
    QTest::addColumn<Ended>("ended");
    const auto row = [](const char *name, const Refusal &refusal, const Ended &ended) {
        QTest::newRow(name) << refusal << ended;
    };
    const auto denied = [](const QByteArray &reason) {
        return Refusal{Identity, 403, rpcError(403, Denied, "x", reason)};
    };
    const QString account = u"Google Health gives out no data of this account. "_s;
    const QString project = u"Google Health is closed to the project this client ID belongs to. "_s;

    row("no health profile",
        {Identity, 400,
         rpcError(400, "FAILED_PRECONDITION", "The account is not linked to Google Health.",
                  "ACCOUNT_NOT_LINKED")},
        {{Tone::Problem, u"Account refused"_s,
          account + u"This Google account has no Google Health profile (400 ACCOUNT_NOT_LINKED)."_s,
          andNothingSaved(u"Sign in to the Google Health app on the phone with this very account, let it "
                          "sync the device once, then try again here."_s)}});
    row("whole account", {Identity, 403, rpcError(403, Denied, "The caller does not have permission.")},
        {{Tone::Problem, u"Account refused"_s,
          account + u"Google refuses all data of this account; its tracker may still hang on an old Fitbit "
                    "login (403 PERMISSION_DENIED)."_s,
          andNothingSaved(u"Move the tracker to this Google account in the phone app, then try again. If it "
                          "is there already, remove this program at "
                          "https://myaccount.google.com/connections and reconnect."_s)}});
    row("foreign scopes", denied("DISALLOWED_OAUTH_SCOPES"),
        {{Tone::Problem, u"Account refused"_s,
          account + u"The permission also covers other services of Google, and is refused as a whole for "
                    "that (403 DISALLOWED_OAUTH_SCOPES)."_s,
          andNothingSaved(u"Leave only googlehealth scopes in GOOGLE_HEALTH_SCOPES and use a client for this "
                          "program alone; then remove this program at "
                          "https://myaccount.google.com/connections and reconnect."_s)}});
    row("not enabled", denied("SERVICE_DISABLED"),
        {{Tone::Problem, u"Project refused"_s,
          project + u"The Google Health API is not enabled in the Google Cloud project of the client ID "
                    "(403 SERVICE_DISABLED)."_s,
          andNothingSaved(u"At https://console.cloud.google.com choose that project, open APIs & Services, "
                          "Library, find \"Google Health API\" and press Enable; try again some minutes "
                          "later."_s)}});
    row("not onboarded", denied("API_PRIVATE_PREVIEW_ACCESS_DENIED"),
        {{Tone::Problem, u"Project refused"_s,
          project + u"Google has not admitted the Google Cloud project of the client ID to the Google "
                    "Health API (403 API_PRIVATE_PREVIEW_ACCESS_DENIED)."_s,
          andNothingSaved(u"Nothing here can change that: ask Google for access, or use a client ID of a "
                          "project that has it."_s)}});
    row("scope not granted", denied("ACCESS_TOKEN_SCOPE_INSUFFICIENT"),
        {{Tone::Problem, u"No permission"_s,
          u"The permission given does not cover this kind of data (403 ACCESS_TOKEN_SCOPE_INSUFFICIENT)."_s,
          andNothingSaved(u"Add its scope under Data Access in the Google Cloud console, then reconnect and "
                          "tick every box."_s)}});
    row("token refused",
        {Identity, 401, rpcError(401, "UNAUTHENTICATED", "Request had invalid authentication credentials.")},
        {{Tone::Problem, u"Request refused"_s,
          u"Google Health refused a request. Google answered 401 (UNAUTHENTICATED): Request had invalid "
          "authentication credentials."_s,
          andNothingSaved(u"If it happens again, report it together with this text."_s)}});
    row("quota", {Identity, 429, {}},
        {{Tone::Attention, u"Limit reached"_s,
          u"Google Health takes no more requests for now: this minute's limit is used up."_s,
          andNothingSaved(u"Wait until HH:MM, then connect again."_s)}});
    row("switched off", {Identity, 410, {}},
        {{Tone::Problem, u"Service shut down"_s, u"Google Health says that this service no longer exists."_s,
          andNothingSaved(u"Look for a newer version of this program."_s)},
         u"Status: Service closed"_s,
         u"Google Health says that this service no longer exists. Look for a newer version of this program."_s,
         u"S&ettings…"_s});

    row("wrong secret",
        {TokenEndpoint, 401, oauthError("invalid_client", "The provided client secret is invalid.")},
        {{Tone::Problem, u"Credentials refused"_s,
          u"Google Health does not accept the client ID and secret. Google does not know this client ID and "
          "secret. Google answered 401 (invalid_client): The provided client secret is invalid."_s,
          u"Copy GOOGLE_HEALTH_CLIENT_ID and GOOGLE_HEALTH_CLIENT_SECRET again from the page where the "
          "client is registered."_s}});
    row("wrong kind of client", {TokenEndpoint, 400, oauthError("unauthorized_client", "Unauthorized")},
        {{Tone::Problem, u"Credentials refused"_s,
          u"Google Health does not accept the client ID and secret. Google does not let this client ask for "
          "a permission in this way. Google answered 400 (unauthorized_client): Unauthorized."_s,
          u"Register a client of type \"Desktop app\" and set its ID and secret."_s}});
    row("no secret", {TokenEndpoint, 400, oauthError("invalid_request", "client_secret is missing.")},
        {{Tone::Problem, u"Request refused"_s,
          u"Google Health refused a request. Google does not accept what this program is set up with. "
          "Google answered 400 (invalid_request): client_secret is missing."_s,
          u"Check that GOOGLE_HEALTH_CLIENT_ID and GOOGLE_HEALTH_CLIENT_SECRET are both set and belong "
          "together."_s}});
    row("wrong redirect", {TokenEndpoint, 400, oauthError("redirect_uri_mismatch", "Bad Request")},
        {{Tone::Problem, u"Request refused"_s,
          u"Google Health refused a request. The redirect address is not the one registered for the client. "
          "Google answered 400 (redirect_uri_mismatch): Bad Request."_s,
          u"Register GOOGLE_HEALTH_REDIRECT_URI exactly as it is set, or use a client of type \"Desktop "
          "app\", which needs none registered."_s}});
    row("too many sign-ins", {TokenEndpoint, 429, oauthError("rate_limited", "Slow down.")},
        {{Tone::Attention, u"Limit reached"_s,
          u"Google Health takes no more requests for now: this minute's limit is used up."_s,
          u"Wait until HH:MM, then connect again."_s}});
    row("code refused", {TokenEndpoint, 400, oauthError("invalid_grant", "Malformed auth code.")},
        {{Tone::Problem, u"Request refused"_s,
          u"Google Health refused a request. Google no longer accepts the permission. Google answered 400 "
          "(invalid_grant): Malformed auth code."_s,
          u"Reconnect; the data kept so far stays. If this comes back every seven days, press \"Publish "
          "app\" on the Audience page of the Google Cloud project before you reconnect."_s}});
    // The permission is good and kept: only the zone is missing.
    row("zone not readable", {SettingsPath, 403, rpcError(403, Denied, "x", "MISSING_OAUTH_SCOPE")},
        {{Tone::Attention,
          u"Connected, with a remark"_s,
          u"The account's time zone could not be read; this computer's (Pacific/Chatham) is used. The "
          "permission given does not cover this kind of data (403 MISSING_OAUTH_SCOPE)."_s,
          {}},
         u"Status: Connected"_s,
         u"Nothing synced yet. Sync now fetches yesterday."_s,
         u"&Sync now"_s});
}

void TestConnectRefusals::connectEndsInItsNotice()
{
    QFETCH(Refusal, refusal);
    QFETCH(Ended, ended);
    RefusalDesk desk;
    QVERIFY(desk.open());
    desk.refuse(refusal);
    QVERIFY(desk.connectAccount());
    QVERIFY(desk.notice());
    QCOMPARE(int(desk.notice()->tone), int(ended.notice.tone));
    QCOMPARE(desk.notice()->title, ended.notice.title);
    QCOMPARE(desk.notice()->sentence, ended.notice.sentence);
    QCOMPARE(withoutTimes(desk.notice()->nextStep), ended.notice.nextStep);
    QCOMPARE(desk.view().status, ended.status);
    QCOMPARE(desk.view().sentence, ended.sentence);
    QCOMPARE(desk.view().actionText, ended.button);
    // Whoever presses Connect sits in front of the window.
    QVERIFY(desk.told().isEmpty());
    desk.heal();
    QVERIFY(desk.connectAccount());
    QVERIFY(!desk.notice());
    QCOMPARE(desk.view().status, u"Status: Connected"_s);
}

QTEST_MAIN(TestConnectRefusals)
#include "tst_connectrefusals.moc"
