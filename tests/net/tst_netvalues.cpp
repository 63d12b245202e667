// SPDX-License-Identifier: GPL-3.0-or-later

// The pure halves of the network room: retry decision, callback reader, redirect address, form encoding.

#include "net/callbackrequest.h"
#include "net/redirectaddress.h"
#include "net/retrypolicy.h"
#include "net/tokenendpoint.h"

#include <QTest>

using namespace wristkeep;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

Error error(ErrorKind kind)
{
    Error made;
    made.kind = kind;
    return made;
}

} // namespace

class TestNetValues : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void retriesOnlyWhatTimeCures();
    void pausesGrowWithinTheirBounds();
    void theBudgetEndsIt();
    void readsACallbackHead();
    void everyPrefixIsIncomplete();
    void parametersAreDecodedOnce();
    void redirectKeepsItsText();
    void formsKeepEveryCharacter();
    void errorCodesInBothShapes();
    void lifetimesCountFromTheSending();
};

void TestNetValues::retriesOnlyWhatTimeCures()
{
    const RetryPolicy policy;
    for (const ErrorKind kind : {ErrorKind::Network, ErrorKind::TimedOut, ErrorKind::ServiceFailing})
        QVERIFY(policy.pauseAfter(error(kind), 1, 0ms, 0.5));
    for (const ErrorKind kind :
         {ErrorKind::RateLimited, ErrorKind::ServiceGone, ErrorKind::TokenRefused, ErrorKind::RequestRefused,
          ErrorKind::PermissionDenied, ErrorKind::ScopeMissing, ErrorKind::ClientRefused,
          ErrorKind::AccountRefused, ErrorKind::ProjectRefused, ErrorKind::Cancelled, ErrorKind::Storage,
          ErrorKind::NotUnderstood})
        QVERIFY(!policy.pauseAfter(error(kind), 1, 0ms, 0.5));
}

void TestNetValues::pausesGrowWithinTheirBounds()
{
    RetryPolicy policy;
    policy.maxTries = 100;
    const Error offline = error(ErrorKind::Network);
    QCOMPARE(*policy.pauseAfter(offline, 1, 0ms, 0.0), 500ms);
    QCOMPARE(*policy.pauseAfter(offline, 1, 0ms, 1.0), 1000ms);
    QCOMPARE(*policy.pauseAfter(offline, 2, 0ms, 1.0), 2000ms);
    QCOMPARE(*policy.pauseAfter(offline, 99, 0ms, 1.0), policy.longestPause);
    QCOMPARE(*policy.pauseAfter(offline, 99, 0ms, 7.0), policy.longestPause);
    policy.maxTries = 3;
    QVERIFY(policy.pauseAfter(offline, 2, 0ms, 1.0));
    QVERIFY(!policy.pauseAfter(offline, 3, 0ms, 1.0));
    QVERIFY(!policy.pauseAfter(offline, 0, 0ms, 1.0));
}

void TestNetValues::theBudgetEndsIt()
{
    const RetryPolicy policy;
    const Error offline = error(ErrorKind::TimedOut);
    QVERIFY(policy.pauseAfter(offline, 1, 118s, 1.0));
    QVERIFY(!policy.pauseAfter(offline, 1, 119s, 1.0)); // the pause itself would pass the end
    QVERIFY(!policy.pauseAfter(offline, 1, 600s, 1.0));
}

void TestNetValues::readsACallbackHead()
{
    const CallbackRead read =
        CallbackRead::from("GET /cb?code=a&state=b HTTP/1.1\r\nX: y\r\nhOSt: localhost:5000\r\n\r\nrest");
    QVERIFY(read.state == CallbackRead::State::Whole);
    QCOMPARE(read.request.method, QByteArray("GET"));
    QCOMPARE(read.request.path, QByteArray("/cb"));
    QCOMPARE(read.request.query, QByteArray("code=a&state=b"));
    QCOMPARE(read.request.host, QByteArray("localhost:5000"));
}

void TestNetValues::everyPrefixIsIncomplete()
{
    const QByteArray whole = "GET /cb?code=a HTTP/1.1\r\nHost: localhost:5000\r\n\r\n";
    for (qsizetype size = 0; size < whole.size(); ++size)
        QVERIFY(CallbackRead::from(whole.left(size)).state == CallbackRead::State::Incomplete);
    QVERIFY(CallbackRead::from(whole).state == CallbackRead::State::Whole);
}

void TestNetValues::parametersAreDecodedOnce()
{
    CallbackRequest request;
    request.query = "code=a%252Fb%2B+&empty=&flag&twice=1&twice=2&c%6Fde2=x&error_description=The+user%2C+no";
    QCOMPARE(*request.parameter("code"), u"a%2Fb++"_s);
    QCOMPARE(*request.parameter("empty"), QString());
    QCOMPARE(*request.parameter("flag"), QString());
    QCOMPARE(*request.parameter("code2"), u"x"_s);
    QVERIFY(!request.parameter("twice"));
    QVERIFY(!request.parameter("missing"));
    QCOMPARE(request.sentence("error_description"), u"The user, no"_s);
}

void TestNetValues::redirectKeepsItsText()
{
    const auto plain = RedirectAddress::parse(u"http://LocalHost:5000/Fitbit/callback"_s, u"X"_s);
    QVERIFY(plain);
    QCOMPARE(plain->withPort(9).uri, u"http://LocalHost:5000/Fitbit/callback"_s);
    QVERIFY(plain->isHost("localhost:5000"));
    QVERIFY(plain->isHost("127.0.0.1:5000"));
    QVERIFY(plain->isHost("[::1]:5000"));
    QVERIFY(!plain->isHost("localhost"));
    QVERIFY(!plain->isHost("localhost:50001"));
    const auto free = RedirectAddress::parse(u"http://127.0.0.1:0/callback"_s, u"X"_s);
    QVERIFY(free);
    QCOMPARE(free->port, quint16(0));
    QCOMPARE(free->withPort(4711).uri, u"http://127.0.0.1:4711/callback"_s);
    const auto six = RedirectAddress::parse(u"http://[::1]:0"_s, u"X"_s);
    QVERIFY(six);
    QCOMPARE(six->withPort(4711).uri, u"http://[::1]:4711"_s);
    QCOMPARE(six->path, QByteArray("/"));
    const auto noPort = RedirectAddress::parse(u"http://localhost/cb"_s, u"X"_s);
    QVERIFY(noPort);
    QCOMPARE(noPort->port, quint16(80));
    QVERIFY(noPort->isHost("localhost"));
}

void TestNetValues::formsKeepEveryCharacter()
{
    QCOMPARE(formEncoded({{u"a b"_s, u"1+2/3=4&5%"_s}, {u"é"_s, u"~-._"_s}}),
             QByteArray("a%20b=1%2B2%2F3%3D4%265%25&%C3%A9=~-._"));
}

void TestNetValues::errorCodesInBothShapes()
{
    QCOMPARE(tokenErrorCode(R"({"error":"invalid_grant","error_description":"x"})"), u"invalid_grant"_s);
    QCOMPARE(tokenErrorCode(R"({"errors":[{"errorType":"invalid_grant"}],"success":false})"),
             u"invalid_grant"_s);
    QCOMPARE(tokenErrorCode(R"({"error":{"code":403,"status":"PERMISSION_DENIED"}})"),
             u"PERMISSION_DENIED"_s);
    for (const char *odd :
         {"", "null", "[]", "<html>", "{}", R"({"errors":[]})", R"({"errors":["x"]})", R"({"error":7})"})
        QCOMPARE(tokenErrorCode(odd), QString());
}

void TestNetValues::lifetimesCountFromTheSending()
{
    HttpResponse answer;
    answer.status = 200;
    answer.body = R"({"access_token":"a","expires_in":100,"refresh_token_expires_in":200,"scope":"b,a b"})";
    const Result<Token> token = readToken(answer, 1000.5, u"host"_s);
    QVERIFY(token);
    QCOMPARE(token->expiresAt, 1100.5);
    QCOMPARE(*token->refreshExpiresAt, 1200.5);
    QCOMPARE(token->scopes, QStringList({u"a"_s, u"b"_s}));
    for (const char *odd :
         {R"({"access_token":"a","expires_in":1e300})", R"({"access_token":"a","expires_in":null})",
          R"({"access_token":"","expires_in":5})", R"({"access_token":"a","expires_in":"soon"})"}) {
        answer.body = odd;
        QVERIFY2(!readToken(answer, 0, {}), odd);
    }
}

QTEST_APPLESS_MAIN(TestNetValues)
#include "tst_netvalues.moc"
