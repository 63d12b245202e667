// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The small server the browser comes back to: on 127.0.0.1 and, where there is one, on ::1. It answers
// everything that is not the callback with a proper HTTP error and keeps the true one open until the page
// can tell the truth (docs/ARCHITECTURE.md, "Sign-in").

#include "core/result.h"
#include "net/browserpage.h"
#include "net/callbackrequest.h"
#include "net/redirectaddress.h"

#include <QList>
#include <QObject>
#include <QPointer>
#include <QTcpServer>

#include <functional>
#include <memory>
#include <optional>

class QTcpSocket;

namespace wristkeep {

class LoopbackListener final : public QObject
{
    Q_OBJECT
public:
    /// Sees every GET to the exact path from this computer's own names; a page is sent back at once, none
    /// holds the connection for answerHeld().
    using Judge = std::function<std::optional<BrowserPage>(const CallbackRequest &)>;

    explicit LoopbackListener(QObject *parent = nullptr);
    ~LoopbackListener() override;

    /// PortBusy naming port and setting. With a port of 0 any free one is taken on both.
    Outcome listen(const RedirectAddress &address, const QString &setting, const PageWords &words,
                   Judge judge);
    /// With the real port.
    [[nodiscard]] const RedirectAddress &address() const { return m_address; }

    /// Sends the page to the held browser, if it is still there.
    void answerHeld(const BrowserPage &page);
    /// Accepts nothing more; connections that are not being answered end. drained() follows.
    void stop();

Q_SIGNALS:
    void drained();

private:
    Outcome listenOnce(const RedirectAddress &address, const QString &setting);
    void onConnection(QTcpServer *server);
    void onData(QTcpSocket *socket);
    void reply(QTcpSocket *socket, const BrowserPage &page);
    void onGone(QTcpSocket *socket);
    [[nodiscard]] std::optional<BrowserPage> pageFor(const CallbackRequest &request) const;

    RedirectAddress m_address;
    PageWords m_words;
    Judge m_judge;
    QList<QTcpSocket *> m_sockets; ///< oldest first
    QPointer<QTcpSocket> m_held;
    bool m_stopped = false;
    QTcpServer m_v4;
    QTcpServer m_v6; ///< the servers last: their sockets end while the rest is still there
};

} // namespace wristkeep
