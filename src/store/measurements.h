// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Rows of measurements: samples, daily values, sessions and the civil days they lie on. Writes only what
// changed and keeps what it replaces in history. The caller holds the transaction.

#include "core/civilday.h"
#include "core/ids.h"
#include "core/records.h"
#include "core/result.h"
#include "store/statement.h"

#include <functional>

namespace wristkeep {

/// What a write did.
struct WriteCounts
{
    int added = 0;
    int changed = 0;
    int same = 0;
};

/// Where new rows come from: for history.
struct Provenance
{
    AccountKey account;
    QString dataType; ///< whose cells they belong to
    std::optional<qint64> document;
    qint64 fetchedAtUtc = 0;
    std::function<std::optional<qint64>(QDate)> fetchedBefore; ///< when the day's present values were fetched
};

class Measurements
{
public:
    explicit Measurements(sqlite3 *database);

    Outcome writeDay(const AccountKey &account, const CivilDay &day);
    Result<std::optional<CivilDay>> day(const AccountKey &account, QDate date);

    /// `dateOf` gives the civil day of an instant, or nothing when its samples must stay as they are.
    Outcome writeSamples(const Provenance &from, const SampleSeries &series,
                         const std::function<std::optional<QDate>(qint64)> &dateOf, WriteCounts &counts);
    Outcome writeDaily(const Provenance &from, const DailyValue &value, bool withheld, WriteCounts &counts);
    Outcome writeSession(const Provenance &from, const Session &session, WriteCounts &counts);

    /// True when the account has samples of the type in [firstUtc, endUtc).
    Result<bool> hasSamples(const AccountKey &account, const QString &type, qint64 firstUtc, qint64 endUtc);
    Result<QList<Sample>> samples(const AccountKey &account, const QString &type, qint64 firstUtc,
                                  qint64 endUtc);

    /// The visible value of a day, if there is one.
    Result<std::optional<double>> dailyValue(const AccountKey &account, const QString &type, QDate date);

    /// Makes the day's zeros that waited for samples of `witness` visible: how many, by data type of their
    /// cell.
    Result<QHash<QString, int>> release(const AccountKey &account, QDate date, const QString &witness);

private:
    Result<qint64> seriesId(const AccountKey &account, const SampleSeries &series);
    /// For a stretch of time without samples.
    Outcome insertSamples(qint64 series, const std::vector<Sample> &samples);
    Outcome remember(const Provenance &from, const QString &kind, const QString &type, const QString &key,
                     std::optional<double> oldValue, const QString &oldText, QDate date);

    Statement m_selectDay;
    Statement m_upsertDay;
    Statement m_selectSeries;
    Statement m_insertSeries;
    Statement m_selectRange;
    Statement m_insertMany;
    Statement m_insertSome;
    Statement m_upsertSample;
    Statement m_selectDaily;
    Statement m_upsertDaily;
    Statement m_selectSession;
    Statement m_upsertSession;
    Statement m_selectStages;
    Statement m_deleteStages;
    Statement m_insertStage;
    Statement m_hasSamples;
    Statement m_samples;
    Statement m_selectWithheld;
    Statement m_release;
    Statement m_insertHistory;
};

} // namespace wristkeep
