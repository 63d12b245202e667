// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The demo's simulated service. Whoever of the demo's programs comes first runs it; the others use it, and
// one of them takes it over, on the same port and with the same grants, when the first one ends.

#include "core/result.h"

#include <QDate>
#include <QLockFile>
#include <QObject>
#include <QTimer>

#include <memory>

namespace wristkeep {

class Clock;
class Simulator;

/// What the demo's programs must agree on; kept in the demo's folder.
struct DemoAccess
{
    QString clientSecret; ///< random, made at the first start
    quint16 port = 0;     ///< of the service; the stored sign-in belongs to it
    QDate begun;          ///< UTC, of the first start; around it the made-up person wears the tracker
};

class DemoService : public QObject
{
    Q_OBJECT
public:
    /// `root` is the demo's own folder and exists.
    DemoService(QString root, std::shared_ptr<const Clock> clock);
    ~DemoService() override;

    /// Runs the service, or finds the program that does.
    Result<DemoAccess> begin();

private:
    Result<DemoAccess> host();
    [[nodiscard]] QString accessFile() const;
    [[nodiscard]] DemoAccess readAccess() const;
    Outcome writeAccess(const DemoAccess &access) const;
    Outcome listen(const DemoAccess &access);
    void takeOver();

    QString m_root;
    std::shared_ptr<const Clock> m_clock;
    QLockFile m_lock;
    QTimer m_watch;
    std::unique_ptr<Simulator> m_simulator;
};

} // namespace wristkeep
