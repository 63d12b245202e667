// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/statement.h"

#include "store/sqlerror.h"

#include <sqlite3.h>

using namespace Qt::StringLiterals;

namespace wristkeep {

namespace {

/// Each answer binds its day a dozen times; QDate::toString goes through a printf for it.
QByteArray isoDate(const QDate &date)
{
    if (!date.isValid() || date.year() < 0 || date.year() > 9999)
        return date.toString(Qt::ISODate).toLatin1();
    QByteArray text("0000-00-00");
    const auto put = [&text](qsizetype at, int number) {
        text[at] = char('0' + number / 10);
        text[at + 1] = char('0' + number % 10);
    };
    put(0, date.year() / 100);
    put(2, date.year() % 100);
    put(5, date.month());
    put(8, date.day());
    return text;
}

/// The same the other way; invalid for anything that is not a date.
QDate dateOf(QByteArrayView text)
{
    if (text.size() != 10 || text[4] != '-' || text[7] != '-')
        return QDate::fromString(QString::fromUtf8(text), Qt::ISODate);
    const auto number = [text](qsizetype from, qsizetype count) {
        int value = 0;
        for (qsizetype i = from; i < from + count; ++i) {
            if (text[i] < '0' || text[i] > '9')
                return -1;
            value = value * 10 + (text[i] - '0');
        }
        return value;
    };
    const int year = number(0, 4);
    return year < 0 ? QDate() : QDate(year, number(5, 2), number(8, 2));
}

} // namespace

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

void Statement::bind(qint64 value)
{
    if (prepare())
        m_bindError = sqlite3_bind_int64(m_statement, ++m_position, value);
}

void Statement::bind(double value)
{
    if (prepare())
        m_bindError = sqlite3_bind_double(m_statement, ++m_position, value);
}

void Statement::bind(const QByteArray &value)
{
    if (prepare()) {
        m_bindError = sqlite3_bind_text64(m_statement, ++m_position, value.constData(),
                                          sqlite3_uint64(value.size()), SQLITE_TRANSIENT, SQLITE_UTF8);
    }
}

void Statement::bind(const QString &value)
{
    bind(value.toUtf8());
}

void Statement::bind(const QDate &value)
{
    bind(isoDate(value));
}

void Statement::bindNull()
{
    if (prepare())
        m_bindError = sqlite3_bind_null(m_statement, ++m_position);
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
    return dateOf(QByteArrayView(text, sqlite3_column_bytes(m_statement, column)));
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
