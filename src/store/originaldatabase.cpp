// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/originaldatabase.h"

#include "core/clock.h"
#include "core/failpoint.h"
#include "core/ids.h"
#include "store/sealedcopy.h"
#include "store/secretbox.h"
#include "store/sql.h"

#include <QMap>
#include <QSet>
#include <QSqlDatabase>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace wristkeep {

namespace {

constexpr QLatin1StringView fitbit("fitbit"); // all the original knew

/// The columns whose meaning we know; any other is carried over as it is.
const QSet<QString> knownColumns{
    u"id"_s,         u"participant_id"_s, u"fitbit_user_id"_s, u"access_token"_s, u"refresh_token"_s,
    u"expires_at"_s, u"scope"_s,          u"token_type"_s,     u"created_at"_s,   u"updated_at"_s};

QString quoted(QString name)
{
    return u'"' + name.replace(u'"', u"\"\""_s) + u'"';
}

Result<QStringList> columnNames(const QSqlDatabase &database, const QString &table)
{
    auto query = runSql(database, u"SELECT name FROM pragma_table_info(?)"_s, {table});
    if (!query)
        return failure(query.error());
    QStringList names;
    while (query->next())
        names.append(query->value(0).toString());
    return names;
}

Outcome run(const QSqlDatabase &database, const QString &statement, const QVariantList &values = {})
{
    auto done = runSql(database, statement, values);
    return done ? Outcome{} : Outcome(failure(done.error()));
}

} // namespace

Result<bool> isOriginalDatabase(const QSqlDatabase &database)
{
    auto query = runSql(database, u"SELECT 1 FROM sqlite_master WHERE type = 'table' "
                                  u"AND name IN ('fitbit_tokens', 'participants')"_s);
    if (!query)
        return failure(query.error());
    return query->next();
}

QString OriginalDatabase::Row::updatedAt() const
{
    return values.value(u"updated_at"_s).toString();
}

qint64 OriginalDatabase::Row::id() const
{
    return values.value(u"id"_s).toLongLong();
}

OriginalDatabase::OriginalDatabase(QSqlDatabase &database, const SecretBox &box, const Clock &clock)
    : m_database(database), m_box(box), m_clock(clock)
{
}

Outcome OriginalDatabase::takeOut()
{
    if (!m_box.usable()) {
        return failure(ErrorKind::KeyUnusable, u"The sign-ins in %1 cannot be sealed without a key."_s.arg(
                                                   m_database.databaseName()));
    }
    auto copied = makeSealedCopy(m_database.databaseName(), m_box);
    if (!copied)
        return failure(copied.error());
    m_warnings.append(
        u"The database of the earlier program was taken over. A copy of it is %1."_s.arg(*copied));
    if (auto read = readRows(); !read)
        return read;
    if (auto dropped = run(m_database, u"DROP TABLE IF EXISTS fitbit_tokens"_s); !dropped)
        return dropped;
    // Ours has more columns than the original's second form; what is there keeps its values.
    const auto columns = columnNames(m_database, u"participants"_s);
    if (!columns)
        return failure(columns.error());
    const QList<Column> needed{{u"name"_s, u"VARCHAR"_s},        {u"email"_s, u"VARCHAR"_s},
                               {u"notes"_s, u"VARCHAR"_s},       {u"created_at"_s, u"DATETIME"_s},
                               {u"updated_at"_s, u"DATETIME"_s}, {u"removed_at"_s, u"DATETIME"_s}};
    for (const Column &column : needed) {
        if (columns->isEmpty() || columns->contains(column.name))
            continue;
        auto added =
            run(m_database, u"ALTER TABLE participants ADD COLUMN %1 %2"_s.arg(column.name, column.type));
        if (!added)
            return added;
    }
    WRISTKEEP_FAIL_POINT("store.migrate.taken-out");
    return {};
}

Outcome OriginalDatabase::readRows()
{
    {
        auto query = runSql(m_database, u"SELECT name, type FROM pragma_table_info('fitbit_tokens')"_s);
        if (!query)
            return failure(query.error());
        while (query->next())
            m_columns.append({query->value(0).toString(), query->value(1).toString()});
    }
    if (m_columns.isEmpty())
        return {};
    auto query = runSql(m_database, u"SELECT * FROM fitbit_tokens"_s);
    if (!query)
        return failure(query.error());
    while (query->next()) {
        Row row;
        for (int i = 0; i < m_columns.size(); ++i)
            row.values.insert(m_columns.at(i).name, query->value(i));
        row.participant = participantOfRow(row.values.value(u"participant_id"_s).toString());
        m_rows.append(row);
    }
    return {};
}

Outcome OriginalDatabase::bringIn(const QString &tokenHost)
{
    if (auto added = addForeignColumns(); !added)
        return added;
    if (auto added = addParticipants(); !added)
        return added;
    std::stable_sort(m_rows.begin(), m_rows.end(), [](const Row &a, const Row &b) {
        return a.updatedAt() != b.updatedAt() ? a.updatedAt() > b.updatedAt() : a.id() > b.id();
    });
    QList<Row> kept;
    QSet<QString> participants;
    for (const Row &row : std::as_const(m_rows)) {
        const bool isNewest = !participants.contains(row.participant);
        participants.insert(row.participant);
        if (auto written = isNewest ? insert(row, tokenHost) : setAside(row); !written)
            return written;
        if (isNewest)
            kept.append(row);
        else
            m_warnings.append(
                u"Participant %1 had several sign-ins: the newest is used, the others are kept in the "
                u"table fitbit_tokens_superseded."_s.arg(row.participant));
    }
    m_warnings.removeDuplicates();
    warnOfSharedAccounts(kept);
    WRISTKEEP_FAIL_POINT("store.migrate.sealed");
    return run(m_database, u"INSERT INTO wristkeep_meta (key, value) VALUES ('clean_up', 'pending')"_s);
}

Outcome OriginalDatabase::addForeignColumns()
{
    const auto ours = columnNames(m_database, u"fitbit_tokens"_s);
    if (!ours)
        return failure(ours.error());
    for (const Column &column : std::as_const(m_columns)) {
        if (knownColumns.contains(column.name) || ours->contains(column.name, Qt::CaseInsensitive))
            continue;
        auto added = run(m_database, u"ALTER TABLE fitbit_tokens ADD COLUMN %1 %2"_s.arg(quoted(column.name),
                                                                                         column.type));
        if (!added)
            return added;
    }
    return {};
}

Outcome OriginalDatabase::addParticipants()
{
    const QString now = sqlDateText(m_clock.now());
    for (const Row &row : std::as_const(m_rows)) {
        auto added = run(m_database,
                         u"INSERT INTO participants (participant_id, created_at, updated_at) SELECT ?, ?, ? "
                         u"WHERE NOT EXISTS (SELECT 1 FROM participants WHERE participant_id = ?)"_s,
                         {row.participant, now, now, row.participant});
        if (!added)
            return added;
    }
    return {};
}

QString OriginalDatabase::sealed(const Row &row, const QString &column, const QString &place) const
{
    const QString text = row.values.value(column).toString();
    // A copy of ours that was put back holds its tokens sealed already.
    if (SecretBox::isSealed(text))
        return text;
    return m_box.seal(text, SecretBox::associatedData(row.participant, fitbit, place));
}

Outcome OriginalDatabase::insert(const Row &row, const QString &tokenHost)
{
    QMap<QString, QVariant> values;
    for (auto it = row.values.cbegin(); it != row.values.cend(); ++it) {
        if (knownColumns.contains(it.key()) || !it.value().isNull())
            values.insert(it.key(), it.value());
    }
    const QString now = sqlDateText(m_clock.now());
    const auto replaceNull = [&values](const QString &column, const QVariant &value) {
        if (values.value(column).isNull())
            values.insert(column, value);
    };
    replaceNull(u"fitbit_user_id"_s, u"unknown"_s);
    replaceNull(u"expires_at"_s, 0.0);
    replaceNull(u"created_at"_s, now);
    replaceNull(u"updated_at"_s, now);
    values.insert(u"participant_id"_s, row.participant);
    values.insert(u"provider"_s, QString(fitbit));
    values.insert(u"token_host"_s, tokenHost);
    values.insert(u"access_token"_s, sealed(row, u"access_token"_s, u"access_token"_s));
    values.insert(u"refresh_token"_s, sealed(row, u"refresh_token"_s, u"refresh_token"_s));
    QStringList names;
    for (auto it = values.keyBegin(); it != values.keyEnd(); ++it)
        names.append(quoted(*it));
    return run(m_database,
               u"INSERT INTO fitbit_tokens (%1) VALUES (%2)"_s.arg(
                   names.join(u", "_s), QStringList(names.size(), u"?"_s).join(u", "_s)),
               values.values());
}

Outcome OriginalDatabase::setAside(const Row &row)
{
    const auto value = [&row](const QString &column) { return row.values.value(column); };
    return run(
        m_database,
        u"INSERT INTO fitbit_tokens_superseded (participant_id, fitbit_user_id, access_token, refresh_token, "
        u"expires_at, scope, token_type, created_at, updated_at, superseded_at) "
        u"VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"_s,
        {row.participant, value(u"fitbit_user_id"_s),
         sealed(row, u"access_token"_s, u"superseded_access_token"_s),
         sealed(row, u"refresh_token"_s, u"superseded_refresh_token"_s), value(u"expires_at"_s),
         value(u"scope"_s), value(u"token_type"_s), value(u"created_at"_s), value(u"updated_at"_s),
         sqlDateText(m_clock.now())});
}

void OriginalDatabase::warnOfSharedAccounts(const QList<Row> &rows)
{
    QMap<QString, QStringList> participants;
    for (const Row &row : rows) {
        const QString user = row.values.value(u"fitbit_user_id"_s).toString();
        if (!user.isEmpty() && user != u"unknown"_s)
            participants[user].append(row.participant);
    }
    for (auto it = participants.begin(); it != participants.end(); ++it) {
        if (it->size() < 2)
            continue;
        it->sort();
        m_warnings.append(
            u"The participants %1 use the same Fitbit account (%2): their data is the same person's."_s.arg(
                it->join(u", "_s), it.key()));
    }
}

} // namespace wristkeep
