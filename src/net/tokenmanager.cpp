// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/tokenmanager.h"

#include "core/clock.h"
#include "core/logging.h"
#include "core/redaction.h"
#include "core/tokenstore.h"
#include "net/httpdoor.h"
#include "net/refreshjob.h"
#include "net/tokenendpoint.h"

#include <QHash>
#include <QPointer>

using namespace Qt::StringLiterals;

namespace wristkeep {
namespace {

/// One caller of validToken or replaceToken.
struct Waiter
{
    AccountKey key;
    OAuthClient client;
    QString rejected; ///< the access token the service refused; empty: none
    QPointer<QObject> context;
    Callback<Token> done;
};

// Always from the event loop, so that no caller is called back inside its own call.
template<typename T>
void deliver(const QPointer<QObject> &context, Callback<T> done, Result<T> result)
{
    if (!context)
        return;
    QMetaObject::invokeMethod(
        context.data(), [done = std::move(done), result = std::move(result)] { done(result); },
        Qt::QueuedConnection);
}

/// RFC 7009, 2.2: a token the service no longer knows needs no revoking.
bool isDone(const HttpResponse &answer)
{
    if (answer.ok() || answer.status == 404)
        return true;
    const QString code = tokenErrorCode(answer.body);
    return (answer.status == 400 || answer.status == 401) &&
           (code == "invalid_token"_L1 || code == "invalid_grant"_L1 || code == "expired_token"_L1);
}

} // namespace

struct TokenManager::Parts
{
    using WaiterPtr = std::shared_ptr<Waiter>;

    explicit Parts(TokenTools shared) : tools(std::move(shared)) {}

    TokenTools tools;
    QList<WaiterPtr> loading;                    ///< the row is being read
    QHash<AccountKey, QList<WaiterPtr>> waiting; ///< for the account's one refresh
    QHash<AccountKey, RefreshJob *> jobs;        ///< children of `self`
    QHash<quint64, std::pair<QPointer<QObject>, Callback<bool>>> revokes;
    QHash<quint64, HttpDoor::Ticket> revokeTickets;
    quint64 lastRevoke = 0;
    TokenManager *self = nullptr;

    static void give(const WaiterPtr &waiter, Result<Token> result)
    {
        deliver<Token>(waiter->context, std::move(waiter->done), std::move(result));
    }

    void begin(Waiter waiter)
    {
        const auto caller = std::make_shared<Waiter>(std::move(waiter));
        loading.append(caller);
        tools.store.load(caller->key, self,
                         [this, caller](const Result<std::optional<StoredAccount>> &account) {
                             if (!loading.removeOne(caller))
                                 return; // cancelled meanwhile
                             if (!account)
                                 return give(caller, failure(account.error()));
                             onLoaded(caller, *account);
                         });
    }

    void onLoaded(const WaiterPtr &caller, const std::optional<StoredAccount> &account)
    {
        if (account && account->opened) {
            tools.secrets->add(account->token.accessToken);
            tools.secrets->add(account->token.refreshToken);
        }
        const auto atHand = tokenAtHand(account, caller->client, caller->rejected, tools.clock.nowSeconds());
        if (!atHand)
            return give(caller, failure(atHand.error()));
        if (*atHand)
            return give(caller, **atHand);
        waiting[caller->key].append(caller);
        if (!jobs.contains(caller->key))
            refresh(caller);
    }

    void refresh(const WaiterPtr &caller)
    {
        const AccountKey key = caller->key;
        auto *job = new RefreshJob(tools, key, caller->client, caller->rejected, self);
        jobs.insert(key, job);
        job->start([this, key](const Result<Token> &result) {
            jobs.take(key)->deleteLater();
            const QList<WaiterPtr> callers = waiting.take(key);
            QList<WaiterPtr> again;
            for (const WaiterPtr &waiter : callers) {
                // This caller knows the handed-out token does not work: it needs a refresh of its own.
                if (result && !waiter->rejected.isEmpty() && result->accessToken == waiter->rejected)
                    again.append(waiter);
                else
                    give(waiter, result);
            }
            if (again.isEmpty()) {
                if (jobs.isEmpty())
                    Q_EMIT self->rested();
                return;
            }
            waiting.insert(key, again);
            refresh(again.first());
        });
    }

    void cancelWaiters()
    {
        for (const WaiterPtr &waiter : std::exchange(loading, {}))
            give(waiter, failure(ErrorKind::Cancelled));
        for (const auto &callers : std::exchange(waiting, {})) {
            for (const WaiterPtr &waiter : callers)
                give(waiter, failure(ErrorKind::Cancelled));
        }
        for (const HttpDoor::Ticket ticket : std::exchange(revokeTickets, {}))
            tools.door.cancel(ticket);
        for (auto &[context, done] : std::exchange(revokes, {}))
            deliver<bool>(context, std::move(done), failure(ErrorKind::Cancelled));
    }
};

TokenManager::TokenManager(TokenStore &store, HttpDoor &door, const Clock &clock,
                           std::shared_ptr<SecretRegister> secrets, QString owner, QObject *parent)
    : QObject(parent),
      m_parts(std::make_unique<Parts>(TokenTools{store, door, clock, std::move(secrets), std::move(owner)}))
{
    m_parts->self = this;
}

TokenManager::~TokenManager()
{
    m_parts->cancelWaiters();
}

void TokenManager::validToken(const AccountKey &key, const OAuthClient &client, QObject *context,
                              Callback<Token> done)
{
    m_parts->begin(Waiter{key, client, {}, context, std::move(done)});
}

void TokenManager::replaceToken(const AccountKey &key, const OAuthClient &client,
                                const QString &rejectedAccessToken, QObject *context, Callback<Token> done)
{
    m_parts->begin(Waiter{key, client, rejectedAccessToken, context, std::move(done)});
}

void TokenManager::revoke(const Token &token, const OAuthClient &client, QObject *context,
                          Callback<bool> done)
{
    const QString host = tokenHostOf(client.revokeUrl);
    if (token.tokenHost != tokenHostOf(client.tokenUrl) || token.tokenHost != host) {
        deliver<bool>(context, std::move(done),
                      failure(ErrorKind::WrongAccount,
                              u"The permission was given by %1, but the settings now point to %2."_s.arg(
                                  token.tokenHost, host)));
        return;
    }
    m_parts->tools.secrets->add(token.accessToken);
    m_parts->tools.secrets->add(token.refreshToken);
    m_parts->tools.secrets->add(client.clientSecret);
    const quint64 number = ++m_parts->lastRevoke;
    m_parts->revokes.insert(number, {context, std::move(done)});
    // Either token ends the whole grant; the refresh token is the one that has not run out.
    const QString secret = token.refreshToken.isEmpty() ? token.accessToken : token.refreshToken;
    const auto ticket = m_parts->tools.door.send(
        revokeRequest(client, secret), {}, this,
        [this, number, client](const Result<HttpResponse> &answer) {
            m_parts->revokeTickets.remove(number);
            if (!m_parts->revokes.contains(number))
                return;
            auto [asker, call] = m_parts->revokes.take(number);
            Result<bool> result = true;
            if (!answer)
                result = failure(answer.error());
            else if (!isDone(*answer))
                result = failure(tokenEndpointError(client, *answer));
            deliver<bool>(asker, std::move(call), std::move(result));
        },
        tokenRequestTotalMs);
    m_parts->revokeTickets.insert(number, ticket);
}

bool TokenManager::isRefreshing() const
{
    return !m_parts->jobs.isEmpty();
}

void TokenManager::cancelAll()
{
    m_parts->cancelWaiters();
    const auto jobs = m_parts->jobs.values();
    for (RefreshJob *job : jobs)
        job->stopSoon();
}

} // namespace wristkeep
