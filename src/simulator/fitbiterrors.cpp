// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/fitbiterrors.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace wristkeep {

using namespace Qt::StringLiterals;

SimResponse fitbitError(int status, const QString &type, const QString &message, const QString &field)
{
    QJsonObject error{{u"errorType"_s, type}, {u"message"_s, message}};
    if (!field.isEmpty())
        error.insert(u"fieldName"_s, field);
    const QJsonObject envelope{{u"errors"_s, QJsonArray{error}}, {u"success"_s, false}};
    return jsonResponse(QJsonDocument(envelope).toJson(QJsonDocument::Compact), status);
}

SimResponse oauthError(int status, const QString &type, const QString &start)
{
    const QString where =
        u" Visit https://dev.fitbit.com/docs/oauth2 for more information on the Fitbit Web API "
        "authorization process."_s;
    SimResponse response = fitbitError(status, type, start + where);
    response.setHeader("Cache-Control", "no-store");
    return response;
}

SimResponse frontEndError(int status, const QString &message, const QString &name)
{
    const QJsonObject error{{u"code"_s, status}, {u"message"_s, message}, {u"status"_s, name}};
    return jsonResponse(QJsonDocument(QJsonObject{{u"error"_s, error}}).toJson(QJsonDocument::Compact),
                        status);
}

SimResponse unknownEndpoint(const QString &path)
{
    return fitbitError(400, u"validation"_s, u"Invalid time series resource path: %1"_s.arg(path),
                       u"resource path"_s);
}

} // namespace wristkeep
