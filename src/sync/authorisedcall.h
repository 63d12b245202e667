// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// One request on behalf of an account: sends it with the account's token, has a refused token replaced once
// and repeats once (docs/PROVIDERS.md), and turns every answer that is not a success into an Error.

#include "core/http.h"
#include "core/result.h"

#include <QElapsedTimer>
#include <QObject>

#include <functional>

namespace wristkeep {

struct AccountSession;
struct RunServices;

struct CallEnd
{
    Result<HttpResponse> answer; ///< a 2xx, or what went wrong
    qint64 durationMs = 0;
    bool refusedAnew = false; ///< the service refused a token it had just been asked to replace
};

class AuthorisedCall : public QObject
{
    Q_OBJECT
public:
    AuthorisedCall(const RunServices &services, AccountSession &session, QObject *parent);
    ~AuthorisedCall() override; ///< a request under way is aborted; `done` is not called any more

    /// Once per object.
    void send(const HttpRequest &request, std::function<void(CallEnd)> done);

private:
    void ask();
    void onAnswer(Result<HttpResponse> answer);
    void replaceToken();
    void end(Result<HttpResponse> answer, bool refusedAnew = false);

    const RunServices &m_services;
    AccountSession &m_session;
    HttpRequest m_request;
    std::function<void(CallEnd)> m_done;
    QString m_usedToken;
    quint64 m_ticket = 0;
    bool m_replaced = false;
    QElapsedTimer m_timer;
};

} // namespace wristkeep
