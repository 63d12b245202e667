// SPDX-License-Identifier: GPL-3.0-or-later

// The truth table of exit statuses: the first that applies wins.

#include "cli/exitstatus.h"
#include "core/rebuildmessages.h"
#include "sync/doctor.h"
#include "sync/syncworker.h"

#include <QTest>

using namespace wristkeep;
using namespace Qt::StringLiterals;

namespace {

ReportCell cell(std::optional<CellState> state)
{
    ReportCell made;
    made.state = state;
    return made;
}

ReportCell failedAgain(CellState state)
{
    ReportCell made = cell(state);
    made.triedAndFailed = true;
    return made;
}

ReportCell waiting(std::optional<CellState> state = std::nullopt)
{
    ReportCell made = cell(state);
    made.waitsForQuota = true;
    return made;
}

Error error(ErrorKind kind)
{
    Error made;
    made.kind = kind;
    return made;
}

} // namespace

class ExitStatusTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void ofASync_data()
    {
        QTest::addColumn<SyncReport>("report");
        QTest::addColumn<int>("status");
        const auto row = [](const char *name, int status, const QList<ReportCell> &cells,
                            const std::function<void(SyncReport &)> &change = {}) {
            SyncReport report;
            report.cells = cells;
            if (change)
                change(report);
            QTest::newRow(name) << report << status;
        };
        const ReportCell complete = cell(CellState::Complete);
        const ReportCell failed = cell(CellState::Failed);
        const auto stop = [](ErrorKind kind) {
            return [kind](SyncReport &report) { report.stopped = error(kind); };
        };
        row("nothing to do", 0, {});
        row("all good", 0, {complete, cell(CellState::Empty), cell(CellState::Provisional)});
        row("one failed", 1, {complete, failed});
        row("one partial", 1, {complete, cell(CellState::Partial)});
        row("one not permitted", 1, {complete, cell(CellState::NotPermitted)});
        row("one never asked", 1, {complete, cell(std::nullopt)});
        row("older data, failed now", 1, {failedAgain(CellState::Complete)});
        row("all waits", 4, {waiting()});
        row("the rest waits", 4, {complete, waiting()});
        row("a good one waits to be renewed", 4, {waiting(CellState::Provisional)});
        row("one waits, one failed", 1, {waiting(), failed});
        row("no token", 3, {complete}, [](SyncReport &report) { report.noUsableToken = true; });
        row("no token and a failure", 3, {failed}, [](SyncReport &report) { report.noUsableToken = true; });
        row("no token and a wait", 3, {waiting()}, [](SyncReport &report) { report.noUsableToken = true; });
        row("cancelled", 5, {cell(std::nullopt)}, [](SyncReport &report) { report.cancelled = true; });
        row("cancelled without token", 5, {}, [](SyncReport &report) {
            report.cancelled = true;
            report.noUsableToken = true;
        });
        row("cancelled while waiting", 5, {waiting()}, [](SyncReport &report) { report.cancelled = true; });
        row("stopped by the disk", 1, {complete}, stop(ErrorKind::Storage));
        row("stopped by the service's end", 1, {failed}, stop(ErrorKind::ServiceGone));
        row("stopped by another run", 1, {}, stop(ErrorKind::Busy));
        row("stopped by a refused project", 1, {complete}, stop(ErrorKind::ProjectRefused));
        row("wrong secret", 2, {failed}, stop(ErrorKind::ClientRefused));
        row("wrong secret before all else", 2, {failed}, [](SyncReport &report) {
            report.stopped = error(ErrorKind::BadConfiguration);
            report.cancelled = true;
            report.noUsableToken = true;
        });
        row("stopped by the limit", 4, {}, stop(ErrorKind::RateLimited));
        row("stopped by a refused token", 3, {}, stop(ErrorKind::TokenRefused));
    }

    void ofASync()
    {
        QFETCH(SyncReport, report);
        QFETCH(int, status);
        QCOMPARE(int(exitStatusOf(report)), status);
    }

    void ofAConnect_data()
    {
        QTest::addColumn<ErrorKind>("kind");
        QTest::addColumn<int>("status");
        QTest::newRow("denied") << ErrorKind::ConsentDenied << 1;
        QTest::newRow("timed out") << ErrorKind::ConsentTimedOut << 1;
        QTest::newRow("wrong account") << ErrorKind::WrongAccount << 1;
        QTest::newRow("refused") << ErrorKind::RequestRefused << 1;
        QTest::newRow("invalid grant") << ErrorKind::TokenRefused << 1;
        QTest::newRow("limit") << ErrorKind::RateLimited << 1;
        QTest::newRow("gone") << ErrorKind::ServiceGone << 1;
        QTest::newRow("account refused") << ErrorKind::AccountRefused << 1;
        QTest::newRow("project refused") << ErrorKind::ProjectRefused << 1;
        QTest::newRow("offline") << ErrorKind::Network << 1;
        QTest::newRow("port busy") << ErrorKind::PortBusy << 2;
        QTest::newRow("invalid client") << ErrorKind::ClientRefused << 2;
        QTest::newRow("configuration") << ErrorKind::BadConfiguration << 2;
        QTest::newRow("interrupted") << ErrorKind::Cancelled << 5;
    }

    void ofAConnect()
    {
        QFETCH(ErrorKind, kind);
        QFETCH(int, status);
        ConnectReport report;
        report.error = error(kind);
        QCOMPARE(int(exitStatusOf(report)), status);
        report.connected = true;
        QCOMPARE(int(exitStatusOf(report)), 0);
    }

    void ofADisconnect()
    {
        DisconnectReport report;
        QCOMPARE(int(exitStatusOf(report)), 3);
        report.wasConnected = true;
        report.warning = u"offline"_s;
        QCOMPARE(int(exitStatusOf(report)), 0);
        report.error = error(ErrorKind::Storage);
        QCOMPARE(int(exitStatusOf(report)), 1);
    }

    void ofAStatus()
    {
        AccountStatus connected;
        connected.state = ConnectionState::Connected;
        AccountStatus reconnect;
        reconnect.state = ConnectionState::ReconnectNeeded;
        AccountStatus none;
        AccountStatus unset;
        unset.state = ConnectionState::NotConfigured;
        QCOMPARE(int(exitStatusOf(QList<AccountStatus>())), 3);
        QCOMPARE(int(exitStatusOf(QList<AccountStatus>{connected})), 0);
        QCOMPARE(int(exitStatusOf(QList<AccountStatus>{connected, connected})), 0);
        QCOMPARE(int(exitStatusOf(QList<AccountStatus>{none})), 3);
        QCOMPARE(int(exitStatusOf(QList<AccountStatus>{connected, reconnect})), 3);
        QCOMPARE(int(exitStatusOf(QList<AccountStatus>{reconnect, unset})), 2);
    }

    void ofADoctor()
    {
        Finding healthy;
        Finding attention;
        attention.level = Finding::Level::Attention;
        Finding wrong;
        wrong.level = Finding::Level::WrongConfiguration;
        QCOMPARE(int(exitStatusOf(QList<Finding>{healthy})), 0);
        QCOMPARE(int(exitStatusOf(QList<Finding>{healthy, attention})), 1);
        QCOMPARE(int(exitStatusOf(QList<Finding>{wrong, attention})), 2);
    }

    void ofARebuild()
    {
        RebuildReport report;
        QCOMPARE(exitStatusOf(report), ExitStatus::Fine);
        report.problems.append(RebuildProblem{}); // never understood: nothing is missing for it
        QCOMPARE(exitStatusOf(report), ExitStatus::Fine);
        report.totals.insert(RebuildDifference::Kind::Value, 1);
        QCOMPARE(exitStatusOf(report), ExitStatus::NotGood);
        report.swapped = true;
        QCOMPARE(exitStatusOf(report), ExitStatus::Fine);
        report.problems.first().isDamaged = true;
        QCOMPARE(exitStatusOf(report), ExitStatus::NotGood);
        report = {};
        report.withoutAnswer = 1;
        QCOMPARE(exitStatusOf(report), ExitStatus::NotGood);
    }
};

QTEST_GUILESS_MAIN(ExitStatusTest)
#include "tst_exitstatus.moc"
