// SPDX-License-Identifier: GPL-3.0-or-later
// Connect and disconnect as people do them in the terminal: every outcome, and what it leaves behind.

#include "support/world.h"

#include <QJsonArray>
#include <QTest>
#include <QUrlQuery>

using namespace wristkeep::test;
using namespace Qt::StringLiterals;

class TestSignInEndToEnd : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<World> m_world;

    int tokenRows() { return m_world->value(u"SELECT count(*) FROM fitbit_tokens"_s).toInt(); }

    /// Another account of the simulated service.
    QString secondUser() { return m_world->control(u"user"_s, {{u"add"_s, true}}).value(u"id"_s).toString(); }

private Q_SLOTS:
    void init()
    {
        m_world = std::make_unique<World>();
        QVERIFY2(m_world->start(), qPrintable(m_world->problem));
    }

    void cleanup() { m_world.reset(); }

    void allowConnects()
    {
        const auto process = m_world->launch({u"connect"_s, u"--no-browser"_s});
        const QUrl url = World::authorizeUrl(*process);
        QVERIFY(url.isValid());
        const QUrlQuery query(url);
        QCOMPARE(query.queryItemValue(u"redirect_uri"_s, QUrl::FullyDecoded),
                 m_world->variables.value(u"FITBIT_REDIRECT_URI"_s));
        QCOMPARE(query.queryItemValue(u"code_challenge_method"_s), u"S256"_s);
        QVERIFY(query.queryItemValue(u"code_challenge"_s).size() >= 43);
        QVERIFY(query.queryItemValue(u"state"_s).size() >= 20);
        const WebAnswer page = m_world->consent(url);
        QCOMPARE(page.status, 200);
        QVERIFY2(page.body.contains("onnected"), page.body.constData());
        const CliRun run = World::finish(*process);
        QVERIFY2(run.exitCode == 0, run.all().constData());
        QVERIFY2(run.all().contains("If the browser shows an error, compare this"), run.all().constData());
        const QJsonObject status = m_world->run({u"--json"_s, u"status"_s}).object(u"status"_s);
        const QJsonObject account = status.value(u"participants"_s).toArray().at(0).toObject();
        QCOMPARE(account.value(u"id"_s).toString(), u"default"_s);
        QCOMPARE(account.value(u"provider"_s).toString(), u"fitbit"_s);
        QCOMPARE(account.value(u"zone"_s), m_world->control(u"status"_s).value(u"users"_s)[0][u"zone"_s]);
        QCOMPARE(account.value(u"zone_source"_s).toString(), u"profile"_s);
        QVERIFY(!account.value(u"user_id"_s).toString().isEmpty());
        QVERIFY(account.value(u"granted"_s).toArray().contains(u"heartrate"_s));
    }

    void denyIsSaidAndLeavesNothing()
    {
        const CliRun run = m_world->connect({.allow = false});
        QVERIFY2(run.exitCode == 1, run.all().constData());
        QVERIFY(!run.err.isEmpty());
        QCOMPARE(tokenRows(), 0);
        QCOMPARE(m_world->run({u"status"_s}).exitCode, 3);
        QCOMPARE(m_world->run({u"sync"_s}).exitCode, 3);
    }

    void nobodyComesBack()
    {
        const CliRun run = m_world->run({u"connect"_s, u"--no-browser"_s, u"--timeout"_s, u"2"_s});
        QVERIFY2(run.exitCode == 1, run.all().constData());
        QCOMPARE(tokenRows(), 0);
    }

    void anInterruptEndsWithFive()
    {
        const auto process = m_world->launch({u"connect"_s, u"--no-browser"_s});
        QVERIFY(World::authorizeUrl(*process).isValid());
        process->terminate();
        const CliRun run = World::finish(*process, 5'000);
        QVERIFY2(run.exitCode == 5, run.all().constData());
    }

    void aWrongClientSecretIsConfiguration()
    {
        const CliRun run =
            m_world->connect({}, {}, {{u"FITBIT_CLIENT_SECRET"_s, u"ffffffffffffffffffffffffffffffff"_s}});
        QVERIFY2(run.exitCode == 2, run.all().constData());
        QVERIFY2(run.err.contains("FITBIT_CLIENT_SECRET"), run.err.constData());
        QVERIFY(!run.all().contains("ffffffffffffffff"));
        QCOMPARE(tokenRows(), 0);
    }

    void aServiceThatIsGoneIsSaid()
    {
        m_world->control(u"fault"_s,
                         {{u"kind"_s, u"gone"_s}, {u"path"_s, u"/oauth2/token"_s}, {u"times"_s, -1}});
        const CliRun run = m_world->connect();
        QVERIFY2(run.exitCode == 1, run.all().constData());
        QVERIFY2(run.err.contains("2 November 2026"), run.err.constData());
    }

    void fewerScopesAreStoredShownAndRespected()
    {
        const CliRun run = m_world->connect({.leaveOut = {u"heartrate"_s}});
        QVERIFY2(run.exitCode == 0, run.all().constData());
        QVERIFY2(run.all().contains("heartrate"), "what was left out must be said");
        const QJsonObject account = m_world->run({u"--json"_s, u"status"_s})
                                        .object(u"status"_s)
                                        .value(u"participants"_s)
                                        .toArray()
                                        .at(0)
                                        .toObject();
        QCOMPARE(account.value(u"missing"_s).toArray(), QJsonArray{u"heartrate"_s});
        const QString day = QDate::currentDate().addDays(-30).toString(Qt::ISODate);
        m_world->control(u"log"_s, {{u"clear"_s, true}});
        QCOMPARE(m_world->run({u"sync"_s, u"--date"_s, day}).exitCode, 0);
        QCOMPARE(m_world->value(u"SELECT count(*) FROM v_ledger"_s).toInt(), 1);
        const CliRun asked = m_world->run({u"sync"_s, u"--date"_s, day, u"--data"_s, u"heartrate"_s});
        QVERIFY2(asked.exitCode == 1, asked.all().constData());
        QCOMPARE(
            m_world->value(u"SELECT state FROM v_ledger WHERE data_type = 'heartrate_1min'"_s).toString(),
            u"not permitted"_s);
        QVERIFY2(asked.all().contains("heartrate"), asked.all().constData());
    }

    void anotherAccountIsRefusedOnTheCommandLine()
    {
        QCOMPARE(m_world->connect().exitCode, 0);
        const QVariant before = m_world->value(u"SELECT access_token FROM fitbit_tokens"_s);
        const CliRun run = m_world->connect({.user = secondUser()});
        QVERIFY2(run.exitCode == 1, run.all().constData());
        QCOMPARE(m_world->value(u"SELECT access_token FROM fitbit_tokens"_s), before);
        QCOMPARE(tokenRows(), 1);
    }

    void anAccountOfAnotherParticipantIsRefused()
    {
        QCOMPARE(m_world->connect().exitCode, 0);
        QCOMPARE(m_world->run({u"participants"_s, u"add"_s, u"P02"_s, u"--name"_s, u"Mara"_s}).exitCode, 0);
        const auto process = m_world->launch({u"--participant"_s, u"P02"_s, u"connect"_s, u"--no-browser"_s});
        const QUrl url = World::authorizeUrl(*process);
        QVERIFY2(QUrlQuery(url).queryItemValue(u"prompt"_s).contains(u"login"_s),
                 "several participants: sign in anew");
        m_world->consent(url);
        const CliRun run = World::finish(*process);
        QVERIFY2(run.exitCode == 1, run.all().constData());
        QVERIFY2(run.all().contains("default"), run.all().constData());
        QCOMPARE(tokenRows(), 1);
    }

    void strayHitsAreAnsweredAndTheTrueCallbackWorks()
    {
        const auto process = m_world->launch({u"connect"_s, u"--no-browser"_s});
        const QUrl url = World::authorizeUrl(*process);
        const QUrl redirect(m_world->variables.value(u"FITBIT_REDIRECT_URI"_s));
        const auto at = [&redirect](const QString &rest) {
            return QUrl(u"http://127.0.0.1:%1%2"_s.arg(redirect.port()).arg(rest));
        };
        QVERIFY(World::get(at(u"/favicon.ico"_s)).status >= 400);
        QVERIFY(World::get(at(u"/fitbit/callbackEVIL?code=x&state=y"_s)).status >= 400);
        QVERIFY(World::get(at(u"/fitbit/callback?code=x&state=wrong"_s)).status >= 400);
        QVERIFY(World::get(at(u"/fitbit/callback?error=access_denied&state=wrong"_s)).status >= 400);
        QVERIFY(World::post(at(u"/fitbit/callback?code=x"_s), "x", "text/plain").status >= 400);
        QCOMPARE(m_world->consent(url).status, 200);
        QCOMPARE(World::finish(*process).exitCode, 0);
        QCOMPARE(World::get(at(u"/fitbit/callback"_s), 2'000).status, 0);
    }

    void disconnectRevokesAndKeepsTheData()
    {
        QCOMPARE(m_world->connect().exitCode, 0);
        QCOMPARE(m_world->run({u"sync"_s}).exitCode, 0);
        const int cells = m_world->value(u"SELECT count(*) FROM v_ledger"_s).toInt();
        const CliRun run = m_world->run({u"disconnect"_s});
        QVERIFY2(run.exitCode == 0, run.all().constData());
        QCOMPARE(tokenRows(), 0);
        QCOMPARE(m_world->value(u"SELECT count(*) FROM v_ledger"_s).toInt(), cells);
        QCOMPARE(m_world->control(u"grants"_s).value(u"count"_s).toInt(), 0);
        QCOMPARE(m_world->run({u"disconnect"_s}).exitCode, 3);
    }

    void disconnectCanKeepThePermission()
    {
        QCOMPARE(m_world->connect().exitCode, 0);
        QCOMPARE(m_world->run({u"disconnect"_s, u"--keep-grant"_s}).exitCode, 0);
        QCOMPARE(tokenRows(), 0);
        QCOMPARE(m_world->control(u"grants"_s).value(u"count"_s).toInt(), 1);
    }

    void disconnectOfflineSaysWhereToRevokeByHand()
    {
        QCOMPARE(m_world->connect().exitCode, 0);
        m_world->stopService();
        const CliRun run = m_world->run({u"disconnect"_s});
        QVERIFY2(run.exitCode == 0, run.all().constData());
        QVERIFY2(run.err.contains("fitbit.com"), run.all().constData());
        QCOMPARE(tokenRows(), 0);
    }

    void aTokenIsSentOnlyToTheHostThatIssuedIt()
    {
        QCOMPARE(m_world->connect().exitCode, 0);
        World other;
        QVERIFY(other.start());
        const CliRun run =
            m_world->run({u"sync"_s}, {{u"FITBIT_API_URL"_s, other.variables.value(u"FITBIT_API_URL"_s)}});
        QVERIFY2(run.exitCode == 3, run.all().constData());
        QCOMPARE(other.control(u"log"_s).value(u"total"_s).toInt(), 0);
    }
};

QTEST_GUILESS_MAIN(TestSignInEndToEnd)
#include "tst_signin_e2e.moc"
