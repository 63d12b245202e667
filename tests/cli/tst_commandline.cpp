// SPDX-License-Identifier: GPL-3.0-or-later

// Whole commands in this process, with streams that are buffers and a worker whose answers are written here.

#include "cli/bufferedinput.h"
#include "cli/commandline.h"
#include "cli/fakeworker.h"
#include "core/clock.h"
#include "core/redaction.h"
#include "core/settings.h"

#include <QBuffer>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace wristkeep;
using namespace wristkeep::test;
using namespace Qt::StringLiterals;

class CommandLineTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_home;
    std::unique_ptr<QBuffer> m_out;
    std::unique_ptr<QBuffer> m_err;
    std::unique_ptr<BufferedInput> m_in;
    CliEnvironment m_environment;

    [[nodiscard]] QByteArray out() const { return m_out->data(); }
    [[nodiscard]] QByteArray err() const { return m_err->data(); }

    int run(const QString &line)
    {
        CommandLine commandLine(line.split(u' ', Qt::SkipEmptyParts), m_environment);
        QSignalSpy finished(&commandLine, &CommandLine::finished);
        commandLine.start();
        return finished.wait(5'000) ? finished.first().first().toInt() : -1;
    }

    static AccountStatus account(ConnectionState state, const QString &participant = u"default"_s)
    {
        AccountStatus made;
        made.key = {participant, u"fitbit"_s};
        made.state = state;
        made.zone = u"Europe/Berlin"_s;
        return made;
    }

    void beTerminal()
    {
        m_environment.outIsTerminal = true;
        m_environment.inIsTerminal = true;
    }

private Q_SLOTS:
    void initTestCase()
    {
        QCoreApplication::setApplicationName(u"wristkeep"_s);
        qputenv("XDG_CONFIG_HOME", m_home.filePath(u"config"_s).toLocal8Bit());
        qputenv("XDG_DATA_HOME", m_home.filePath(u"data"_s).toLocal8Bit());
        QDir::setCurrent(m_home.path());
    }

    void init()
    {
        answers() = {};
        answers().accounts = {account(ConnectionState::Connected)};
        qputenv("FITBIT_CLIENT_ID", "23ABCD");
        qputenv("FITBIT_CLIENT_SECRET", "0123456789abcdef0123456789abcdef");
        m_out = std::make_unique<QBuffer>();
        m_err = std::make_unique<QBuffer>();
        m_in = std::make_unique<BufferedInput>();
        QVERIFY(m_out->open(QIODevice::WriteOnly) && m_err->open(QIODevice::WriteOnly));
        m_environment = {};
        m_environment.out = m_out.get();
        m_environment.err = m_err.get();
        m_environment.in = m_in.get();
        // 23:30 in Berlin, already the 24th in the Chathams where this test runs.
        m_environment.clock =
            std::make_shared<FixedClock>(QDateTime(QDate(2026, 11, 23), QTime(22, 30), Qt::UTC));
        m_environment.secrets = std::make_shared<SecretRegister>();
    }

    void versionAndHelpNeedNothing()
    {
        QCOMPARE(run(u"--version"_s), 0);
        QCOMPARE(out(), QByteArray("wristkeep-cli " WRISTKEEP_VERSION "\n"));
        QCOMPARE(run(u"--help"_s), 0);
        QVERIFY(err().isEmpty());
        QVERIFY(answers().calls.isEmpty());
    }

    void wrongUsageOpensNothing_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QByteArray>("says");
        QTest::newRow("no command") << QString() << QByteArray("sync");
        QTest::newRow("unknown data") << u"sync --data stepz"_s << QByteArray("heartrate");
        QTest::newRow("unknown provider") << u"--provider garmin sync"_s << QByteArray("fitbit");
        QTest::newRow("impossible date") << u"sync --date 2026-02-30"_s << QByteArray("2026-02-30");
        QTest::newRow("far future") << u"sync --date 2027-01-01"_s << QByteArray("future");
        QTest::newRow("time-out in words") << u"connect --timeout soon"_s << QByteArray("soon");
        QTest::newRow("no time at all") << u"connect --timeout 0"_s << QByteArray("--timeout 0");
        QTest::newRow("bad id") << u"participants add ../x"_s << QByteArray("letters");
        QTest::newRow("remove in a pipe") << u"participants remove default"_s << QByteArray("--yes");
        QTest::newRow("no such file") << u"--env-file none.env status"_s << QByteArray("none.env");
    }

    void wrongUsageOpensNothing()
    {
        QFETCH(QString, line);
        QFETCH(QByteArray, says);
        QCOMPARE(run(line), 2);
        QVERIFY2(err().contains(says), err().constData());
        QVERIFY2(out().isEmpty(), out().constData());
        QVERIFY(answers().calls.isEmpty());
    }

    void anUnknownParticipantIsToldTheOthers()
    {
        answers().participants.append({u"P02"_s, u"Mara"_s});
        for (const QString &line : {u"status"_s, u"sync"_s, u"connect"_s, u"disconnect"_s}) {
            QCOMPARE(run(u"--participant nobody "_s + line), 2);
            QVERIFY2(err().contains("default, P02"), err().constData());
        }
        QVERIFY(out().isEmpty());
    }

    void missingCredentialsAreConfiguration()
    {
        qunsetenv("FITBIT_CLIENT_SECRET");
        for (const QString &line : {u"sync"_s, u"connect"_s, u"status"_s}) {
            QCOMPARE(run(line), 2);
            QVERIFY2(
                err().contains(
                    "Missing required Fitbit credentials: set FITBIT_CLIENT_ID and FITBIT_CLIENT_SECRET"),
                err().constData());
        }
    }

    void aStoreThatDoesNotOpenIsSaid()
    {
        Error broken;
        broken.kind = ErrorKind::Storage;
        broken.detail = u"The disk is full"_s;
        answers().openError = broken;
        QCOMPARE(run(u"sync"_s), 1);
        QVERIFY(err().contains("The disk is full."));
        QCOMPARE(answers().calls.last(), u"close"_s);
    }

    void theFirstAddressOnStdoutIsTheOneToOpen()
    {
        answers().connectReport.connected = true;
        answers().connectReport.missing = QStringList{u"sleep"_s};
        QCOMPARE(run(u"connect --no-browser --timeout 7"_s), 0);
        QVERIFY(answers().connectRequest.timeout == std::chrono::seconds(7));
        const qsizetype at = out().indexOf("http");
        QVERIFY2(out().mid(at).startsWith("https://www.fitbit.com/oauth2/authorize?state=x%20y\n"),
                 out().constData());
        QCOMPARE(out().at(at - 1), '\n');
        QVERIFY(out().contains("http://localhost:5000/fitbit/callback"));
        QVERIFY(out().contains("If the browser shows an error, compare this"));
        QVERIFY(out().contains("sleep"));
        QVERIFY2(err().isEmpty(), err().constData());
    }

    void connectSaysTheAddressAsAnObjectToo()
    {
        answers().connectReport.connected = true;
        QCOMPARE(run(u"--json connect --no-browser"_s), 0);
        const QList<QByteArray> lines = out().split('\n');
        QCOMPARE(lines.first(), QByteArray("{\"type\":\"authorize\",\"url\":\"https://www.fitbit.com/oauth2/"
                                           "authorize?state=x%20y\"}"));
        for (const QByteArray &line : lines)
            QVERIFY2(line.isEmpty() || QJsonDocument::fromJson(line).isObject(), line.constData());
    }

    void theBrowserIsOpenedUnlessToldNotTo()
    {
        QList<QUrl> opened;
        bool works = true;
        m_environment.openBrowser = [&](const QUrl &url, const std::function<void()> &) {
            opened.append(url);
            return works;
        };
        answers().connectReport.connected = true;
        QCOMPARE(run(u"connect"_s), 0);
        QCOMPARE(opened.size(), 1);
        QCOMPARE(run(u"connect --no-browser"_s), 0);
        QCOMPARE(opened.size(), 1);
        QVERIFY(err().isEmpty());
        works = false;
        QCOMPARE(run(u"connect"_s), 0);
        QVERIFY2(err().contains("by hand"), err().constData());
    }

    void aPastedAddressIsTakenOnATerminal()
    {
        beTerminal();
        answers().connectWaits = true;
        answers().connectReport.connected = true;
        answers().acceptedAddress = u"http://localhost:5000/fitbit/callback?code=1"_s;
        CommandLine commandLine({u"connect"_s, u"--no-browser"_s}, m_environment);
        QSignalSpy finished(&commandLine, &CommandLine::finished);
        commandLine.start();
        QTRY_VERIFY(out().contains("Paste the address"));
        m_in->type("\nhttp://else");
        m_in->type("where/\n");
        QTRY_VERIFY(err().contains("not the address"));
        m_in->type("  http://localhost:5000/fitbit/callback?code=1\n");
        QVERIFY(finished.wait(5'000));
        QCOMPARE(finished.first().first().toInt(), 0);
        QVERIFY(answers().calls.contains(u"paste http://elsewhere/"_s));
    }

    void anotherAccountIsRefusedAndNamed()
    {
        answers().question =
            WrongAccountQuestion{{u"P02"_s, u"fitbit"_s}, u"ABC123"_s, {}, u"default"_s, {}, {}};
        QCOMPARE(run(u"connect --no-browser"_s), 1);
        QVERIFY(answers().calls.contains(u"keep old"_s));
        QVERIFY2(err().contains("ABC123") && err().contains("default"), err().constData());
        QCOMPARE(err().count('\n'), 1);
    }

    void anotherEarlierAccountIsNamedToo()
    {
        WrongAccountQuestion question{{u"P02"_s, u"google-health"_s}, u"2515"_s, u"9ZZZZZ"_s, {}};
        question.earlierService = u"Fitbit"_s;
        question.earlierUserId = u"8ABCDE"_s;
        answers().question = question;
        QCOMPARE(run(u"connect --no-browser"_s), 1);
        QVERIFY(answers().calls.contains(u"keep old"_s));
        QVERIFY2(
            err().contains("was Fitbit user 8ABCDE, but participant P02 was connected there as user 9ZZZZZ"),
            err().constData());
        QVERIFY2(err().contains("disconnect Fitbit first"), err().constData());
    }

    void interruptsEndWithFive()
    {
        answers().connectWaits = true;
        answers().syncWaits = true;
        for (const QString &line : {u"connect"_s, u"sync"_s}) {
            CommandLine commandLine({line}, m_environment);
            QSignalSpy finished(&commandLine, &CommandLine::finished);
            commandLine.start();
            QTRY_VERIFY(line == u"connect"_s ? out().contains("Waiting")
                                             : answers().calls.contains(u"sync"_s));
            commandLine.interrupt();
            commandLine.interrupt();
            QVERIFY(finished.wait(5'000));
            QCOMPARE(finished.first().first().toInt(), 5);
            QCOMPARE(finished.size(), 1);
        }
        QVERIFY(out().contains("Stopped."));
    }

    void anInterruptBeforeTheStartEndsWithFive()
    {
        CommandLine commandLine({u"sync"_s}, m_environment);
        QSignalSpy finished(&commandLine, &CommandLine::finished);
        commandLine.start();
        commandLine.interrupt();
        QVERIFY(finished.wait(5'000));
        QCOMPARE(finished.first().first().toInt(), 5);
        QVERIFY(!answers().calls.contains(u"sync"_s));
    }

    void syncAsksForWhatWasSaid()
    {
        QCOMPARE(run(u"sync"_s), 0);
        QCOMPARE(answers().syncRequest.accounts, QList<AccountKey>({{u"default"_s, u"fitbit"_s}}));
        QVERIFY(answers().syncRequest.dataTypes.isEmpty());
        QVERIFY(!answers().syncRequest.first && !answers().syncRequest.askSettledAgain);
        QCOMPARE(run(u"sync --date 2026-11-01 --data heartrate"_s), 0);
        QCOMPARE(answers().syncRequest.dataTypes, QStringList{u"heartrate_1min"_s});
        QCOMPARE(answers().syncRequest.first, QDate(2026, 11, 1));
        QCOMPARE(answers().syncRequest.last, QDate(2026, 11, 1));
        QVERIFY(answers().syncRequest.askSettledAgain);
        QCOMPARE(run(u"sync --from 2026-11-01 --data all"_s), 0);
        QVERIFY(answers().syncRequest.first && !answers().syncRequest.last);
        QVERIFY(!answers().syncRequest.askSettledAgain);
        QVERIFY(answers().syncRequest.dataTypes.contains(u"steps"_s));
    }

    void theFutureBeginsInTheParticipantsZone()
    {
        QCOMPARE(run(u"sync --date 2026-11-23"_s), 0);
        QCOMPARE(run(u"sync --date 2026-11-24"_s), 2);
        QVERIFY2(err().contains("future"), err().constData());
        answers().accounts.first().zone = u"Pacific/Auckland"_s;
        QCOMPARE(run(u"sync --date 2026-11-24"_s), 0);
        QCOMPARE(run(u"sync --from 2026-11-24"_s), 2);
    }

    void everybodyConnectedIsSynced()
    {
        answers().participants = {{u"default"_s, {}}, {u"P01"_s, {}}, {u"P02"_s, {}}};
        answers().accounts = {account(ConnectionState::NotConnected),
                              account(ConnectionState::Connected, u"P01"_s),
                              account(ConnectionState::ReconnectNeeded, u"P02"_s)};
        QCOMPARE(run(u"sync"_s), 0);
        QCOMPARE(answers().syncRequest.accounts.size(), 2);
        QCOMPARE(run(u"--participant p01 sync"_s), 0);
        QCOMPARE(answers().syncRequest.accounts, QList<AccountKey>({{u"P01"_s, u"fitbit"_s}}));
        QCOMPARE(run(u"status"_s), 3);
        answers().accounts.last().state = ConnectionState::Connected;
        QCOMPARE(run(u"status"_s), 0);
        QCOMPARE(run(u"--participant default status"_s), 3);
    }

    void nobodyConnectedIsThree()
    {
        answers().accounts = {account(ConnectionState::NotConnected)};
        QCOMPARE(run(u"sync"_s), 3);
        QVERIFY2(err().contains("wristkeep-cli connect"), err().constData());
        QVERIFY(!answers().calls.contains(u"sync"_s));
        QCOMPARE(run(u"status"_s), 3);
        QVERIFY(out().contains("not connected"));
    }

    void theReportCarriesItsExitStatus()
    {
        ReportCell cell;
        cell.key = {{u"default"_s, u"fitbit"_s}, u"steps"_s, QDate(2026, 11, 22)};
        cell.waitsForQuota = true;
        answers().syncReport.cells = {cell};
        answers().syncReport.nextAtUtc = 1'800'000'000;
        QCOMPARE(run(u"--json sync"_s), 4);
        const QJsonObject report = QJsonDocument::fromJson(out().trimmed()).object();
        QCOMPARE(report.value(u"type"_s).toString(), u"report"_s);
        QCOMPARE(report.value(u"exit"_s).toInt(), 4);
    }

    void disconnectSaysHowItEnded()
    {
        QCOMPARE(run(u"disconnect"_s), 3);
        answers().disconnectReport.wasConnected = true;
        answers().disconnectReport.warning =
            u"Fitbit could not be reached: revoke by hand at www.fitbit.com."_s;
        QCOMPARE(run(u"disconnect --keep-grant"_s), 0);
        QVERIFY(answers().calls.contains(u"disconnect default keep"_s));
        QVERIFY(err().contains("www.fitbit.com"));
    }

    void participantsComeAndGo()
    {
        QCOMPARE(run(u"participants list"_s), 0);
        QCOMPARE(out(), QByteArray("default\n"));
        QCOMPARE(run(u"participants add P02 --name Mara"_s), 0);
        QVERIFY(answers().calls.contains(u"add P02 Mara"_s));
        QCOMPARE(run(u"participants remove DEFAULT --yes"_s), 0);
        QVERIFY(answers().calls.contains(u"remove default"_s));
        Error taken;
        taken.kind = ErrorKind::BadUsage;
        taken.detail = u"There is a P02 already"_s;
        answers().requestError = taken;
        QCOMPARE(run(u"participants add P02"_s), 2);
        QVERIFY(err().contains("already"));
    }

    void removingAsksOnATerminal()
    {
        beTerminal();
        for (const QByteArray &word : {QByteArray("n\n"), QByteArray("\n"), QByteArray("y\n")}) {
            CommandLine commandLine({u"participants"_s, u"remove"_s, u"default"_s}, m_environment);
            QSignalSpy finished(&commandLine, &CommandLine::finished);
            m_out->buffer().clear();
            m_out->seek(0);
            commandLine.start();
            QTRY_VERIFY(out().contains("[y/N]"));
            QVERIFY(!answers().calls.contains(u"remove default"_s));
            m_in->type(word);
            QVERIFY(finished.wait(5'000));
            QCOMPARE(answers().calls.contains(u"remove default"_s), word == "y\n");
        }
    }

    void doctorNamesEachRemedy()
    {
        Finding wrong{u"port"_s, u"Port"_s, Finding::Level::WrongConfiguration, u"5000 is taken"_s,
                      u"Choose another."_s};
        answers().findings = {wrong};
        QCOMPARE(run(u"doctor"_s), 2);
        QVERIFY2(out().contains("Port: 5000 is taken") && out().contains("Choose another."),
                 out().constData());
        QVERIFY(answers().calls.isEmpty());
    }

    void theDemoIsStartedAndConsentsByItself()
    {
        qunsetenv("FITBIT_CLIENT_ID");
        QUrl consented;
        m_environment.startDemo = [](Settings &settings) {
            settings.values.insert(u"FITBIT_CLIENT_ID"_s,
                                   {u"23DEMO"_s, SettingOrigin::CommandLine, u"demo"_s});
            settings.values.insert(u"FITBIT_CLIENT_SECRET"_s,
                                   {u"secret"_s, SettingOrigin::CommandLine, u"demo"_s});
            settings.provider = u"fitbit"_s;
            return Outcome();
        };
        m_environment.consentAutomatically =
            [&](const QUrl &url, const std::function<void(const QString &)> &) { consented = url; };
        answers().connectReport.connected = true;
        QCOMPARE(run(u"--demo connect"_s), 0);
        QVERIFY(consented.isValid());
        QVERIFY2(out().startsWith("Demo: "), out().constData());
        QVERIFY(out().contains("by itself"));
        QVERIFY(out().contains("wristkeep-cli --demo sync"));
        consented.clear();
        m_environment.hasDisplay = true;
        m_environment.openBrowser = [](const QUrl &, const std::function<void()> &) { return true; };
        QCOMPARE(run(u"--demo connect"_s), 0);
        QVERIFY(!consented.isValid());
    }

    static BackfillStatus backfill(BackfillState state)
    {
        BackfillStatus status;
        status.account = {u"default"_s, u"fitbit"_s};
        status.state = state;
        status.first = QDate(2020, 1, 1);
        status.last = QDate(2026, 11, 22);
        status.dataTypes = {u"steps"_s};
        status.cellsTotal = 2'518;
        status.cellsDone = 130;
        status.requestsLeft = 2'388;
        status.etaSeconds = 66'000;
        return status;
    }

    void aBackfillIsWorkedOffAsFarAsItGoes_data()
    {
        QTest::addColumn<BackfillState>("state");
        QTest::addColumn<int>("status");
        QTest::newRow("done") << BackfillState::Done << 0;
        QTest::newRow("the limit") << BackfillState::WaitingForQuota << 4;
        QTest::newRow("offline") << BackfillState::WaitingForNetwork << 1;
        QTest::newRow("some days failed") << BackfillState::WaitingForRetry << 1;
        QTest::newRow("reconnect") << BackfillState::NeedsPerson << 3;
        QTest::newRow("paused elsewhere") << BackfillState::Paused << 5;
    }

    void aBackfillIsWorkedOffAsFarAsItGoes()
    {
        QFETCH(BackfillState, state);
        QFETCH(int, status);
        BackfillStatus last = backfill(state);
        last.problem = ErrorKind::TokenRefused;
        last.nextWakeUtc = 1'795'478'460;
        answers().backfills = {backfill(BackfillState::Running), last};
        QCOMPARE(run(u"backfill start --from 2020-01-01 --data steps"_s), status);
        QCOMPARE(answers().backfillOrder.first, QDate(2020, 1, 1));
        QCOMPARE(answers().backfillOrder.dataTypes, QStringList{u"steps"_s});
        QVERIFY2(out().contains("130 of 2518"), out().constData());
        QCOMPARE(run(u"backfill resume"_s), status);
        QVERIFY(answers().calls.contains(u"resume backfill default"_s));
    }

    void aBackfillIsToldAsAnObject()
    {
        answers().backfills = {backfill(BackfillState::Paused)};
        QCOMPARE(run(u"backfill status --json"_s), 0);
        const QJsonObject object = QJsonDocument::fromJson(out().trimmed()).object();
        QCOMPARE(object.value(u"type"_s), u"backfill"_s);
        QCOMPARE(object.value(u"state"_s), u"paused"_s);
        QCOMPARE(object.value(u"requests_left"_s), 2'388);
        QVERIFY(object.value(u"next_at"_s).isNull());
        QCOMPARE(run(u"backfill pause"_s), 0);
        answers().backfills = {backfill(BackfillState::Cancelled)};
        QCOMPARE(run(u"backfill cancel"_s), 0);
        QVERIFY(answers().calls.contains(u"cancel backfill default"_s));
    }

    void wordsAboutBackfillsThatMakeNoSense()
    {
        QCOMPARE(run(u"backfill"_s), 2);
        QVERIFY2(err().contains("start, status, pause, resume, cancel"), err().constData());
        QCOMPARE(run(u"backfill start --from 2027-01-01"_s), 2);
        QCOMPARE(run(u"backfill start --data stepz"_s), 2);
        QVERIFY(answers().calls.isEmpty());
        answers().backfills.clear();
        QCOMPARE(run(u"backfill status"_s), 0);
        QVERIFY2(out().contains("No backfill"), out().constData());
        Error none;
        none.kind = ErrorKind::BadUsage;
        answers().requestError = none;
        QCOMPARE(run(u"backfill pause"_s), 2);
    }

    void aDryRunOpensNothing()
    {
        QCOMPARE(run(u"sync --dry-run"_s), 3); // there is no database yet
        QVERIFY(answers().calls.isEmpty());
        QVERIFY2(err().contains("onnect"), err().constData());
    }
};

QTEST_GUILESS_MAIN(CommandLineTest)
#include "tst_commandline.moc"
