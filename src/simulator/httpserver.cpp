// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/httpserver.h"

#include <QHostAddress>
#include <QTcpSocket>

#include <memory>
#include <utility>

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {
constexpr qsizetype maxClients = 512;
} // namespace

HttpServer::HttpServer(SimHandler handler, QObject *parent) : QObject(parent), m_handler(std::move(handler))
{
    m_listener.setListenBacklogSize(512);
    connect(&m_listener, &QTcpServer::newConnection, this, &HttpServer::onNewConnection);
}

HttpServer::~HttpServer()
{
    close();
}

Outcome HttpServer::listen(quint16 port)
{
    if (!m_listener.listen(QHostAddress(QHostAddress::LocalHost), port)) {
        return failure(ErrorKind::Network,
                       u"The simulator cannot listen on 127.0.0.1 port %1: %2"_s.arg(port).arg(
                           m_listener.errorString()));
    }
    return {};
}

quint16 HttpServer::port() const
{
    return m_listener.serverPort();
}

void HttpServer::close()
{
    m_listener.close();
    dropClients();
}

void HttpServer::onNewConnection()
{
    while (QTcpSocket *socket = m_listener.nextPendingConnection()) {
        if (findChildren<HttpConnection *>(Qt::FindDirectChildrenOnly).size() >= maxClients) {
            socket->abort();
            socket->deleteLater();
            continue;
        }
        new HttpConnection(socket, m_handler, this); // owned by this
    }
}

void HttpServer::dropClients()
{
    const auto clients = findChildren<HttpConnection *>(Qt::FindDirectChildrenOnly);
    for (HttpConnection *client : clients)
        std::unique_ptr<HttpConnection>(client).reset();
}

} // namespace wristkeep
