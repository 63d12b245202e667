// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/httpconnection.h"

#include "core/gzip.h"

#include <QTcpSocket>

#include <utility>

namespace wristkeep {

namespace {

constexpr int idleMs = 30'000;
constexpr int segmentPauseMs = 25;
constexpr qint64 maxUnsentBytes = 16 * 1024 * 1024;
constexpr qsizetype smallestGzip = 256;

QByteArray chunkedBody(const QByteArray &body)
{
    constexpr qsizetype chunk = 8192;
    QByteArray out;
    out.reserve(body.size() + 64);
    for (qsizetype at = 0; at < body.size(); at += chunk) {
        const QByteArray part = body.mid(at, chunk);
        out += QByteArray::number(part.size(), 16) + "\r\n" + part + "\r\n";
    }
    return out + "0\r\n\r\n";
}

/// The header, then the body in ten parts.
QList<QByteArray> slowPieces(const QByteArray &head, const QByteArray &body)
{
    constexpr qsizetype parts = 10;
    const qsizetype length = body.size() / parts + 1;
    QList<QByteArray> pieces = {head};
    for (qsizetype at = 0; at < body.size(); at += length)
        pieces.append(body.mid(at, length));
    return pieces;
}

} // namespace

HttpConnection::HttpConnection(QTcpSocket *socket, SimHandler handler, QObject *parent)
    : QObject(parent), m_socket(socket), m_handler(std::move(handler))
{
    m_socket->setParent(this);
    m_socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    m_socket->setReadBufferSize(1024 * 1024);
    connect(m_socket, &QTcpSocket::readyRead, this, &HttpConnection::onReadyRead);
    connect(m_socket, &QTcpSocket::bytesWritten, this, &HttpConnection::serveNext);
    connect(m_socket, &QTcpSocket::disconnected, this, &QObject::deleteLater);
    m_idle.setSingleShot(true);
    m_idle.setInterval(idleMs);
    connect(&m_idle, &QTimer::timeout, this, &HttpConnection::onIdle);
    m_idle.start();
}

HttpConnection::~HttpConnection()
{
    // The socket would otherwise emit disconnected() into a half-destroyed object.
    m_socket->disconnect(this);
    tellFinished();
}

void HttpConnection::onReadyRead()
{
    if (m_busy || m_closing)
        return; // stays in the socket, whose buffer is bounded
    m_idle.start();
    serveNext();
}

void HttpConnection::onIdle()
{
    if (m_busy)
        return;
    if (m_buffer.isEmpty())
        m_socket->disconnectFromHost();
    else
        refuse(408);
}

void HttpConnection::serveNext()
{
    while (!m_busy && !m_closing && m_socket->bytesToWrite() < maxUnsentBytes) {
        m_buffer += m_socket->readAll();
        if (m_buffer.isEmpty())
            return;
        SimRequest request;
        switch (m_parser.take(m_buffer, request)) {
        case HttpParser::State::NeedMore:
            if (m_parser.takeExpectsContinue())
                m_socket->write("HTTP/1.1 100 Continue\r\n\r\n");
            return;
        case HttpParser::State::Bad:
            refuse(m_parser.badStatus());
            return;
        case HttpParser::State::Complete:
            break;
        }
        m_busy = true;
        deliver(m_handler(request), request);
    }
}

void HttpConnection::deliver(SimResponse response, const SimRequest &request)
{
    m_response = std::move(response);
    m_headOnly = request.method == "HEAD";
    m_keepAlive = request.keepAlive;
    m_acceptsGzip = request.header("Accept-Encoding").toLower().contains("gzip");
    if (m_response.delivery.hang) {
        m_idle.stop();
        return;
    }
    if (m_response.delivery.delayMs > 0)
        QTimer::singleShot(m_response.delivery.delayMs, this, &HttpConnection::send);
    else
        send();
}

QByteArray HttpConnection::head(QByteArray &body)
{
    const Delivery &delivery = m_response.delivery;
    QByteArray lines =
        "HTTP/1.1 " + QByteArray::number(m_response.status) + ' ' + reasonPhrase(m_response.status) + "\r\n";
    bool encoded = false;
    for (const auto &[name, value] : std::as_const(m_response.headers)) {
        encoded = encoded || name.compare("Content-Encoding", Qt::CaseInsensitive) == 0;
        lines += name + ": " + value + "\r\n";
    }
    const bool wantsGzip = m_acceptsGzip && !encoded && body.size() >= smallestGzip;
    if (wantsGzip || (delivery.truncateGzip && !encoded)) {
        body = m_response.gzipBody.isEmpty() ? gzipCompress(body, 1) : m_response.gzipBody;
        lines += "Content-Encoding: gzip\r\n";
    }
    if (delivery.truncateGzip)
        body.truncate(body.size() / 2);
    if (delivery.chunked && !m_headOnly) {
        body = chunkedBody(body);
        lines += "Transfer-Encoding: chunked\r\n";
    } else if (m_response.status != 204) {
        const qint64 length = qMax<qint64>(0, body.size() + delivery.lengthDelta);
        lines += "Content-Length: " + QByteArray::number(length) + "\r\n";
    }
    lines += m_keepAlive ? "Connection: keep-alive\r\n\r\n" : "Connection: close\r\n\r\n";
    return lines;
}

void HttpConnection::send()
{
    const Delivery delivery = m_response.delivery;
    if (delivery.drop) {
        m_closing = true;
        tellFinished();
        m_socket->abort();
        return;
    }
    // After a wrong length the two sides disagree where the next answer begins.
    if (delivery.lengthDelta != 0)
        m_keepAlive = false;
    QByteArray body = m_response.body;
    const QByteArray lines = head(body);
    if (m_headOnly)
        body.clear();
    if (delivery.dropAfterBytes) {
        // A compressed body can be shorter than the place asked for; the transfer must break all the same.
        const qint64 bytes =
            *delivery.dropAfterBytes < body.size() ? *delivery.dropAfterBytes : body.size() / 2;
        m_socket->write(lines + body.left(bytes));
        m_keepAlive = false;
    } else if (delivery.splitHeader) {
        const qsizetype third = lines.size() / 3;
        sendPieces({lines.left(third), lines.mid(third, third), lines.mid(2 * third) + body}, segmentPauseMs);
        return;
    } else if (delivery.slowBodyMs > 0 && !body.isEmpty()) {
        sendPieces(slowPieces(lines, body), delivery.slowBodyMs);
        return;
    } else {
        m_socket->write(lines);
        m_socket->write(body);
    }
    finishAnswer();
}

void HttpConnection::sendPieces(QList<QByteArray> pieces, int pauseMs)
{
    m_socket->write(pieces.takeFirst());
    m_socket->flush();
    if (pieces.isEmpty()) {
        finishAnswer();
        serveNext();
        return;
    }
    QTimer::singleShot(pauseMs, this, [this, pieces, pauseMs] { sendPieces(pieces, pauseMs); });
}

void HttpConnection::refuse(int status)
{
    m_closing = true;
    m_socket->write("HTTP/1.1 " + QByteArray::number(status) + ' ' + reasonPhrase(status) +
                    "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    m_socket->disconnectFromHost();
}

void HttpConnection::finishAnswer()
{
    const bool delayed = m_response.delivery.delayMs > 0;
    tellFinished();
    m_response = {};
    m_busy = false;
    m_idle.start();
    if (!m_keepAlive) {
        m_closing = true;
        m_socket->disconnectFromHost();
    } else if (delayed) {
        serveNext();
    }
}

void HttpConnection::tellFinished()
{
    if (const auto finished = std::exchange(m_response.finished, nullptr))
        finished();
}

} // namespace wristkeep
