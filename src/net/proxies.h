// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Which proxy a connection takes: the system's, but none for this computer, which no proxy can reach for us.

#include <QNetworkProxyFactory>

namespace wristkeep {

/// For a QNetworkAccessManager. For this computer it leaves the choice to the socket, whose answer is "none"
/// (see useProxyRules): told "none" itself, the manager reads a plain answer's header with a system call for
/// each byte, which took half the time of a sync against the simulator.
class ManagerProxies final : public QNetworkProxyFactory
{
public:
    QList<QNetworkProxy> queryProxy(const QNetworkProxyQuery &query) override;
};

/// For every socket of this process, from any thread, as often as one likes.
void useProxyRules();

} // namespace wristkeep
