// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/notifier.h"

#include "app/notificationservice.h"

#include <QDBusConnection>
#include <QDBusPendingCallWatcher>

namespace wristkeep {

Notifier::Notifier(Fallback fallback, QObject *parent) : QObject(parent), m_fallback(std::move(fallback)) {}

Notifier::~Notifier() = default;

void Notifier::notify(const Notification &notification)
{
    if (!QDBusConnection::sessionBus().isConnected()) {
        m_fallback(notification);
        return;
    }
    if (!m_service) {
        m_service = std::make_unique<NotificationService>();
        connect(m_service.get(), &NotificationService::ActionInvoked, this, [this](uint id) {
            if (id == m_shown)
                Q_EMIT activated();
        });
        connect(m_service.get(), &NotificationService::NotificationClosed, this, [this](uint id) {
            if (id == m_shown)
                m_shown = 0;
        });
    }
    // Without the id of the one before it could not take its place.
    if (m_asking)
        m_next = notification;
    else
        send(notification);
}

void Notifier::send(const Notification &notification)
{
    m_asking = true;
    auto *watcher = new QDBusPendingCallWatcher(
        m_service->show(notification.title, notification.body, tr("Open"), m_shown), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher, notification] {
        watcher->deleteLater();
        const QDBusPendingReply<uint> reply = *watcher;
        if (reply.isError())
            m_fallback(notification);
        onAnswered(reply.isError() ? 0 : reply.value());
    });
}

void Notifier::onAnswered(uint id)
{
    m_shown = id;
    m_asking = false;
    if (const std::optional<Notification> next = std::exchange(m_next, std::nullopt))
        send(*next);
}

} // namespace wristkeep
