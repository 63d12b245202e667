// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What a whole fetch, all its pages together, says about one civil day. Pure: the commit compares it with
// what is kept (docs/adr/0013).

#include "core/civilday.h"
#include "core/records.h"

#include <QByteArray>

#include <map>
#include <tuple>
#include <vector>

namespace wristkeep {

/// Type, resolution and unit: what tells the series of one account apart.
using SeriesName = std::tuple<QString, QString, QString>;

struct DayContent
{
    CivilDay day;
    std::map<SeriesName, std::vector<Sample>> samples; ///< ascending, one a second
    QList<DailyValue> daily;
    QList<Session> sessions;

    [[nodiscard]] bool hasDaily(const QString &type) const;
    [[nodiscard]] bool hasSession(const QString &type, const QString &key) const;
};

/// Ascending, one a second, the last of a second wins.
std::vector<Sample> inOrder(std::vector<Sample> samples);

DayContent contentOf(const QList<const Batch *> &batches, const CivilDay &day);

/// Equal for answers that say the same about the day, whatever their bytes and pages: lower-case hex.
QByteArray digestOf(const DayContent &content);

/// A session as compact JSON, as history keeps it.
QString sessionText(const Session &session);

} // namespace wristkeep
