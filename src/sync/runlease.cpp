// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/runlease.h"

#include "core/clock.h"
#include "core/logging.h"
#include "store/leases.h"
#include "store/store.h"
#include "sync/processmark.h"
#include "sync/runservices.h"
#include "sync/storethread.h"
#include "sync/verdict.h"

#include <QUuid>

namespace wristkeep {

using namespace Qt::StringLiterals;

Result<LeaseState> takeLease(Leases &leases, const QString &name, const QString &owner, qint64 untilUtc)
{
    const Result<LeaseState> first = leases.take(name, owner, untilUtc);
    if (!first || first->granted || !isGone(first->owner))
        return first;
    if (const Outcome released = leases.release(name, first->owner); !released)
        return failure(released.error());
    return leases.take(name, owner, untilUtc);
}

namespace {

constexpr qint64 waiterSeconds = 5;

/// The same, and leaves word for a run in the background when it is taken.
Result<LeaseState> takeOrPress(Leases &leases, const QString &name, const QString &waiters,
                               const QString &owner, qint64 until, qint64 nowUtc)
{
    const Result<LeaseState> state = takeLease(leases, name, owner, until);
    if (!state || waiters.isEmpty())
        return state;
    if (state->granted) {
        if (const Outcome released = leases.release(waiters, owner); !released)
            return failure(released.error());
    } else if (const auto told = leases.take(waiters, owner, nowUtc + waiterSeconds); !told) {
        return failure(told.error());
    }
    return state;
}

} // namespace

QString RunLease::waitersName(const AccountKey &key)
{
    return u"waiting/%1/%2"_s.arg(key.provider, key.participant.toCaseFolded());
}

RunLease::RunLease(const RunServices &services, const AccountKey &key, bool background, QObject *parent)
    : QObject(parent), m_services(services),
      m_name(u"run/%1/%2"_s.arg(key.provider, key.participant.toCaseFolded())),
      m_waiters(background ? QString() : waitersName(key)),
      m_owner(services.owner + u'|' + QUuid::createUuid().toString(QUuid::Id128).left(8))
{
    connect(&m_timer, &QTimer::timeout, this, [this] { m_held ? prolong() : ask(); });
}

RunLease::~RunLease()
{
    if (!m_waited.isValid())
        return;
    // Also when the lease may only just be on its way to us: releasing what is not ours changes nothing.
    m_services.store.post([name = m_name, waiters = m_waiters, owner = m_owner](Store &store) {
        if (const Outcome released = store.leases().release(name, owner); !released)
            qCWarning(lcSync) << "A run's lease could not be given back; it ends by itself.";
        if (!waiters.isEmpty() && !store.leases().release(waiters, owner))
            qCWarning(lcSync) << "The word that a run waits could not be taken back; it ends by itself.";
    });
}

void RunLease::take()
{
    m_waited.start();
    ask();
}

void RunLease::ask()
{
    m_timer.stop();
    const qint64 now = m_services.clock.nowUtc();
    const qint64 until = now + m_services.limits.leaseHold.count();
    m_services.store.run<LeaseState>(
        this,
        [name = m_name, waiters = m_waiters, owner = m_owner, until, now](Store &store) {
            return takeOrPress(store.leases(), name, waiters, owner, until, now);
        },
        [this](Result<LeaseState> state) {
            if (!state) {
                Q_EMIT failed(state.error());
            } else if (state->granted) {
                m_held = true;
                m_timer.start(m_services.limits.leaseHold / 3);
                Q_EMIT taken();
            } else if (m_waited.elapsed() >= m_services.limits.leaseWait.count()) {
                Q_EMIT failed(errorOf(ErrorKind::Busy));
            } else {
                m_timer.start(m_services.limits.leasePoll);
                if (!std::exchange(m_told, true))
                    Q_EMIT waiting();
            }
        });
}

void RunLease::prolong()
{
    const qint64 until = m_services.clock.nowUtc() + m_services.limits.leaseHold.count();
    m_services.store.run<LeaseState>(
        this,
        [name = m_name, owner = m_owner, until](Store &store) {
            return store.leases().take(name, owner, until);
        },
        [](const Result<LeaseState> &state) {
            // Two runs at once waste requests but spoil nothing: each commit stands for itself.
            if (!state || !state->granted)
                qCWarning(lcSync) << "The lease of a run was lost, for example because the computer slept.";
        });
}

} // namespace wristkeep
