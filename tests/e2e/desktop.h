// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A small desktop for whole-program tests: notification service and host of tray icons on the session bus,
// both played by the test, and what a hand does there.

#include <QDBusArgument>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QList>
#include <QObject>
#include <QVariantMap>

#include <memory>
#include <optional>

namespace wristkeep::test {

/// One line of a tray icon's menu (com.canonical.dbusmenu).
struct MenuLine
{
    int id = 0;
    QString label; ///< without the mark of its mnemonic
    bool enabled = true;
};

/// org.kde.StatusNotifierWatcher with one host: us.
class TrayHost : public QObject
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.kde.StatusNotifierWatcher")
    // NOLINTBEGIN(readability-identifier-naming): the bus's names
    Q_PROPERTY(bool IsStatusNotifierHostRegistered READ hasHost)
    Q_PROPERTY(int ProtocolVersion READ version)
    Q_PROPERTY(QStringList RegisteredStatusNotifierItems READ items)
public:
    [[nodiscard]] bool hasHost() const { return true; }
    [[nodiscard]] int version() const { return 0; }
    [[nodiscard]] QStringList items() const { return m_items; }

    void forget() { m_items.clear(); }
    /// The menu of the icon that came last; empty when it does not answer.
    [[nodiscard]] QList<MenuLine> menu() const;
    /// The line of that text, if it is there.
    [[nodiscard]] std::optional<MenuLine> line(const QString &label) const;
    void choose(const MenuLine &line) const;
    /// A left click on the icon.
    void click() const;
    /// A property of the icon.
    [[nodiscard]] QVariant property(const QString &name) const;

public Q_SLOTS:
    void RegisterStatusNotifierItem(const QString &service);
    void RegisterStatusNotifierHost(const QString &) {}

Q_SIGNALS:
    void StatusNotifierItemRegistered(const QString &service);
    void StatusNotifierHostRegistered();
    // NOLINTEND(readability-identifier-naming)

private:
    QStringList m_items;
};

struct ShownMessage
{
    QString title;
    QString body;
};

/// org.freedesktop.Notifications.
class MessageBoard : public QObject
{
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.Notifications")
public:
    QList<ShownMessage> shown;

    // NOLINTBEGIN(readability-identifier-naming): the bus's names
public Q_SLOTS:
    uint Notify(const QString &program, uint replaces, const QString &icon, const QString &title,
                const QString &body, const QStringList &actions, const QVariantMap &hints, int timeout);

Q_SIGNALS:
    void ActionInvoked(uint id, const QString &action);
    void NotificationClosed(uint id, uint reason);
    // NOLINTEND(readability-identifier-naming)
};

/// Both, on the session bus as long as this lives.
class Desktop
{
public:
    Desktop();
    ~Desktop();
    Desktop(const Desktop &) = delete;
    Desktop &operator=(const Desktop &) = delete;

    /// False when the bus does not take them.
    [[nodiscard]] bool stands() const { return m_stands; }
    TrayHost tray;
    MessageBoard board;
    /// Without the host the program looks for a tray of the older kind (XEmbed).
    void leaveTray();

private:
    bool m_stands = false;
};

/// Starts this test once more inside dbus-run-session and xvfb-run with openbox. None: we are inside already.
/// Else the exit status; a test that lacks a tool goes on outside, where its initTestCase() has to skip.
std::optional<int> insideDesktop(const QStringList &arguments);
/// Why there is no desktop here; empty inside one.
QString desktopMissing();

} // namespace wristkeep::test
