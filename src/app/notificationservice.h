// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// org.freedesktop.Notifications on the session bus. Signals bear the bus's names: that is how Qt finds them.

#include <QDBusAbstractInterface>
#include <QDBusPendingReply>

namespace wristkeep {

class NotificationService : public QDBusAbstractInterface
{
    Q_OBJECT
public:
    explicit NotificationService(QObject *parent = nullptr);

    /// Plain text; `replaces` is the id of an earlier one or 0. The answer is the new one's id.
    QDBusPendingReply<uint> show(const QString &title, const QString &body, const QString &openText,
                                 uint replaces);

Q_SIGNALS:
    void ActionInvoked(uint id, const QString &action); // NOLINT(readability-identifier-naming)
    void NotificationClosed(uint id, uint reason);      // NOLINT(readability-identifier-naming)
};

} // namespace wristkeep
