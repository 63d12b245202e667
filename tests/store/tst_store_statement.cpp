// SPDX-License-Identifier: GPL-3.0-or-later
// Statements keep what is bound from row to row, and still write what they are given.

#include "store/statement.h"

#include <QTest>

#include <sqlite3.h>

using namespace wristkeep;
using namespace Qt::StringLiterals;

class TestStatement : public QObject
{
    Q_OBJECT

private:
    sqlite3 *m_database = nullptr;

    QStringList rows()
    {
        QStringList found;
        Statement select(m_database, "SELECT coalesce(a, 'null'), coalesce(b, 'null') FROM t ORDER BY rowid");
        for (select.with(); select.step().value_or(false);)
            found << select.text(0) + u'|' + select.text(1);
        return found;
    }

private Q_SLOTS:
    void init()
    {
        QCOMPARE(sqlite3_open(":memory:", &m_database), SQLITE_OK);
        QCOMPARE(sqlite3_exec(m_database, "CREATE TABLE t (a, b TEXT CHECK (b <> 'no'))", nullptr, nullptr,
                              nullptr),
                 SQLITE_OK);
    }

    void cleanup() { QCOMPARE(sqlite3_close(m_database), SQLITE_OK); }

    void eachRowGetsItsOwnValues()
    {
        {
            Statement insert(m_database, "INSERT INTO t VALUES (?, ?)");
            const QString same = u"café"_s;
            QVERIFY(insert.with(same, u"1"_s).run());
            QVERIFY(insert.with(same, u"2"_s).run());
            QVERIFY(insert.with(qint64(3), u"2"_s).run());
            QVERIFY(insert.with(same, std::optional<QString>()).run());
            QVERIFY(insert.with(same, u"2"_s).run());
            QVERIFY(insert.with(QByteArray("bytes"), QString()).run());
            QVERIFY(insert.with(QString(), u""_s).run());
            QVERIFY(insert.with(QDate(2026, 11, 22), 1.5).run());
            QVERIFY(insert.with(u"2026-11-22"_s, u"1.5"_s).run());
        }
        QCOMPARE(rows(), (QStringList{u"café|1"_s, u"café|2"_s, u"3|2"_s, u"café|null"_s, u"café|2"_s,
                                      u"bytes|"_s, u"|"_s, u"2026-11-22|1.5"_s, u"2026-11-22|1.5"_s}));
    }

    void aTextMayGoOnceItIsBound()
    {
        {
            Statement insert(m_database, "INSERT INTO t VALUES (?, ?)");
            QByteArray bytes("first");
            QString text = u"second"_s;
            insert.with(bytes, text);
            bytes.fill('x');
            text.fill(u'x');
            QVERIFY(insert.run());
        }
        QCOMPARE(rows(), QStringList{u"first|second"_s});
    }

    void aRowThatIsRefusedLeavesTheNextAlone()
    {
        {
            Statement insert(m_database, "INSERT INTO t VALUES (?, ?)");
            QVERIFY(!insert.with(u"a"_s, u"no"_s).run());
            QVERIFY(insert.with(u"a"_s, u"yes"_s).run());
            QVERIFY(!insert.with(u"a"_s, u"no"_s).run());
        }
        QCOMPARE(rows(), QStringList{u"a|yes"_s});
    }

    void furtherValuesStandBehind()
    {
        Statement select(m_database, "SELECT ? || ? || ?");
        QVERIFY(*select.with(u"a"_s).also(u"b"_s, u"c"_s).step());
        QCOMPARE(select.text(0), u"abc"_s);
        QVERIFY(*select.with(u"a"_s).also(u"c"_s, u"c"_s).step());
        QCOMPARE(select.text(0), u"acc"_s);
    }
};

QTEST_APPLESS_MAIN(TestStatement)
#include "tst_store_statement.moc"
