// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What the tables must hold of one day and data type, reckoned from the simulator's truth and from what the
// provider's page of facts says; the program's own parsers have no part in it.

#include "support/truefigures.h"

#include <QJsonObject>
#include <QMap>
#include <QString>

#include <map>

namespace wristkeep::test {

/// The content of one cell: as it should be, or as it is held.
struct CellContent
{
    QMap<QString, double> daily;
    std::map<qint64, double> samples;
    QMap<QString, Night> nights; ///< by the service's own number

    [[nodiscard]] qsizetype size() const { return daily.size() + qsizetype(samples.size()) + nights.size(); }
    [[nodiscard]] bool isEmpty() const { return daily.isEmpty() && samples.empty() && nights.isEmpty(); }
};

struct ExpectedCell
{
    CellContent content;
    /// A daily zero of this name may be there when the day has readings, and is not missed otherwise.
    QString zero;
};

struct SoakDay
{
    qint64 startUtc = 0;
    qint64 endUtc = 0;
    QMap<QString, ExpectedCell> types;
};

SoakDay expectedDay(const QJsonObject &truth, bool google, const QStringList &types);

/// Empty when the two agree; else the first difference in words.
QString difference(const ExpectedCell &expected, const CellContent &held);

/// Empty when everything held is expected, though something may be missing.
QString surplus(const ExpectedCell &expected, const CellContent &held);

} // namespace wristkeep::test
