// SPDX-License-Identifier: GPL-3.0-or-later
// Days as text: what is written is read again, and nothing else is.

#include "core/isodate.h"

#include <QTest>

using namespace wristkeep;
using namespace Qt::StringLiterals;

class TestIsoDate : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyDayOfManyYearsIsThatOfQt()
    {
        for (QDate day(1999, 12, 30); day < QDate(2031, 1, 2); day = day.addDays(1)) {
            const QString text = day.toString(Qt::ISODate);
            QCOMPARE(isoDate(day), text);
            QCOMPARE(isoDateBytes(day), text.toLatin1());
            QCOMPARE(dateFromIso(text), day);
            QCOMPARE(dateFromIso(QByteArrayView(text.toLatin1())), day);
        }
    }

    void yearsOfFewerDigitsHaveTheirZeros()
    {
        QCOMPARE(isoDate({7, 1, 2}), u"0007-01-02"_s);
        QCOMPARE(dateFromIso(u"0007-01-02"), QDate(7, 1, 2));
    }

    void noDayIsNoText()
    {
        QVERIFY(isoDate({}).isEmpty());
        QVERIFY(isoDateBytes({}).isEmpty());
    }

    void onlyADayIsRead_data()
    {
        QTest::addColumn<QString>("text");
        for (const QString &text :
             {QString(), u"2026-02-29"_s, u"2026-13-01"_s, u"2026-00-10"_s, u"2026-1-2"_s, u"2026-1-002"_s,
              u"20261122"_s, u"2026/11/22"_s, u"2026-11-22T00:00"_s, u" 2026-11-22"_s, u"2026-11-2 "_s,
              u"-026-11-22"_s, u"+026-11-22"_s, u"0000-01-01"_s, u"２０２６-11-22"_s, u"2026-11-2０"_s,
              u"today"_s})
            QTest::newRow(qPrintable(u"'%1'"_s.arg(text))) << text;
    }

    void onlyADayIsRead()
    {
        QFETCH(QString, text);
        QVERIFY(!dateFromIso(text).isValid());
        QVERIFY(!dateFromIso(QByteArrayView(text.toUtf8())).isValid());
    }
};

QTEST_APPLESS_MAIN(TestIsoDate)
#include "tst_isodate.moc"
