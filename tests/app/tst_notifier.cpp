// SPDX-License-Identifier: GPL-3.0-or-later
// What reaches the desktop's notification service, played by this process on a bus of its own; and the other
// way where there is no service.

#include "app/notifier.h"

#include <QCoreApplication>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QProcess>
#include <QSignalSpy>
#include <QStandardPaths>
#include <QTest>
#include <QVariantMap>

using namespace wristkeep;
using namespace Qt::StringLiterals;

namespace {

const auto serviceName = u"org.freedesktop.Notifications"_s;
const auto servicePath = u"/org/freedesktop/Notifications"_s;

struct Shown
{
    uint replaces = 0;
    QString title;
    QString body;
    QStringList actions;
};

} // namespace

/// The service, as far as a notifier needs it.
class Service : public QObject
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.Notifications")
public:
    QList<Shown> shown;
    uint lastId = 0;

public Q_SLOTS:
    // NOLINTNEXTLINE(readability-identifier-naming): the bus's name
    uint Notify(const QString &, uint replaces, const QString &, const QString &title, const QString &body,
                const QStringList &actions, const QVariantMap &, int)
    {
        shown << Shown{replaces, title, body, actions};
        lastId = replaces ? replaces : uint(40 + shown.size());
        return lastId;
    }

Q_SIGNALS:
    void ActionInvoked(uint id, const QString &action); // NOLINT(readability-identifier-naming)
    void NotificationClosed(uint id, uint reason);      // NOLINT(readability-identifier-naming)
};

class TestNotifier : public QObject
{
    Q_OBJECT

    std::unique_ptr<QDBusConnection> m_desk; ///< the service's own connection
    std::unique_ptr<Service> m_service;
    QList<Notification> m_fellBack;

    [[nodiscard]] Notifier::Fallback fallback()
    {
        return [this](const Notification &one) { m_fellBack << one; };
    }

private Q_SLOTS:
    void initTestCase()
    {
        if (!QDBusConnection::sessionBus().isConnected())
            QSKIP("dbus-run-session (dbus) is not installed");
    }

    void init()
    {
        m_fellBack.clear();
        m_service = std::make_unique<Service>();
        m_desk = std::make_unique<QDBusConnection>(
            QDBusConnection::connectToBus(QDBusConnection::SessionBus, u"desk"_s));
        QVERIFY(m_desk->registerObject(servicePath, m_service.get(),
                                       QDBusConnection::ExportAllSlots | QDBusConnection::ExportAllSignals));
        QVERIFY(m_desk->registerService(serviceName));
    }

    void cleanup()
    {
        m_desk->unregisterService(serviceName);
        m_desk.reset();
        QDBusConnection::disconnectFromBus(u"desk"_s);
    }

    void theServiceShowsIt()
    {
        Notifier notifier(fallback());
        notifier.notify({u"Reconnect <Fitbit>"_s, u"Rows < columns & <b>not bold</b>"_s});
        QTRY_COMPARE(m_service->shown.size(), 1);
        const Shown &shown = m_service->shown.first();
        QCOMPARE(shown.replaces, 0U);
        QCOMPARE(shown.title, u"Reconnect <Fitbit>"_s); // the title is plain text by the specification
        QCOMPARE(shown.body, u"Rows &lt; columns &amp; &lt;b&gt;not bold&lt;/b&gt;"_s);
        QCOMPARE(shown.actions, (QStringList{u"default"_s, u"Open"_s}));
        QCOMPARE(m_fellBack.size(), 0);
    }

    void theNextOneTakesItsPlaceUnlessItWasClosed()
    {
        Notifier notifier(fallback());
        notifier.notify({u"one"_s, {}});
        notifier.notify({u"two"_s, {}}); // before the service has answered
        QTRY_COMPARE(m_service->shown.size(), 2);
        QCOMPARE(m_service->shown.first().replaces, 0U);
        QCOMPARE(m_service->shown.last().replaces, 41U);
        // Signal and answer come by different ways: closed and shown in turn, each given time to arrive.
        int turn = 0;
        QTRY_VERIFY([&] {
            if (turn++ % 2 == 0)
                Q_EMIT m_service->NotificationClosed(m_service->lastId, 2U);
            else
                notifier.notify({u"three"_s, {}});
            return m_service->shown.size() > 2 && m_service->shown.last().replaces == 0U;
        }());
    }

    void aClickIsTold()
    {
        Notifier notifier(fallback());
        QSignalSpy activated(&notifier, &Notifier::activated);
        notifier.notify({u"one"_s, {}});
        QTRY_COMPARE(m_service->shown.size(), 1);
        int clicks = 0; // of another program's and of ours, until the notifier knows its own id
        QTRY_VERIFY([&] {
            if (!activated.isEmpty())
                return true;
            Q_EMIT m_service->ActionInvoked(99U, u"default"_s);
            Q_EMIT m_service->ActionInvoked(41U, u"default"_s);
            ++clicks;
            return false;
        }());
        QVERIFY(activated.size() <= clicks);
    }

    void withoutAServiceItGoesTheOtherWay()
    {
        m_desk->unregisterService(serviceName);
        Notifier notifier(fallback());
        const Notification one{u"title"_s, u"body"_s};
        notifier.notify(one);
        QTRY_COMPARE(m_fellBack, QList<Notification>{one});
        QCOMPARE(m_service->shown.size(), 0);
    }
};

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const QString runner = QStandardPaths::findExecutable(u"dbus-run-session"_s);
    constexpr auto mark = "WRISTKEEP_TEST_BUS";
    if (!qEnvironmentVariableIsSet(mark)) {
        // Once more on a private bus: the person's own must not see what a test shows.
        if (!runner.isEmpty()) {
            qputenv(mark, "1");
            QStringList words = application.arguments();
            words.prepend(u"--"_s);
            return QProcess::execute(runner, words);
        }
        qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent");
    }
    TestNotifier test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_notifier.moc"
