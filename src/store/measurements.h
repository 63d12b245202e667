// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Rows of measurements: daily values, sessions and the civil days they lie on; samples by samplerows.h.
// Writes only what changed, keeps what it replaces or withdraws in history. The caller holds the transaction.

#include "core/civilday.h"
#include "core/ids.h"
#include "core/records.h"
#include "core/result.h"
#include "store/daycontent.h"
#include "store/historyrows.h"
#include "store/levelrows.h"
#include "store/samplerows.h"
#include "store/statement.h"

namespace wristkeep {

/// A daily value as it is kept, and since when it has been known.
struct StandingValue
{
    double value = 0;
    QString unit;
    qint64 sinceUtc = 0;
};

/// Readings of one type that came for a day.
struct Witness
{
    QString sampleType;
    qint64 firstUtc = 0; ///< instant of the first
};

class Measurements
{
public:
    explicit Measurements(sqlite3 *database);

    Outcome writeDays(const AccountKey &account, const QList<CivilDay> &days);
    /// The days of a range that are known.
    Result<QHash<QDate, CivilDay>> daysBetween(const AccountKey &account, QDate first, QDate last);

    [[nodiscard]] SampleRows &samples() { return m_samples; }

    Outcome writeDaily(const Provenance &from, const DailyValue &value, bool withheld, WriteCounts &counts);
    Outcome writeSession(const Provenance &from, const Session &session, WriteCounts &counts);
    /// Takes away, into history, what is kept of the day and its whole answer lacks.
    Outcome withdraw(const Provenance &from, const DayContent &content, WriteCounts &counts);
    /// How much of what is kept of the day its answer says again, value for value.
    Result<Confirmation> confirm(const AccountKey &account, const QString &dataType,
                                 const DayContent &content);

    /// The visible value of a day, if there is one.
    Result<std::optional<double>> dailyValue(const AccountKey &account, const QString &type, QDate date);

    /// Makes the day's zeros that waited for samples of the witness's kind visible, known from `atUtc` on:
    /// how many, by data type of their cell. One that was told before the first of them says nothing about
    /// them.
    Result<QHash<QString, int>> release(const AccountKey &account, QDate date, const Witness &witness,
                                        qint64 atUtc);

private:
    struct KeptDaily
    {
        QString type;
        StandingValue value;
        bool isWithheld = false;
    };
    struct KeptSession
    {
        qint64 id = 0;
        qint64 sinceUtc = 0;
        Session session;
    };
    Outcome writeDay(const AccountKey &account, const CivilDay &day, const std::optional<CivilDay> &present);
    Result<std::optional<KeptSession>> session(const AccountKey &account, const QString &type,
                                               const QString &key);
    Result<QList<KeptDaily>> dailyOf(const AccountKey &account, const QString &dataType, QDate date);
    Result<QList<KeptSession>> sessionsOf(const AccountKey &account, const QString &dataType, QDate date);
    /// Whether a row another data type owns, and this one says again, goes over to this one.
    Result<bool> takesOver(const Provenance &from, const QString &owner, QDate date);
    Outcome remember(const Provenance &from, const KeptSession &old, bool isGone);
    Outcome withdrawSessions(const Provenance &from, const DayContent &content, WriteCounts &counts);

    HistoryRows m_history;
    LevelRows m_levels;
    SampleRows m_samples;
    Statement m_selectDays;
    Statement m_upsertDay;
    Statement m_selectDaily;
    Statement m_selectDailyOfDay;
    Statement m_upsertDaily;
    Statement m_deleteDaily;
    Statement m_ownerIsSettled;
    Statement m_selectSession;
    Statement m_sessionsOfDay;
    Statement m_upsertSession;
    Statement m_deleteSession;
    Statement m_selectStages;
    Statement m_deleteStages;
    Statement m_insertStage;
    Statement m_selectWithheld;
    Statement m_release;
};

} // namespace wristkeep
