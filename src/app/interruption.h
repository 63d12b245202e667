// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Turns Ctrl-C and a request to end (SIGINT, SIGTERM, SIGHUP) into a signal of the event loop. A second
// Ctrl-C meets the system's own handling again and kills.

#include <QObject>

class QSocketNotifier;

namespace wristkeep {

class Interruption : public QObject
{
    Q_OBJECT
public:
    explicit Interruption(QObject *parent = nullptr);
    ~Interruption() override;

Q_SIGNALS:
    void interrupted();

private:
    void onArrived();

    QSocketNotifier *m_notifier = nullptr;
};

} // namespace wristkeep
