// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/proxies.h"

#include "core/settings.h"

#include <QNetworkProxy>

namespace wristkeep {

namespace {

class SocketProxies final : public QNetworkProxyFactory
{
public:
    QList<QNetworkProxy> queryProxy(const QNetworkProxyQuery &query) override
    {
        if (isLoopbackHost(query.peerHostName()))
            return {QNetworkProxy(QNetworkProxy::NoProxy)};
        return systemProxyForQuery(query);
    }
};

} // namespace

QList<QNetworkProxy> ManagerProxies::queryProxy(const QNetworkProxyQuery &query)
{
    if (isLoopbackHost(query.peerHostName()))
        return {QNetworkProxy(QNetworkProxy::DefaultProxy)};
    return systemProxyForQuery(query);
}

void useProxyRules()
{
    [[maybe_unused]] static const bool done = [] {
        QNetworkProxyFactory::setApplicationProxyFactory(new SocketProxies);
        return true;
    }();
}

} // namespace wristkeep
