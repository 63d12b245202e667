// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/networkprobe.h"

#include <QTcpSocket>
#include <QTimer>

#include <memory>

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

constexpr int httpPort = 80;
constexpr int httpsPort = 443;

/// One question with several ways to a yes.
class Probe : public QObject
{
public:
    Probe(const QList<QUrl> &services, std::chrono::milliseconds patience, std::function<void(bool)> answered,
          QObject *parent)
        : QObject(parent), m_left(services.size()), m_answered(std::move(answered))
    {
        for (const QUrl &service : services) {
            auto *socket = new QTcpSocket(this);
            // Queued: an answer from inside connectToHost() would come before the caller is ready for it.
            connect(
                socket, &QTcpSocket::connected, this, [this] { end(true); }, Qt::QueuedConnection);
            connect(
                socket, &QTcpSocket::errorOccurred, this,
                [this] {
                    if (--m_left <= 0)
                        end(false);
                },
                Qt::QueuedConnection);
            const int usual = service.scheme() == "http"_L1 ? httpPort : httpsPort;
            socket->connectToHost(service.host(), quint16(service.port(usual)));
        }
        QTimer::singleShot(services.isEmpty() ? std::chrono::milliseconds(0) : patience, this,
                           [this] { end(false); });
    }

private:
    void end(bool answers)
    {
        if (!m_answered)
            return;
        const std::function<void(bool)> answered = std::exchange(m_answered, {});
        deleteLater();
        answered(answers);
    }

    qsizetype m_left;
    std::function<void(bool)> m_answered;
};

} // namespace

void probeNetwork(const QList<QUrl> &services, std::chrono::milliseconds patience, QObject *context,
                  std::function<void(bool)> answered)
{
    new Probe(services, patience, std::move(answered), context);
}

} // namespace wristkeep
