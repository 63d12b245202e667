// SPDX-License-Identifier: GPL-3.0-or-later
#include "e2e/desktop.h"

#include <QDBusInterface>
#include <QDBusPendingCall>
#include <QDBusVariant>
#include <QProcess>
#include <QStandardPaths>
#include <QTest>

namespace wristkeep::test {

using namespace Qt::StringLiterals;

namespace {

constexpr auto insideMark = "WRISTKEEP_TEST_DESKTOP";
constexpr int patienceMs = 10'000;
const auto itemPath = u"/StatusNotifierItem"_s;
const auto itemInterface = u"org.kde.StatusNotifierItem"_s;
const auto menuPath = u"/MenuBar"_s;
const auto menuInterface = u"com.canonical.dbusmenu"_s;
const auto hostName = u"org.kde.StatusNotifierWatcher"_s;
const auto boardName = u"org.freedesktop.Notifications"_s;

/// Waits with the event loop running: the program may be asking us something at the same time.
QDBusMessage answerTo(const QDBusMessage &call)
{
    const QDBusPendingCall pending = QDBusConnection::sessionBus().asyncCall(call, patienceMs);
    if (!QTest::qWaitFor([&pending] { return pending.isFinished(); }, 2 * patienceMs))
        return {};
    return pending.reply();
}

MenuLine lineOf(const QDBusArgument &argument)
{
    MenuLine line;
    QVariantMap properties;
    argument.beginStructure();
    argument >> line.id >> properties;
    argument.endStructure();
    line.label = properties.value(u"label"_s).toString().remove(u'_');
    line.enabled = properties.value(u"enabled"_s, true).toBool();
    return line;
}

} // namespace

void TrayHost::RegisterStatusNotifierItem(const QString &service)
{
    m_items << service;
    Q_EMIT StatusNotifierItemRegistered(service);
}

QList<MenuLine> TrayHost::menu() const
{
    QDBusMessage call = QDBusMessage::createMethodCall(m_items.value(m_items.size() - 1), menuPath,
                                                       menuInterface, u"GetLayout"_s);
    call << 0 << -1 << QStringList();
    const QDBusMessage answer = answerTo(call);
    QList<MenuLine> lines;
    if (answer.type() != QDBusMessage::ReplyMessage)
        return lines;
    // u(ia{sv}av): revision, then the root with its children.
    const auto root = answer.arguments().value(1).value<QDBusArgument>();
    int id = 0;
    QVariantMap properties;
    root.beginStructure();
    root >> id >> properties;
    root.beginArray();
    while (!root.atEnd()) {
        QDBusVariant child;
        root >> child;
        lines << lineOf(child.variant().value<QDBusArgument>());
    }
    root.endArray();
    root.endStructure();
    return lines;
}

std::optional<MenuLine> TrayHost::line(const QString &label) const
{
    const QList<MenuLine> lines = menu();
    for (const MenuLine &one : lines) {
        if (one.label == label)
            return one;
    }
    return std::nullopt;
}

void TrayHost::choose(const MenuLine &line) const
{
    QDBusMessage call = QDBusMessage::createMethodCall(m_items.value(m_items.size() - 1), menuPath,
                                                       menuInterface, u"Event"_s);
    call << line.id << u"clicked"_s << QVariant::fromValue(QDBusVariant(QString())) << 0U;
    answerTo(call);
}

void TrayHost::click() const
{
    QDBusMessage call = QDBusMessage::createMethodCall(m_items.value(m_items.size() - 1), itemPath,
                                                       itemInterface, u"Activate"_s);
    call << 0 << 0;
    answerTo(call);
}

QVariant TrayHost::property(const QString &name) const
{
    QDBusMessage call = QDBusMessage::createMethodCall(m_items.value(m_items.size() - 1), itemPath,
                                                       u"org.freedesktop.DBus.Properties"_s, u"Get"_s);
    call << itemInterface << name;
    return answerTo(call).arguments().value(0).value<QDBusVariant>().variant();
}

uint MessageBoard::Notify(const QString &, uint replaces, const QString &, const QString &title,
                          const QString &body, const QStringList &, const QVariantMap &, int)
{
    shown << ShownMessage{title, body};
    return replaces ? replaces : uint(shown.size());
}

Desktop::Desktop()
{
    QDBusConnection bus = QDBusConnection::sessionBus();
    constexpr auto all = QDBusConnection::ExportAllContents;
    m_stands = bus.registerObject(u"/StatusNotifierWatcher"_s, &tray, all) && bus.registerService(hostName) &&
               bus.registerObject(u"/org/freedesktop/Notifications"_s, &board, all) &&
               bus.registerService(boardName);
}

Desktop::~Desktop()
{
    leaveTray();
    QDBusConnection bus = QDBusConnection::sessionBus();
    bus.unregisterService(boardName);
    bus.unregisterObject(u"/org/freedesktop/Notifications"_s);
}

void Desktop::leaveTray()
{
    QDBusConnection bus = QDBusConnection::sessionBus();
    bus.unregisterService(hostName);
    bus.unregisterObject(u"/StatusNotifierWatcher"_s);
}

std::optional<int> insideDesktop(const QStringList &arguments)
{
    if (qEnvironmentVariableIsSet(insideMark))
        return std::nullopt;
    if (!desktopMissing().startsWith(u"outside"_s))
        return std::nullopt;
    qputenv(insideMark, "1");
    // The one process both wrappers share: it ends with the test.
    const QStringList words =
        QStringList{u"--"_s,
                    u"xvfb-run"_s,
                    u"-a"_s,
                    u"-s"_s,
                    u"-screen 0 1280x800x24"_s,
                    u"sh"_s,
                    u"-c"_s,
                    u"openbox 2>/dev/null & w=$!; \"$0\" \"$@\"; s=$?; kill $w; exit $s"_s} +
        arguments;
    return QProcess::execute(u"dbus-run-session"_s, words);
}

QString desktopMissing()
{
    for (const QString &tool :
         {u"dbus-run-session"_s, u"xvfb-run"_s, u"openbox"_s, u"wmctrl"_s, u"xdotool"_s}) {
        if (QStandardPaths::findExecutable(tool).isEmpty())
            return u"%1 is not installed"_s.arg(tool);
    }
    return qEnvironmentVariableIsSet(insideMark) ? QString() : u"outside the test's own desktop"_s;
}

} // namespace wristkeep::test
