// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/google/googlequota.h"

#include "simulator/google/googleerrors.h"

namespace wristkeep {

using namespace Qt::StringLiterals;

bool GoogleQuota::take(const QString &userId, qint64 now)
{
    Window &window = m_windows[userId];
    if (window.minute != now / 60)
        window = {now / 60, 0};
    if (window.used >= m_perMinute)
        return false;
    ++window.used;
    return true;
}

int GoogleQuota::used(const QString &userId, qint64 now) const
{
    const Window window = m_windows.value(userId);
    return window.minute == now / 60 ? window.used : 0;
}

void GoogleQuota::setUsed(const QString &userId, qint64 now, int used)
{
    m_windows.insert(userId, {now / 60, used});
}

SimResponse GoogleQuota::refusal() const
{
    GoogleError error;
    error.status = 429;
    error.message = u"Quota exceeded for quota metric 'Requests' and limit 'Requests per minute per user' of "
                    "service 'health.googleapis.com' for consumer 'project_number:123456789012'."_s;
    error.reason = u"RATE_LIMIT_EXCEEDED"_s;
    error.domain = u"googleapis.com"_s;
    error.metadata = {{u"service"_s, u"health.googleapis.com"_s},
                      {u"consumer"_s, u"projects/123456789012"_s},
                      {u"quota_limit_value"_s, QString::number(m_perMinute)}};
    SimResponse response = googleError(error);
    if (m_retryAfter)
        response.setHeader("Retry-After", QByteArray::number(*m_retryAfter));
    return response;
}

} // namespace wristkeep
