// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/requestgate.h"

#include "sync/runservices.h"

#include <algorithm>
#include <utility>

namespace wristkeep {

namespace {

constexpr qint64 secondNs = 1'000'000'000;

} // namespace

RequestGate::Pass::~Pass()
{
    if (m_gate)
        m_gate->leave(this);
}

RequestGate::RequestGate(RequestPace pace, QObject *parent) : QObject(parent), m_pace(pace)
{
    m_time.start();
    m_next.setSingleShot(true);
    m_next.setTimerType(Qt::PreciseTimer);
    connect(&m_next, &QTimer::timeout, this, &RequestGate::letIn);
}

std::unique_ptr<RequestGate::Pass> RequestGate::enter(std::function<void()> go)
{
    auto pass = std::make_unique<Pass>(this, std::move(go));
    m_waiting.append(pass.get());
    letIn();
    return pass;
}

qint64 RequestGate::pauseNs() const
{
    if (m_pace.perSecond <= 0 || m_begunNs.size() < m_pace.perSecond)
        return 0;
    return std::max<qint64>(0, m_begunNs.first() + secondNs - m_time.nsecsElapsed());
}

void RequestGate::letIn()
{
    while (!m_isShut && !m_waiting.isEmpty() && m_underWay < m_pace.atOnce) {
        if (const qint64 pause = pauseNs(); pause > 0) {
            m_next.start(int(pause / 1'000'000 + 1));
            return;
        }
        Pass *pass = m_waiting.takeFirst();
        ++m_underWay;
        if (m_pace.perSecond > 0) {
            m_begunNs.append(m_time.nsecsElapsed());
            while (m_begunNs.size() > m_pace.perSecond)
                m_begunNs.removeFirst();
        }
        std::exchange(pass->m_go, nullptr)();
    }
}

void RequestGate::leave(Pass *pass)
{
    if (m_waiting.removeOne(pass))
        return;
    --m_underWay;
    // From the event loop: whoever aborts several requests must not let others in between.
    if (!m_waiting.isEmpty())
        m_next.start(0);
}

RequestPace paceOf(const Provider &provider, const RunLimits &limits)
{
    RequestPace pace = provider.pace();
    pace.atOnce = std::max(1, std::min(pace.atOnce, limits.parallel));
    return pace;
}

} // namespace wristkeep
