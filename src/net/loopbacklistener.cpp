// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/loopbacklistener.h"

#include "core/logging.h"

#include <QTcpSocket>
#include <QTimer>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace wristkeep {
namespace {

constexpr qsizetype longestHead = 8 * 1024;
constexpr auto longestWait = 5s;
constexpr int mostConnections = 256;
constexpr int backlog = 256;
constexpr int freePortTries = 8;

constexpr char answeredMark[] = "wristkeepAnswered";

Error portError(const QTcpServer &server, quint16 port, const QString &setting)
{
    Error error;
    error.kind = ErrorKind::PortBusy;
    const bool forbidden = server.serverError() == QAbstractSocket::SocketAccessError;
    error.detail = (forbidden ? u"This program may not listen on port %1, which %2 names."_s
                              : u"Port %1, which %2 names, is used by another program."_s)
                       .arg(QString::number(port), setting);
    error.nextStep = u"Close the program that uses the port, or choose another port in %1 and enter the same "
                     u"address at the "
                     "provider."_s.arg(setting);
    return error;
}

} // namespace

LoopbackListener::LoopbackListener(QObject *parent) : QObject(parent)
{
    for (QTcpServer *server : {&m_v4, &m_v6}) {
        server->setListenBacklogSize(backlog);
        connect(server, &QTcpServer::newConnection, this, [this, server] { onConnection(server); });
    }
}

LoopbackListener::~LoopbackListener()
{
    for (QTcpSocket *socket : std::as_const(m_sockets))
        socket->disconnect(this);
}

Outcome LoopbackListener::listen(const RedirectAddress &address, const QString &setting,
                                 const PageWords &words, Judge judge)
{
    m_words = words;
    m_judge = std::move(judge);
    Outcome outcome = listenOnce(address, setting);
    // A free port on 127.0.0.1 may be taken on ::1: another one is drawn.
    for (int i = 1; i < freePortTries && !outcome && address.port == 0; ++i)
        outcome = listenOnce(address, setting);
    if (outcome)
        qCInfo(lcNet) << "Waiting for the browser on port" << m_address.port;
    return outcome;
}

Outcome LoopbackListener::listenOnce(const RedirectAddress &address, const QString &setting)
{
    // As objects: the enum would choose another overload.
    if (!m_v4.listen(QHostAddress(QHostAddress::LocalHost), address.port))
        return failure(portError(m_v4, address.port, setting));
    m_address = address.withPort(m_v4.serverPort());
    if (m_v6.listen(QHostAddress(QHostAddress::LocalHostIPv6), m_address.port))
        return {};
    if (m_v6.serverError() == QAbstractSocket::AddressInUseError) {
        // Somebody else would get the callback of a browser that reads "localhost" as ::1.
        Error error = portError(m_v6, m_address.port, setting);
        m_v4.close();
        return failure(error);
    }
    qCDebug(lcNet) << "No ::1 on this computer; listening on 127.0.0.1 alone";
    return {};
}

void LoopbackListener::onConnection(QTcpServer *server)
{
    while (QTcpSocket *socket = server->nextPendingConnection()) {
        if (m_sockets.size() >= mostConnections) {
            // The oldest that said nothing yet makes room: a crowd must not keep the true callback out.
            QTcpSocket *oldest = m_sockets.first() == m_held ? m_sockets.value(1) : m_sockets.first();
            if (oldest)
                oldest->abort();
        }
        m_sockets.append(socket);
        connect(socket, &QTcpSocket::readyRead, this, [this, socket] { onData(socket); });
        connect(socket, &QTcpSocket::disconnected, this, [this, socket] { onGone(socket); });
        QTimer::singleShot(longestWait, socket, [this, socket] {
            if (socket == m_held)
                return;
            if (socket->property(answeredMark).toBool())
                return socket->abort();
            reply(socket,
                  BrowserPage::notice(m_words, 408, u"Too slow"_s, u"The request did not arrive in time."_s));
        });
        if (socket->bytesAvailable() > 0)
            onData(socket);
    }
}

void LoopbackListener::onData(QTcpSocket *socket)
{
    if (socket == m_held || socket->property(answeredMark).toBool()) {
        socket->readAll(); // whatever follows the head is of no interest
        return;
    }
    const QByteArray head = socket->peek(longestHead + 1);
    const CallbackRead read = CallbackRead::from(head);
    if (read.state == CallbackRead::State::Incomplete) {
        if (head.size() > longestHead) {
            socket->readAll();
            reply(socket, BrowserPage::notice(m_words, 431, u"Too long"_s, u"The request is too long."_s));
        }
        return;
    }
    socket->readAll();
    if (read.state == CallbackRead::State::Malformed) {
        return reply(socket, BrowserPage::notice(m_words, 400, u"Not understood"_s,
                                                 u"This is not a request a browser would send."_s));
    }
    if (const std::optional<BrowserPage> page = pageFor(read.request))
        return reply(socket, *page);
    // Held before the judgement: the outcome may come, and answer, within it.
    const bool first = !m_held;
    if (first)
        m_held = socket;
    if (const std::optional<BrowserPage> page = m_judge(read.request)) {
        if (first)
            m_held.clear();
        reply(socket, *page);
    }
}

std::optional<BrowserPage> LoopbackListener::pageFor(const CallbackRequest &request) const
{
    // A page elsewhere could make a name of its own point here (DNS rebinding); its Host gives it away.
    if (!m_address.isHost(request.host)) {
        return BrowserPage::notice(m_words, 400, u"Wrong address"_s,
                                   u"This address belongs to Wristkeep on this computer only."_s);
    }
    if (request.method != "GET") {
        return BrowserPage::notice(m_words, 405, u"Not allowed"_s,
                                   u"Only a browser coming back from the sign-in is expected here."_s);
    }
    if (request.path != m_address.path)
        return BrowserPage::notice(m_words, 404, u"Nothing here"_s, u"There is no page at this address."_s);
    return std::nullopt;
}

void LoopbackListener::reply(QTcpSocket *socket, const BrowserPage &page)
{
    socket->setProperty(answeredMark, true);
    socket->write(page.wire());
    socket->flush();
    socket->disconnectFromHost();
}

void LoopbackListener::answerHeld(const BrowserPage &page)
{
    QTcpSocket *held = m_held;
    m_held.clear();
    if (held && held->state() == QAbstractSocket::ConnectedState)
        reply(held, page);
}

void LoopbackListener::stop()
{
    m_stopped = true;
    m_v4.close();
    m_v6.close();
    const QList<QTcpSocket *> sockets = m_sockets;
    for (QTcpSocket *socket : sockets) {
        if (socket == m_held || socket->property(answeredMark).toBool())
            continue;
        reply(socket, BrowserPage::notice(m_words, 409, u"Over"_s, u"This sign-in has ended."_s));
    }
    if (m_sockets.isEmpty())
        QMetaObject::invokeMethod(this, &LoopbackListener::drained, Qt::QueuedConnection);
}

void LoopbackListener::onGone(QTcpSocket *socket)
{
    m_sockets.removeOne(socket);
    socket->deleteLater();
    if (m_stopped && m_sockets.isEmpty())
        Q_EMIT drained();
}

} // namespace wristkeep
