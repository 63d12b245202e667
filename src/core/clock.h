// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Time as a dependency: everything that asks for "now" asks this, so that tests can set it.

#include <QDateTime>
#include <QMutex>

namespace wristkeep {

class Clock
{
public:
    virtual ~Clock() = default;

    /// The present instant, UTC.
    [[nodiscard]] virtual QDateTime now() const = 0;

    /// Whole Unix seconds of now().
    [[nodiscard]] qint64 nowUtc() const { return now().toSecsSinceEpoch(); }

    /// Seconds since the epoch with fraction, as expires_at is stored.
    [[nodiscard]] double nowSeconds() const { return double(now().toMSecsSinceEpoch()) / 1000.0; }
};

/// The computer's clock.
class SystemClock final : public Clock
{
public:
    [[nodiscard]] QDateTime now() const override;
};

/// A clock a test sets by hand; read by every thread of the program under test, hence guarded.
class FixedClock final : public Clock
{
public:
    explicit FixedClock(QDateTime start);
    [[nodiscard]] QDateTime now() const override;
    void set(QDateTime now);
    void advance(qint64 seconds);

private:
    mutable QMutex m_guard;
    QDateTime m_now;
};

} // namespace wristkeep
