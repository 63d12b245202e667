// SPDX-License-Identifier: GPL-3.0-or-later

// When a token is refreshed, what each answer of the token endpoint means for the account, and how a token is
// revoked: over real sockets, with a store in memory.

#include "core/redaction.h"
#include "net/refreshbench.h"

#include <QTest>

using namespace wristkeep;
using namespace wristkeep::test;
using namespace Qt::StringLiterals;

class TestTokenManager : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aFreshTokenNeedsNoNetwork();
    void refreshesAhead();
    void replacesARejectedToken();
    void noRow();
    void unusableKey();
    void refusedRow();
    void otherHost();
    void invalidGrant();
    void answersThatAreNotRefusals_data();
    void answersThatAreNotRefusals();
    void offlineIsNotRefused();
    void aLostAnswerIsAskedForAgain();
    void silenceTimesOut();
    void leftOutMembersStay();
    void theEndOfThePermission_data();
    void theEndOfThePermission();
    void aTestingProjectsEnd_data();
    void aTestingProjectsEnd();
    void aFailedSaveIsTriedAgain();
    void aSaveThatKeepsFailingIsAStorageError();
    void revokes_data();
    void revokes();
    void revokeOnlyAtTheIssuer();
};

void TestTokenManager::aFreshTokenNeedsNoNetwork()
{
    RefreshBench bench;
    bench.store.put(bench.key, bench.token(u"good"_s, 301));
    const auto heard = bench.ask();
    QCOMPARE(heard->calls, 0); // never inside the call
    QTRY_COMPARE(heard->calls, 1);
    QCOMPARE((*heard->result)->accessToken, u"access-good"_s);
    QCOMPARE(bench.server.connections(), 0);
    QVERIFY(!bench.secrets->blot(u"x access-good y"_s).contains(u"access-good"_s));
}

void TestTokenManager::refreshesAhead()
{
    RefreshBench bench;
    bench.store.put(bench.key, bench.token(u"old"_s, 299));
    bench.server.enqueue(Script::answer(200, pairBody("new")));
    const auto heard = bench.ask();
    QTRY_COMPARE(heard->calls, 1);
    QVERIFY(*heard->result);
    QCOMPARE((*heard->result)->accessToken, u"access-new"_s);
    QCOMPARE((*heard->result)->expiresAt, bench.clock.nowSeconds() + 28800);
    QCOMPARE((*heard->result)->scopes, QStringList({u"activity"_s, u"sleep"_s}));
    QCOMPARE(bench.row().account.token.refreshToken, u"refresh-new"_s);
    QVERIFY(bench.row().leaseOwner.isEmpty());
    const SeenRequest &post = bench.server.seen().first();
    QCOMPARE(post.form().value(u"grant_type"_s), u"refresh_token"_s);
    QCOMPARE(post.form().value(u"refresh_token"_s), u"refresh-old"_s);
    QCOMPARE(post.form().value(u"client_id"_s), u"23ABCD"_s);
    QVERIFY(!post.form().contains(u"client_secret"_s));
    QCOMPARE(post.headers.value("authorization"), "Basic " + QByteArray("23ABCD:secret").toBase64());
    QCOMPARE(bench.store.calls, QStringList({u"load"_s, u"lease"_s, u"save"_s}));
}

void TestTokenManager::replacesARejectedToken()
{
    RefreshBench bench;
    bench.store.put(bench.key, bench.token(u"old"_s, 20000));
    bench.server.enqueue(Script::answer(200, pairBody("new")));
    const auto heard = bench.ask(u"access-old"_s);
    QTRY_COMPARE(heard->calls, 1);
    QCOMPARE((*heard->result)->accessToken, u"access-new"_s);
    QCOMPARE(bench.server.seen().size(), 1);
}

void TestTokenManager::noRow()
{
    RefreshBench bench;
    bench.store.rows.clear();
    const auto heard = bench.ask();
    QTRY_COMPARE(heard->calls, 1);
    QCOMPARE(heard->kind(), ErrorKind::NotConnected);
}

void TestTokenManager::unusableKey()
{
    RefreshBench bench;
    bench.store.rows[bench.key].account.opened = false;
    const auto heard = bench.ask();
    QTRY_COMPARE(heard->calls, 1);
    QCOMPARE(heard->kind(), ErrorKind::KeyUnusable);
}

void TestTokenManager::refusedRow()
{
    RefreshBench bench;
    bench.store.rows[bench.key].account.refusedReason = u"withdrawn"_s;
    const auto heard = bench.ask();
    QTRY_COMPARE(heard->calls, 1);
    QCOMPARE(heard->kind(), ErrorKind::TokenRefused);
    QCOMPARE(bench.server.connections(), 0);
}

void TestTokenManager::otherHost()
{
    RefreshBench bench;
    bench.store.rows[bench.key].account.token.tokenHost = u"api.fitbit.com"_s;
    bench.store.rows[bench.key].account.token.expiresAt += 20000; // not even a fresh one
    const auto heard = bench.ask();
    QTRY_COMPARE(heard->calls, 1);
    QCOMPARE(heard->kind(), ErrorKind::WrongAccount);
    QCOMPARE(bench.server.connections(), 0);
}

void TestTokenManager::invalidGrant()
{
    RefreshBench bench;
    bench.server.setHandler(
        [](const SeenRequest &) { return Script::answer(400, fitbitError("invalid_grant")); });
    const auto heard = bench.ask();
    QTRY_COMPARE(heard->calls, 1);
    QCOMPARE(heard->kind(), ErrorKind::TokenRefused);
    QCOMPARE(heard->result->error().code, u"invalid_grant"_s);
    QVERIFY(!bench.row().account.refusedReason.isEmpty());
    QCOMPARE(bench.row().account.token.refreshToken, u"refresh-old"_s); // the row stays
    QVERIFY(bench.row().leaseOwner.isEmpty());
    const auto again = bench.ask();
    QTRY_COMPARE(again->calls, 1);
    QCOMPARE(again->kind(), ErrorKind::TokenRefused);
    QCOMPARE(bench.server.seen().size(), 1);
}

void TestTokenManager::answersThatAreNotRefusals_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<ErrorKind>("kind");
    QTest::addColumn<int>("posts");
    QTest::newRow("invalid_client") << 401 << fitbitError("invalid_client") << ErrorKind::ClientRefused << 1;
    QTest::newRow("rfc invalid_client")
        << 400 << QByteArray(R"({"error":"invalid_client"})") << ErrorKind::ClientRefused << 1;
    QTest::newRow("invalid_request") << 400 << fitbitError("invalid_request") << ErrorKind::RequestRefused
                                     << 1;
    QTest::newRow("403 html") << 403 << QByteArray("<html>") << ErrorKind::RequestRefused << 1;
    QTest::newRow("410") << 410 << QByteArray("gone") << ErrorKind::ServiceGone << 1;
    QTest::newRow("410 that says invalid_grant")
        << 410 << fitbitError("invalid_grant") << ErrorKind::ServiceGone << 1;
    QTest::newRow("429") << 429 << fitbitError("system") << ErrorKind::RateLimited << 1;
    QTest::newRow("500") << 500 << QByteArray("<html>") << ErrorKind::ServiceFailing << 3;
    QTest::newRow("503 that says invalid_grant")
        << 503 << fitbitError("invalid_grant") << ErrorKind::ServiceFailing << 3;
    QTest::newRow("portal page") << 200 << QByteArray("<html>Log in to the hotel</html>")
                                 << ErrorKind::ServiceFailing << 3;
    QTest::newRow("empty object") << 200 << QByteArray("{}") << ErrorKind::ServiceFailing << 3;
    QTest::newRow("redirect") << 302 << QByteArray() << ErrorKind::ServiceFailing << 3;
}

void TestTokenManager::answersThatAreNotRefusals()
{
    QFETCH(int, status);
    QFETCH(QByteArray, body);
    QFETCH(ErrorKind, kind);
    QFETCH(int, posts);
    RefreshBench bench;
    bench.server.setHandler([=](const SeenRequest &) { return Script::answer(status, body); });
    const auto heard = bench.ask();
    QTRY_COMPARE_WITH_TIMEOUT(heard->calls, 1, 10'000);
    QVERIFY(!*heard->result);
    QCOMPARE(heard->kind(), kind);
    QCOMPARE(heard->result->error().httpStatus, body.isEmpty() || status != 200 ? status : 0);
    QCOMPARE(bench.server.seen().size(), posts);
    QVERIFY(bench.row().account.refusedReason.isEmpty());
    QCOMPARE(bench.row().account.token.refreshToken, u"refresh-old"_s);
    QVERIFY(bench.row().leaseOwner.isEmpty());
}

void TestTokenManager::offlineIsNotRefused()
{
    RefreshBench bench;
    bench.server.stopListening();
    const auto heard = bench.ask();
    QTRY_COMPARE_WITH_TIMEOUT(heard->calls, 1, 10'000);
    QCOMPARE(heard->kind(), ErrorKind::Network);
    QVERIFY(bench.row().account.refusedReason.isEmpty());
    QVERIFY(bench.row().leaseOwner.isEmpty());
}

void TestTokenManager::aLostAnswerIsAskedForAgain()
{
    RefreshBench bench;
    bench.server.enqueue(Script::drop());
    bench.server.enqueue(
        Script::raw("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{\"access_token\":\"half", true));
    bench.server.setHandler([](const SeenRequest &) { return Script::answer(200, pairBody("new")); });
    const auto heard = bench.ask();
    QTRY_COMPARE_WITH_TIMEOUT(heard->calls, 1, 10'000);
    QVERIFY(*heard->result);
    QCOMPARE(bench.server.seen().size(), 3); // each try exactly once on the wire
    for (const SeenRequest &post : bench.server.seen())
        QCOMPARE(post.form().value(u"refresh_token"_s), u"refresh-old"_s);
    QCOMPARE(bench.row().account.token.accessToken, u"access-new"_s);
}

void TestTokenManager::silenceTimesOut()
{
    RefreshBench bench(200);
    bench.server.setHandler([](const SeenRequest &) { return Script::hang(); });
    const auto heard = bench.ask();
    QTRY_COMPARE_WITH_TIMEOUT(heard->calls, 1, 10'000);
    QCOMPARE(heard->kind(), ErrorKind::TimedOut);
    QCOMPARE(bench.server.seen().size(), 3);
    QVERIFY(bench.row().account.refusedReason.isEmpty());
}

void TestTokenManager::leftOutMembersStay()
{
    RefreshBench bench;
    bench.server.enqueue(Script::answer(200, R"({"access_token":"access-new","expires_in":3600})"));
    const auto heard = bench.ask();
    QTRY_COMPARE(heard->calls, 1);
    const Token saved = bench.row().account.token;
    QCOMPARE(saved.accessToken, u"access-new"_s);
    QCOMPARE(saved.refreshToken, u"refresh-old"_s);
    QCOMPARE(saved.scopes, QStringList({u"activity"_s, u"weight"_s}));
    QCOMPARE(saved.userId, u"9XY7QZ"_s);
    QCOMPARE(saved.tokenHost, bench.host());
}

void TestTokenManager::theEndOfThePermission_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<QString>("refreshToken");
    QTest::addColumn<double>("end"); // seconds from now
    QTest::newRow("neither") << QByteArray() << u"refresh-old"_s << 1000.0;
    QTest::newRow("the rest repeated")
        << QByteArray(R"(,"refresh_token_expires_in":900)") << u"refresh-old"_s << 900.0;
    QTest::newRow("rotated") << QByteArray(R"(,"refresh_token":"refresh-new")") << u"refresh-new"_s << 1000.0;
    QTest::newRow("both") << QByteArray(R"(,"refresh_token":"refresh-new","refresh_token_expires_in":604799)")
                          << u"refresh-new"_s << 604799.0;
}

void TestTokenManager::theEndOfThePermission()
{
    QFETCH(QByteArray, answer);
    QFETCH(QString, refreshToken);
    QFETCH(double, end);
    RefreshBench bench;
    bench.store.rows[bench.key].account.token.refreshExpiresAt = bench.clock.nowSeconds() + 1000;
    bench.store.rows[bench.key].account.token.legacyUserId = u"8ABCDE"_s;
    bench.server.enqueue(
        Script::answer(200, R"({"access_token":"access-new","expires_in":3599)" + answer + "}"));
    const auto heard = bench.ask();
    QTRY_COMPARE(heard->calls, 1);
    QVERIFY(*heard->result);
    const Token saved = bench.row().account.token;
    QCOMPARE(saved.refreshToken, refreshToken);
    QCOMPARE(saved.refreshExpiresAt, bench.clock.nowSeconds() + end);
    QCOMPARE(saved.legacyUserId, u"8ABCDE"_s);
}

void TestTokenManager::aTestingProjectsEnd_data()
{
    QTest::addColumn<double>("end");
    QTest::addColumn<bool>("alive");
    QTest::newRow("over, says this clock alone") << -1000.0 << true;
    QTest::newRow("over") << -1000.0 << false;
    QTest::newRow("ended early") << 1000.0 << false;
}

void TestTokenManager::aTestingProjectsEnd()
{
    QFETCH(double, end);
    QFETCH(bool, alive);
    RefreshBench bench;
    bench.store.rows[bench.key].account.token.refreshExpiresAt = bench.clock.nowSeconds() + end;
    // The service knows best whether it is over: this computer's clock may be wrong.
    bench.server.enqueue(alive ? Script::answer(200, pairBody("new"))
                               : Script::answer(400, R"({"error":"invalid_grant"})"));
    const auto heard = bench.ask();
    QTRY_COMPARE(heard->calls, 1);
    QCOMPARE(heard->result->has_value(), alive);
    QCOMPARE(bench.server.seen().size(), 1);
    if (alive)
        return;
    QCOMPARE(heard->kind(), ErrorKind::TokenRefused);
    QVERIFY(heard->result->error().detail.contains(u"seven days"_s));
    QVERIFY(bench.row().account.refusedReason.contains(u"seven days"_s));
}

void TestTokenManager::aFailedSaveIsTriedAgain()
{
    RefreshBench bench;
    bench.store.failSaves = 1;
    bench.server.enqueue(Script::answer(200, pairBody("new")));
    const auto heard = bench.ask();
    QTRY_COMPARE_WITH_TIMEOUT(heard->calls, 1, 10'000);
    QVERIFY(*heard->result);
    QCOMPARE(bench.row().account.token.accessToken, u"access-new"_s);
    QCOMPARE(bench.server.seen().size(), 1);
}

void TestTokenManager::aSaveThatKeepsFailingIsAStorageError()
{
    RefreshBench bench;
    bench.store.failSaves = 9;
    bench.server.enqueue(Script::answer(200, pairBody("new")));
    const auto heard = bench.ask();
    QTRY_COMPARE_WITH_TIMEOUT(heard->calls, 1, 10'000);
    QCOMPARE(heard->kind(), ErrorKind::Storage); // an unsaved token is not handed out
    QVERIFY(bench.row().leaseOwner.isEmpty());
}

void TestTokenManager::revokes_data()
{
    QTest::addColumn<Script>("script");
    QTest::addColumn<bool>("done");
    QTest::addColumn<ErrorKind>("kind");
    QTest::newRow("200") << Script::answer(200, "") << true << ErrorKind::Internal;
    QTest::newRow("404") << Script::answer(404, "") << true << ErrorKind::Internal;
    QTest::newRow("400 invalid_token")
        << Script::answer(400, R"({"error":"invalid_token"})") << true << ErrorKind::Internal;
    QTest::newRow("401 invalid_token")
        << Script::answer(401, fitbitError("invalid_token")) << true << ErrorKind::Internal;
    QTest::newRow("400 invalid_grant")
        << Script::answer(400, fitbitError("invalid_grant")) << true << ErrorKind::Internal;
    QTest::newRow("invalid_client") << Script::answer(401, fitbitError("invalid_client")) << false
                                    << ErrorKind::ClientRefused;
    QTest::newRow("400 otherwise") << Script::answer(400, fitbitError("invalid_request")) << false
                                   << ErrorKind::RequestRefused;
    QTest::newRow("410") << Script::answer(410, "") << false << ErrorKind::ServiceGone;
    QTest::newRow("500") << Script::answer(500, "") << false << ErrorKind::ServiceFailing;
    QTest::newRow("dropped") << Script::drop() << false << ErrorKind::Network;
}

void TestTokenManager::revokes()
{
    QFETCH(Script, script);
    QFETCH(bool, done);
    QFETCH(ErrorKind, kind);
    RefreshBench bench;
    bench.server.enqueue(script);
    std::optional<Result<bool>> heard;
    bench.manager->revoke(bench.row().account.token, bench.client, &bench.context,
                          [&](const Result<bool> &result) { heard = result; });
    QTRY_VERIFY(heard);
    QCOMPARE(heard->has_value(), done);
    if (!done)
        QCOMPARE(heard->error().kind, kind);
    const SeenRequest &post = bench.server.seen().first();
    QCOMPARE(post.target, QByteArray("/oauth2/revoke"));
    QCOMPARE(post.form().value(u"token"_s), u"refresh-old"_s);
    QVERIFY(post.headers.value("authorization").startsWith("Basic "));
}

void TestTokenManager::revokeOnlyAtTheIssuer()
{
    RefreshBench bench;
    TestServer other;
    bench.client.revokeUrl = other.url(u"/oauth2/revoke"_s);
    std::optional<Result<bool>> heard;
    bench.manager->revoke(bench.row().account.token, bench.client, &bench.context,
                          [&](const Result<bool> &result) { heard = result; });
    QTRY_VERIFY(heard);
    QCOMPARE(heard->error().kind, ErrorKind::WrongAccount);
    QCOMPARE(other.connections(), 0);
}

QTEST_GUILESS_MAIN(TestTokenManager)
#include "tst_tokenmanager.moc"
