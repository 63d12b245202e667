// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The service's clock: the injected clock plus an offset that a test may turn.

#include "core/clock.h"

namespace wristkeep {

class SimClock final : public Clock
{
public:
    explicit SimClock(const Clock &base) : m_base(base) {}
    [[nodiscard]] QDateTime now() const override { return m_base.now().addSecs(m_offset); }
    [[nodiscard]] qint64 offset() const { return m_offset; }
    void setOffset(qint64 seconds) { m_offset = seconds; }

private:
    const Clock &m_base;
    qint64 m_offset = 0;
};

} // namespace wristkeep
