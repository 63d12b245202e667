// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// One attempt behind SignIn, from listening to the page in the browser. It ends once and then lives only
// until its last page is on its way.

#include "net/loopbacklistener.h"
#include "net/oauthflow.h"
#include "net/signin.h"

#include <QTimer>

namespace wristkeep {

class GrantCheck;

class SignInAttempt final : public QObject
{
    Q_OBJECT
public:
    SignInAttempt(TokenStore &store, HttpDoor &door, const Clock &clock,
                  std::shared_ptr<SecretRegister> secrets, SignInRequest request, QObject *parent);
    ~SignInAttempt() override; ///< a browser still held is told that the sign-in was stopped

    void begin();
    void cancel();
    bool takePastedAddress(const QString &address);

Q_SIGNALS:
    void authorizeUrlReady(const QUrl &url, const QString &redirectUri);
    void ended(const wristkeep::SignInOutcome &outcome);
    void drained(); ///< nothing left to do

private:
    void leave();
    [[nodiscard]] Outcome listen();
    std::optional<BrowserPage> judge(const CallbackRequest &request);
    void accept(const CallbackRequest &request);
    void onRefused(const QString &code, const QString &description);
    void onExchanged(const Result<HttpResponse> &answer);
    void checkGrant(const Token &token);
    void save(const Token &token);
    void timeOut();
    void end(SignInOutcome::Kind kind, const Error &error, const Token &token = {});
    void end(const SignInOutcome &outcome, const BrowserPage &page);

    TokenStore &m_store;
    HttpDoor &m_door;
    const Clock &m_clock;
    std::shared_ptr<SecretRegister> m_secrets;
    SignInRequest m_request;
    PageWords m_words;
    LoopbackListener m_listener;
    std::unique_ptr<OAuthFlow> m_flow;
    GrantCheck *m_check = nullptr; ///< a child
    QTimer m_deadline;
    QTimer m_hold;
    double m_sentAt = 0;
    bool m_accepted = false; ///< the true callback came
    bool m_saving = false;   ///< too late to turn back
    bool m_ended = false;
    bool m_told = false;    ///< the outcome was heard
    bool m_emptied = false; ///< the last page has left
};

} // namespace wristkeep
