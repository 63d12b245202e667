// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/demoperson.h"

#include <QNetworkProxy>
#include <QNetworkReply>
#include <QRegularExpression>
#include <QUrlQuery>

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 30'000;

QString attribute(const QString &tag, const QString &name)
{
    const QRegularExpression form(u"\\b%1=\"([^\"]*)\""_s.arg(name));
    QString value = form.match(tag).captured(1);
    value.replace(u"&lt;"_s, u"<"_s).replace(u"&gt;"_s, u">"_s).replace(u"&quot;"_s, u"\""_s);
    return value.replace(u"&amp;"_s, u"&"_s);
}

QNetworkRequest requestFor(const QUrl &url)
{
    QNetworkRequest request(url);
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    request.setTransferTimeout(patience);
    return request;
}

} // namespace

ConsentForm allowEverything(const QUrl &page, const QString &html)
{
    static const QRegularExpression formTag(u"<form\\b[^>]*>"_s);
    static const QRegularExpression inputTag(u"<input\\b[^>]*>"_s);
    const QRegularExpressionMatch form = formTag.match(html);
    if (!form.hasMatch())
        return {};
    QByteArray body = "decision=allow";
    for (auto it = inputTag.globalMatch(html); it.hasNext();) {
        const QString tag = it.next().captured(0);
        const QString type = attribute(tag, u"type"_s);
        if (type == u"hidden"_s || type == u"checkbox"_s)
            body += '&' + QUrl::toPercentEncoding(attribute(tag, u"name"_s)) + '=' +
                    QUrl::toPercentEncoding(attribute(tag, u"value"_s));
    }
    const QString action = attribute(form.captured(0), u"action"_s);
    return {action.isEmpty() ? page : page.resolved(QUrl(action)), body};
}

DemoPerson::DemoPerson(QObject *parent) : QObject(parent), m_network(this)
{
    m_network.setProxy(QNetworkProxy::NoProxy);
}

void DemoPerson::watch(QNetworkReply *reply, std::function<void(QNetworkReply *)> next)
{
    connect(reply, &QNetworkReply::finished, this, [this, reply, next = std::move(next)] {
        reply->deleteLater();
        if (reply->error() == QNetworkReply::NoError)
            next(reply);
        else
            m_failed(u"The demo could not press Allow by itself: %1"_s.arg(reply->errorString()));
    });
}

void DemoPerson::consent(const QUrl &authorizeUrl, std::function<void(const QString &)> failed)
{
    m_failed = std::move(failed);
    watch(m_network.get(requestFor(authorizeUrl)), [this, authorizeUrl](QNetworkReply *reply) {
        const QUrl back = reply->header(QNetworkRequest::LocationHeader).toUrl();
        if (back.isValid() && !back.isEmpty())
            follow(authorizeUrl.resolved(back));
        else
            press(authorizeUrl, QString::fromUtf8(reply->readAll()));
    });
}

void DemoPerson::press(const QUrl &page, const QString &html)
{
    const ConsentForm form = allowEverything(page, html);
    if (form.action.isEmpty()) {
        m_failed(u"The demo's consent page has no form to send."_s);
        return;
    }
    QNetworkRequest request = requestFor(form.action);
    request.setHeader(QNetworkRequest::ContentTypeHeader, "application/x-www-form-urlencoded"_L1);
    watch(m_network.post(request, form.body), [this, page](QNetworkReply *reply) {
        follow(page.resolved(QUrl::fromEncoded(reply->rawHeader("Location"))));
    });
}

void DemoPerson::follow(const QUrl &target)
{
    watch(m_network.get(requestFor(target)), [](QNetworkReply *) {});
}

} // namespace wristkeep
