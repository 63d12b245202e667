// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Messages outside the window by the desktop's notification service (org.freedesktop.Notifications 1.2), or
// by a way of the caller's where there is none.

#include "gui/concerns.h"

#include <QObject>

#include <functional>
#include <memory>

namespace wristkeep {

class NotificationService;

class Notifier : public QObject
{
    Q_OBJECT
public:
    using Fallback = std::function<void(const Notification &)>;

    explicit Notifier(Fallback fallback, QObject *parent = nullptr);
    ~Notifier() override;

    /// Takes the place of the one shown before.
    void notify(const Notification &notification);

Q_SIGNALS:
    /// The person clicked it.
    void activated();

private:
    void send(const Notification &notification);
    void onAnswered(uint id);

    Fallback m_fallback;
    std::unique_ptr<NotificationService> m_service;
    uint m_shown = 0;                   ///< 0: none
    bool m_asking = false;              ///< the service has not told its id yet
    std::optional<Notification> m_next; ///< to be sent then
};

} // namespace wristkeep
