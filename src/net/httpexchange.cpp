// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/httpexchange.h"

#include "net/answerbody.h"
#include "net/oncedevice.h"

#include <QNetworkAccessManager>
#include <QNetworkRequest>

using namespace Qt::StringLiterals;

namespace wristkeep {
namespace {

Error exchangeError(ErrorKind kind, QString detail = {})
{
    return failure(kind, std::move(detail)).value();
}

QNetworkRequest prepared(const HttpRequest &request, const QString &bearer)
{
    QNetworkRequest prepared(request.url);
    prepared.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    prepared.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    prepared.setAttribute(QNetworkRequest::CacheSaveControlAttribute, false);
    prepared.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    prepared.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    prepared.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    // HTTP/2 would share one connection between a token POST and data requests, so that one dropped
    // connection ends them all, and its streams are re-sent by rules of their own.
    prepared.setAttribute(QNetworkRequest::Http2AllowedAttribute, false);
    prepared.setRawHeader("User-Agent", "Wristkeep/" WRISTKEEP_VERSION);
    // Set by hand, it switches the library's own unpacking off, which takes a truncated body for a whole one.
    prepared.setRawHeader("Accept-Encoding", "gzip");
    for (const auto &[name, value] : request.headers)
        prepared.setRawHeader(name, value);
    if (!bearer.isEmpty())
        prepared.setRawHeader("Authorization", "Bearer " + bearer.toUtf8());
    return prepared;
}

/// Qt sends a request anew by itself, up to three times, when its connection closes before the answer. Each
/// counts against the service's quota, and a single-use secret must not go out twice at all. A body that
/// cannot be read again, even an empty one, prevents it: repeating is left to our own policy, which counts
/// and tells.
QNetworkReply *sent(QNetworkAccessManager &manager, const HttpRequest &request, const QString &bearer)
{
    QNetworkRequest wire = prepared(request, bearer);
    wire.setAttribute(QNetworkRequest::DoNotBufferUploadDataAttribute, true);
    wire.setHeader(QNetworkRequest::ContentLengthHeader, request.body.size());
    // A connection of its own: a kept-alive one may just be closing.
    if (request.sendOnce)
        wire.setRawHeader("Connection", "close");
    auto *body = new OnceDevice(request.body, &manager);
    QNetworkReply *reply = manager.sendCustomRequest(wire, request.method, body);
    body->setParent(reply);
    return reply;
}

// To these Qt would send the body again, finds that it cannot, and says so although the answer is there.
bool isRedirectOfBody(QNetworkReply::NetworkError error, int status)
{
    return error == QNetworkReply::ContentReSendError && (status == 307 || status == 308);
}

// Qt reports the status 4xx and 5xx as errors too; those are complete answers here.
bool brokeOff(QNetworkReply::NetworkError error, int status)
{
    if (error == QNetworkReply::NoError)
        return status == 0;
    if (status < 400)
        return true;
    return error < QNetworkReply::ContentAccessDenied || error == QNetworkReply::ContentReSendError ||
           error == QNetworkReply::ProtocolFailure || error == QNetworkReply::ProtocolUnknownError;
}

// Words of our own: Qt's text quotes the whole URL.
QString reason(QNetworkReply::NetworkError error, const QString &host)
{
    switch (error) {
    case QNetworkReply::ConnectionRefusedError:
        return u"%1 refused the connection."_s.arg(host);
    case QNetworkReply::HostNotFoundError:
        return u"The address of %1 could not be found. Is this computer online?"_s.arg(host);
    case QNetworkReply::SslHandshakeFailedError:
        return u"No secure connection to %1: its certificate or the encryption was not accepted."_s.arg(host);
    case QNetworkReply::ProxyConnectionRefusedError:
    case QNetworkReply::ProxyConnectionClosedError:
    case QNetworkReply::ProxyNotFoundError:
    case QNetworkReply::ProxyTimeoutError:
    case QNetworkReply::UnknownProxyError:
        return u"The system's proxy did not pass the request on to %1."_s.arg(host);
    case QNetworkReply::ProxyAuthenticationRequiredError:
        return u"The system's proxy asks for a password before it lets requests through to %1."_s.arg(host);
    case QNetworkReply::RemoteHostClosedError:
    case QNetworkReply::ContentReSendError:
        return u"%1 closed the connection before its answer was complete."_s.arg(host);
    default:
        return u"The connection to %1 failed."_s.arg(host);
    }
}

} // namespace

HttpExchange::HttpExchange(HttpRequest request, HttpLimits limits, QObject *parent)
    : QObject(parent), m_request(std::move(request)), m_limits(limits)
{
    m_silence.setSingleShot(true);
    m_silence.setInterval(m_limits.silenceMs);
    m_total.setSingleShot(true);
    m_total.setInterval(m_limits.totalMs);
    // Own timers instead of setTransferTimeout: it ends like a cancel, and these tell the two apart.
    connect(&m_silence, &QTimer::timeout, this, [this] {
        stop(exchangeError(ErrorKind::TimedOut,
                           u"%1 was silent for %2 seconds."_s.arg(
                               m_request.url.host(), QString::number(m_limits.silenceMs / 1000))));
    });
    connect(&m_total, &QTimer::timeout, this, [this] {
        stop(exchangeError(ErrorKind::TimedOut,
                           u"%1 did not finish its answer within %2 seconds."_s.arg(
                               m_request.url.host(), QString::number(m_limits.totalMs / 1000))));
    });
}

HttpExchange::~HttpExchange()
{
    if (!m_reply)
        return;
    m_reply->disconnect(this);
    m_reply->abort();
}

void HttpExchange::start(QNetworkAccessManager &manager, const QString &bearer,
                         std::function<void(Result<HttpResponse>)> onEnd)
{
    m_onEnd = std::move(onEnd);
    m_elapsed.start();
    m_putAgain = [this, &manager, bearer] { put(sent(manager, m_request, bearer)); };
    m_putAgain();
    m_silence.start();
    m_total.start();
}

void HttpExchange::put(QNetworkReply *reply)
{
    m_reply.reset(reply);
    connect(m_reply.get(), &QNetworkReply::readyRead, this, &HttpExchange::onReadyRead);
    connect(m_reply.get(), &QNetworkReply::metaDataChanged, this, &HttpExchange::onSign);
    connect(m_reply.get(), &QNetworkReply::uploadProgress, this, &HttpExchange::onSign);
    connect(m_reply.get(), &QNetworkReply::finished, this, &HttpExchange::onFinished, Qt::QueuedConnection);
}

void HttpExchange::cancel()
{
    stop(exchangeError(ErrorKind::Cancelled));
}

void HttpExchange::onSign()
{
    if (m_silence.isActive())
        m_silence.start();
}

void HttpExchange::onReadyRead()
{
    onSign();
    if (m_stopped)
        return;
    m_raw += m_reply->readAll();
    if (m_raw.size() > m_limits.maxBodyBytes) {
        stop(exchangeError(ErrorKind::NotUnderstood,
                           u"The answer of %1 is larger than %2 bytes."_s.arg(
                               m_request.url.host(), QString::number(m_limits.maxBodyBytes))));
    }
}

void HttpExchange::stop(Error why)
{
    if (m_stopped || !m_onEnd)
        return;
    m_stopped = std::move(why);
    m_raw.clear();
    m_reply->abort(); // finished() follows
}

/// Qt fails a request that still waits for its own connection when another one to the same server breaks.
/// What was sent ends otherwise: with a status, or because its body cannot be read again (see sent()). So
/// this one never left, and putting it again is no repeat; how often is bounded all the same.
bool HttpExchange::wasTakenAlong() const
{
    constexpr int MostPuts = 3;
    return !m_stopped && !m_request.sendOnce && m_puts < MostPuts &&
           m_reply->error() == QNetworkReply::RemoteHostClosedError &&
           m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).isNull();
}

void HttpExchange::onFinished()
{
    if (!m_onEnd)
        return;
    if (wasTakenAlong()) {
        ++m_puts;
        m_putAgain();
        return;
    }
    m_silence.stop();
    m_total.stop();
    if (!m_stopped && m_reply->isOpen())
        m_raw += m_reply->readAll();
    Result<HttpResponse> result = m_stopped ? Result<HttpResponse>(failure(*m_stopped)) : answer();
    m_reply.reset();
    std::exchange(m_onEnd, nullptr)(std::move(result));
}

Result<HttpResponse> HttpExchange::answer() const
{
    const int status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    const QNetworkReply::NetworkError error = m_reply->error();
    const bool isRedirect = isRedirectOfBody(error, status);
    if (!isRedirect && brokeOff(error, status))
        return failure(ErrorKind::Network, reason(error, m_request.url.host()));

    HttpResponse response;
    response.status = status;
    response.url = m_request.url;
    response.elapsedMs = m_elapsed.elapsed();
    response.wireBytes = m_raw.size();
    const auto headers = m_reply->rawHeaderPairs();
    for (const auto &[name, value] : headers)
        response.headers.append({name, value});
    if (isRedirect)
        return response; // what its body says is nobody's concern: redirects are refused
    Result<QByteArray> body =
        decodeAnswerBody(m_request.method, status, response.headers, m_raw, m_limits.maxBodyBytes);
    if (!body)
        return failure(body.error());
    response.body = std::move(*body);
    if (!response.body.isEmpty() && isGzipped(response.headers))
        response.gzipBody = m_raw;
    return response;
}

} // namespace wristkeep
