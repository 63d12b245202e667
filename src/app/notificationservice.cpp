// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/notificationservice.h"

#include <QDBusConnection>
#include <QVariantMap>

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

constexpr auto serviceName = "org.freedesktop.Notifications";
// A service that hangs must not keep the message from the way that works.
constexpr int patienceMs = 3'000;
constexpr int untilServiceDecides = -1;

} // namespace

NotificationService::NotificationService(QObject *parent)
    : QDBusAbstractInterface(QString::fromLatin1(serviceName), u"/org/freedesktop/Notifications"_s,
                             serviceName, QDBusConnection::sessionBus(), parent)
{
    setTimeout(patienceMs);
}

QDBusPendingReply<uint> NotificationService::show(const QString &title, const QString &body,
                                                  const QString &openText, uint replaces)
{
    const QVariantMap hints{{u"desktop-entry"_s, u"wristkeep"_s}};
    // Services read the body as markup.
    return asyncCall(u"Notify"_s, u"Wristkeep"_s, replaces, u"wristkeep"_s, title, body.toHtmlEscaped(),
                     QStringList{u"default"_s, openText}, hints, untilServiceDecides);
}

} // namespace wristkeep
