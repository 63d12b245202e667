// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/participants.h"

#include "core/clock.h"
#include "core/ids.h"
#include "store/sql.h"
#include "store/sqlerror.h"
#include "store/transaction.h"

#include <QSqlDatabase>
#include <QStringList>

#include <algorithm>
#include <optional>

using namespace Qt::StringLiterals;

namespace wristkeep {

namespace {

struct ParticipantRow
{
    Participant participant;
    bool removed = false;
};

Result<QList<ParticipantRow>> readRows(const QSqlDatabase &database)
{
    auto query =
        runSql(database, u"SELECT participant_id, name, email, notes, removed_at IS NOT NULL "
                         u"FROM participants ORDER BY participant_id <> 'default', participant_id"_s);
    if (!query)
        return failure(query.error());
    QList<ParticipantRow> rows;
    while (query->next()) {
        rows.append({{query->value(0).toString(), query->value(1).toString(), query->value(2).toString(),
                      query->value(3).toString()},
                     query->value(4).toBool()});
    }
    return rows;
}

/// The row of exactly this id, else one that differs in case only: imported ids may do that to each other.
std::optional<ParticipantRow> match(const QList<ParticipantRow> &rows, const QString &id)
{
    auto found = std::find_if(rows.cbegin(), rows.cend(),
                              [&id](const ParticipantRow &row) { return row.participant.id == id; });
    if (found == rows.cend()) {
        found = std::find_if(rows.cbegin(), rows.cend(), [&id](const ParticipantRow &row) {
            return sameParticipant(row.participant.id, id);
        });
    }
    return found == rows.cend() ? std::nullopt : std::optional(*found);
}

QList<ParticipantRow> present(const QList<ParticipantRow> &rows)
{
    QList<ParticipantRow> kept;
    std::copy_if(rows.cbegin(), rows.cend(), std::back_inserter(kept),
                 [](const ParticipantRow &row) { return !row.removed; });
    return kept;
}

tl::unexpected<Error> noSuchParticipant(const QString &id, const QList<ParticipantRow> &rows)
{
    QStringList names;
    for (const ParticipantRow &row : rows)
        names.append(row.participant.id);
    return failure(errorWithRemedy(ErrorKind::BadUsage, u"There is no participant \"%1\"."_s.arg(id),
                                   names.isEmpty() ? u"Add one first."_s
                                                   : u"Participants: %1."_s.arg(names.join(u", "_s))));
}

QVariant nullIfEmpty(const QString &text)
{
    return text.isEmpty() ? QVariant(QMetaType::fromType<QString>()) : QVariant(text);
}

} // namespace

Participants::Participants(QSqlDatabase &database, const Clock &clock) : m_database(database), m_clock(clock)
{
}

Result<QList<Participant>> Participants::all() const
{
    auto rows = readRows(m_database);
    if (!rows)
        return failure(rows.error());
    QList<Participant> participants;
    for (const ParticipantRow &row : present(*rows))
        participants.append(row.participant);
    return participants;
}

Result<Participant> Participants::find(const QString &id) const
{
    auto rows = readRows(m_database);
    if (!rows)
        return failure(rows.error());
    const QList<ParticipantRow> listed = present(*rows);
    if (const auto row = match(listed, id))
        return row->participant;
    return noSuchParticipant(id, listed);
}

Outcome Participants::add(const Participant &participant)
{
    if (auto valid = checkParticipantId(participant.id); !valid)
        return valid;
    auto transaction = Transaction::begin(m_database);
    if (!transaction)
        return failure(transaction.error());
    auto rows = readRows(m_database);
    if (!rows)
        return failure(rows.error());
    const auto taken = match(*rows, participant.id);
    if (taken && !taken->removed) {
        return failure(ErrorKind::BadUsage,
                       u"There is already a participant \"%1\"."_s.arg(taken->participant.id));
    }
    const QString now = sqlDateText(m_clock.now());
    // Who comes back keeps the id, so that rows and files are found again; new details replace old ones.
    const QString statement =
        taken ? u"UPDATE participants SET removed_at = NULL, updated_at = ?, name = COALESCE(?, name), "
                u"email = COALESCE(?, email), notes = COALESCE(?, notes) WHERE participant_id = ?"_s
              : u"INSERT INTO participants (updated_at, name, email, notes, participant_id, created_at) "
                u"VALUES (?, ?, ?, ?, ?, ?)"_s;
    QVariantList values{now, nullIfEmpty(participant.name), nullIfEmpty(participant.email),
                        nullIfEmpty(participant.notes), taken ? taken->participant.id : participant.id};
    if (!taken)
        values.append(now);
    if (auto written = runSql(m_database, statement, values); !written)
        return failure(written.error());
    return transaction->commit();
}

Result<Participant> Participants::rename(const QString &id, const QString &name)
{
    auto transaction = Transaction::begin(m_database);
    if (!transaction)
        return failure(transaction.error());
    auto rows = readRows(m_database);
    if (!rows)
        return failure(rows.error());
    const QList<ParticipantRow> listed = present(*rows);
    auto row = match(listed, id);
    if (!row)
        return noSuchParticipant(id, listed);
    auto written =
        runSql(m_database, u"UPDATE participants SET name = ?, updated_at = ? WHERE participant_id = ?"_s,
               {nullIfEmpty(name), sqlDateText(m_clock.now()), row->participant.id});
    if (!written)
        return failure(written.error());
    if (auto committed = transaction->commit(); !committed)
        return failure(committed.error());
    row->participant.name = name;
    return row->participant;
}

Outcome Participants::remove(const QString &id)
{
    auto transaction = Transaction::begin(m_database);
    if (!transaction)
        return failure(transaction.error());
    auto rows = readRows(m_database);
    if (!rows)
        return failure(rows.error());
    const QList<ParticipantRow> listed = present(*rows);
    const auto row = match(listed, id);
    if (!row)
        return noSuchParticipant(id, listed);
    if (listed.size() == 1)
        return failure(ErrorKind::BadUsage,
                       u"The only participant cannot be removed. Add another one first."_s);
    const QString now = sqlDateText(m_clock.now());
    auto written = runSql(
        m_database, u"UPDATE participants SET removed_at = ?, updated_at = ? WHERE participant_id = ?"_s,
        {now, now, row->participant.id});
    if (!written)
        return failure(written.error());
    return transaction->commit();
}

} // namespace wristkeep
