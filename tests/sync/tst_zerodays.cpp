// SPDX-License-Identifier: GPL-3.0-or-later
// A true zero is data: its day has a day file like any other, whether the readings that witness it came
// before or after. A day nobody wore the device has none.

#include "sync/syncbench.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

#include <algorithm>

using namespace wristkeep;
using namespace wristkeep::test;
using namespace Qt::StringLiterals;

class TestZeroDays : public QObject
{
    Q_OBJECT

    /// The first of seven days, on one of which the person was about but climbed nothing.
    static std::optional<QDate> zeroDayFrom(SyncBench &bench, QDate first)
    {
        for (QDate date = first; date < first.addDays(6); date = date.addDays(1)) {
            const QJsonObject truth = bench.control(u"truth"_s, {{u"date"_s, date.toString(Qt::ISODate)}});
            if (truth.value(u"floors"_s).toInt() == 0 && truth.value(u"heartMinutes"_s).toInt() > 0)
                return date;
        }
        return std::nullopt;
    }

    static SyncRequest asking(const QString &type, QDate first, QDate last)
    {
        SyncRequest request = SyncBench::days(first, last);
        request.dataTypes = {type};
        return request;
    }

private Q_SLOTS:
    void aWitnessedZeroGetsItsDayFile_data()
    {
        QTest::addColumn<bool>("witnessFirst");
        QTest::newRow("readings first") << true;
        QTest::newRow("readings later") << false;
    }

    void aWitnessedZeroGetsItsDayFile()
    {
        QFETCH(bool, witnessFirst);
        SyncBench bench;
        QVERIFY2(bench.start() && bench.open(), qPrintable(bench.problem));
        QVERIFY(bench.connect().connected);
        QDate first(2025, 6, 1);
        const QDate unworn = first.addDays(6);
        bench.control(u"wear"_s, {{u"date"_s, first.toString(Qt::ISODate)},
                                  {u"to"_s, unworn.addDays(-1).toString(Qt::ISODate)},
                                  {u"state"_s, u"worn"_s}});
        bench.control(u"wear"_s, {{u"date"_s, unworn.toString(Qt::ISODate)}, {u"state"_s, u"unworn"_s}});
        const std::optional<QDate> zero = zeroDayFrom(bench, first);
        QVERIFY2(zero, "this person climbs every day: choose other days");

        for (const QString &type : witnessFirst ? QStringList{u"heartrate_1min"_s, u"floors"_s}
                                                : QStringList{u"floors"_s, u"heartrate_1min"_s})
            bench.sync(asking(type, first, unworn));

        if (!witnessFirst) {
            const auto proven =
                std::find_if(bench.logged.cbegin(), bench.logged.cend(), [&zero](const LogEntry &entry) {
                    return entry.dataType == u"heartrate_1min"_s && entry.date == *zero &&
                           entry.text.contains(u"The readings prove these zeros: floors climbed on 1 day."_s);
                });
            QVERIFY2(proven != bench.logged.cend(), "the log does not say that the zero counts now");
        }
        const QJsonObject file = QJsonDocument::fromJson(bench.dayFileBytes(*zero, u"floors"_s)).object();
        const QJsonArray days = file.value(u"activities-floors"_s).toArray();
        QCOMPARE(days.size(), 1);
        QCOMPARE(days.first()[u"dateTime"_s].toString(), zero->toString(Qt::ISODate));
        QCOMPARE(days.first()[u"value"_s].toString(), u"0"_s);
        QVERIFY(!QFile::exists(bench.dayFile(unworn, u"floors"_s)));
    }
};

QTEST_GUILESS_MAIN(TestZeroDays)
#include "tst_zerodays.moc"
