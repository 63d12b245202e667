// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The parsed rows of one answer: what a provider's parser gives and the store's commit takes.

#include <QDate>
#include <QList>
#include <QMetaType>
#include <QString>

#include <vector>

namespace wristkeep {

/// One reading. `t` is whole Unix seconds; of several readings in one second the last wins.
struct Sample
{
    qint64 t = 0;
    double v = 0;
    bool operator==(const Sample &) const = default;
};

/// Readings of one series. `type` is the data type's id; `resolution` e.g. "1min"; `unit` e.g. "bpm".
struct SampleSeries
{
    QString type;
    QString resolution;
    QString unit;
    std::vector<Sample> samples; ///< ascending by t
};

/// One value of one civil day, e.g. {2024-03-10, "steps", 9120, "steps"}.
struct DailyValue
{
    QDate date;
    QString type; ///< "steps", "resting_heart_rate", "heart_rate_zone_minutes/Fat Burn"
    double value = 0;
    QString unit; ///< metric: "steps", "bpm", "min", "kcal", "kg"
    /// A zero is believed only on days that have samples of this data type, or of the same kind at another
    /// resolution (docs/ARCHITECTURE.md, "The ledger"); empty: always believed.
    QString zeroWitness;
    bool operator==(const DailyValue &) const = default;
};

/// A span with a beginning and an end, e.g. a night; `key` is the provider's id or a stable one of ours.
struct Session
{
    struct Stage
    {
        qint64 startUtc = 0;
        int seconds = 0;
        QString stage; ///< "asleep", "restless", "awake", "light", "deep", "rem"
        bool operator==(const Stage &) const = default;
    };
    QString type;
    QString key;
    QDate date; ///< the civil day it is counted under
    qint64 startUtc = 0;
    qint64 endUtc = 0;
    QList<Stage> stages;
    QString details; ///< compact JSON object of the remaining scalar members
    bool operator==(const Session &) const = default;
};

/// What one answer said about one civil day of its data type.
struct DayResult
{
    QDate date;
    bool hasData = false;
    int points = 0; ///< how many readings, values and sessions it holds: fewer than before means poorer
    bool operator==(const DayResult &) const = default;
};

struct Batch
{
    QString dataType;      ///< whose ledger cells this fills
    QList<DayResult> days; ///< one for each day the request asked for
    QList<SampleSeries> series;
    QList<DailyValue> daily;
    QList<Session> sessions;
    QString nextPage; ///< empty when this was the last page
};

} // namespace wristkeep

Q_DECLARE_METATYPE(wristkeep::Batch)
