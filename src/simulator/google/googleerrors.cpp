// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/google/googleerrors.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

QString usualName(int status)
{
    switch (status) {
    case 401:
        return u"UNAUTHENTICATED"_s;
    case 403:
        return u"PERMISSION_DENIED"_s;
    case 404:
        return u"NOT_FOUND"_s;
    case 409:
        return u"ABORTED"_s;
    case 412:
        return u"FAILED_PRECONDITION"_s;
    case 429:
        return u"RESOURCE_EXHAUSTED"_s;
    case 500:
        return u"INTERNAL"_s;
    default:
        return u"INVALID_ARGUMENT"_s;
    }
}

SimResponse statusBody(int status, const QString &name, const QString &message, const QJsonArray &details)
{
    QJsonObject error{{u"code"_s, status}, {u"message"_s, message}, {u"status"_s, name}};
    if (!details.isEmpty())
        error.insert(u"details"_s, details);
    return jsonResponse(QJsonDocument(QJsonObject{{u"error"_s, error}}).toJson(QJsonDocument::Indented),
                        status);
}

} // namespace

SimResponse googleError(const GoogleError &error)
{
    QJsonArray details;
    if (!error.reason.isEmpty()) {
        QJsonObject info{{u"@type"_s, u"type.googleapis.com/google.rpc.ErrorInfo"_s},
                         {u"reason"_s, error.reason},
                         {u"domain"_s, error.domain}};
        if (!error.metadata.isEmpty())
            info.insert(u"metadata"_s, error.metadata);
        details.append(info);
    }
    const QString name = error.name.isEmpty() ? usualName(error.status) : error.name;
    return statusBody(error.status, name, error.message, details);
}

SimResponse googleInvalid(const QString &reason, const QString &message)
{
    GoogleError error;
    error.reason = reason;
    error.message = message;
    return googleError(error);
}

SimResponse googleUnknownName(const QString &name, const QString &where)
{
    const QString place = where.isEmpty() ? QString() : u" at '%1'"_s.arg(where);
    const QString text =
        u"Invalid JSON payload received. Unknown name \"%1\"%2: Cannot find field."_s.arg(name, place);
    const QJsonObject violation{{u"field"_s, where}, {u"description"_s, text}};
    const QJsonObject request{{u"@type"_s, u"type.googleapis.com/google.rpc.BadRequest"_s},
                              {u"fieldViolations"_s, QJsonArray{violation}}};
    return statusBody(400, u"INVALID_ARGUMENT"_s, text, QJsonArray{request});
}

SimResponse googleOAuthError(int status, const QString &error, const QString &description)
{
    const QJsonObject body{{u"error"_s, error}, {u"error_description"_s, description}};
    SimResponse response = jsonResponse(QJsonDocument(body).toJson(QJsonDocument::Indented), status);
    response.setHeader("Cache-Control", "no-cache, no-store, max-age=0, must-revalidate");
    return response;
}

SimResponse googleNotFoundPage(const QString &path)
{
    const QString html =
        u"<!DOCTYPE html>\n<html lang=en>\n<title>Error 404 (Not Found)!!1</title>\n"
        "<p><b>404.</b> <ins>That's an error.</ins>\n<p>The requested URL <code>%1</code> was "
        "not found on this server.\n"_s.arg(path.toHtmlEscaped());
    return htmlResponse(html.toUtf8(), 404);
}

} // namespace wristkeep
