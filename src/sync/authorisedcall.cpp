// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/authorisedcall.h"

#include "core/clock.h"
#include "core/failpoint.h"
#include "net/httpdoor.h"
#include "net/tokenmanager.h"
#include "providers/provider.h"
#include "sync/quota.h"
#include "sync/runservices.h"

namespace wristkeep {

AuthorisedCall::AuthorisedCall(const RunServices &services, AccountSession &session, QObject *parent)
    : QObject(parent), m_services(services), m_session(session)
{
}

AuthorisedCall::~AuthorisedCall()
{
    if (m_ticket)
        m_services.door.cancel(m_ticket);
}

void AuthorisedCall::send(const HttpRequest &request, std::function<void(CallEnd)> done)
{
    m_request = request;
    m_done = std::move(done);
    ask();
}

void AuthorisedCall::ask()
{
    if (m_session.gate)
        m_pass = m_session.gate->enter([this] { sendNow(); });
    else
        sendNow();
}

void AuthorisedCall::sendNow()
{
    if (!m_timer.isValid())
        m_timer.start();
    m_usedToken = m_session.token.accessToken;
    m_ticket = m_services.door.send(m_request, m_usedToken, this, [this](Result<HttpResponse> answer) {
        m_ticket = 0;
        onAnswer(std::move(answer));
    });
}

void AuthorisedCall::onAnswer(Result<HttpResponse> answer)
{
    if (!answer) {
        m_pass.reset();
        end(std::move(answer));
        return;
    }
    const qint64 now = m_services.clock.nowUtc();
    m_session.quota = mergeQuota(m_session.quota, m_session.provider->quota(*answer, now));
    if (answer->ok()) {
        m_pass.reset();
        end(std::move(answer));
        return;
    }
    const Error error = m_session.provider->classify(*answer, now);
    if (error.kind == ErrorKind::RateLimited && m_session.gate)
        m_session.gate->shut();
    m_pass.reset();
    // Where the scope is the complaint, a token of this run is believed at once.
    const bool isRefused = error.kind == ErrorKind::TokenRefused;
    if (m_session.provider->mayBeOldToken(error) && !(isRefused ? m_replaced : m_session.tokenReplaced))
        replaceToken();
    else
        end(failure(error), isRefused);
}

void AuthorisedCall::replaceToken()
{
    m_replaced = true;
    m_services.tokens.replaceToken(m_session.key, m_session.client, m_usedToken, this,
                                   [this](Result<Token> token) {
                                       WRISTKEEP_FAIL_POINT("sync.token-replaced");
                                       if (!token) {
                                           end(failure(token.error()));
                                           return;
                                       }
                                       m_session.token = *token;
                                       m_session.tokenReplaced = true;
                                       askAgain();
                                   });
}

void AuthorisedCall::askAgain()
{
    // Whoever gave up the waiting calls has not seen this one, and the gate would keep it for ever.
    if (m_session.gate && m_session.gate->isShut())
        end(failure(ErrorKind::Cancelled));
    else
        ask();
}

void AuthorisedCall::end(Result<HttpResponse> answer, bool refusedAnew)
{
    // Moved out first: the owner may destroy this object inside the call.
    const auto done = std::exchange(m_done, nullptr);
    if (done)
        done(CallEnd{std::move(answer), m_timer.elapsed(), refusedAnew});
}

} // namespace wristkeep
