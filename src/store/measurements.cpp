// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/measurements.h"

#include "store/answerparts.h"

#include <QSet>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace wristkeep {

namespace {

/// What a daily value was, for history.
OldValue oldDaily(const QString &type, QDate date, const StandingValue &value)
{
    return {u"daily"_s,   type,          date.toString(Qt::ISODate), value.value, value.unit,
            std::nullopt, value.sinceUtc};
}

} // namespace

Measurements::Measurements(sqlite3 *database)
    : m_history(database), m_levels(database), m_samples(database, m_history, m_levels),
      m_selectDays(database,
                   "SELECT date, zone, zone_source, start_utc, seconds, offset_s, change_utc, offset_after_s "
                   "FROM civil_days WHERE participant = ? AND provider = ? AND date BETWEEN ? AND ?"),
      m_upsertDay(database,
                  "INSERT OR REPLACE INTO civil_days (participant, provider, date, zone, zone_source, "
                  "start_utc, seconds, offset_s, change_utc, offset_after_s) "
                  "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"),
      m_selectDaily(database, "SELECT value, unit, data_type, withheld, fetched_at FROM daily_values "
                              "WHERE participant = ? AND provider = ? AND type = ? AND date = ?"),
      // Types are few and lead the key, so each is looked up; an index by date would cost every insert.
      m_selectDailyOfDay(
          database,
          "WITH RECURSIVE types (type) AS ("
          "SELECT min(type) FROM daily_values WHERE participant = ?1 AND provider = ?2 UNION ALL "
          "SELECT (SELECT min(d.type) FROM daily_values d WHERE d.participant = ?1 AND d.provider = ?2 "
          "AND d.type > types.type) FROM types WHERE types.type IS NOT NULL) "
          "SELECT d.type, d.value, d.unit, d.withheld, d.fetched_at FROM types CROSS JOIN daily_values d "
          "ON d.participant = ?1 AND d.provider = ?2 AND d.type = types.type AND d.date = ?3 "
          "WHERE d.data_type = ?4"),
      m_upsertDaily(database,
                    "INSERT INTO daily_values (participant, provider, type, date, value, unit, data_type, "
                    "zero_witness, withheld, document, fetched_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
                    "ON CONFLICT (participant, provider, type, date) DO UPDATE SET "
                    "value = excluded.value, unit = excluded.unit, data_type = excluded.data_type, "
                    "zero_witness = excluded.zero_witness, withheld = excluded.withheld, "
                    "document = excluded.document, fetched_at = excluded.fetched_at"),
      m_deleteDaily(database, "DELETE FROM daily_values WHERE participant = ? AND provider = ? "
                              "AND type = ? AND date = ?"),
      m_ownerIsSettled(database,
                       "SELECT 1 FROM ledger WHERE participant = ? AND provider = ? AND data_type = ? "
                       "AND date = ? AND state = 'complete'"),
      m_selectSession(database, "SELECT id, date, start_utc, end_utc, details, fetched_at FROM sessions "
                                "WHERE participant = ? AND provider = ? AND type = ? AND key = ?"),
      m_sessionsOfDay(database, "SELECT type, key FROM sessions WHERE participant = ? AND provider = ? "
                                "AND date = ? AND data_type = ?"),
      m_upsertSession(database,
                      "INSERT INTO sessions (participant, provider, type, key, date, start_utc, end_utc, "
                      "details, data_type, document, fetched_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
                      "ON CONFLICT (participant, provider, type, key) DO UPDATE SET "
                      "date = excluded.date, start_utc = excluded.start_utc, end_utc = excluded.end_utc, "
                      "details = excluded.details, data_type = excluded.data_type, "
                      "document = excluded.document, fetched_at = excluded.fetched_at RETURNING id"),
      m_deleteSession(database, "DELETE FROM sessions WHERE id = ?"),
      m_selectStages(database, "SELECT start_utc, seconds, stage FROM stages WHERE session = ? ORDER BY n"),
      m_deleteStages(database, "DELETE FROM stages WHERE session = ?"),
      m_insertStage(database,
                    "INSERT INTO stages (session, n, start_utc, seconds, stage) VALUES (?, ?, ?, ?, ?)"),
      m_selectWithheld(database, "SELECT data_type, zero_witness, count(*) FROM daily_values "
                                 "INDEXED BY ix_daily_values_withheld WHERE participant = ? AND provider = ? "
                                 "AND date = ? AND withheld = 1 AND EXISTS (SELECT 1 FROM ledger l "
                                 "WHERE l.participant = daily_values.participant "
                                 "AND l.provider = daily_values.provider "
                                 "AND l.data_type = daily_values.data_type AND l.date = daily_values.date "
                                 "AND l.fetched_at >= ?) GROUP BY data_type, zero_witness"),
      m_release(database, "UPDATE daily_values INDEXED BY ix_daily_values_withheld SET withheld = 0, "
                          "fetched_at = ? WHERE participant = ? AND provider = ? "
                          "AND date = ? AND withheld = 1 AND zero_witness = ? AND data_type = ?")
{
}

Outcome Measurements::writeDays(const AccountKey &account, const QList<CivilDay> &days)
{
    if (days.isEmpty())
        return {};
    const auto [first, last] = std::minmax_element(
        days.cbegin(), days.cend(), [](const CivilDay &a, const CivilDay &b) { return a.date < b.date; });
    const auto present = daysBetween(account, first->date, last->date);
    if (!present)
        return failure(present.error());
    for (const CivilDay &day : days) {
        const auto known = present->constFind(day.date);
        const bool isKnown = known != present->cend();
        if (isKnown && *known == day)
            continue;
        auto written = writeDay(account, day, isKnown ? std::optional(*known) : std::nullopt);
        if (!written)
            return written;
    }
    return {};
}

Outcome Measurements::writeDay(const AccountKey &account, const CivilDay &day,
                               const std::optional<CivilDay> &present)
{
    auto written =
        m_upsertDay
            .with(account.participant, account.provider, day.date, day.zone, zoneSourceName(day.source),
                  day.startUtc, day.seconds, day.offsetS, day.changeUtc, day.offsetAfterS)
            .run();
    const bool isMoved = !present || present->startUtc != day.startUtc || present->seconds != day.seconds;
    return written && isMoved ? m_levels.placeDay(account, day, !present) : written;
}

Result<QHash<QDate, CivilDay>> Measurements::daysBetween(const AccountKey &account, QDate first, QDate last)
{
    QHash<QDate, CivilDay> days;
    m_selectDays.with(account.participant, account.provider, first, last);
    for (;;) {
        const auto found = m_selectDays.step();
        if (!found)
            return failure(found.error());
        if (!*found)
            return days;
        CivilDay day;
        day.date = m_selectDays.date(0);
        day.zone = m_selectDays.text(1);
        day.source = zoneSourceFromName(m_selectDays.text(2)).value_or(ZoneSource::Computer);
        day.startUtc = m_selectDays.integer(3);
        day.seconds = int(m_selectDays.integer(4));
        day.offsetS = int(m_selectDays.integer(5));
        if (!m_selectDays.isNull(6))
            day.changeUtc = m_selectDays.integer(6);
        day.offsetAfterS = int(m_selectDays.integer(7));
        days.insert(day.date, day);
    }
}

Outcome Measurements::writeDaily(const Provenance &from, const DailyValue &value, bool withheld,
                                 WriteCounts &counts)
{
    const AccountKey &account = from.account;
    qint64 knownSince = from.fetchedAtUtc;
    auto found = m_selectDaily.with(account.participant, account.provider, value.type, value.date).step();
    if (!found)
        return failure(found.error());
    if (*found) {
        const double oldValue = m_selectDaily.real(0);
        const QString oldUnit = m_selectDaily.text(1);
        const QString oldType = m_selectDaily.text(2);
        const bool wasWithheld = m_selectDaily.integer(3) != 0;
        const qint64 since = m_selectDaily.integer(4);
        m_selectDaily.reset();
        if (withheld && !wasWithheld)
            return {}; // A zero nobody believes says nothing about the value that is kept.
        const bool sameValue = oldValue == value.value && oldUnit == value.unit && wasWithheld == withheld;
        if (sameValue) {
            counts.same += withheld ? 0 : 1;
            const auto isTaken = takesOver(from, oldType, value.date);
            if (!isTaken || !*isTaken)
                return isTaken ? Outcome() : failure(isTaken.error());
        }
        if (!wasWithheld && !sameValue && !from.isInterim(value.date)) {
            auto kept =
                m_history.remember(from, oldDaily(value.type, value.date, {oldValue, oldUnit, since}));
            if (!kept)
                return kept;
        }
        if (!sameValue)
            ++(wasWithheld ? counts.added : counts.changed);
        knownSince = sameValue ? since : from.fetchedAtUtc;
    } else if (!withheld) {
        ++counts.added;
    }
    return m_upsertDaily
        .with(account.participant, account.provider, value.type, value.date, value.value, value.unit,
              from.dataType, value.zeroWitness, withheld, from.document, knownSince)
        .run();
}

Result<bool> Measurements::takesOver(const Provenance &from, const QString &owner, QDate date)
{
    if (owner == from.dataType || !from.isSettled(date))
        return false;
    // Its cell tells how far a value can be trusted, and the owner may never be asked again.
    auto settled = m_ownerIsSettled.with(from.account.participant, from.account.provider, owner, date).step();
    m_ownerIsSettled.reset();
    return settled ? Result<bool>(!*settled) : settled;
}

Result<std::optional<Measurements::KeptSession>>
Measurements::session(const AccountKey &account, const QString &type, const QString &key)
{
    auto found = m_selectSession.with(account.participant, account.provider, type, key).step();
    if (!found)
        return failure(found.error());
    if (!*found)
        return std::nullopt;
    KeptSession kept{m_selectSession.integer(0),
                     m_selectSession.integer(5),
                     {type,
                      key,
                      m_selectSession.date(1),
                      m_selectSession.integer(2),
                      m_selectSession.integer(3),
                      {},
                      m_selectSession.text(4)}};
    m_selectSession.reset();
    m_selectStages.with(kept.id);
    for (;;) {
        const auto row = m_selectStages.step();
        if (!row)
            return failure(row.error());
        if (!*row)
            return kept;
        kept.session.stages.append(
            {m_selectStages.integer(0), int(m_selectStages.integer(1)), m_selectStages.text(2)});
    }
}

Outcome Measurements::remember(const Provenance &from, const KeptSession &old, bool isGone)
{
    if (from.isInterim(old.session.date))
        return {};
    return m_history.remember(from, {u"session"_s, old.session.type, old.session.key, std::nullopt,
                                     sessionText(old.session), std::nullopt, old.sinceUtc, isGone});
}

Outcome Measurements::writeSession(const Provenance &from, const Session &session, WriteCounts &counts)
{
    const AccountKey &account = from.account;
    const auto old = this->session(account, session.type, session.key);
    if (!old)
        return failure(old.error());
    if (*old) {
        if ((*old)->session == session) {
            ++counts.same;
            return {};
        }
        if (auto kept = remember(from, **old, false); !kept)
            return kept;
        if (auto cleared = m_deleteStages.with((*old)->id).run(); !cleared)
            return cleared;
        ++counts.changed;
    } else {
        ++counts.added;
    }
    auto written = m_upsertSession
                       .with(account.participant, account.provider, session.type, session.key, session.date,
                             session.startUtc, session.endUtc, session.details, from.dataType, from.document,
                             from.fetchedAtUtc)
                       .step();
    if (!written)
        return failure(written.error());
    const qint64 id = m_upsertSession.integer(0);
    m_upsertSession.reset();
    int n = 0;
    for (const Session::Stage &stage : session.stages) {
        auto added = m_insertStage.with(id, n++, stage.startUtc, stage.seconds, stage.stage).run();
        if (!added)
            return added;
    }
    return {};
}

Result<QList<Measurements::KeptDaily>> Measurements::dailyOf(const AccountKey &account,
                                                             const QString &dataType, QDate date)
{
    QList<KeptDaily> all;
    m_selectDailyOfDay.with(account.participant, account.provider, date, dataType);
    for (;;) {
        const auto row = m_selectDailyOfDay.step();
        if (!row)
            return failure(row.error());
        if (!*row)
            return all;
        const Statement &at = m_selectDailyOfDay;
        all.append({at.text(0), {at.real(1), at.text(2), at.integer(4)}, at.integer(3) != 0});
    }
}

Result<QList<Measurements::KeptSession>> Measurements::sessionsOf(const AccountKey &account,
                                                                  const QString &dataType, QDate date)
{
    QList<QPair<QString, QString>> keys;
    m_sessionsOfDay.with(account.participant, account.provider, date, dataType);
    for (;;) {
        const auto row = m_sessionsOfDay.step();
        if (!row)
            return failure(row.error());
        if (!*row)
            break;
        keys.append({m_sessionsOfDay.text(0), m_sessionsOfDay.text(1)});
    }
    QList<KeptSession> all;
    for (const auto &[type, key] : std::as_const(keys)) {
        const auto kept = session(account, type, key);
        if (!kept)
            return failure(kept.error());
        if (*kept)
            all.append(**kept);
    }
    return all;
}

Outcome Measurements::withdraw(const Provenance &from, const DayContent &content, WriteCounts &counts)
{
    const AccountKey &account = from.account;
    const QDate date = content.day.date;
    if (auto gone = m_samples.withdraw(from, content, counts); !gone)
        return gone;
    const auto daily = dailyOf(account, from.dataType, date);
    if (!daily)
        return failure(daily.error());
    for (const KeptDaily &kept : *daily) {
        if (content.hasDaily(kept.type))
            continue;
        if (!kept.isWithheld && !from.isInterim(date)) {
            OldValue old = oldDaily(kept.type, date, kept.value);
            old.withdrawn = true;
            if (auto remembered = m_history.remember(from, old); !remembered)
                return remembered;
        }
        if (auto gone = m_deleteDaily.with(account.participant, account.provider, kept.type, date).run();
            !gone)
            return gone;
        counts.withdrawn += kept.isWithheld ? 0 : 1;
    }
    return withdrawSessions(from, content, counts);
}

Outcome Measurements::withdrawSessions(const Provenance &from, const DayContent &content, WriteCounts &counts)
{
    const auto sessions = sessionsOf(from.account, from.dataType, content.day.date);
    if (!sessions)
        return failure(sessions.error());
    for (const KeptSession &kept : *sessions) {
        if (content.hasSession(kept.session.type, kept.session.key))
            continue;
        auto gone = remember(from, kept, true)
                        .and_then([&] { return m_deleteStages.with(kept.id).run(); })
                        .and_then([&] { return m_deleteSession.with(kept.id).run(); });
        if (!gone)
            return gone;
        ++counts.withdrawn;
    }
    return {};
}

Result<Confirmation> Measurements::confirm(const AccountKey &account, const QString &dataType,
                                           const DayContent &content)
{
    Confirmation sum;
    if (auto counted = m_samples.confirm(account, dataType, content, sum); !counted)
        return failure(counted.error());
    const auto daily = dailyOf(account, dataType, content.day.date);
    if (!daily)
        return failure(daily.error());
    for (const KeptDaily &kept : *daily) {
        const auto isSame = [&kept](const DailyValue &value) {
            return value.type == kept.type && value.value == kept.value.value &&
                   value.unit == kept.value.unit;
        };
        sum.kept += kept.isWithheld ? 0 : 1;
        sum.confirmed +=
            !kept.isWithheld && std::any_of(content.daily.cbegin(), content.daily.cend(), isSame) ? 1 : 0;
    }
    const auto sessions = sessionsOf(account, dataType, content.day.date);
    if (!sessions)
        return failure(sessions.error());
    for (const KeptSession &kept : *sessions) {
        ++sum.kept;
        sum.confirmed += content.sessions.contains(kept.session) ? 1 : 0;
    }
    return sum;
}

Result<std::optional<double>> Measurements::dailyValue(const AccountKey &account, const QString &type,
                                                       QDate date)
{
    auto found = m_selectDaily.with(account.participant, account.provider, type, date).step();
    if (!found)
        return failure(found.error());
    std::optional<double> value;
    if (*found && m_selectDaily.integer(3) == 0)
        value = m_selectDaily.real(0);
    m_selectDaily.reset();
    return value;
}

Result<QHash<QString, int>> Measurements::release(const AccountKey &account, QDate date,
                                                  const Witness &witness, qint64 atUtc)
{
    QHash<QString, int> released;
    QSet<QPair<QString, QString>> believed; // data type, witness
    m_selectWithheld.with(account.participant, account.provider, date, witness.firstUtc);
    for (;;) {
        const auto row = m_selectWithheld.step();
        if (!row)
            return failure(row.error());
        if (!*row)
            break;
        const QString wanted = m_selectWithheld.text(1);
        if (wanted.isEmpty() || kindOf(wanted) != kindOf(witness.sampleType))
            continue;
        believed.insert({m_selectWithheld.text(0), wanted});
        released[m_selectWithheld.text(0)] += int(m_selectWithheld.integer(2));
    }
    for (const auto &[dataType, wanted] : std::as_const(believed)) {
        auto done =
            m_release.with(atUtc, account.participant, account.provider, date, wanted, dataType).run();
        if (!done)
            return failure(done.error());
    }
    return released;
}

} // namespace wristkeep
