// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/httpdoor.h"

#include "core/logging.h"
#include "core/settings.h"
#include "net/httpexchange.h"
#include "net/proxies.h"

#include <QHash>
#include <QNetworkAccessManager>
#include <QPointer>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace wristkeep {
namespace {

struct Open
{
    std::shared_ptr<QNetworkAccessManager> manager; // stays until its last request has ended
    std::unique_ptr<HttpExchange> exchange;
    QPointer<QObject> context;
    Callback<HttpResponse> done;
};

// Always from the event loop, so that no caller is called back inside its own call.
void deliver(const QPointer<QObject> &context, Callback<HttpResponse> done, Result<HttpResponse> result)
{
    if (!context)
        return;
    QMetaObject::invokeMethod(
        context.data(), [done = std::move(done), result = std::move(result)] { done(result); },
        Qt::QueuedConnection);
}

Outcome checkAddress(const QUrl &url)
{
    if (!url.isValid() || url.host().isEmpty())
        return failure(ErrorKind::BadConfiguration, u"The service's address is not a valid URL."_s);
    if (url.scheme() == "https"_L1 || (url.scheme() == "http"_L1 && isLoopbackHost(url.host())))
        return {};
    return failure(ErrorKind::BadConfiguration,
                   u"%1 must be reached by https; plain http is for this computer only."_s.arg(url.host()));
}

} // namespace

struct HttpDoor::Parts
{
    HttpLimits limits;
    std::shared_ptr<QNetworkAccessManager> manager;
    QHash<Ticket, std::shared_ptr<Open>> open;
    Ticket last = 0;

    std::shared_ptr<QNetworkAccessManager> managerFor(QObject *door)
    {
        if (!manager) {
            // Deleted later: its last request may still be on the stack; with the door at the latest.
            manager = {new QNetworkAccessManager(door), [](QObject *object) { object->deleteLater(); }};
            manager->setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
            manager->setProxyFactory(new ManagerProxies);
        }
        return manager;
    }

    /// Where one connection broke, the idle ones beside it are under suspicion: a request put on one that is
    /// just closing would be lost unsent and cost a try, so the next begins with new connections.
    void mistrust(const Open &ended, const Result<HttpResponse> &result)
    {
        const bool broke = !result && (result.error().kind == ErrorKind::Network ||
                                       result.error().kind == ErrorKind::TimedOut);
        if (broke && ended.manager == manager)
            manager.reset();
    }
};

HttpDoor::HttpDoor(HttpLimits limits, QObject *parent) : QObject(parent), m_parts(std::make_unique<Parts>())
{
    m_parts->limits = limits;
    useProxyRules();
}

HttpDoor::~HttpDoor()
{
    for (const auto &open : std::as_const(m_parts->open))
        deliver(open->context, std::move(open->done), failure(ErrorKind::Cancelled));
    m_parts->open.clear();
}

HttpDoor::Ticket HttpDoor::send(const HttpRequest &request, const QString &bearer, QObject *context,
                                Callback<HttpResponse> done, int totalMs)
{
    const Ticket ticket = ++m_parts->last;
    if (Outcome address = checkAddress(request.url); !address) {
        deliver(context, std::move(done), failure(address.error()));
        return ticket;
    }
    HttpRequest bare = request;
    // Credentials in a URL would be sent by the library on its own account.
    bare.url.setUserInfo({});
    bare.url.setFragment({});
    HttpLimits limits = m_parts->limits;
    if (totalMs > 0)
        limits.totalMs = std::min(limits.totalMs, totalMs);

    auto open = std::make_shared<Open>();
    open->context = context;
    open->done = std::move(done);
    open->manager = m_parts->managerFor(this);
    open->exchange = std::make_unique<HttpExchange>(std::move(bare), limits, nullptr);
    m_parts->open.insert(ticket, open);
    open->exchange->start(*open->manager, bearer, [this, ticket](Result<HttpResponse> result) {
        const std::shared_ptr<Open> ended = m_parts->open.take(ticket);
        // The exchange is still on the stack here; it goes when the event loop is back.
        ended->exchange->setParent(this);
        ended->exchange.release()->deleteLater();
        m_parts->mistrust(*ended, result);
        if (result) {
            qCDebug(lcNet).noquote() << "Answer" << result->status << "from" << result->url.host() << "after"
                                     << result->elapsedMs << "ms," << result->wireBytes << "bytes";
        } else {
            qCDebug(lcNet).noquote() << "No answer:" << result.error().detail;
        }
        deliver(ended->context, std::move(ended->done), std::move(result));
    });
    return ticket;
}

void HttpDoor::cancel(Ticket ticket)
{
    const auto found = m_parts->open.constFind(ticket);
    if (found != m_parts->open.constEnd())
        (*found)->exchange->cancel();
}

void HttpDoor::cancelAll()
{
    const auto tickets = m_parts->open.keys();
    for (const Ticket ticket : tickets)
        cancel(ticket);
}

} // namespace wristkeep
