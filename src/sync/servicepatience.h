// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// How long a run has seen nothing but failures of the service, and the moment it has seen enough of them.

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <chrono>

namespace wristkeep {

class ServicePatience : public QObject
{
    Q_OBJECT
public:
    explicit ServicePatience(std::chrono::milliseconds budget, QObject *parent = nullptr);

    void noteSuccess();
    /// `tookMs`: how long the failed request went on; the failing began with it.
    void noteFailure(qint64 tookMs);
    [[nodiscard]] std::chrono::milliseconds failingFor() const;
    [[nodiscard]] bool isExhausted() const { return m_exhausted; }

Q_SIGNALS:
    void exhausted();

private:
    std::chrono::milliseconds m_budget;
    QElapsedTimer m_since;
    qint64 m_before = 0;
    QTimer m_end;
    bool m_exhausted = false;
};

} // namespace wristkeep
