// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/keptrows.h"

#include "store/cellrows.h"
#include "store/measurements.h"
#include "store/tablecopy.h"

#include <algorithm>

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

/// Calls `take` for each row.
template<typename Take>
Outcome forEachRow(Statement &rows, Take take)
{
    for (;;) {
        const auto row = rows.step();
        if (!row)
            return failure(row.error());
        if (!*row)
            return {};
        if (Outcome taken = take(); !taken)
            return taken;
    }
}

CellKey keyOf(const Statement &row)
{
    return {{row.text(0), row.text(1)}, row.text(2), row.date(3)};
}

Outcome readSamples(sqlite3 *kept, const CellKey &key, const CivilDay &day, Batch &batch)
{
    Statement rows(kept,
                   "SELECT s.resolution, s.unit, x.t, x.v FROM series s JOIN samples x ON x.series = s.id "
                   "WHERE s.participant = ? AND s.provider = ? AND s.type = ? AND x.t >= ? AND x.t < ? "
                   "ORDER BY s.id, x.t");
    rows.with(key.account.participant, key.account.provider, key.dataType, day.startUtc, day.endUtc());
    return forEachRow(rows, [&]() -> Outcome {
        const QString resolution = rows.text(0);
        const QString unit = rows.text(1);
        if (batch.series.isEmpty() || batch.series.last().resolution != resolution ||
            batch.series.last().unit != unit)
            batch.series.append({key.dataType, resolution, unit, {}});
        batch.series.last().samples.push_back({rows.integer(2), rows.real(3)});
        return {};
    });
}

/// Adds how many of them are withheld to `withheld`.
Outcome readDaily(sqlite3 *kept, const CellKey &key, Batch &batch, int &withheld)
{
    Statement rows(kept,
                   "SELECT type, value, unit, zero_witness, withheld FROM daily_values "
                   "WHERE participant = ? AND provider = ? AND data_type = ? AND date = ? ORDER BY type");
    rows.with(key.account.participant, key.account.provider, key.dataType, key.date);
    return forEachRow(rows, [&]() -> Outcome {
        batch.daily.append({key.date, rows.text(0), rows.real(1), rows.text(2), rows.text(3)});
        withheld += rows.integer(4) != 0 ? 1 : 0;
        return {};
    });
}

Outcome readSessions(sqlite3 *kept, const CellKey &key, Batch &batch)
{
    Statement rows(kept, "SELECT id, type, key, start_utc, end_utc, details FROM sessions "
                         "WHERE participant = ? AND provider = ? AND data_type = ? AND date = ? ORDER BY id");
    Statement stages(kept, "SELECT start_utc, seconds, stage FROM stages WHERE session = ? ORDER BY n");
    rows.with(key.account.participant, key.account.provider, key.dataType, key.date);
    return forEachRow(rows, [&] {
        Session session{rows.text(1),    rows.text(2), key.date,    rows.integer(3),
                        rows.integer(4), {},           rows.text(5)};
        stages.with(rows.integer(0));
        auto read = forEachRow(stages, [&]() -> Outcome {
            session.stages.append({stages.integer(0), int(stages.integer(1)), stages.text(2)});
            return {};
        });
        batch.sessions.append(session);
        return read;
    });
}

/// Both know the cell: what the tries after the answer said goes along.
Outcome takeOverTry(CellRows &rows, const CellRow &kept, CellRow now)
{
    const bool isEmptyHanded =
        !kept.cell.hasData && !now.cell.hasData && !isGood(kept.cell.state) && !isGood(now.cell.state);
    if (kept.cell.lastTryUtc <= now.cell.lastTryUtc && !isEmptyHanded)
        return {};
    now.cell.lastTryUtc = std::max(kept.cell.lastTryUtc, now.cell.lastTryUtc);
    if (isEmptyHanded) {
        now.cell.state = kept.cell.state;
        now.cell.reason = kept.cell.reason;
    }
    if (isEmptyHanded || kept.cell.points == now.cell.points) {
        now.cell.lastError = kept.cell.lastError;
        now.cell.suspicious = kept.cell.suspicious;
    }
    return rows.write(now);
}

} // namespace

Result<QList<CellKey>> cellsOf(sqlite3 *kept, qint64 document)
{
    QList<CellKey> cells;
    Statement rows(kept, "SELECT l.participant, l.provider, l.data_type, l.date FROM documents d "
                         "JOIN ledger l ON l.participant = d.participant AND l.provider = d.provider "
                         "AND l.data_type = d.data_type AND l.date BETWEEN d.first AND d.last "
                         "WHERE d.id = ?1 AND l.document = ?1 AND l.has_data = 1");
    rows.with(document);
    auto read = forEachRow(rows, [&]() -> Outcome {
        cells.append(keyOf(rows));
        return {};
    });
    return read ? Result<QList<CellKey>>(cells) : failure(read.error());
}

Result<QList<CellKey>> cellsMissing(sqlite3 *kept, sqlite3 *rebuilt, const RebuildScope &scope)
{
    QList<CellKey> cells;
    CellRows present(rebuilt);
    Statement rows(kept, "SELECT participant, provider, data_type, date FROM ledger WHERE has_data = 1 "
                         "AND (?1 = '' OR participant = ?1) AND (?2 = '' OR provider = ?2)");
    rows.with(scope.participant, scope.provider);
    auto read = forEachRow(rows, [&]() -> Outcome {
        const CellKey key = keyOf(rows);
        const auto cell = present.read(key);
        if (!cell)
            return failure(cell.error());
        if (!*cell)
            cells.append(key);
        return {};
    });
    return read ? Result<QList<CellKey>>(cells) : failure(read.error());
}

Result<CommitRequest> keptRows(sqlite3 *kept, const CellKey &key)
{
    const auto row = CellRows(kept).read(key);
    if (!row)
        return failure(row.error());
    const auto days = Measurements(kept).daysBetween(key.account, key.date, key.date);
    if (!days)
        return failure(days.error());
    if (!*row || !days->contains(key.date))
        return failure(ErrorKind::Internal, u"A day to be taken over is not there."_s);
    const CivilDay day = days->value(key.date);
    CommitRequest request;
    request.answer.task = {key.account, key.dataType, key.date, key.date, {}};
    request.answer.zone = {QTimeZone(day.zone.toLatin1()), day.source};
    request.answer.fetchedAtUtc = (*row)->cell.fetchedAtUtc.value_or((*row)->cell.lastTryUtc);
    request.document.id = (*row)->document;
    request.batch.dataType = key.dataType;
    request.writeDayFiles = false;
    int withheld = 0;
    auto read = readSamples(kept, key, day, request.batch)
                    .and_then([&] { return readDaily(kept, key, request.batch, withheld); })
                    .and_then([&] { return readSessions(kept, key, request.batch); });
    if (!read)
        return failure(read.error());
    request.batch.days.append({key.date, true, (*row)->cell.points + withheld});
    return request;
}

Outcome takeOverTries(sqlite3 *kept, sqlite3 *rebuilt, const RebuildScope &scope)
{
    CellRows present(kept);
    CellRows renewed(rebuilt);
    QList<CellKey> missing;
    Statement rows(kept, "SELECT participant, provider, data_type, date FROM ledger WHERE "
                         "(?1 = '' OR participant = ?1) AND (?2 = '' OR provider = ?2)");
    rows.with(scope.participant, scope.provider);
    auto done = forEachRow(rows, [&]() -> Outcome {
        const CellKey key = keyOf(rows);
        const auto old = present.read(key);
        const auto now = renewed.read(key);
        if (!old || !now)
            return failure(old ? now.error() : old.error());
        if (!*now) {
            missing.append(key);
            return {};
        }
        return takeOverTry(renewed, **old, **now);
    });
    for (const CellKey &key : std::as_const(missing)) {
        if (!done)
            break;
        done = copyRows(kept, rebuilt, "ledger",
                        "participant = ? AND provider = ? AND data_type = ? AND date = ?",
                        {key.account.participant.toUtf8(), key.account.provider.toUtf8(),
                         key.dataType.toUtf8(), key.date.toString(Qt::ISODate).toLatin1()});
    }
    return done;
}

Outcome takeOverInstants(sqlite3 *kept, sqlite3 *rebuilt, const RebuildScope &scope)
{
    Statement values(kept,
                     "SELECT participant, provider, type, date, value, fetched_at FROM daily_values WHERE "
                     "(?1 = '' OR participant = ?1) AND (?2 = '' OR provider = ?2)");
    Statement value(rebuilt,
                    "UPDATE daily_values SET fetched_at = ?6 WHERE participant = ?1 AND provider = ?2 "
                    "AND type = ?3 AND date = ?4 AND value = ?5 AND fetched_at <> ?6");
    values.with(scope.participant, scope.provider);
    auto done = forEachRow(values, [&] {
        return value
            .with(values.text(0), values.text(1), values.text(2), values.text(3), values.real(4),
                  values.integer(5))
            .run();
    });
    if (!done)
        return done;
    Statement sessions(kept,
                       "SELECT participant, provider, type, key, details, fetched_at FROM sessions WHERE "
                       "(?1 = '' OR participant = ?1) AND (?2 = '' OR provider = ?2)");
    Statement session(rebuilt, "UPDATE sessions SET fetched_at = ?6 WHERE participant = ?1 AND provider = ?2 "
                               "AND type = ?3 AND key = ?4 AND details = ?5 AND fetched_at <> ?6");
    sessions.with(scope.participant, scope.provider);
    return forEachRow(sessions, [&] {
        return session
            .with(sessions.text(0), sessions.text(1), sessions.text(2), sessions.text(3), sessions.text(4),
                  sessions.integer(5))
            .run();
    });
}

Outcome takeOverHistory(sqlite3 *kept, sqlite3 *rebuilt, qint64 document)
{
    Statement ids(kept, "SELECT h.kind, h.participant, h.provider, h.type, h.key, h.new_fetched_at, h.id "
                        "FROM documents d JOIN history h ON h.participant = d.participant "
                        "AND h.provider = d.provider "
                        "AND (h.document = d.id OR h.old_fetched_at = d.fetched_at) WHERE d.id = ?");
    Statement known(rebuilt, "SELECT 1 FROM history WHERE kind = ? AND participant = ? AND provider = ? "
                             "AND type = ? AND key = ? AND new_fetched_at = ?");
    ids.with(document);
    QList<qint64> wanted;
    auto read = forEachRow(ids, [&]() -> Outcome {
        const auto there =
            known.with(ids.text(0), ids.text(1), ids.text(2), ids.text(3), ids.text(4), ids.integer(5))
                .step();
        if (!there)
            return failure(there.error());
        known.reset();
        if (!*there)
            wanted.append(ids.integer(6));
        return {};
    });
    if (!read)
        return read;
    Statement make(rebuilt,
                   "INSERT INTO history (kind, participant, provider, type, key, old_value, old_text, "
                   "old_fetched_at, new_fetched_at, document, series, withdrawn) "
                   "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    Statement row(kept, "SELECT kind, participant, provider, type, key, old_value, old_text, old_fetched_at, "
                        "new_fetched_at, document, series, withdrawn FROM history WHERE id = ?");
    for (const qint64 id : std::as_const(wanted)) {
        const auto found = row.with(id).step();
        if (!found)
            return failure(found.error());
        const auto number = [&row](int column) {
            return row.isNull(column) ? std::nullopt : std::optional(row.integer(column));
        };
        auto made = make.with(row.text(0), row.text(1), row.text(2), row.text(3), row.text(4),
                              row.isNull(5) ? std::nullopt : std::optional(row.real(5)),
                              row.isNull(6) ? std::nullopt : std::optional(row.text(6)), number(7),
                              row.integer(8), number(9), number(10), row.integer(11))
                        .run();
        if (!made)
            return made;
        row.reset();
    }
    return {};
}

} // namespace wristkeep
