// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/testserver.h"

#include <QHostAddress>
#include <QPointer>
#include <QTcpSocket>
#include <QTimer>
#include <QUrlQuery>

using namespace Qt::StringLiterals;

namespace wristkeep::test {

QHash<QString, QString> SeenRequest::form() const
{
    QHash<QString, QString> fields;
    for (const QByteArray &pair : body.split('&')) {
        const qsizetype at = pair.indexOf('=');
        QByteArray name = at < 0 ? pair : pair.left(at);
        QByteArray value = at < 0 ? QByteArray() : pair.mid(at + 1);
        fields.insert(QString::fromUtf8(QByteArray::fromPercentEncoding(name.replace('+', ' '))),
                      QString::fromUtf8(QByteArray::fromPercentEncoding(value.replace('+', ' '))));
    }
    return fields;
}

Script Script::answer(int status, const QByteArray &body, const QByteArray &type,
                      const QList<QByteArray> &headerLines)
{
    QByteArray bytes = "HTTP/1.1 " + QByteArray::number(status) + " Status\r\nContent-Type: " + type +
                       "\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n";
    for (const QByteArray &line : headerLines)
        bytes += line + "\r\n";
    return raw(bytes + "\r\n" + body, false);
}

Script Script::raw(const QByteArray &bytes, bool close)
{
    Script script;
    script.steps.append(Step{bytes, 0, close, false});
    return script;
}

Script Script::drop()
{
    return raw({}, true);
}

Script Script::hang()
{
    return {};
}

Script &Script::after(int ms)
{
    if (steps.isEmpty())
        steps.append(Step{});
    steps.first().pauseMs = ms;
    return *this;
}

TestServer::TestServer(QObject *parent) : QObject(parent)
{
    m_server.setListenBacklogSize(512);
    if (!m_server.listen(QHostAddress(QHostAddress::LocalHost), 0))
        qFatal("The test server found no free port");
    connect(&m_server, &QTcpServer::newConnection, this, &TestServer::onConnection);
}

TestServer::~TestServer() = default;

QUrl TestServer::url(const QString &path) const
{
    return QUrl(u"http://127.0.0.1:%1%2"_s.arg(QString::number(m_server.serverPort()), path));
}

quint16 TestServer::port() const
{
    return m_server.serverPort();
}

void TestServer::enqueue(const Script &script)
{
    m_queue.append(script);
}

void TestServer::setHandler(Handler handler)
{
    m_handler = std::move(handler);
}

void TestServer::stopListening()
{
    m_server.close();
}

void TestServer::closeConnections()
{
    const auto sockets = m_buffers.keys();
    for (QTcpSocket *socket : sockets)
        socket->disconnectFromHost();
}

void TestServer::onConnection()
{
    while (QTcpSocket *socket = m_server.nextPendingConnection()) {
        const int number = ++m_connections;
        m_buffers.insert(socket, {});
        connect(socket, &QTcpSocket::readyRead, this, [this, socket, number] { onData(socket, number); });
        connect(socket, &QTcpSocket::disconnected, this, [this, socket] {
            m_buffers.remove(socket);
            socket->deleteLater();
        });
    }
}

void TestServer::onData(QTcpSocket *socket, int number)
{
    QByteArray &buffer = m_buffers[socket];
    buffer += socket->readAll();
    while (true) {
        const qsizetype end = buffer.indexOf("\r\n\r\n");
        if (end < 0)
            return;
        SeenRequest request;
        request.connection = number;
        const QList<QByteArray> lines = buffer.left(end).split('\n');
        const QList<QByteArray> first = lines.first().trimmed().split(' ');
        request.method = first.value(0);
        request.target = first.value(1);
        for (const QByteArray &line : lines.mid(1)) {
            const qsizetype colon = line.indexOf(':');
            request.headers.insert(line.left(colon).trimmed().toLower(), line.mid(colon + 1).trimmed());
        }
        const qsizetype length = request.headers.value("content-length").toLongLong();
        if (buffer.size() < end + 4 + length)
            return;
        request.body = buffer.mid(end + 4, length);
        buffer.remove(0, end + 4 + length);
        m_seen.append(request);
        Q_EMIT requested(request);
        Script script;
        if (!m_queue.isEmpty())
            script = m_queue.takeFirst();
        else
            script = m_handler ? m_handler(request) : Script::answer(404, "{}");
        play(socket, script, 0);
    }
}

void TestServer::play(QTcpSocket *socket, const Script &script, qsizetype at)
{
    if (at >= script.steps.size())
        return;
    QPointer<QTcpSocket> guard(socket);
    QTimer::singleShot(script.steps.at(at).pauseMs, this, [this, guard, script, at] {
        if (!guard)
            return;
        const Script::Step &step = script.steps.at(at);
        guard->write(step.bytes);
        if (step.reset) {
            guard->flush();
            return guard->abort();
        }
        if (step.close)
            return guard->disconnectFromHost();
        guard->flush();
        play(guard, script, at + 1);
    });
}

} // namespace wristkeep::test
