// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Tries the redirect address before anybody signs in: listens there as a sign-in would, asks for the address
// as a browser would, and stops. Ends exactly once with finished(), within ten seconds, unless destroyed.

#include "core/syncmessages.h"

#include <QObject>

#include <chrono>
#include <memory>

class QTcpSocket;

namespace wristkeep {

class LoopbackListener;

class RedirectCheck final : public QObject
{
    Q_OBJECT
public:
    /// `setting` names the address in error texts: "FITBIT_REDIRECT_URI".
    RedirectCheck(QString redirectUri, QString setting, QObject *parent = nullptr);
    ~RedirectCheck() override;

    void start();
    /// For tests; how long our own request may take.
    void setLimit(std::chrono::milliseconds limit) { m_limit = limit; }

Q_SIGNALS:
    /// `error`: BadConfiguration, PortBusy, TimedOut or Network.
    void finished(const wristkeep::RedirectVerdict &verdict);

private:
    void ask();
    void onAnswer();
    void onLost();
    void end(std::optional<Error> error);

    RedirectVerdict m_verdict;
    QString m_setting;
    QByteArray m_mark; ///< in the request, so that only our own counts
    bool m_seen = false;
    bool m_ended = false;
    std::chrono::milliseconds m_limit{5'000};
    std::unique_ptr<LoopbackListener> m_listener;
    std::unique_ptr<QTcpSocket> m_socket;
};

} // namespace wristkeep
