// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// One connect from click to report: the sign-in, the question about a wrong account, and the zone read
// right after consent. Ends exactly once with finished(), unless destroyed.

#include "net/signin.h"
#include "sync/accountfacts.h"
#include "sync/runservices.h"
#include "sync/syncworker.h"

#include <QObject>

#include <memory>

namespace wristkeep {

class ZoneReader;

class Connector : public QObject
{
    Q_OBJECT
public:
    Connector(const RunServices &services, std::shared_ptr<SecretRegister> secrets, bool demo,
              ConnectRequest request, QObject *parent);
    ~Connector() override;

    void start();
    /// Ends in finished() with Cancelled; an open question counts as answered with no.
    void cancel();
    bool takePastedAddress(const QString &address);
    void answerWrongAccount(bool keepNew);
    [[nodiscard]] const AccountKey &account() const { return m_request.account; }

Q_SIGNALS:
    void authorizeUrlReady(const QUrl &url, const QString &redirectUri);
    void wrongAccount(const wristkeep::WrongAccountQuestion &question);
    void finished(const wristkeep::ConnectReport &report);

private:
    void onFacts(const Result<AccountFacts> &facts);
    void onSignedIn(const SignInOutcome &outcome);
    void onConnected(const Token &token);
    void onProfile(const Result<AccountProfile> &profile);
    void fail(const Error &error);

    const RunServices &m_services;
    std::shared_ptr<SecretRegister> m_secrets;
    bool m_demo;
    ConnectRequest m_request;
    ConnectReport m_report;
    AccountSession m_session;
    std::unique_ptr<SignIn> m_signIn;
    std::optional<SignInOutcome> m_question; ///< asked, not yet answered
    std::unique_ptr<ZoneReader> m_zoneReader;
    bool m_ended = false;
};

} // namespace wristkeep
