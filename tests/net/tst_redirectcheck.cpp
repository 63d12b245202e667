// SPDX-License-Identifier: GPL-3.0-or-later

// The redirect address is tried over real sockets, and the port is free again afterwards.

#include "net/redirectcheck.h"
#include "support/freeport.h"

#include <QSignalSpy>
#include <QTcpServer>
#include <QTest>

using namespace wristkeep;
using namespace wristkeep::test;
using namespace Qt::StringLiterals;

namespace {

RedirectVerdict verdictOn(const QString &address)
{
    RedirectCheck check(address, u"FITBIT_REDIRECT_URI"_s);
    QSignalSpy finished(&check, &RedirectCheck::finished);
    check.start();
    if (!QTest::qWaitFor([&finished] { return !finished.isEmpty(); }, 15'000) || finished.size() != 1)
        return {u"no single verdict"_s, 0, Error{}};
    return finished.first().first().value<RedirectVerdict>();
}

} // namespace

class TestRedirectCheck : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aFreeAddressIsReached_data()
    {
        QTest::addColumn<QString>("form");
        QTest::newRow("name") << u"http://localhost:%1/fitbit/callback"_s;
        QTest::newRow("number") << u"http://127.0.0.1:%1/a%20b/"_s;
        QTest::newRow("capitals") << u"http://LOCALHOST:%1/Fitbit/Callback"_s;
    }

    void aFreeAddressIsReached()
    {
        QFETCH(const QString, form);
        const quint16 port = freePort();
        const QString address = QString(form).replace(u"%1"_s, QString::number(port));
        for (int round = 0; round < 2; ++round) { // the first must leave the port to the second
            const RedirectVerdict verdict = verdictOn(address);
            QVERIFY2(!verdict.error, qPrintable(verdict.error ? verdict.error->detail : QString()));
            QCOMPARE(verdict.redirectUri, address);
            QCOMPARE(verdict.port, int(port));
        }
        QTcpServer again;
        QVERIFY(again.listen(QHostAddress(QHostAddress::LocalHost), port));
    }

    void thePortIsFreeWhenTheVerdictComes()
    {
        const quint16 port = freePort();
        RedirectCheck check(u"http://127.0.0.1:%1/callback"_s.arg(port), u"FITBIT_REDIRECT_URI"_s);
        std::optional<bool> free;
        connect(&check, &RedirectCheck::finished, this, [&free, port] {
            QTcpServer next;
            free = next.listen(QHostAddress(QHostAddress::LocalHost), port);
        });
        check.start();
        QTRY_VERIFY(free.has_value());
        QVERIFY(*free);
    }

    void anyPortIsFine()
    {
        const RedirectVerdict verdict = verdictOn(u"http://127.0.0.1:0/callback"_s);
        QVERIFY(!verdict.error);
        QVERIFY(verdict.port > 0);
    }

    void aTakenPortIsBusy()
    {
        QTcpServer other;
        QVERIFY(other.listen(QHostAddress(QHostAddress::LocalHost), 0));
        const RedirectVerdict verdict = verdictOn(u"http://localhost:%1/callback"_s.arg(other.serverPort()));
        QVERIFY(verdict.error);
        QCOMPARE(verdict.error->kind, ErrorKind::PortBusy);
        QCOMPARE(verdict.port, int(other.serverPort()));
    }

    void aWrongAddressIsTold()
    {
        const RedirectVerdict verdict = verdictOn(u"https://example.org/callback"_s);
        QVERIFY(verdict.error);
        QCOMPARE(verdict.error->kind, ErrorKind::BadConfiguration);
        QVERIFY(verdict.error->detail.contains(u"FITBIT_REDIRECT_URI"_s));
    }

    void itEndsInTime()
    {
        RedirectCheck check(u"http://127.0.0.1:%1/callback"_s.arg(freePort()), u"FITBIT_REDIRECT_URI"_s);
        check.setLimit(std::chrono::milliseconds(0));
        QSignalSpy finished(&check, &RedirectCheck::finished);
        check.start();
        QTRY_COMPARE(finished.size(), 1);
        QCOMPARE(finished.first().first().value<RedirectVerdict>().error->kind, ErrorKind::TimedOut);
        QTest::qWait(50); // nothing may follow
        QCOMPARE(finished.size(), 1);
    }

    void destroyedWhileItAsksItSaysNothing()
    {
        auto check = std::make_unique<RedirectCheck>(u"http://127.0.0.1:%1/callback"_s.arg(freePort()),
                                                     u"FITBIT_REDIRECT_URI"_s);
        QSignalSpy finished(check.get(), &RedirectCheck::finished);
        check->start();
        check.reset();
        QCoreApplication::processEvents();
        QCOMPARE(finished.size(), 0);
    }
};

QTEST_GUILESS_MAIN(TestRedirectCheck)
#include "tst_redirectcheck.moc"
