// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What was asked of the simulator, for tests: never a token, a code or a secret, only that there was one.

#include "simulator/simmessage.h"

#include <QHash>
#include <QJsonObject>
#include <QStringList>

namespace wristkeep {

class RequestLog
{
public:
    static constexpr qsizetype maxEntries = 20'000;

    /// Returns the entry's number, for setStatus().
    qint64 add(const SimRequest &request, qint64 now);
    void setStatus(qint64 number, int status);
    void clear();

    /// {"entries":[…],"counts":{"GET /path":n},"total":n}; entries only with `full`.
    [[nodiscard]] QJsonObject toJson(bool full) const;

private:
    struct Entry
    {
        qint64 number = 0;
        qint64 time = 0;
        QString method;
        QString path;
        QStringList queryNames;
        QStringList bodyFields;
        QString grantType;
        QString acceptLanguage;
        QString asked; ///< a filter, or a JSON body: what a query of the Health API is about
        bool acceptsGzip = false;
        bool hasBasic = false;
        bool hasBearer = false;
        int status = 0; ///< 0: no answer was given
    };

    QList<Entry> m_entries;
    QHash<QString, int> m_counts;
    qint64 m_total = 0;
};

} // namespace wristkeep
