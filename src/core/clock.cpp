// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/clock.h"

#include <utility>

#ifdef WRISTKEEP_FAIL_POINTS
#include <atomic>
#endif

namespace wristkeep {

#ifdef WRISTKEEP_FAIL_POINTS

namespace {

/// By how many seconds the clock of the test build is wrong: WRISTKEEP_CLOCK_OFFSET=seconds from the start,
/// and WRISTKEEP_CLOCK_JUMP=N:seconds besides, once it was looked at N times.
qint64 clockError()
{
    static const qint64 offset = qgetenv("WRISTKEEP_CLOCK_OFFSET").toLongLong();
    static const QList<QByteArray> jump = qgetenv("WRISTKEEP_CLOCK_JUMP").split(':');
    static const int looksBefore = jump.size() == 2 ? jump.first().toInt() : -1;
    static std::atomic<int> looks{0};
    const bool hasJumped = looksBefore >= 0 && looks.fetch_add(1) >= looksBefore;
    return offset + (hasJumped ? jump.last().toLongLong() : 0);
}

} // namespace

QDateTime SystemClock::now() const
{
    return QDateTime::currentDateTimeUtc().addSecs(clockError());
}

#else

QDateTime SystemClock::now() const
{
    return QDateTime::currentDateTimeUtc();
}

#endif

FixedClock::FixedClock(QDateTime start) : m_now(std::move(start)) {}

QDateTime FixedClock::now() const
{
    const QMutexLocker lock(&m_guard);
    return m_now;
}

void FixedClock::set(QDateTime now)
{
    const QMutexLocker lock(&m_guard);
    m_now = std::move(now);
}

void FixedClock::advance(qint64 seconds)
{
    const QMutexLocker lock(&m_guard);
    m_now = m_now.addSecs(seconds);
}

} // namespace wristkeep
