// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// One client of the simulator: reads requests, asks the handler, delivers the answers in order, well or (on
// purpose) badly. One request is worked on at a time, so pipelined requests keep their order.

#include "simulator/httpparser.h"

#include <QObject>
#include <QTimer>

class QTcpSocket;

namespace wristkeep {

using SimHandler = std::function<SimResponse(const SimRequest &)>;

class HttpConnection : public QObject
{
    Q_OBJECT
public:
    /// Takes the socket over.
    HttpConnection(QTcpSocket *socket, SimHandler handler, QObject *parent);
    ~HttpConnection() override;

private:
    void onReadyRead();
    void onIdle();
    void serveNext();
    void deliver(SimResponse response, const SimRequest &request);
    void send();
    void sendPieces(QList<QByteArray> pieces, int pauseMs);
    void refuse(int status);
    void finishAnswer();
    void tellFinished();
    [[nodiscard]] QByteArray head(QByteArray &body);

    QTcpSocket *m_socket;
    SimHandler m_handler;
    HttpParser m_parser;
    QByteArray m_buffer;
    QTimer m_idle;
    SimResponse m_response;
    bool m_busy = false;
    bool m_closing = false;
    bool m_headOnly = false;
    bool m_acceptsGzip = false;
    bool m_keepAlive = true;
};

} // namespace wristkeep
