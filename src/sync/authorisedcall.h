// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// One request on behalf of an account: sends it with the account's token, has a refused token replaced once
// and repeats once (docs/PROVIDERS.md), and turns every answer that is not a success into an Error.

#include "core/http.h"
#include "core/result.h"
#include "sync/requestgate.h"

#include <QElapsedTimer>
#include <QObject>

#include <functional>
#include <memory>

namespace wristkeep {

struct AccountSession;
struct RunServices;

struct CallEnd
{
    Result<HttpResponse> answer; ///< a 2xx, or what went wrong
    qint64 durationMs = 0;       ///< since it was sent: waiting for the account's pace does not count
    bool refusedAnew = false;    ///< the service refused a token it had just been asked to replace
};

class AuthorisedCall : public QObject
{
    Q_OBJECT
public:
    AuthorisedCall(const RunServices &services, AccountSession &session, QObject *parent);
    ~AuthorisedCall() override; ///< a request under way is aborted; `done` is not called any more

    /// Once per object.
    void send(const HttpRequest &request, std::function<void(CallEnd)> done);
    /// True while the account's pace holds it back.
    [[nodiscard]] bool isHeldBack() const { return m_pass && m_ticket == 0; }

private:
    void ask();
    void askAgain();
    void sendNow();
    void onAnswer(Result<HttpResponse> answer);
    void replaceToken();
    void end(Result<HttpResponse> answer, bool refusedAnew = false);

    const RunServices &m_services;
    AccountSession &m_session;
    HttpRequest m_request;
    std::function<void(CallEnd)> m_done;
    QString m_usedToken;
    std::unique_ptr<RequestGate::Pass> m_pass;
    quint64 m_ticket = 0;
    bool m_replaced = false;
    QElapsedTimer m_timer;
};

} // namespace wristkeep
