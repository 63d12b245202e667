// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/servicepatience.h"

#include <algorithm>

namespace wristkeep {

ServicePatience::ServicePatience(std::chrono::milliseconds budget, QObject *parent)
    : QObject(parent), m_budget(budget)
{
    m_end.setSingleShot(true);
    connect(&m_end, &QTimer::timeout, this, [this] {
        m_exhausted = true;
        Q_EMIT exhausted();
    });
}

void ServicePatience::noteSuccess()
{
    m_since.invalidate();
    m_end.stop();
}

void ServicePatience::noteFailure(qint64 tookMs)
{
    if (m_since.isValid() || m_exhausted)
        return;
    m_since.start();
    m_before = std::max<qint64>(0, tookMs);
    m_end.start(std::max(std::chrono::milliseconds(0), m_budget - std::chrono::milliseconds(m_before)));
}

std::chrono::milliseconds ServicePatience::failingFor() const
{
    if (m_exhausted)
        return m_budget;
    return std::chrono::milliseconds(m_since.isValid() ? m_before + m_since.elapsed() : 0);
}

} // namespace wristkeep
