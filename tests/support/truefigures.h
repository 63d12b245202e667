// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Nights and heart rate zones: what the tables must hold of a day by the simulator's truth and the provider's
// page of facts, and what they do hold. The program's own parsers have no part in it.

#include <QDate>
#include <QJsonObject>
#include <QList>
#include <QMap>
#include <QString>
#include <QVariant>

namespace wristkeep::test {

class World;

struct NightStage
{
    qint64 startUtc = 0;
    int seconds = 0;
    QString stage; ///< in the program's words
    bool operator==(const NightStage &) const = default;
};

/// A night or a nap.
struct Night
{
    QString key; ///< the service's own number
    QDate date;
    qint64 startUtc = 0;
    qint64 endUtc = 0;
    bool isMain = false;
    bool isNap = false; ///< Google Health alone tells it
    QList<NightStage> stages;
    bool operator==(const Night &) const = default;
};

/// Ascending.
QList<Night> trueNights(const QJsonObject &truth, bool google);
/// `condition`: of rows of `sessions`, with `values` bound in it. Ascending.
QList<Night> keptNights(World &world, const QString &condition, const QVariantList &values = {});
/// Empty when they agree; else the first difference in words.
QString nightDifference(const Night &lived, const Night &kept);

/// The daily values about zones that come with a data type, by their own names; none for other types.
QMap<QString, double> trueZones(const QJsonObject &truth, const QString &dataType, bool google);

} // namespace wristkeep::test
