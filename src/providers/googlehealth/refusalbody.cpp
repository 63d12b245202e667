// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/googlehealth/refusalbody.h"

#include "core/redaction.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype LongestGoogleMessage = 240;

/// Reasons are longer than what is blotted as a possible token; no token looks like one.
QString tidyReason(const QString &reason)
{
    static const QRegularExpression form(
        QRegularExpression::anchoredPattern(u"[A-Z]+(_[A-Z0-9]+)*|[a-z]+(_[a-z]+)*"_s));
    return reason.size() <= 80 && form.match(reason).hasMatch() ? reason : blotProviderText(reason.left(80));
}

/// Messages quote addresses and point to manuals: neither helps a person.
QString tidyGoogleMessage(QString message)
{
    static const QRegularExpression pointer(u"\\s*(See|Visit|Learn more at) https?://\\S+"_s);
    message = blotProviderText(message.remove(pointer).simplified());
    return message.size() > LongestGoogleMessage ? message.left(LongestGoogleMessage) + u'…' : message;
}

/// The first detail that gives a reason.
QJsonObject errorInfo(const QJsonArray &details)
{
    for (const auto &detail : details) {
        if (!detail.toObject().value("reason"_L1).toString().isEmpty())
            return detail.toObject();
    }
    return {};
}

} // namespace

GoogleRefusal googleRefusal(const QByteArray &body)
{
    const QJsonObject root = QJsonDocument::fromJson(body).object();
    GoogleRefusal refusal;
    refusal.webPage = body.trimmed().startsWith('<');
    const QJsonValue error = root.value("error"_L1);
    if (!error.isObject()) {
        refusal.reason = tidyReason(error.toString());
        refusal.detail = tidyReason(root.value("error_subtype"_L1).toString());
        refusal.message = tidyGoogleMessage(root.value("error_description"_L1).toString());
        return refusal;
    }
    const QJsonObject status = error.toObject();
    const QJsonObject info = errorInfo(status.value("details"_L1).toArray());
    refusal.precise = !info.isEmpty();
    refusal.reason =
        tidyReason((refusal.precise ? info.value("reason"_L1) : status.value("status"_L1)).toString());
    refusal.detail = tidyReason(info.value("metadata"_L1).toObject().value("detailedReasons"_L1).toString());
    refusal.message = tidyGoogleMessage(status.value("message"_L1).toString());
    return refusal;
}

} // namespace wristkeep
