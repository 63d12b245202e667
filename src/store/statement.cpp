// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/statement.h"

#include "core/isodate.h"
#include "store/sqlerror.h"

#include <sqlite3.h>

using namespace Qt::StringLiterals;

namespace wristkeep {

Statement::Statement(sqlite3 *database, const char *sql) : m_database(database), m_sql(sql) {}

Statement::~Statement()
{
    sqlite3_finalize(m_statement);
}

bool Statement::prepare()
{
    if (!m_statement && m_bindError == SQLITE_OK) {
        m_bindError =
            sqlite3_prepare_v3(m_database, m_sql, -1, SQLITE_PREPARE_PERSISTENT, &m_statement, nullptr);
    }
    return m_bindError == SQLITE_OK;
}

Statement::BoundText &Statement::nextText()
{
    if (m_texts.size() <= std::size_t(m_position))
        m_texts.resize(std::size_t(m_position) + 1);
    return m_texts[std::size_t(m_position++)];
}

void Statement::bind(qint64 value)
{
    if (!prepare())
        return;
    nextText() = {};
    m_bindError = sqlite3_bind_int64(m_statement, m_position, value);
}

void Statement::bind(double value)
{
    if (!prepare())
        return;
    nextText() = {};
    m_bindError = sqlite3_bind_double(m_statement, m_position, value);
}

void Statement::bind(const QByteArray &value)
{
    if (!prepare())
        return;
    BoundText &text = nextText();
    text = {{}, value, false};
    m_bindError = sqlite3_bind_text64(m_statement, m_position, text.bytes.constData(),
                                      sqlite3_uint64(text.bytes.size()), SQLITE_STATIC, SQLITE_UTF8);
}

void Statement::bind(const QString &value)
{
    if (!prepare())
        return;
    BoundText &text = nextText();
    // Row after row most texts are the same: SQLite keeps what is bound.
    if (text.isString && text.string == value)
        return;
    text = {value, value.toUtf8(), false};
    m_bindError = sqlite3_bind_text64(m_statement, m_position, text.bytes.constData(),
                                      sqlite3_uint64(text.bytes.size()), SQLITE_STATIC, SQLITE_UTF8);
    text.isString = m_bindError == SQLITE_OK;
}

void Statement::bind(const QDate &value)
{
    bind(isoDateBytes(value));
}

void Statement::bindNull()
{
    if (!prepare())
        return;
    nextText() = {};
    m_bindError = sqlite3_bind_null(m_statement, m_position);
}

Result<bool> Statement::step()
{
    if (!prepare())
        return failure(error(m_bindError));
    const int code = sqlite3_step(m_statement);
    if (code == SQLITE_ROW)
        return true;
    if (code == SQLITE_DONE) {
        sqlite3_reset(m_statement);
        return false;
    }
    const Error problem = error(code);
    sqlite3_reset(m_statement);
    return failure(problem);
}

Outcome Statement::run()
{
    auto stepped = step();
    reset();
    if (!stepped)
        return failure(stepped.error());
    return {};
}

void Statement::reset()
{
    if (m_statement)
        sqlite3_reset(m_statement);
    m_bindError = SQLITE_OK;
}

qint64 Statement::integer(int column) const
{
    return sqlite3_column_int64(m_statement, column);
}

double Statement::real(int column) const
{
    return sqlite3_column_double(m_statement, column);
}

QString Statement::text(int column) const
{
    const auto *bytes = static_cast<const char *>(sqlite3_column_blob(m_statement, column));
    return QString::fromUtf8(bytes, sqlite3_column_bytes(m_statement, column));
}

QDate Statement::date(int column) const
{
    const auto *text = static_cast<const char *>(sqlite3_column_blob(m_statement, column));
    return dateFromIso(QByteArrayView(text, sqlite3_column_bytes(m_statement, column)));
}

bool Statement::isNull(int column) const
{
    return sqlite3_column_type(m_statement, column) == SQLITE_NULL;
}

Error Statement::error(int code) const
{
    const char *file = sqlite3_db_filename(m_database, "main");
    return sqliteError(code, QString::fromUtf8(sqlite3_errmsg(m_database)), QString::fromUtf8(file));
}

} // namespace wristkeep
