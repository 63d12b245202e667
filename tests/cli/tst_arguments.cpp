// SPDX-License-Identifier: GPL-3.0-or-later

// Words in, meaning out: every rule of usage that needs nothing but the words.

#include "cli/command.h"
#include "cli/daterange.h"
#include "core/errortexts.h"

#include <QTest>

using namespace wristkeep;
using namespace Qt::StringLiterals;

class ArgumentsTest : public QObject
{
    Q_OBJECT

    static Result<Arguments> parse(const QString &line)
    {
        return parseArguments(line.split(u' ', Qt::SkipEmptyParts), verbSpecs(), commonOptions());
    }

private Q_SLOTS:
    void understands_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QString>("verb");
        QTest::addColumn<QString>("option");
        QTest::addColumn<QString>("value");
        QTest::newRow("verb alone") << u"status"_s << u"status"_s << QString() << QString();
        QTest::newRow("option after")
            << u"sync --date 2026-01-02"_s << u"sync"_s << u"date"_s << u"2026-01-02"_s;
        QTest::newRow("option before")
            << u"--date 2026-01-02 sync"_s << u"sync"_s << u"date"_s << u"2026-01-02"_s;
        QTest::newRow("equals sign") << u"sync --date=2026-01-02"_s << u"sync"_s << u"date"_s
                                     << u"2026-01-02"_s;
        QTest::newRow("common before")
            << u"--participant P1 sync"_s << u"sync"_s << u"participant"_s << u"P1"_s;
        QTest::newRow("common after")
            << u"sync --participant P1"_s << u"sync"_s << u"participant"_s << u"P1"_s;
        QTest::newRow("switch between") << u"--json sync"_s << u"sync"_s << u"json"_s << QString();
        QTest::newRow("two words") << u"participants --yes remove P1"_s << u"participants remove"_s
                                   << u"yes"_s << QString();
        QTest::newRow("value with equals")
            << u"participants add P1 --name=a=b"_s << u"participants add"_s << u"name"_s << u"a=b"_s;
    }

    void understands()
    {
        QFETCH(QString, line);
        QFETCH(QString, verb);
        QFETCH(QString, option);
        QFETCH(QString, value);
        const Result<Arguments> arguments = parse(line);
        QVERIFY2(arguments.has_value(), arguments ? "" : qPrintable(arguments.error().detail));
        QCOMPARE(arguments->verb, verb);
        QCOMPARE(arguments->options.size(), option.isEmpty() ? 0 : 1);
        QCOMPARE(arguments->options.value(option), value);
    }

    void refuses_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QString>("says");
        QTest::newRow("nothing") << QString() << u"sync"_s;
        QTest::newRow("unknown verb") << u"snyc"_s << u"snyc"_s;
        QTest::newRow("half a verb") << u"participants"_s << u"list, add, remove"_s;
        QTest::newRow("unknown option") << u"sync --dat 2026-01-02"_s << u"--dat"_s;
        QTest::newRow("single dash") << u"sync -d"_s << u"-d"_s;
        QTest::newRow("another verb's option") << u"status --date 2026-01-02"_s << u"--date"_s;
        QTest::newRow("twice") << u"sync --date 2026-01-02 --date 2026-01-03"_s << u"twice"_s;
        QTest::newRow("no value") << u"sync --date"_s << u"--date DATE"_s;
        QTest::newRow("no value but an option") << u"sync --date --json"_s << u"--date DATE"_s;
        QTest::newRow("empty value") << u"sync --date="_s << u"--date DATE"_s;
        QTest::newRow("value for a switch") << u"sync --json=yes"_s << u"--json"_s;
        QTest::newRow("one word too many") << u"sync now"_s << u"now"_s;
        QTest::newRow("missing ID") << u"participants add"_s << u"ID"_s;
        QTest::newRow("not a verb after --") << u"-- --sync"_s << u"--sync"_s;
    }

    void refuses()
    {
        QFETCH(QString, line);
        QFETCH(QString, says);
        const Result<Arguments> arguments = parse(line);
        QVERIFY(!arguments.has_value());
        QCOMPARE(arguments.error().kind, ErrorKind::BadUsage);
        QVERIFY2(errorLine(arguments.error(), {}).contains(says),
                 qPrintable(errorLine(arguments.error(), {})));
    }

    void helps_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QString>("says");
        QTest::newRow("all") << u"--help"_s << u"Commands:"_s;
        QTest::newRow("word") << u"help"_s << u"Commands:"_s;
        QTest::newRow("one") << u"sync --help"_s << u"--from DATE"_s;
        QTest::newRow("one by word") << u"help sync"_s << u"--from DATE"_s;
        QTest::newRow("a family") << u"participants --help"_s << u"participants remove ID"_s;
        QTest::newRow("in spite of a mistake") << u"sync --help --nonsense"_s << u"--from DATE"_s;
    }

    void helps()
    {
        QFETCH(QString, line);
        QFETCH(QString, says);
        const Result<Arguments> arguments = parse(line);
        QVERIFY(arguments.has_value());
        QVERIFY(arguments->help);
        const QString text = helpText(arguments->verb, verbSpecs(), commonOptions());
        QVERIFY2(text.contains(says), qPrintable(text));
        const QStringList lines = text.split(u'\n');
        for (const QString &each : lines)
            QVERIFY2(each.size() <= 110, qPrintable(each));
    }

    void everyVerbIsWhole()
    {
        for (const Verb &verb : verbs()) {
            QVERIFY2(verb.create, qPrintable(verb.spec.name));
            QVERIFY(!verb.spec.summary.isEmpty());
            QVERIFY(verb.usesWorker || !verb.needsCredentials);
        }
    }

    void dates_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QString>("first");
        QTest::addColumn<QString>("last");
        QTest::addColumn<QString>("refusal");
        QTest::newRow("none") << u"sync"_s << QString() << QString() << QString();
        QTest::newRow("one day") << u"sync --date 2026-03-01"_s << u"2026-03-01"_s << u"2026-03-01"_s
                                 << QString();
        QTest::newRow("leap day") << u"sync --date 2024-02-29"_s << u"2024-02-29"_s << u"2024-02-29"_s
                                  << QString();
        QTest::newRow("range") << u"sync --from 2026-03-01 --to 2026-03-09"_s << u"2026-03-01"_s
                               << u"2026-03-09"_s << QString();
        QTest::newRow("same day") << u"sync --from 2026-03-01 --to 2026-03-01"_s << u"2026-03-01"_s
                                  << u"2026-03-01"_s << QString();
        QTest::newRow("from alone") << u"sync --from 2026-03-01"_s << u"2026-03-01"_s << QString()
                                    << QString();
        QTest::newRow("to alone") << u"sync --to 2026-03-01"_s << QString() << QString() << u"--from"_s;
        QTest::newRow("reversed") << u"sync --from 2026-03-02 --to 2026-03-01"_s << QString() << QString()
                                  << u"after --to 2026-03-01"_s;
        QTest::newRow("both kinds") << u"sync --date 2026-03-02 --from 2026-03-01"_s << QString() << QString()
                                    << u"one or the other"_s;
        QTest::newRow("impossible") << u"sync --date 2026-02-30"_s << QString() << QString()
                                    << u"does not exist"_s;
        QTest::newRow("no leap year")
            << u"sync --date 2026-02-29"_s << QString() << QString() << u"does not exist"_s;
        QTest::newRow("word") << u"sync --date today"_s << QString() << QString() << u"year-month-day"_s;
        QTest::newRow("other form") << u"sync --date 1.3.2026"_s << QString() << QString()
                                    << u"year-month-day"_s;
        QTest::newRow("short") << u"sync --date 2026-3-1"_s << QString() << QString() << u"year-month-day"_s;
        QTest::newRow("with time") << u"sync --date 2026-03-01T00:00"_s << QString() << QString()
                                   << u"year-month-day"_s;
        QTest::newRow("month zero") << u"sync --date 2026-00-01"_s << QString() << QString()
                                    << u"does not exist"_s;
    }

    void dates()
    {
        QFETCH(QString, line);
        QFETCH(QString, first);
        QFETCH(QString, last);
        QFETCH(QString, refusal);
        const Result<Arguments> arguments = parse(line);
        QVERIFY(arguments.has_value());
        const Result<DateRange> range = dateRange(*arguments);
        if (!refusal.isEmpty()) {
            QVERIFY(!range.has_value());
            QCOMPARE(range.error().kind, ErrorKind::BadUsage);
            QVERIFY2(errorLine(range.error(), {}).contains(refusal),
                     qPrintable(errorLine(range.error(), {})));
            return;
        }
        QVERIFY(range.has_value());
        QCOMPARE(range->first.value_or(QDate()).toString(Qt::ISODate), first);
        QCOMPARE(range->last.value_or(QDate()).toString(Qt::ISODate), last);
    }

    void future_data()
    {
        QTest::addColumn<QDate>("first");
        QTest::addColumn<QDate>("last");
        QTest::addColumn<bool>("fine");
        const QDate today(2026, 11, 23);
        QTest::newRow("nothing said") << QDate() << QDate() << true;
        QTest::newRow("today") << today << today << true;
        QTest::newRow("up to today") << today.addDays(-3) << today << true;
        QTest::newRow("tomorrow") << today.addDays(1) << today.addDays(1) << false;
        QTest::newRow("up to tomorrow") << today << today.addDays(1) << false;
        QTest::newRow("from yesterday on") << today.addDays(-1) << QDate() << true;
        QTest::newRow("from today on") << today << QDate() << false;
        QTest::newRow("from tomorrow on") << today.addDays(1) << QDate() << false;
    }

    void future()
    {
        QFETCH(QDate, first);
        QFETCH(QDate, last);
        QFETCH(bool, fine);
        DateRange range;
        if (first.isValid())
            range.first = first;
        if (last.isValid())
            range.last = last;
        QCOMPARE(checkNotFuture(range, QDate(2026, 11, 23)).has_value(), fine);
    }
};

QTEST_GUILESS_MAIN(ArgumentsTest)
#include "tst_arguments.moc"
