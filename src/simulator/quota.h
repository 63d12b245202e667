// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Requests per hour and user, counted from full hour to full hour of the service's clock, with the three
// headers (their names in the mixed case seen on the wire) and the several bodies of a 429.

#include "simulator/simmessage.h"

#include <QHash>

#include <cstdint>

namespace wristkeep {

class Quota
{
public:
    enum class Body : std::uint8_t { System, Request, FrontEnd };

    void setPerHour(int requests) { m_perHour = requests; }
    [[nodiscard]] int perHour() const { return m_perHour; }

    /// Counts one request. False: the quota is used up, and the request must be answered by refusal().
    bool take(const QString &userId, qint64 now);
    [[nodiscard]] int used(const QString &userId, qint64 now) const;
    void setUsed(const QString &userId, qint64 now, int used);
    /// Forgets what was used and every setting but the limit.
    void reset();

    void addHeaders(SimResponse &response, const QString &userId, qint64 now) const;
    [[nodiscard]] SimResponse refusal(const QString &userId, qint64 now) const;

    void setBody(Body body) { m_body = body; }
    /// None: no Retry-After. A value is sent as it is, however misleading.
    void setRetryAfter(std::optional<int> seconds) { m_retryAfter = seconds; }
    /// The header shows so many calls more than are left, as the real one lags.
    void setLag(int calls) { m_lag = calls; }
    /// Error pages and proxies drop the headers.
    void setHeadersShown(bool shown) { m_headersShown = shown; }

private:
    struct Window
    {
        qint64 hour = 0;
        int used = 0;
    };

    QHash<QString, Window> m_windows;
    int m_perHour = 150;
    Body m_body = Body::System;
    std::optional<int> m_retryAfter;
    int m_lag = 0;
    bool m_headersShown = true;
};

} // namespace wristkeep
