// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Keeps to a service's pace for one account: so many requests under way, so many begun within any second.
// What has to wait is let in by a timer, first come first served. Lives on the thread of its requests.

#include "providers/provider.h"

#include <QElapsedTimer>
#include <QList>
#include <QObject>
#include <QPointer>
#include <QTimer>

#include <functional>
#include <memory>

namespace wristkeep {

struct RunLimits;

class RequestGate : public QObject
{
    Q_OBJECT
public:
    /// One request's place, from its wait to its answer. Destroying it gives the place back, or ends the
    /// wait.
    class Pass
    {
    public:
        Pass(RequestGate *gate, std::function<void()> go) : m_gate(gate), m_go(std::move(go)) {}
        ~Pass();
        Pass(const Pass &) = delete;
        Pass &operator=(const Pass &) = delete;

    private:
        friend class RequestGate;
        QPointer<RequestGate> m_gate;
        std::function<void()> m_go; ///< empty once it was let in
    };

    explicit RequestGate(RequestPace pace, QObject *parent = nullptr);

    /// Calls `go` once: inside this call if there is room, else later from the event loop.
    [[nodiscard]] std::unique_ptr<Pass> enter(std::function<void()> go);

    /// Lets nobody in any more: the service has refused to answer for now.
    void shut() { m_isShut = true; }
    [[nodiscard]] bool isShut() const { return m_isShut; }

private:
    void letIn();
    void leave(Pass *pass);
    [[nodiscard]] qint64 pauseNs() const;

    RequestPace m_pace;
    int m_underWay = 0;
    bool m_isShut = false;
    QList<Pass *> m_waiting;
    QList<qint64> m_begunNs; ///< of the last `perSecond` requests
    QElapsedTimer m_time;
    QTimer m_next;
};

/// The provider's pace, within what a run allows itself.
RequestPace paceOf(const Provider &provider, const RunLimits &limits);

} // namespace wristkeep
