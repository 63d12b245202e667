// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// One run per account across processes: takes the named lease, waits for another process's run within
// bounds, prolongs it while it is held, and gives it back when destroyed. Whoever waits says so, and a run in
// the background makes room.

#include "core/ids.h"
#include "core/result.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

namespace wristkeep {

class Leases;
struct LeaseState;
struct RunServices;

/// Takes or prolongs the lease; one that a killed process left behind is taken over at once.
Result<LeaseState> takeLease(Leases &leases, const QString &name, const QString &owner, qint64 untilUtc);

class RunLease : public QObject
{
    Q_OBJECT
public:
    RunLease(const RunServices &services, const AccountKey &key, bool background, QObject *parent);
    ~RunLease() override;

    void take();

    /// Held for moments at a time while somebody waits for the account's run to end.
    static QString waitersName(const AccountKey &key);

Q_SIGNALS:
    void waiting(); ///< another process holds it; at most once
    void taken();
    void failed(const wristkeep::Error &error); ///< Busy after the wait, or Storage

private:
    void ask();
    void prolong();

    const RunServices &m_services;
    QString m_name;
    QString m_waiters; ///< empty: this one does not press
    QString m_owner;
    QTimer m_timer;
    QElapsedTimer m_waited;
    bool m_held = false;
    bool m_told = false;
};

} // namespace wristkeep
