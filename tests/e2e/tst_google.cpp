// SPDX-License-Identifier: GPL-3.0-or-later
// Google Health in the terminal, from consent to files and tables, against the truth the simulated service
// knows.

#include "support/world.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTcpServer>
#include <QTest>
#include <QUrlQuery>

using namespace wristkeep::test;
using namespace Qt::StringLiterals;

namespace {

const QString activity = u"https://www.googleapis.com/auth/googlehealth.activity_and_fitness.readonly"_s;
const QString metrics =
    u"https://www.googleapis.com/auth/googlehealth.health_metrics_and_measurements.readonly"_s;

QString iso(QDate date)
{
    return date.toString(Qt::ISODate);
}

} // namespace

class TestGoogle : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<World> m_world;

    void begin(const QStringList &simulatorArguments = {})
    {
        m_world.reset();
        m_world = std::make_unique<World>();
        QVERIFY2(m_world->start(simulatorArguments), qPrintable(m_world->problem));
        m_world->useGoogleHealth();
    }

    int tokenRows() { return m_world->value(u"SELECT count(*) FROM fitbit_tokens"_s).toInt(); }

    QJsonObject account()
    {
        return m_world->run({u"--json"_s, u"status"_s})
            .object(u"status"_s)
            .value(u"participants"_s)
            .toArray()
            .at(0)
            .toObject();
    }

    QJsonObject truth(QDate date)
    {
        return m_world->control(u"truth"_s, {{u"date"_s, iso(date)}, {u"minutes"_s, true}});
    }

    /// Requests for one of the data types since the log was cleared.
    int requestsFor(const QString &type)
    {
        const QJsonArray entries = m_world->control(u"log"_s).value(u"entries"_s).toArray();
        return int(std::count_if(entries.begin(), entries.end(), [&type](const QJsonValue &entry) {
            return entry.toObject().value(u"path"_s).toString().contains(u"/dataTypes/%1/"_s.arg(type));
        }));
    }

    QString state(QDate date, const QString &type)
    {
        return m_world
            ->value(u"SELECT state FROM v_ledger WHERE date = ? AND data_type = ?"_s, {iso(date), type})
            .toString();
    }

    void compareWithTruth(QDate date)
    {
        const QJsonObject expected = truth(date);
        const int steps = expected.value(u"steps"_s).toInt();
        const bool worn = expected.value(u"worn"_s).toBool();
        const QVariant kept = m_world->value(
            u"SELECT value FROM v_daily WHERE data_type = 'steps' AND date = ?"_s, {iso(date)});
        if (worn)
            QVERIFY2(kept.toInt() == steps, qPrintable(iso(date) + u": "_s + kept.toString()));
        else
            QVERIFY2(kept.isNull() || kept.toInt() == steps, qPrintable(iso(date)));
        const qint64 start = expected.value(u"startUtc"_s).toInteger();
        const qint64 end = start + expected.value(u"seconds"_s).toInteger();
        const QList<QVariantList> rows =
            m_world->query(u"SELECT utc, value FROM v_samples WHERE provider = 'google-health' AND "
                           "data_type = 'heartrate_1min' AND utc >= ? AND utc < ? ORDER BY utc"_s,
                           {start, end});
        const QJsonArray rates = expected.value(u"rates"_s).toArray();
        QCOMPARE(rows.size(), rates.size());
        for (qsizetype i = 0; i < rows.size(); ++i) {
            QCOMPARE(rows.at(i).at(0).toLongLong(), rates.at(i).toArray().at(0).toInteger());
            QCOMPARE(rows.at(i).at(1).toDouble(), rates.at(i).toArray().at(1).toDouble());
        }
    }

private Q_SLOTS:
    void init() { begin(); }

    void cleanup() { m_world.reset(); }

    void allowConnects()
    {
        const auto process = m_world->launch({u"connect"_s, u"--no-browser"_s});
        const QUrl url = World::authorizeUrl(*process);
        const QUrlQuery query(url);
        const QUrl redirect(query.queryItemValue(u"redirect_uri"_s, QUrl::FullyDecoded));
        QCOMPARE(redirect.host(), u"127.0.0.1"_s);
        QVERIFY(redirect.port() > 0);
        QCOMPARE(redirect.path(), u"/callback"_s);
        QCOMPARE(query.queryItemValue(u"access_type"_s), u"offline"_s);
        QCOMPARE(query.queryItemValue(u"prompt"_s), u"consent"_s);
        QCOMPARE(query.queryItemValue(u"code_challenge_method"_s), u"S256"_s);
        QVERIFY(!query.hasQueryItem(u"include_granted_scopes"_s));
        QCOMPARE(m_world->consent(url).status, 200);
        const CliRun run = World::finish(*process);
        QVERIFY2(run.exitCode == 0, run.all().constData());
        const QJsonObject connected = account();
        QCOMPARE(connected.value(u"provider"_s).toString(), u"google-health"_s);
        const QJsonObject user = m_world->control(u"status"_s).value(u"users"_s).toArray().at(0).toObject();
        QCOMPARE(connected.value(u"user_id"_s).toString(), user.value(u"healthUserId"_s).toString());
        QCOMPARE(m_world->value(u"SELECT legacy_user_id FROM fitbit_tokens"_s).toString(),
                 user.value(u"id"_s).toString());
        QCOMPARE(connected.value(u"zone"_s), user.value(u"zone"_s));
        QVERIFY(connected.value(u"granted"_s).toArray().contains(metrics));
    }

    void aWebClientUsesItsRegisteredAddress()
    {
        QTcpServer probe;
        QVERIFY(probe.listen(QHostAddress(QHostAddress::LocalHost), 0));
        const QString registered = u"http://127.0.0.1:%1/callback"_s.arg(probe.serverPort());
        probe.close();
        begin({u"--google-redirect-uri"_s, registered});
        m_world->variables.insert(u"GOOGLE_HEALTH_REDIRECT_URI"_s, registered);
        const CliRun run = m_world->connect();
        QVERIFY2(run.exitCode == 0, run.all().constData());
        QVERIFY2(run.all().contains(registered.toUtf8()), run.all().constData());
    }

    void denyLeavesNothing()
    {
        QCOMPARE(m_world->connect({.allow = false}).exitCode, 1);
        QCOMPARE(tokenRows(), 0);
        QCOMPARE(m_world->run({u"sync"_s}).exitCode, 3);
    }

    void aWrongSecretIsConfiguration()
    {
        const CliRun run =
            m_world->connect({}, {}, {{u"GOOGLE_HEALTH_CLIENT_SECRET"_s, u"GOCSPX-wrong-wrong"_s}});
        QVERIFY2(run.exitCode == 2, run.all().constData());
        QVERIFY2(run.err.contains("GOOGLE_HEALTH_CLIENT_SECRET"), run.err.constData());
        QVERIFY(!run.all().contains("GOCSPX-wrong-wrong"));
        QCOMPARE(tokenRows(), 0);
    }

    void whatGoogleRefusesEndsInItsOwnSentence_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("value");
        QTest::addColumn<QByteArray>("sentence");
        QTest::addColumn<QByteArray>("nextStep");
        QTest::newRow("not enabled") << u"googleProject"_s << u"disabled"_s << QByteArray("is not enabled")
                                     << QByteArray("press Enable");
        QTest::newRow("not onboarded")
            << u"googleProject"_s << u"notOnboarded"_s << QByteArray("has not admitted")
            << QByteArray("ask Google for access");
        QTest::newRow("not linked") << u"googleAccount"_s << u"notLinked"_s << QByteArray("account")
                                    << QByteArray("Google Health app on the phone");
        QTest::newRow("precondition") << u"googleAccount"_s << u"precondition"_s << QByteArray("account")
                                      << QByteArray("Google Health app on the phone");
        QTest::newRow("account-wide")
            << u"googleAccount"_s << u"noPermission"_s << QByteArray("account") << QByteArray("reconnect");
    }

    void whatGoogleRefusesEndsInItsOwnSentence()
    {
        QFETCH(QString, name);
        QFETCH(QString, value);
        QFETCH(QByteArray, sentence);
        QFETCH(QByteArray, nextStep);
        // At Connect: nothing is kept of an account that gives nothing.
        m_world->control(u"switch"_s, {{name, value}});
        const CliRun connecting = m_world->connect();
        QVERIFY2(connecting.exitCode == 1, connecting.all().constData());
        QVERIFY2(connecting.err.contains(sentence) && connecting.err.contains(nextStep),
                 connecting.err.constData());
        QCOMPARE(tokenRows(), 0);

        // Later, in a sync: the day fails with the same words, and heals with the account.
        m_world->control(u"switch"_s, {{u"googleProject"_s, u"ok"_s}, {u"googleAccount"_s, u"linked"_s}});
        QCOMPARE(m_world->connect().exitCode, 0);
        const QDate day = QDate::currentDate().addDays(-20);
        m_world->control(u"switch"_s, {{name, value}});
        const CliRun doctor = m_world->run({u"doctor"_s});
        QVERIFY2(doctor.exitCode == 1, doctor.all().constData());
        QVERIFY2(doctor.out.contains(sentence) && doctor.out.contains(nextStep), doctor.all().constData());
        const CliRun refused = m_world->run({u"sync"_s, u"--date"_s, iso(day)});
        QVERIFY2(refused.exitCode == 1, refused.all().constData());
        QVERIFY2(refused.all().contains(sentence), refused.all().constData());
        QCOMPARE(m_world->value(u"SELECT count(*) FROM v_ledger WHERE state <> 'failed'"_s).toInt(), 0);
        QCOMPARE(m_world->value(u"SELECT count(*) FROM v_daily"_s).toInt(), 0);
        m_world->control(u"switch"_s, {{u"googleProject"_s, u"ok"_s}, {u"googleAccount"_s, u"linked"_s}});
        const CliRun healed = m_world->run({u"sync"_s, u"--date"_s, iso(day)});
        QVERIFY2(healed.exitCode == 0, healed.all().constData());
        const CliRun well = m_world->run({u"doctor"_s});
        QVERIFY2(well.exitCode == 0, well.all().constData());
        compareWithTruth(day);
    }

    void fewerScopesAreStoredShownAndRespected()
    {
        const CliRun run = m_world->connect({.leaveOut = {metrics}});
        QVERIFY2(run.exitCode == 0, run.all().constData());
        QVERIFY2(run.all().contains("health_metrics_and_measurements"), run.all().constData());
        QCOMPARE(account().value(u"missing"_s).toArray(), QJsonArray{metrics});
        const QDate day = QDate::currentDate().addDays(-30);
        m_world->control(u"log"_s, {{u"clear"_s, true}});
        QCOMPARE(m_world->run({u"sync"_s, u"--date"_s, iso(day)}).exitCode, 0);
        QCOMPARE(requestsFor(u"heart-rate"_s), 0);
        QCOMPARE(m_world->run({u"sync"_s, u"--date"_s, iso(day), u"--data"_s, u"heartrate"_s}).exitCode, 1);
        QCOMPARE(state(day, u"heartrate_1min"_s), u"not permitted"_s);
    }

    void manyDaysCostTheFewestRequestsAndEqualTheTruth()
    {
        QCOMPARE(m_world->connect().exitCode, 0);
        m_world->control(u"log"_s, {{u"clear"_s, true}});
        // The clock went back on the 25th, which makes the fortnight around it an hour too long for one
        // request.
        const QDate first(2026, 9, 1);
        const QDate last(2026, 11, 9);
        const CliRun run = m_world->run({u"sync"_s, u"--from"_s, iso(first), u"--to"_s, iso(last)});
        QVERIFY2(run.exitCode == 0, run.all().constData());
        qInfo("70 days: %d requests for steps, %d for heart rate, %d for resting heart rate",
              requestsFor(u"steps"_s), requestsFor(u"heart-rate"_s),
              requestsFor(u"daily-resting-heart-rate"_s));
        QCOMPARE(requestsFor(u"steps"_s), 1);
        QCOMPARE(requestsFor(u"daily-resting-heart-rate"_s), 1);
        for (QDate day = first; day <= last; day = day.addDays(1))
            compareWithTruth(day);
        const QByteArray file = m_world->dayFile(last, u"heartrate_1min"_s);
        QVERIFY(QJsonDocument::fromJson(file).isObject());
    }

    void smallPagesLoseNothing_data()
    {
        QTest::addColumn<int>("size");
        QTest::addColumn<int>("days");
        QTest::addColumn<QString>("data");
        QTest::newRow("1") << 1 << 5 << u"steps"_s;
        QTest::newRow("2") << 2 << 5 << u"steps"_s;
        QTest::newRow("7, resting heart rate") << 7 << 40 << u"resting_heart_rate"_s;
        QTest::newRow("100, heart rate") << 100 << 1 << u"heartrate_1min"_s;
        QTest::newRow("1440") << 1440 << 2 << u"heartrate_1min"_s;
    }

    void smallPagesLoseNothing()
    {
        QFETCH(int, size);
        QFETCH(int, days);
        QFETCH(QString, data);
        QCOMPARE(m_world->connect().exitCode, 0);
        const QDate last = QDate::currentDate().addDays(-15);
        const QStringList sync{u"sync"_s,   u"--from"_s, iso(last.addDays(1 - days)), u"--to"_s, iso(last),
                               u"--data"_s, data};
        const auto rows = [this] {
            return m_world->query(u"SELECT data_type, date, value FROM v_daily ORDER BY 1, 2"_s) +
                   m_world->query(u"SELECT data_type, utc, value FROM v_samples ORDER BY 1, 2"_s);
        };
        QCOMPARE(m_world->run(sync).exitCode, 0);
        const QList<QVariantList> whole = rows();
        QVERIFY(!whole.isEmpty());
        const QByteArray file = m_world->dayFile(last, data);

        begin();
        QCOMPARE(m_world->connect().exitCode, 0);
        m_world->control(u"switch"_s, {{u"googlePageSize"_s, size}, {u"googleEmptyPage"_s, true}});
        const CliRun paged = m_world->run(sync);
        QVERIFY2(paged.exitCode == 0, paged.all().constData());
        QCOMPARE(rows(), whole);
        QCOMPARE(m_world->dayFile(last, data), file);
    }

    void aBadPageFailsTheDayAndLosesNothing_data()
    {
        QTest::addColumn<QJsonObject>("rule");
        const auto row = [](const char *name, QJsonObject rule) {
            rule.insert(u"path"_s, u"/v4/users/me/dataTypes/heart-rate/"_s);
            rule.insert(u"skip"_s, 1); // the first page is good
            rule.insert(u"times"_s, -1);
            QTest::newRow(name) << rule;
        };
        row("500", {{u"status"_s, 500}});
        row("closed in the middle", {{u"kind"_s, u"drop-body"_s}});
        row("half the JSON", {{u"kind"_s, u"truncated-json"_s}});
        row("HTML for JSON", {{u"kind"_s, u"html"_s}});
        row("garbage", {{u"status"_s, 200}, {u"body"_s, u"\u0000\u0001{]"_s}});
        row("another day", {{u"status"_s, 200},
                            {u"body"_s, u"{\"rollupDataPoints\":[{\"startTime\":\"2001-01-01T00:00:00Z\","
                                        "\"heartRate\":{\"beatsPerMinuteAvg\":60}}]}"_s}});
    }

    void aBadPageFailsTheDayAndLosesNothing()
    {
        QFETCH(QJsonObject, rule);
        QCOMPARE(m_world->connect().exitCode, 0);
        const QDate day = QDate::currentDate().addDays(-20);
        m_world->control(u"wear"_s, {{u"date"_s, iso(day)}, {u"state"_s, u"worn"_s}});
        m_world->control(u"switch"_s, {{u"googlePageSize"_s, 500}});
        m_world->control(u"fault"_s, rule);
        const CliRun run = m_world->run({u"sync"_s, u"--date"_s, iso(day)});
        QVERIFY2(run.exitCode == 1, run.all().constData());
        QVERIFY(state(day, u"heartrate_1min"_s) != u"complete"_s);
        QVERIFY(state(day, u"heartrate_1min"_s) != u"empty"_s);
        QVERIFY(m_world->dayFile(day, u"heartrate_1min"_s).isEmpty());
        QCOMPARE(state(day, u"steps"_s), u"complete"_s); // one type's trouble is not the other's
        m_world->control(u"clear-faults"_s);
        const CliRun healed = m_world->run({u"sync"_s, u"--date"_s, iso(day)});
        QVERIFY2(healed.exitCode == 0, healed.all().constData());
        compareWithTruth(day);
    }

    void anExpiredTokenIsRefreshedWithAndWithoutRotation_data()
    {
        QTest::addColumn<bool>("rotates");
        QTest::newRow("the refresh token stays") << false;
        QTest::newRow("a new one comes") << true;
    }

    void anExpiredTokenIsRefreshedWithAndWithoutRotation()
    {
        QFETCH(bool, rotates);
        QCOMPARE(m_world->connect().exitCode, 0);
        m_world->control(u"switch"_s, {{u"googleRotate"_s, rotates}});
        const QDate day = QDate::currentDate().addDays(-20);
        for (int round = 0; round < 2; ++round) {
            m_world->control(u"expire"_s);
            const CliRun run = m_world->run({u"sync"_s, u"--date"_s, iso(day)});
            QVERIFY2(run.exitCode == 0, run.all().constData());
        }
        QCOMPARE(m_world->control(u"grants"_s)
                     .value(u"grants"_s)
                     .toArray()
                     .at(0)
                     .toObject()
                     .value(u"refreshes"_s)
                     .toInt(),
                 2);
        compareWithTruth(day);
    }

    void aRevokedPermissionAsksForReconnecting()
    {
        QCOMPARE(m_world->connect().exitCode, 0);
        m_world->control(u"revoke"_s);
        const CliRun run = m_world->run({u"sync"_s});
        QVERIFY2(run.exitCode == 3, run.all().constData());
        QVERIFY2(run.all().contains("econnect"), run.all().constData());
        QCOMPARE(m_world->connect().exitCode, 0);
        QCOMPARE(m_world->run({u"sync"_s}).exitCode, 0);
    }

    void aProjectInTestingSaysWhenItsPermissionEnds()
    {
        begin({u"--google-testing"_s});
        const CliRun run = m_world->connect();
        QVERIFY2(run.exitCode == 0, run.all().constData());
        QVERIFY2(run.all().contains("Testing"), run.all().constData());
        const CliRun status = m_world->run({u"status"_s});
        QVERIFY2(status.out.contains("Permission until"), status.all().constData());
        QVERIFY(account().value(u"refresh_ends_at"_s).toDouble() > 0);
    }

    void disconnectRevokesAndKeepsTheData()
    {
        QCOMPARE(m_world->connect().exitCode, 0);
        QCOMPARE(m_world->run({u"sync"_s}).exitCode, 0);
        const int cells = m_world->value(u"SELECT count(*) FROM v_ledger"_s).toInt();
        QCOMPARE(m_world->run({u"disconnect"_s}).exitCode, 0);
        QCOMPARE(tokenRows(), 0);
        QCOMPARE(m_world->control(u"grants"_s).value(u"count"_s).toInt(), 0);
        QCOMPARE(m_world->value(u"SELECT count(*) FROM v_ledger"_s).toInt(), cells);
    }

    void whoComesFromFitbitGoesOnAsTheSameParticipant()
    {
        World &both = *m_world;
        both.useFitbit();
        QCOMPARE(both.connect().exitCode, 0);
        const QDate last(2026, 10, 31);
        QCOMPARE(both.run({u"sync"_s, u"--from"_s, iso(last.addDays(-9)), u"--to"_s, iso(last)}).exitCode, 0);
        const int fitbitDays =
            both.value(u"SELECT count(*) FROM v_ledger WHERE provider = 'fitbit'"_s).toInt();
        QCOMPARE(fitbitDays, 20);

        both.useGoogleHealth();
        const CliRun moved = both.connect();
        QVERIFY2(moved.exitCode == 0, moved.all().constData());
        QCOMPARE(both.run({u"sync"_s, u"--from"_s, iso(last.addDays(-4)), u"--to"_s, iso(last.addDays(5))})
                     .exitCode,
                 0);
        QCOMPARE(both.value(u"SELECT count(*) FROM v_ledger WHERE provider = 'fitbit'"_s).toInt(),
                 fitbitDays);
        QCOMPARE(both.value(u"SELECT count(DISTINCT participant) FROM v_ledger"_s).toInt(), 1);
        const QList<QVariantList> seam = both.query(
            u"SELECT fitbit_last, google_health_first, days_in_both, days_that_differ FROM v_seams "
            "WHERE data_type = 'steps'"_s);
        QCOMPARE(seam.size(), 1);
        QVERIFY2(seam.first().at(0).toString() <= iso(last), qPrintable(seam.first().at(0).toString()));
        QVERIFY(seam.first().at(1).toString() >= iso(last.addDays(-4)));
        QVERIFY(seam.first().at(2).toInt() >= 3);
        QCOMPARE(seam.first().at(3).toInt(), 0);
    }

    void anotherPersonsGoogleAccountIsRefused()
    {
        m_world->useFitbit();
        QCOMPARE(m_world->connect().exitCode, 0);
        const QString other = m_world->control(u"user"_s, {{u"add"_s, true}}).value(u"id"_s).toString();
        QVERIFY(!other.isEmpty());
        m_world->useGoogleHealth();
        const CliRun run = m_world->connect();
        QVERIFY2(run.exitCode == 1, run.all().constData());
        QVERIFY2(run.err.contains(other.toUtf8()) && run.err.contains("Fitbit"), run.all().constData());
        QCOMPARE(
            m_world->value(u"SELECT count(*) FROM fitbit_tokens WHERE provider = 'google-health'"_s).toInt(),
            0);
    }

    void aStaleTokensScopeComplaintCostsOneRefresh()
    {
        QCOMPARE(m_world->connect().exitCode, 0);
        const QByteArray body =
            R"({"error":{"code":403,"message":"Request had insufficient authentication scopes.","status":"PERMISSION_DENIED",)"
            R"("details":[{"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":"ACCESS_TOKEN_SCOPE_INSUFFICIENT"}]}})";
        m_world->control(u"fault"_s, {{u"kind"_s, u"status"_s},
                                      {u"status"_s, 403},
                                      {u"body"_s, QString::fromUtf8(body)},
                                      {u"path"_s, u"/v4/users/me/dataTypes"_s},
                                      {u"times"_s, 1}});
        const QDate day = QDate::currentDate().addDays(-20);
        const CliRun run = m_world->run({u"sync"_s, u"--date"_s, iso(day)});
        QVERIFY2(run.exitCode == 0, run.all().constData());
        QCOMPARE(m_world->control(u"grants"_s)
                     .value(u"grants"_s)
                     .toArray()
                     .at(0)
                     .toObject()
                     .value(u"refreshes"_s)
                     .toInt(),
                 1);
        compareWithTruth(day);
    }
};

QTEST_GUILESS_MAIN(TestGoogle)
#include "tst_google.moc"
