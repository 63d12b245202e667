// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Requests per user and minute of the service's clock. Unlike Fitbit's quota it is told by no header.

#include "simulator/simmessage.h"

#include <QHash>

namespace wristkeep {

class GoogleQuota
{
public:
    void setPerMinute(int requests) { m_perMinute = requests; }
    [[nodiscard]] int perMinute() const { return m_perMinute; }
    /// None: no Retry-After, as it is not documented.
    void setRetryAfter(std::optional<int> seconds) { m_retryAfter = seconds; }

    /// Counts one request. False: the minute is used up; answer refusal().
    bool take(const QString &userId, qint64 now);
    [[nodiscard]] int used(const QString &userId, qint64 now) const;
    void setUsed(const QString &userId, qint64 now, int used);
    [[nodiscard]] SimResponse refusal() const;

private:
    struct Window
    {
        qint64 minute = 0;
        int used = 0;
    };

    QHash<QString, Window> m_windows;
    int m_perMinute = 300;
    std::optional<int> m_retryAfter;
};

} // namespace wristkeep
