// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The simulator's listener on 127.0.0.1: hands each client to a connection of its own, at most so many at
// once.

#include "core/result.h"
#include "simulator/httpconnection.h"

#include <QTcpServer>

namespace wristkeep {

class HttpServer : public QObject
{
    Q_OBJECT
public:
    explicit HttpServer(SimHandler handler, QObject *parent = nullptr);
    ~HttpServer() override;

    /// Port 0 takes any free one. Network when the port is taken.
    Outcome listen(quint16 port);
    [[nodiscard]] quint16 port() const;
    /// Stops listening and drops every client.
    void close();

private:
    void onNewConnection();
    void dropClients();

    QTcpServer m_listener;
    SimHandler m_handler;
};

} // namespace wristkeep
