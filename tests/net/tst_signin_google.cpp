// SPDX-License-Identifier: GPL-3.0-or-later

// What a sign-in at Google asks beyond RFC 6749: the consent page every time, any free port, the account by a
// request of its own, a permission that lasts, and the account a person had at Fitbit.

#include "core/redaction.h"
#include "net/googlebench.h"

#include <QTcpServer>
#include <QTest>
#include <QUrlQuery>

using namespace wristkeep;
using namespace wristkeep::test;
using namespace Qt::StringLiterals;
using Kind = SignInOutcome::Kind;

namespace {

const AccountKey fitbitOfDefault{u"default"_s, u"fitbit"_s};

} // namespace

class TestSignInGoogle : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void connects();
    void asksForTheConsentPageEveryTime();
    void extraParametersAreEncodedOnce();
    void aFixedRedirectStaysAsItIs();
    void identityFails_data();
    void identityFails();
    void aPassingFailureDoesNotCostTheSignIn();
    void cancelledBetweenTwoTries();
    void identityIsCancelled();
    void destroyedWhileAskingForTheIdentity();
    void anotherParticipantsAccount();
    void anotherUserThanBefore();
    void withoutARefreshToken();
    void withoutARefreshTokenButOneIsKept_data();
    void withoutARefreshTokenButOneIsKept();
    void movesOverSilently();
    void movingOverAsks_data();
    void movingOverAsks();
    void movingOverIsAskedOnce();
};

void TestSignInGoogle::connects()
{
    GoogleBench bench;
    QByteArray page;
    const SignInOutcome outcome = bench.run(&page);
    QVERIFY2(outcome.kind == Kind::Connected, qPrintable(outcome.error.detail));
    QVERIFY(bench.redirect.startsWith(u"http://127.0.0.1:"_s));
    QVERIFY(bench.redirect.endsWith(u"/callback"_s));
    QVERIFY(bench.port() > 0);
    QCOMPARE(bench.asked(u"redirect_uri"_s), bench.redirect);
    const SeenRequest exchange = bench.server.seen().first();
    QCOMPARE(exchange.form().value(u"redirect_uri"_s), bench.redirect);
    QCOMPARE(exchange.form().value(u"client_secret"_s), u"GOCSPX-0123456789abcdef"_s);
    QVERIFY(!exchange.headers.contains("authorization"));

    QCOMPARE(bench.identityAsked.size(), 1);
    QCOMPARE(bench.identityAsked.first().headers.value("authorization"),
             QByteArray("Bearer ya29.ACCESS-0123456789-abcdefghij"));
    const Token saved = bench.store.rows.value(bench.request.key).account.token;
    QCOMPARE(saved.userId, u"2515055256"_s);
    QCOMPARE(saved.legacyUserId, u"8ABCDE"_s);
    QCOMPARE(saved.scopes,
             bench.request.client.scopes); // in Google's own order they came the other way round
    QCOMPARE(saved.refreshExpiresAt, bench.clock.nowSeconds() + 604799);
    QVERIFY(page.contains("Google Health is connected"));
}

void TestSignInGoogle::asksForTheConsentPageEveryTime()
{
    GoogleBench bench;
    QVERIFY(bench.start());
    QCOMPARE(QUrlQuery(bench.url).allQueryItemValues(u"prompt"_s), QStringList(u"consent"_s));
    GoogleBench several;
    several.request.severalParticipants = true;
    QVERIFY(several.start());
    QCOMPARE(several.asked(u"prompt"_s), u"select_account consent"_s);
    GoogleBench noQuestion;
    noQuestion.request.severalParticipants = true;
    noQuestion.request.client.askPromptWhenSeveral = false;
    QVERIFY(noQuestion.start());
    QCOMPARE(noQuestion.asked(u"prompt"_s), u"consent"_s);
}

void TestSignInGoogle::extraParametersAreEncodedOnce()
{
    GoogleBench bench;
    QVERIFY(bench.start());
    const QByteArray query = bench.url.query(QUrl::FullyEncoded).toLatin1();
    QVERIFY2(query.contains("odd=a%20b%2Bc%26d%3D%252F"), query.constData());
    QCOMPARE(bench.asked(u"access_type"_s), u"offline"_s);
    QVERIFY(query.contains("scope=https%3A%2F%2Fg.example%2Fauth%2Fh.activity.readonly%20https%3A"));
    QVERIFY(!query.contains("include_granted_scopes"));
}

void TestSignInGoogle::aFixedRedirectStaysAsItIs()
{
    QTcpServer probe;
    QVERIFY(probe.listen(QHostAddress(QHostAddress::LocalHost), 0));
    const quint16 port = probe.serverPort();
    probe.close();
    GoogleBench bench;
    const QString registered = u"http://localhost:%1/callback"_s.arg(port);
    bench.request.client.redirectUri = registered;
    const SignInOutcome outcome = bench.run();
    QVERIFY2(outcome.kind == Kind::Connected, qPrintable(outcome.error.detail));
    QCOMPARE(bench.asked(u"redirect_uri"_s), registered);
    QCOMPARE(bench.server.seen().first().form().value(u"redirect_uri"_s), registered);
}

void TestSignInGoogle::identityFails_data()
{
    QTest::addColumn<Script>("identity");
    QTest::addColumn<int>("kind");
    QTest::addColumn<ErrorKind>("error");
    QTest::newRow("not linked") << Script::answer(400, "{}") << int(Kind::Refused)
                                << ErrorKind::RequestRefused;
    QTest::newRow("401") << Script::answer(401, "{}") << int(Kind::Refused) << ErrorKind::RequestRefused;
    QTest::newRow("500") << Script::answer(500, "{}") << int(Kind::NetworkError) << ErrorKind::ServiceFailing;
    QTest::newRow("dropped") << Script::drop() << int(Kind::NetworkError) << ErrorKind::Network;
    QTest::newRow("nobody") << Script::answer(200, "{}") << int(Kind::Refused) << ErrorKind::NotUnderstood;
}

void TestSignInGoogle::identityFails()
{
    QFETCH(Script, identity);
    QFETCH(int, kind);
    QFETCH(ErrorKind, error);
    GoogleBench bench;
    bench.identity = identity;
    QByteArray page;
    const SignInOutcome outcome = bench.run(&page);
    QCOMPARE(int(outcome.kind), kind);
    QCOMPARE(outcome.error.kind, error);
    QVERIFY(bench.store.rows.isEmpty());
    QVERIFY(!bench.store.calls.contains(u"connect"_s));
    // Once more, and again, where that may help; above all no revoking.
    QCOMPARE(bench.identityAsked.size(), isTransient(error) ? 3 : 1);
    QCOMPARE(bench.server.seen().size(), 1 + bench.identityAsked.size());
    QVERIFY2(outcome.error.nextStep.contains(u"Nothing was saved here"_s),
             qPrintable(outcome.error.nextStep));
    QVERIFY(outcome.error.nextStep.contains(u"myaccount.example/connections"_s));
    QVERIFY(page.contains("is not connected"));
    QVERIFY(!page.contains("ya29"));
    if (!outcome.error.detail.isEmpty())
        QVERIFY2(page.contains(outcome.error.detail.toUtf8()), page.constData());
}

void TestSignInGoogle::aPassingFailureDoesNotCostTheSignIn()
{
    GoogleBench bench;
    const Script good = bench.identity;
    bench.identity = Script::answer(503, "{}");
    QVERIFY(bench.start());
    Hit browser(bench.port(), bench.get("/callback?code=C0DE&state=" + bench.asked(u"state"_s).toLatin1()));
    QTRY_COMPARE(bench.identityAsked.size(), 1);
    bench.identity = good;
    QTRY_COMPARE_WITH_TIMEOUT(bench.outcomes.size(), 1, 10'000);
    QVERIFY(bench.outcomes.first().kind == Kind::Connected);
    QCOMPARE(bench.identityAsked.size(), 2);
}

void TestSignInGoogle::cancelledBetweenTwoTries()
{
    GoogleBench bench;
    bench.identity = Script::answer(503, "{}");
    QVERIFY(bench.start());
    Hit browser(bench.port(), bench.get("/callback?code=C0DE&state=" + bench.asked(u"state"_s).toLatin1()));
    QTRY_COMPARE(bench.identityAsked.size(), 1);
    bench.signIn->cancel();
    QTRY_COMPARE(bench.outcomes.size(), 1);
    QVERIFY(bench.outcomes.first().kind == Kind::Cancelled);
    QVERIFY(bench.store.rows.isEmpty());
    QTest::qWait(1'500); // the pause would be over by now
    QCOMPARE(bench.identityAsked.size(), 1);
}

void TestSignInGoogle::identityIsCancelled()
{
    GoogleBench bench;
    bench.identity = Script::hang();
    QVERIFY(bench.start());
    Hit browser(bench.port(), bench.get("/callback?code=C0DE&state=" + bench.asked(u"state"_s).toLatin1()));
    QTRY_COMPARE(bench.identityAsked.size(), 1);
    bench.signIn->cancel();
    QTRY_COMPARE(bench.outcomes.size(), 1);
    QVERIFY(bench.outcomes.first().kind == Kind::Cancelled);
    QVERIFY(bench.store.rows.isEmpty());
    QTRY_VERIFY(browser.closed);
    QVERIFY(browser.answer.contains("is not connected"));
}

void TestSignInGoogle::destroyedWhileAskingForTheIdentity()
{
    GoogleBench bench;
    bench.identity = Script::hang();
    QVERIFY(bench.start());
    Hit browser(bench.port(), bench.get("/callback?code=C0DE&state=" + bench.asked(u"state"_s).toLatin1()));
    QTRY_COMPARE(bench.identityAsked.size(), 1);
    bench.signIn.reset();
    QTRY_VERIFY(browser.closed);
    QVERIFY(bench.outcomes.isEmpty());
    QVERIFY(bench.store.rows.isEmpty());
}

void TestSignInGoogle::anotherParticipantsAccount()
{
    GoogleBench bench;
    bench.connectedBefore({u"anna"_s, u"google-health"_s}, u"2515055256"_s);
    const SignInOutcome outcome = bench.run();
    QVERIFY(outcome.kind == Kind::WrongAccount);
    QCOMPARE(outcome.otherParticipant, u"anna"_s);
    QCOMPARE(outcome.token.userId, u"2515055256"_s);
    QVERIFY(!outcome.byLegacyId);
    QVERIFY(!bench.store.rows.contains(bench.request.key));
}

void TestSignInGoogle::anotherUserThanBefore()
{
    GoogleBench bench;
    bench.connectedBefore(bench.request.key, u"777"_s);
    const SignInOutcome outcome = bench.run();
    QVERIFY(outcome.kind == Kind::WrongAccount);
    QCOMPARE(outcome.expectedUserId, u"777"_s);
    QCOMPARE(bench.store.rows.value(bench.request.key).account.token.refreshToken, u"kept-refresh-token"_s);
}

void TestSignInGoogle::withoutARefreshToken()
{
    GoogleBench bench;
    bench.tokens = googleTokens(false);
    QByteArray page;
    const SignInOutcome outcome = bench.run(&page);
    QVERIFY(outcome.kind == Kind::Refused);
    QVERIFY2(outcome.error.detail.contains(u"no lasting permission"_s), qPrintable(outcome.error.detail));
    QVERIFY(outcome.error.nextStep.contains(u"myaccount.example/connections"_s));
    QVERIFY(bench.store.rows.isEmpty());
    QVERIFY(page.contains("no lasting permission"));
}

void TestSignInGoogle::withoutARefreshTokenButOneIsKept_data()
{
    QTest::addColumn<QString>("user");
    QTest::addColumn<QString>("refused");
    QTest::addColumn<bool>("connected");
    QTest::newRow("same user") << u"2515055256"_s << QString() << true;
    QTest::newRow("somebody else's") << u"777"_s << QString() << false;
    QTest::newRow("a dead one") << u"2515055256"_s << u"withdrawn"_s << false;
}

void TestSignInGoogle::withoutARefreshTokenButOneIsKept()
{
    QFETCH(QString, user);
    QFETCH(QString, refused);
    QFETCH(bool, connected);
    GoogleBench bench;
    bench.tokens = googleTokens(false);
    bench.connectedBefore(bench.request.key, user);
    bench.store.rows[bench.request.key].account.refusedReason = refused;
    const SignInOutcome outcome = bench.run();
    QCOMPARE(outcome.kind == Kind::Connected, connected);
    const Token kept = bench.store.rows.value(bench.request.key).account.token;
    QCOMPARE(kept.refreshToken, u"kept-refresh-token"_s);
    QCOMPARE(!kept.accessToken.isEmpty(), connected);
}

void TestSignInGoogle::movesOverSilently()
{
    GoogleBench bench;
    bench.connectedBefore(fitbitOfDefault, u"8ABCDE"_s);
    const SignInOutcome outcome = bench.run();
    QVERIFY2(outcome.kind == Kind::Connected, qPrintable(outcome.error.detail));
    QVERIFY(bench.store.rows.contains(fitbitOfDefault));
}

void TestSignInGoogle::movingOverAsks_data()
{
    QTest::addColumn<AccountKey>("key");
    QTest::addColumn<QString>("fitbitUser");
    QTest::addColumn<QString>("expected");
    QTest::addColumn<QString>("other");
    QTest::newRow("was another Fitbit user") << fitbitOfDefault << u"9ZZZZZ"_s << u"9ZZZZZ"_s << QString();
    QTest::newRow("is another participant's")
        << AccountKey{u"anna"_s, u"fitbit"_s} << u"8ABCDE"_s << QString() << u"anna"_s;
}

void TestSignInGoogle::movingOverAsks()
{
    QFETCH(AccountKey, key);
    QFETCH(QString, fitbitUser);
    QFETCH(QString, expected);
    QFETCH(QString, other);
    GoogleBench bench;
    bench.connectedBefore(key, fitbitUser);
    const SignInOutcome outcome = bench.run();
    QVERIFY(outcome.kind == Kind::WrongAccount);
    QVERIFY(outcome.byLegacyId);
    QCOMPARE(outcome.expectedUserId, expected);
    QCOMPARE(outcome.otherParticipant, other);
    QCOMPARE(outcome.token.legacyUserId, u"8ABCDE"_s);
    QVERIFY(!bench.store.rows.contains(bench.request.key));
}

void TestSignInGoogle::movingOverIsAskedOnce()
{
    GoogleBench known;
    known.connectedBefore(fitbitOfDefault, u"9ZZZZZ"_s);
    known.connectedBefore(known.request.key, u"2515055256"_s); // answered with "use it" the last time
    QVERIFY(known.run().kind == Kind::Connected);
    GoogleBench untold;
    untold.connectedBefore(fitbitOfDefault, u"9ZZZZZ"_s);
    untold.identity = Script::answer(200, R"({"healthUserId":"2515055256"})"); // never was at Fitbit
    QVERIFY(untold.run().kind == Kind::Connected);
}

QTEST_GUILESS_MAIN(TestSignInGoogle)
#include "tst_signin_google.moc"
