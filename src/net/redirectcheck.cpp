// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/redirectcheck.h"

#include "net/loopbacklistener.h"

#include <QNetworkProxy>
#include <QTcpSocket>
#include <QTimer>
#include <QUuid>

namespace wristkeep {

using namespace Qt::StringLiterals;

RedirectCheck::RedirectCheck(QString redirectUri, QString setting, QObject *parent)
    : QObject(parent), m_setting(std::move(setting)),
      m_mark("check=" + QUuid::createUuid().toByteArray(QUuid::Id128)),
      m_listener(std::make_unique<LoopbackListener>()), m_socket(std::make_unique<QTcpSocket>())
{
    m_verdict.redirectUri = std::move(redirectUri);
    // A proxy of the system has no way back to this computer.
    m_socket->setProxy(QNetworkProxy::NoProxy);
    connect(m_socket.get(), &QTcpSocket::connected, this, &RedirectCheck::ask);
    connect(m_socket.get(), &QTcpSocket::disconnected, this, &RedirectCheck::onAnswer);
    connect(m_socket.get(), &QTcpSocket::errorOccurred, this, &RedirectCheck::onLost);
    // Only when the port is free again is it true that it is.
    connect(
        m_listener.get(), &LoopbackListener::drained, this, [this] { Q_EMIT finished(m_verdict); },
        Qt::SingleShotConnection);
}

RedirectCheck::~RedirectCheck()
{
    m_socket->disconnect(this);
}

void RedirectCheck::start()
{
    const Result<RedirectAddress> address = RedirectAddress::parse(m_verdict.redirectUri, m_setting);
    if (!address) {
        end(address.error());
        return;
    }
    m_verdict.port = address->port;
    const PageWords words{{}, m_setting, m_verdict.redirectUri, false};
    const auto judge = [this, words](const CallbackRequest &request) -> std::optional<BrowserPage> {
        m_seen = m_seen || request.query == m_mark;
        return BrowserPage::notice(words, 200, u"It works"_s, u"Wristkeep was reached at this address."_s);
    };
    if (const Outcome listening = m_listener->listen(*address, m_setting, words, judge); !listening) {
        end(listening.error());
        return;
    }
    m_verdict.port = m_listener->address().port;
    QTimer::singleShot(m_limit, this, [this] {
        Error error;
        error.kind = ErrorKind::TimedOut;
        error.detail = u"Nothing came back from %1 in time."_s.arg(m_verdict.redirectUri);
        error.nextStep = u"Look whether a firewall of this computer closes that port to its own programs."_s;
        end(error);
    });
    m_socket->connectToHost(address->host, m_listener->address().port);
}

void RedirectCheck::ask()
{
    const RedirectAddress &address = m_listener->address();
    const QByteArray host = address.host == "::1"_L1 ? "[::1]" : address.host.toLatin1();
    m_socket->write("GET " + address.path + '?' + m_mark + " HTTP/1.1\r\nHost: " + host + ':' +
                    QByteArray::number(address.port) + "\r\nConnection: close\r\n\r\n");
}

void RedirectCheck::onAnswer()
{
    if (m_seen && m_socket->readAll().startsWith("HTTP/1.1 200"))
        end(std::nullopt);
    else
        onLost();
}

void RedirectCheck::onLost()
{
    // The far side closing after its answer is no loss: onAnswer() follows.
    if (m_socket->error() == QAbstractSocket::RemoteHostClosedError && !m_ended && m_seen)
        return;
    Error error;
    error.kind = ErrorKind::Network;
    error.detail = u"%1 does not lead back to this program."_s.arg(m_verdict.redirectUri);
    error.nextStep = u"Look whether \"%1\" still means this computer, or write 127.0.0.1 here and at the "
                     "provider."_s.arg(m_listener->address().host);
    end(error);
}

void RedirectCheck::end(std::optional<Error> error)
{
    if (std::exchange(m_ended, true))
        return;
    m_verdict.error = std::move(error);
    m_socket->abort();
    m_listener->stop();
}

} // namespace wristkeep
