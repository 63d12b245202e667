// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Everything the database holds of one account at one moment, as values that outlive it.

#include "soak/expected.h"

#include <QDate>
#include <QList>
#include <QPair>
#include <QSet>

#include <optional>

namespace wristkeep::test {

class World;

struct HeldCell
{
    QString state;
    bool hasData = false;
    bool suspicious = false;
    std::optional<qint64> fetchedAt;

    [[nodiscard]] bool isGood() const;
    [[nodiscard]] bool isSettled() const;
};

struct HeldValue
{
    QString dataType;
    double value = 0;
};

using CellPlace = QPair<QString, QDate>; ///< data type, day

struct Holdings
{
    QMap<CellPlace, HeldCell> cells;
    QMap<CellPlace, HeldValue> daily; ///< by the value's own name
    QMap<QString, std::map<qint64, double>> samples;
    QMap<QString, Night> nights;
    QSet<QString> history;        ///< historyLine() of each row
    QMap<QString, qint64> counts; ///< rows of the tables that only news may make longer
    QString integrity;
    int wrongLevels = 0; ///< hours that say something else than their samples

    /// What is held under a cell; `day` gives its first and last instant.
    [[nodiscard]] CellContent content(const CellPlace &place, const SoakDay &day) const;
};

QString historyLine(const QString &kind, const QString &type, const QString &key);

Holdings readHoldings(World &world);

} // namespace wristkeep::test
