// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/browserpage.h"

#include "core/errortexts.h"

#include <QCryptographicHash>
#include <QFile>
#include <QHash>

using namespace Qt::StringLiterals;

namespace wristkeep {
namespace {

/// One pass over the template, so that a value holding "{{…}}" is not filled in again. Values are escaped.
QByteArray filled(const QString &name, const QHash<QString, QString> &values)
{
    QFile file(u":/oauth/"_s + name);
    if (!file.open(QIODevice::ReadOnly))
        return "<!doctype html><title>Wristkeep</title>"; // resources are linked in: cannot happen
    const QString page = QString::fromUtf8(file.readAll());
    QString result;
    qsizetype at = 0;
    while (true) {
        const qsizetype open = page.indexOf("{{"_L1, at);
        const qsizetype close = open < 0 ? -1 : page.indexOf("}}"_L1, open);
        if (close < 0)
            break;
        result += QStringView(page).mid(at, open - at);
        result += values.value(page.mid(open + 2, close - open - 2)).toHtmlEscaped();
        at = close + 2;
    }
    result += QStringView(page).mid(at);
    return result.toUtf8();
}

QHash<QString, QString> common(const PageWords &words)
{
    return {{u"provider"_s, words.provider},
            {u"setting"_s, words.redirectSetting},
            {u"redirect"_s, words.redirectUri},
            {u"demo"_s, words.demo ? u"Demo"_s : QString()}};
}

/// The style sheet by its hash: nothing else on the page may load, style or run (CSP level 2).
QByteArray contentPolicy(const QByteArray &html)
{
    QByteArray policy = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    const qsizetype open = html.indexOf("<style>");
    const qsizetype close = html.indexOf("</style>");
    if (open >= 0 && close > open) {
        const QByteArray style = html.mid(open + 7, close - open - 7);
        policy += "; style-src 'sha256-" +
                  QCryptographicHash::hash(style, QCryptographicHash::Sha256).toBase64() + "'";
    }
    return policy;
}

QByteArray phrase(int status)
{
    switch (status) {
    case 200:
        return "OK";
    case 400:
        return "Bad Request";
    case 404:
        return "Not Found";
    case 405:
        return "Method Not Allowed";
    case 408:
        return "Request Timeout";
    case 409:
        return "Conflict";
    case 431:
        return "Request Header Fields Too Large";
    default:
        return "Answer";
    }
}

} // namespace

BrowserPage BrowserPage::success(const PageWords &words)
{
    return {200, filled(u"success.html"_s, common(words))};
}

BrowserPage BrowserPage::failed(const PageWords &words, const Error &error)
{
    const ErrorText text = errorText(error, words.provider);
    QHash<QString, QString> values = common(words);
    values.insert(u"title"_s, text.title);
    values.insert(u"reason"_s, text.sentence);
    values.insert(u"next"_s, error.nextStep.isEmpty() ? text.nextStep : error.nextStep);
    return {200, filled(u"error.html"_s, values)};
}

BrowserPage BrowserPage::notice(const PageWords &words, int status, const QString &title, const QString &text)
{
    QHash<QString, QString> values = common(words);
    values.insert(u"title"_s, title);
    values.insert(u"reason"_s, text);
    return {status, filled(u"notice.html"_s, values)};
}

QByteArray BrowserPage::wire() const
{
    QByteArray head = "HTTP/1.1 " + QByteArray::number(status) + ' ' + phrase(status) +
                      "\r\n"
                      "Content-Type: text/html; charset=utf-8\r\n"
                      "Content-Length: " +
                      QByteArray::number(html.size()) +
                      "\r\n"
                      "Cache-Control: no-store\r\n"
                      "Referrer-Policy: no-referrer\r\n"
                      "X-Content-Type-Options: nosniff\r\n"
                      "Content-Security-Policy: " +
                      contentPolicy(html) + "\r\n";
    if (status == 405)
        head += "Allow: GET\r\n";
    return head + "Connection: close\r\n\r\n" + html;
}

} // namespace wristkeep
