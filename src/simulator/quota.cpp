// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/quota.h"

#include "simulator/fitbiterrors.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 hourSeconds = 3600;

QByteArray refusalBody(Quota::Body body)
{
    const QString type = body == Quota::Body::System ? u"system"_s : u"request"_s;
    const QString message =
        body == Quota::Body::System
            ? u"Too Many Requests"_s
            : u"Rate limit exceeded for this user. Please try again at the start of the hour."_s;
    const QJsonObject error{{u"errorType"_s, type}, {u"fieldName"_s, u"n/a"_s}, {u"message"_s, message}};
    const QJsonObject envelope{{u"errors"_s, QJsonArray{error}}, {u"success"_s, false}};
    return QJsonDocument(envelope).toJson(QJsonDocument::Compact);
}

} // namespace

bool Quota::take(const QString &userId, qint64 now)
{
    Window &window = m_windows[userId];
    if (window.hour != now / hourSeconds)
        window = {now / hourSeconds, 0};
    if (window.used >= m_perHour)
        return false;
    ++window.used;
    return true;
}

int Quota::used(const QString &userId, qint64 now) const
{
    const Window window = m_windows.value(userId);
    return window.hour == now / hourSeconds ? window.used : 0;
}

void Quota::setUsed(const QString &userId, qint64 now, int used)
{
    m_windows.insert(userId, {now / hourSeconds, used});
}

void Quota::reset()
{
    const int perHour = m_perHour;
    *this = Quota();
    m_perHour = perHour;
}

void Quota::addHeaders(SimResponse &response, const QString &userId, qint64 now) const
{
    if (!m_headersShown)
        return;
    const int left = qBound(0, m_perHour - used(userId, now) + m_lag, m_perHour);
    response.setHeader("Fitbit-rate-limit-limit", QByteArray::number(m_perHour));
    response.setHeader("Fitbit-rate-limit-remaining", QByteArray::number(left));
    response.setHeader("Fitbit-rate-limit-reset", QByteArray::number(hourSeconds - now % hourSeconds));
}

SimResponse Quota::refusal(const QString &userId, qint64 now) const
{
    SimResponse response =
        m_body == Body::FrontEnd
            ? frontEndError(429, u"Quota exceeded for quota metric 'Requests'."_s, u"RESOURCE_EXHAUSTED"_s)
            : jsonResponse(refusalBody(m_body), 429);
    addHeaders(response, userId, now);
    if (m_retryAfter)
        response.setHeader("Retry-After", QByteArray::number(*m_retryAfter));
    return response;
}

} // namespace wristkeep
