// SPDX-License-Identifier: GPL-3.0-or-later
// Connect, wrong accounts, disconnect and the doctor, as the window and the terminal see them.

#include "sync/doctor.h"
#include "sync/syncbench.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTest>

using namespace wristkeep;
using namespace wristkeep::test;
using namespace Qt::StringLiterals;

class TestAccounts : public QObject
{
    Q_OBJECT

private:
    /// Connects while the service signs another person in; `keep`: what is answered to the question.
    static ConnectReport connectAnother(SyncBench &bench, bool keep, WrongAccountQuestion *asked,
                                        const AccountKey &account = SyncBench::defaultAccount())
    {
        QMetaObject::Connection answer =
            QObject::connect(bench.worker.get(), &SyncWorker::wrongAccount, bench.worker.get(),
                             [&bench, keep, asked](const WrongAccountQuestion &question) {
                                 *asked = question;
                                 bench.worker->answerWrongAccount(keep);
                             });
        const ConnectReport report = bench.connect({}, account);
        QObject::disconnect(answer);
        return report;
    }

    static QList<Finding> examine(const SyncBench &bench)
    {
        Doctor doctor(bench.settings, bench.clock);
        QSignalSpy examined(&doctor, &Doctor::examined);
        doctor.examine();
        examined.wait(10'000);
        return examined.isEmpty() ? QList<Finding>() : examined.first().first().value<QList<Finding>>();
    }

    static Finding findingOf(const QList<Finding> &findings, const QString &id)
    {
        for (const Finding &finding : findings) {
            if (finding.id == id)
                return finding;
        }
        return {};
    }

private Q_SLOTS:
    void deniedIsNotConnected()
    {
        SyncBench bench;
        QVERIFY2(bench.start() && bench.open(), qPrintable(bench.problem));
        const ConnectReport report = bench.connect({{}, false});
        QVERIFY(!report.connected);
        QCOMPARE(report.error.kind, ErrorKind::ConsentDenied);
        QCOMPARE(bench.status().first().state, ConnectionState::NotConnected);
    }

    void aCancelledConnectEndsOnce()
    {
        SyncBench bench;
        QVERIFY2(bench.start() && bench.open(), qPrintable(bench.problem));
        QSignalSpy listening(bench.worker.get(), &SyncWorker::authorizeUrlReady);
        QSignalSpy finished(bench.worker.get(), &SyncWorker::connectFinished);
        ConnectRequest request;
        request.account = SyncBench::defaultAccount();
        bench.worker->connectAccount(request);
        QVERIFY(listening.wait(5'000));
        QCOMPARE(listening.first().at(1).toString(), bench.settings.value("FITBIT_REDIRECT_URI"));
        QCOMPARE(bench.status().first().state, ConnectionState::Connecting);
        bench.worker->connectAccount(request); // a second one is refused, the first goes on
        QCOMPARE(finished.count(), 1);
        QCOMPARE(finished.takeFirst().first().value<ConnectReport>().error.kind, ErrorKind::Busy);
        bench.worker->cancelConnect();
        QVERIFY(finished.count() > 0 || finished.wait(5'000));
        QCOMPARE(finished.first().first().value<ConnectReport>().error.kind, ErrorKind::Cancelled);
        QVERIFY(bench.connect().connected);
    }

    void aBusyPortIsNamed()
    {
        SyncBench bench;
        QVERIFY2(bench.start() && bench.open(), qPrintable(bench.problem));
        const int port = QUrl(bench.settings.value("FITBIT_REDIRECT_URI")).port();
        QTcpServer other;
        QVERIFY(other.listen(QHostAddress(QHostAddress::LocalHost), quint16(port)));
        const ConnectReport report = bench.connect();
        QCOMPARE(report.error.kind, ErrorKind::PortBusy);
        const Finding finding = findingOf(examine(bench), u"port"_s);
        QCOMPARE(finding.level, Finding::Level::Attention);
        QVERIFY(finding.text.contains(QString::number(port)));
        QVERIFY(finding.remedy.contains(u"FITBIT_REDIRECT_URI"_s));
    }

    void comingBackAsSomebodyElseChangesNothingUntilAnswered()
    {
        SyncBench bench;
        QVERIFY2(bench.start() && bench.open(), qPrintable(bench.problem));
        const QString before = bench.connect().userId;
        bench.control(u"user"_s, {{u"add"_s, true}});
        WrongAccountQuestion asked;
        ConnectReport report = connectAnother(bench, false, &asked);
        QVERIFY(!report.connected);
        QCOMPARE(report.error.kind, ErrorKind::WrongAccount);
        QCOMPARE(asked.expectedUserId, before);
        QVERIFY(asked.userId != before && !asked.userId.isEmpty());
        QCOMPARE(bench.status().first().userId, before);
        QVERIFY(!bench.sync().noUsableToken);

        report = connectAnother(bench, true, &asked);
        QVERIFY2(report.connected, qPrintable(report.error.detail));
        QCOMPARE(report.userId, asked.userId);
        QCOMPARE(bench.status().first().userId, asked.userId);
        QVERIFY(!bench.sync().noUsableToken);
    }

    void anotherParticipantsAccountIsAskedAbout()
    {
        SyncBench bench;
        QVERIFY2(bench.start() && bench.open(), qPrintable(bench.problem));
        QVERIFY(bench.connect().connected);
        QSignalSpy added(bench.worker.get(), &SyncWorker::participantAdded);
        bench.worker->addParticipant(u"P02"_s, {});
        QVERIFY(added.wait(5'000));
        WrongAccountQuestion asked;
        const AccountKey second{u"P02"_s, u"fitbit"_s};
        QVERIFY(!connectAnother(bench, false, &asked, second).connected);
        QCOMPARE(asked.otherParticipant, u"default"_s);
        QCOMPARE(asked.expectedUserId, QString());
        QCOMPARE(bench.status().last().state, ConnectionState::NotConnected);
        QCOMPARE(bench.status().first().state, ConnectionState::Connected);
    }

    void disconnectRevokesForgetsAndKeepsTheData()
    {
        SyncBench bench;
        QVERIFY2(bench.start() && bench.open(), qPrintable(bench.problem));
        QVERIFY(!bench.disconnect().wasConnected);
        QVERIFY(bench.connect().connected);
        bench.sync();
        const DisconnectReport report = bench.disconnect();
        QVERIFY(report.wasConnected && report.revoked && !report.error);
        QCOMPARE(report.warning, QString());
        QCOMPARE(bench.control(u"grants"_s).value(u"count"_s).toInt(), 0);
        QCOMPARE(bench.status().first().state, ConnectionState::NotConnected);
        QVERIFY(QFile::exists(bench.dayFile(QDate(2026, 3, 14), u"steps"_s)));
    }

    void thePermissionCanBeKept()
    {
        SyncBench bench;
        QVERIFY2(bench.start() && bench.open(), qPrintable(bench.problem));
        QVERIFY(bench.connect().connected);
        bench.forgetAsked();
        const DisconnectReport report = bench.disconnect(true);
        QVERIFY(report.wasConnected && !report.revoked);
        QCOMPARE(bench.asked(), QStringList());
        QCOMPARE(bench.control(u"grants"_s).value(u"count"_s).toInt(), 1);
        QCOMPARE(bench.status().first().state, ConnectionState::NotConnected);
    }

    void offlineItSaysWhereToRevokeByHand()
    {
        SyncBench bench;
        QVERIFY2(bench.start() && bench.open(), qPrintable(bench.problem));
        QVERIFY(bench.connect().connected);
        bench.simulator->close();
        const DisconnectReport report = bench.disconnect();
        QVERIFY(report.wasConnected && !report.revoked && !report.error);
        QVERIFY2(report.warning.contains(u"fitbit.com"_s), qPrintable(report.warning));
        QCOMPARE(bench.status().first().state, ConnectionState::NotConnected);
    }

    void aTokenOfAnotherHostIsSentNowhere()
    {
        SyncBench bench;
        QVERIFY2(bench.start() && bench.open(), qPrintable(bench.problem));
        QVERIFY(bench.connect().connected);
        const QUrl elsewhere(u"http://localhost:%1"_s.arg(bench.simulator->port()));
        bench.settings.values[u"FITBIT_API_URL"_s].value = elsewhere.toString();
        QVERIFY2(bench.open(), qPrintable(bench.problem));
        bench.forgetAsked();
        QCOMPARE(bench.status().first().state, ConnectionState::ReconnectNeeded);
        QVERIFY(bench.sync().noUsableToken);
        const DisconnectReport report = bench.disconnect();
        QVERIFY(report.wasConnected && !report.revoked && !report.warning.isEmpty());
        QCOMPARE(bench.asked(), QStringList());
    }

    void doctorFindsAHealthyInstallationHealthy()
    {
        SyncBench bench;
        QVERIFY2(bench.start(), qPrintable(bench.problem));
        for (const bool afterUse : {false, true}) {
            if (afterUse)
                QVERIFY2(bench.open() && bench.connect().connected, qPrintable(bench.problem));
            const QList<Finding> findings = examine(bench);
            QStringList ids;
            for (const Finding &finding : findings) {
                ids << finding.id;
                if (finding.id == "clock"_L1)
                    continue;
                QVERIFY2(finding.level == Finding::Level::Healthy, qPrintable(finding.id + finding.text));
                QCOMPARE(finding.remedy, QString());
            }
            QCOMPARE(ids, (QStringList{u"configuration"_s, u"key"_s, u"port"_s, u"database"_s, u"folders"_s,
                                       u"clock"_s, u"provider"_s}));
            QVERIFY(afterUse || !QFile::exists(bench.settings.databaseFile));
        }
    }

    void doctorNamesEachTroubleWithItsRemedy()
    {
        SyncBench bench;
        QVERIFY2(bench.start() && bench.open(), qPrintable(bench.problem));
        bench.worker.reset();
        bench.control(u"switch"_s, {{u"gone"_s, true}});
        QFile database(bench.settings.databaseFile);
        QVERIFY(database.open(QIODevice::WriteOnly | QIODevice::Truncate));
        database.write("this is a shopping list, not a database");
        database.close();
        bench.settings.fitbitDataDir = bench.settings.databaseFile + u"/below a file"_s;
        bench.settings.values.remove(u"FITBIT_CLIENT_ID"_s);
        const QList<Finding> findings = examine(bench);
        for (const QString &id : {u"configuration"_s, u"database"_s, u"folders"_s, u"provider"_s}) {
            const Finding finding = findingOf(findings, id);
            QVERIFY2(finding.level != Finding::Level::Healthy, qPrintable(id));
            QVERIFY2(!finding.text.isEmpty() && !finding.remedy.isEmpty(), qPrintable(id));
        }
        QVERIFY(findingOf(findings, u"provider"_s).text.contains(u"2 November 2026"_s));
    }

    void doctorLooksIntoTheDatabaseAndLeavesNothingBehind()
    {
        SyncBench bench;
        QVERIFY2(bench.start() && bench.open(), qPrintable(bench.problem));
        QCOMPARE(findingOf(examine(bench), u"database"_s).level, Finding::Level::Healthy); // while in use
        bench.worker.reset();
        const QStringList before = QDir(bench.folder.path()).entryList(QDir::AllEntries | QDir::Hidden);
        QCOMPARE(findingOf(examine(bench), u"database"_s).level, Finding::Level::Healthy);
        QCOMPARE(QDir(bench.folder.path()).entryList(QDir::AllEntries | QDir::Hidden), before);
        QFile database(bench.settings.databaseFile);
        QVERIFY(database.open(QIODevice::ReadWrite) && database.seek(5'000));
        database.write(QByteArray(8'000, 'x'));
        database.close();
        const Finding finding = findingOf(examine(bench), u"database"_s);
        QVERIFY(finding.level != Finding::Level::Healthy);
        QVERIFY2(finding.text.contains(bench.settings.databaseFile) && !finding.text.contains(u"immutable"_s),
                 qPrintable(finding.text));
        QVERIFY(!finding.remedy.isEmpty());
    }

    void doctorNoticesAClockThatIsADayOff()
    {
        SyncBench bench;
        QVERIFY2(bench.start(), qPrintable(bench.problem));
        // The service's clock is its own: move it, not ours.
        bench.control(u"clock"_s, {{u"offset"_s, 86'400}});
        const Finding finding = findingOf(examine(bench), u"clock"_s);
        QVERIFY2(finding.level == Finding::Level::Attention, qPrintable(finding.text));
        QVERIFY(finding.text.contains(u"behind"_s));
        QVERIFY(!finding.remedy.isEmpty());
    }

    void doctorEndsOffline()
    {
        SyncBench bench;
        QVERIFY2(bench.start(), qPrintable(bench.problem));
        bench.simulator->close();
        const QList<Finding> findings = examine(bench);
        QCOMPARE(findings.size(), 7);
        QCOMPARE(findingOf(findings, u"provider"_s).level, Finding::Level::Attention);
        QCOMPARE(findingOf(findings, u"clock"_s).level, Finding::Level::Healthy);
    }
};

QTEST_GUILESS_MAIN(TestAccounts)
#include "tst_accounts.moc"
