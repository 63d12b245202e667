// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/clock.h"

#include <utility>

namespace wristkeep {

QDateTime SystemClock::now() const
{
    return QDateTime::currentDateTimeUtc();
}

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
