// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What the tests of a sign-in share: the attempt with everything it needs around it, and a browser double
// that writes whatever bytes a test wants to the listener.

#include "core/clock.h"
#include "core/redaction.h"
#include "net/httpdoor.h"
#include "net/memorystore.h"
#include "net/signin.h"
#include "support/testserver.h"

#include <QHostAddress>
#include <QTcpSocket>

#include <memory>

namespace wristkeep::test {

/// A pair of tokens as Fitbit hands it out.
QByteArray tokenBody();

/// One connection of a browser; the answer grows as it comes.
struct Hit
{
    QByteArray answer;
    bool connected = false;
    bool closed = false;
    QTcpSocket socket; // last, because its end still reports to those above

    Hit(quint16 port, const QByteArray &bytes,
        const QHostAddress &address = QHostAddress(QHostAddress::LocalHost));
    [[nodiscard]] int status() const { return answer.mid(9, 3).toInt(); }
};

/// SignIn with all it needs, and what came of it.
struct SignInBench
{
    FixedClock clock{QDateTime(QDate(2026, 11, 20), QTime(12, 0), Qt::UTC)};
    MemoryStore store{clock};
    TestServer server; ///< the token endpoint; answers tokenBody() unless told otherwise
    HttpDoor door;
    std::shared_ptr<SecretRegister> secrets = std::make_shared<SecretRegister>();
    std::unique_ptr<SignIn> signIn = std::make_unique<SignIn>(store, door, clock, secrets);
    SignInRequest request;
    QList<SignInOutcome> outcomes;
    QUrl url;         ///< where the browser was sent
    QString redirect; ///< where it is to come back to

    SignInBench();

    /// True when the browser was sent off or the attempt has ended already.
    bool start();

    /// What the authorize URL says for a parameter.
    [[nodiscard]] QString asked(const QString &name) const;
    [[nodiscard]] quint16 port() const;
    [[nodiscard]] QByteArray hostName() const;

    /// A GET as a browser writes it, with the listener's own Host unless another is given.
    [[nodiscard]] QByteArray get(const QByteArray &target, const QByteArray &host = {}) const;
    [[nodiscard]] QByteArray target(const QByteArray &code = "C0DE") const;
    [[nodiscard]] QByteArray callback(const QByteArray &code = "C0DE") const;
};

} // namespace wristkeep::test
