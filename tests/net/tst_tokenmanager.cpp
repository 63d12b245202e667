// SPDX-License-Identifier: GPL-3.0-or-later

// Every way a refresh can go, against a token endpoint over real sockets and a store in memory.

#include "core/redaction.h"
#include "net/httpdoor.h"
#include "net/memorystore.h"
#include "net/tokenmanager.h"
#include "support/testserver.h"

#include <QTest>

using namespace wristkeep;
using namespace wristkeep::test;
using namespace Qt::StringLiterals;

namespace {

QByteArray pairBody(const QByteArray &name, const QByteArray &more = {})
{
    return R"({"access_token":"access-)" + name + R"(","expires_in":28800,"refresh_token":"refresh-)" + name +
           R"(","scope":"sleep activity","token_type":"Bearer","user_id":"9XY7QZ")" + more + "}";
}

QByteArray fitbitError(const QByteArray &type)
{
    return R"({"errors":[{"errorType":")" + type + R"(","message":"no"}],"success":false})";
}

struct Heard
{
    int calls = 0;
    std::optional<Result<Token>> result;
    [[nodiscard]] ErrorKind kind() const { return result->error().kind; }
};

struct Bench
{
    FixedClock clock{QDateTime(QDate(2026, 11, 20), QTime(12, 0), Qt::UTC)};
    MemoryStore store{clock};
    TestServer server;
    HttpLimits limits;
    std::unique_ptr<HttpDoor> door;
    std::shared_ptr<SecretRegister> secrets = std::make_shared<SecretRegister>();
    std::unique_ptr<TokenManager> manager;
    AccountKey key{u"default"_s, u"fitbit"_s};
    OAuthClient client;
    QObject context;

    explicit Bench(int silenceMs = 30'000)
    {
        limits.silenceMs = silenceMs;
        door = std::make_unique<HttpDoor>(limits);
        manager = std::make_unique<TokenManager>(store, *door, clock, secrets, u"me"_s);
        client.provider = u"fitbit"_s;
        client.providerTitle = u"Fitbit"_s;
        client.clientId = u"23ABCD"_s;
        client.clientSecret = u"secret"_s;
        client.tokenUrl = server.url(u"/oauth2/token"_s);
        client.revokeUrl = server.url(u"/oauth2/revoke"_s);
        store.put(key, token(u"old"_s, 10));
    }
    [[nodiscard]] QString host() const { return u"127.0.0.1:%1"_s.arg(server.port()); }
    [[nodiscard]] Token token(const QString &name, double lives) const
    {
        Token made;
        made.accessToken = u"access-"_s + name;
        made.refreshToken = u"refresh-"_s + name;
        made.expiresAt = clock.nowSeconds() + lives;
        made.scopes = {u"activity"_s, u"weight"_s};
        made.userId = u"9XY7QZ"_s;
        made.tokenHost = host();
        return made;
    }
    std::shared_ptr<Heard> ask(const QString &rejected = {})
    {
        auto heard = std::make_shared<Heard>();
        const auto done = [heard](const Result<Token> &result) {
            ++heard->calls;
            heard->result = result;
        };
        if (rejected.isEmpty())
            manager->validToken(key, client, &context, done);
        else
            manager->replaceToken(key, client, rejected, &context, done);
        return heard;
    }
    [[nodiscard]] const MemoryStore::Row row() const { return store.rows.value(key); }
};

} // namespace

class TestTokenManager : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aFreshTokenNeedsNoNetwork();
    void refreshesAhead();
    void manyCallersOneRefresh();
    void replacesARejectedToken();
    void aRejectedTokenReplacedByOthersIsNotRefreshed();
    void noRow();
    void unusableKey();
    void refusedRow();
    void otherHost();
    void invalidGrant();
    void invalidGrantButConnectedAnewMeanwhile();
    void answersThatAreNotRefusals_data();
    void answersThatAreNotRefusals();
    void offlineIsNotRefused();
    void aLostAnswerIsAskedForAgain();
    void silenceTimesOut();
    void conflictReadsAgain();
    void conflictWonByAnother();
    void leftOutMembersStay();
    void disconnectDuringTheRefreshWins();
    void connectDuringTheRefreshWins();
    void aFailedSaveIsTriedAgain();
    void aSaveThatKeepsFailingIsAStorageError();
    void anotherProcessIsRefreshing();
    void anotherProcessDied();
    void cancelledWhileSentStillSaves();
    void cancelledWhileWaitingForTheLease();
    void destroyedMidway();
    void revokes_data();
    void revokes();
    void revokeOnlyAtTheIssuer();
};

void TestTokenManager::aFreshTokenNeedsNoNetwork()
{
    Bench bench;
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
    Bench bench;
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

void TestTokenManager::manyCallersOneRefresh()
{
    Bench bench;
    bench.server.setHandler(
        [](const SeenRequest &) { return Script::answer(200, pairBody("new")).after(50); });
    QList<std::shared_ptr<Heard>> all;
    for (int i = 0; i < 20; ++i)
        all.append(i % 2 ? bench.ask() : bench.ask(u"access-old"_s));
    for (const auto &heard : all) {
        QTRY_COMPARE(heard->calls, 1);
        QCOMPARE((*heard->result)->accessToken, u"access-new"_s);
    }
    QCOMPARE(bench.server.seen().size(), 1);
}

void TestTokenManager::replacesARejectedToken()
{
    Bench bench;
    bench.store.put(bench.key, bench.token(u"old"_s, 20000));
    bench.server.enqueue(Script::answer(200, pairBody("new")));
    const auto heard = bench.ask(u"access-old"_s);
    QTRY_COMPARE(heard->calls, 1);
    QCOMPARE((*heard->result)->accessToken, u"access-new"_s);
    QCOMPARE(bench.server.seen().size(), 1);
}

void TestTokenManager::aRejectedTokenReplacedByOthersIsNotRefreshed()
{
    Bench bench;
    bench.store.put(bench.key, bench.token(u"theirs"_s, 20000));
    const auto heard = bench.ask(u"access-older"_s);
    QTRY_COMPARE(heard->calls, 1);
    QCOMPARE((*heard->result)->accessToken, u"access-theirs"_s);
    QCOMPARE(bench.server.connections(), 0);
}

void TestTokenManager::noRow()
{
    Bench bench;
    bench.store.rows.clear();
    const auto heard = bench.ask();
    QTRY_COMPARE(heard->calls, 1);
    QCOMPARE(heard->kind(), ErrorKind::NotConnected);
}

void TestTokenManager::unusableKey()
{
    Bench bench;
    bench.store.rows[bench.key].account.opened = false;
    const auto heard = bench.ask();
    QTRY_COMPARE(heard->calls, 1);
    QCOMPARE(heard->kind(), ErrorKind::KeyUnusable);
}

void TestTokenManager::refusedRow()
{
    Bench bench;
    bench.store.rows[bench.key].account.refusedReason = u"withdrawn"_s;
    const auto heard = bench.ask();
    QTRY_COMPARE(heard->calls, 1);
    QCOMPARE(heard->kind(), ErrorKind::TokenRefused);
    QCOMPARE(bench.server.connections(), 0);
}

void TestTokenManager::otherHost()
{
    Bench bench;
    bench.store.rows[bench.key].account.token.tokenHost = u"api.fitbit.com"_s;
    bench.store.rows[bench.key].account.token.expiresAt += 20000; // not even a fresh one
    const auto heard = bench.ask();
    QTRY_COMPARE(heard->calls, 1);
    QCOMPARE(heard->kind(), ErrorKind::WrongAccount);
    QCOMPARE(bench.server.connections(), 0);
}

void TestTokenManager::invalidGrant()
{
    Bench bench;
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

void TestTokenManager::invalidGrantButConnectedAnewMeanwhile()
{
    Bench bench;
    bench.server.setHandler([&](const SeenRequest &) {
        bench.store.put(bench.key, bench.token(u"anew"_s, 20000));
        return Script::answer(400, fitbitError("invalid_grant"));
    });
    const auto heard = bench.ask();
    QTRY_COMPARE(heard->calls, 1);
    QVERIFY(*heard->result);
    QCOMPARE((*heard->result)->accessToken, u"access-anew"_s);
    QVERIFY(bench.row().account.refusedReason.isEmpty());
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
    Bench bench;
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
    Bench bench;
    bench.server.stopListening();
    const auto heard = bench.ask();
    QTRY_COMPARE_WITH_TIMEOUT(heard->calls, 1, 10'000);
    QCOMPARE(heard->kind(), ErrorKind::Network);
    QVERIFY(bench.row().account.refusedReason.isEmpty());
    QVERIFY(bench.row().leaseOwner.isEmpty());
}

void TestTokenManager::aLostAnswerIsAskedForAgain()
{
    Bench bench;
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
    Bench bench(200);
    bench.server.setHandler([](const SeenRequest &) { return Script::hang(); });
    const auto heard = bench.ask();
    QTRY_COMPARE_WITH_TIMEOUT(heard->calls, 1, 10'000);
    QCOMPARE(heard->kind(), ErrorKind::TimedOut);
    QCOMPARE(bench.server.seen().size(), 3);
    QVERIFY(bench.row().account.refusedReason.isEmpty());
}

void TestTokenManager::conflictReadsAgain()
{
    Bench bench;
    bench.server.enqueue(Script::answer(409, "{}"));
    bench.server.enqueue(Script::answer(200, pairBody("new")));
    const auto heard = bench.ask();
    QTRY_COMPARE_WITH_TIMEOUT(heard->calls, 1, 10'000);
    QCOMPARE((*heard->result)->accessToken, u"access-new"_s);

    bench.store.put(bench.key, bench.token(u"old"_s, 10));
    bench.server.forgetSeen();
    bench.server.setHandler([](const SeenRequest &) { return Script::answer(409, "{}"); });
    const auto twice = bench.ask();
    QTRY_COMPARE_WITH_TIMEOUT(twice->calls, 1, 10'000);
    QCOMPARE(twice->kind(), ErrorKind::ServiceFailing);
    QCOMPARE(bench.server.seen().size(), 2);
}

void TestTokenManager::conflictWonByAnother()
{
    Bench bench;
    bench.server.setHandler([&](const SeenRequest &) {
        bench.store.put(bench.key, bench.token(u"theirs"_s, 20000));
        return Script::answer(409, "{}");
    });
    const auto heard = bench.ask();
    QTRY_COMPARE_WITH_TIMEOUT(heard->calls, 1, 10'000);
    QCOMPARE((*heard->result)->accessToken, u"access-theirs"_s);
    QCOMPARE(bench.server.seen().size(), 1);
}

void TestTokenManager::leftOutMembersStay()
{
    Bench bench;
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

void TestTokenManager::disconnectDuringTheRefreshWins()
{
    Bench bench;
    bench.server.enqueue(Script::answer(200, pairBody("new")));
    bench.store.beforeSave = [&] { bench.store.rows.clear(); };
    const auto heard = bench.ask();
    QTRY_COMPARE(heard->calls, 1);
    QCOMPARE(heard->kind(), ErrorKind::NotConnected);
    QVERIFY(bench.store.rows.isEmpty());
}

void TestTokenManager::connectDuringTheRefreshWins()
{
    Bench bench;
    bench.server.enqueue(Script::answer(200, pairBody("new")));
    bench.store.beforeSave = [&] { bench.store.put(bench.key, bench.token(u"anew"_s, 20000)); };
    const auto heard = bench.ask();
    QTRY_COMPARE(heard->calls, 1);
    QCOMPARE((*heard->result)->accessToken, u"access-anew"_s);
    QCOMPARE(bench.row().account.token.accessToken, u"access-anew"_s);
}

void TestTokenManager::aFailedSaveIsTriedAgain()
{
    Bench bench;
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
    Bench bench;
    bench.store.failSaves = 9;
    bench.server.enqueue(Script::answer(200, pairBody("new")));
    const auto heard = bench.ask();
    QTRY_COMPARE_WITH_TIMEOUT(heard->calls, 1, 10'000);
    QCOMPARE(heard->kind(), ErrorKind::Storage); // an unsaved token is not handed out
    QVERIFY(bench.row().leaseOwner.isEmpty());
}

void TestTokenManager::anotherProcessIsRefreshing()
{
    Bench bench;
    bench.store.rows[bench.key].leaseOwner = u"other"_s;
    bench.store.rows[bench.key].leaseUntil = bench.clock.nowUtc() + 60;
    const auto heard = bench.ask();
    QTRY_VERIFY(bench.store.calls.count(u"lease"_s) >= 3);
    QCOMPARE(heard->calls, 0);
    QCOMPARE(bench.server.connections(), 0);
    bench.store.put(bench.key, bench.token(u"theirs"_s, 20000));
    QTRY_COMPARE(heard->calls, 1);
    QCOMPARE((*heard->result)->accessToken, u"access-theirs"_s);
    QCOMPARE(bench.server.connections(), 0);
}

void TestTokenManager::anotherProcessDied()
{
    Bench bench;
    bench.store.rows[bench.key].leaseOwner = u"other"_s;
    bench.store.rows[bench.key].leaseUntil = bench.clock.nowUtc() + 5;
    bench.server.setHandler([](const SeenRequest &) { return Script::answer(200, pairBody("new")); });
    const auto heard = bench.ask();
    QTRY_VERIFY(bench.store.calls.count(u"lease"_s) >= 2);
    QCOMPARE(heard->calls, 0);
    bench.clock.advance(6);
    QTRY_COMPARE(heard->calls, 1);
    QCOMPARE((*heard->result)->accessToken, u"access-new"_s);
}

void TestTokenManager::cancelledWhileSentStillSaves()
{
    Bench bench;
    bench.server.setHandler(
        [](const SeenRequest &) { return Script::answer(200, pairBody("new")).after(200); });
    const auto heard = bench.ask();
    QTRY_COMPARE(bench.server.seen().size(), 1);
    bench.manager->cancelAll();
    QTRY_COMPARE(heard->calls, 1);
    QCOMPARE(heard->kind(), ErrorKind::Cancelled);
    QTRY_COMPARE(bench.row().account.token.accessToken, u"access-new"_s);
    QVERIFY(bench.row().leaseOwner.isEmpty());
    QCOMPARE(heard->calls, 1);
}

void TestTokenManager::cancelledWhileWaitingForTheLease()
{
    Bench bench;
    bench.store.rows[bench.key].leaseOwner = u"other"_s;
    bench.store.rows[bench.key].leaseUntil = bench.clock.nowUtc() + 60;
    const auto heard = bench.ask();
    QTRY_VERIFY(bench.store.calls.contains(u"lease"_s));
    bench.manager->cancelAll();
    QTRY_COMPARE(heard->calls, 1);
    QCOMPARE(heard->kind(), ErrorKind::Cancelled);
    const auto polls = bench.store.calls.count(u"lease"_s);
    QTest::qWait(600); // two polls' time in which nothing may happen
    QCOMPARE(bench.store.calls.count(u"lease"_s), polls);
}

void TestTokenManager::destroyedMidway()
{
    Bench bench;
    bench.server.setHandler([](const SeenRequest &) { return Script::hang(); });
    const auto heard = bench.ask();
    const auto loading = bench.ask();
    QTRY_COMPARE(bench.server.seen().size(), 1);
    bench.manager.reset();
    QTRY_COMPARE(heard->calls, 1);
    QTRY_COMPARE(loading->calls, 1);
    QCOMPARE(heard->kind(), ErrorKind::Cancelled);
    QTRY_VERIFY(bench.row().leaseOwner.isEmpty());
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
    Bench bench;
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
    Bench bench;
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
