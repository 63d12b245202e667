// SPDX-License-Identifier: GPL-3.0-or-later
// A backfill that is killed anywhere goes on where it was: nothing is missing, and no day that was in is
// asked for again. And the plan that `sync --dry-run` shows is what is then asked.

#include "e2e/snapshot.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QScopeGuard>
#include <QSet>
#include <QTest>

using namespace wristkeep::test;
using namespace Qt::StringLiterals;

namespace {

constexpr int Days = 36; // heart rate comes by the day: more than one piece of thirty requests

} // namespace

class TestBackfillKill : public QObject
{
    Q_OBJECT

private:
    World m_world;
    QDate m_first;

    QString keptPlace() const { return m_world.folder() + u"/kept"_s; }

    QStringList databaseFiles(const QString &place) const
    {
        return QDir(place).entryList({u"fitbit_singleuser.db*"_s}, QDir::Files);
    }

    void copyWorld(const QString &from, const QString &to)
    {
        for (const QString &place : {u"fitbit_data"_s, u"home"_s})
            QVERIFY(replaceFolder(from + u'/' + place, to + u'/' + place));
        for (const QString &file : databaseFiles(to))
            QVERIFY(QFile::remove(to + u'/' + file));
        for (const QString &file : databaseFiles(from))
            QVERIFY(QFile::copy(from + u'/' + file, to + u'/' + file));
    }

    CliRun start(const QHash<QString, QString> &extra = {})
    {
        return m_world.run({u"backfill"_s, u"start"_s, u"--from"_s, m_first.toString(Qt::ISODate)}, extra);
    }

    /// Days and types that were asked for since the log was cleared.
    QList<QPair<QString, QString>> asked()
    {
        QList<QPair<QString, QString>> cells;
        for (const QJsonValue &entry : m_world.control(u"log"_s).value(u"entries"_s).toArray()) {
            const QString path = entry.toObject().value(u"path"_s).toString();
            if (!path.contains(u"/activities/"_s))
                continue;
            const QString days = path.section(u"/date/"_s, 1);
            const QDate first = QDate::fromString(days.left(10), Qt::ISODate);
            const QDate end = QDate::fromString(days.mid(11, 10), Qt::ISODate); // of a range
            for (QDate day = first; day == first || day <= end; day = day.addDays(1))
                cells << qMakePair(day.toString(Qt::ISODate),
                                   path.contains(u"/heart/"_s) ? u"heartrate_1min"_s : u"steps"_s);
        }
        return cells;
    }

    QSet<QPair<QString, QString>> goodCells()
    {
        QSet<QPair<QString, QString>> cells;
        for (const QVariantList &row :
             m_world.query(u"SELECT date, data_type FROM ledger WHERE state IN ('complete', 'empty', "
                           u"'provisional')"_s))
            cells.insert(qMakePair(row.at(0).toString(), row.at(1).toString()));
        return cells;
    }

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY2(m_world.start({u"--quota"_s, u"100000"_s}), qPrintable(m_world.problem));
        m_first = m_world.today().addDays(-Days - 2);
        const CliRun run = m_world.connect();
        QVERIFY2(run.exitCode == 0, run.all().constData());
        copyWorld(m_world.folder(), keptPlace());
    }

    void theDryRunForetellsWhatIsAsked()
    {
        const QString last = m_first.addDays(6).toString(Qt::ISODate);
        const QStringList week{u"sync"_s, u"--from"_s, m_first.toString(Qt::ISODate), u"--to"_s, last};
        m_world.control(u"log"_s, {{u"clear"_s, true}});
        const QString before = ownedData(m_world);
        const CliRun dry = m_world.run(week + QStringList{u"--dry-run"_s, u"--json"_s});
        QVERIFY2(dry.exitCode == 0, dry.all().constData());
        QCOMPARE(asked().size(), 0);
        QCOMPARE(ownedData(m_world), before);
        const QJsonObject plan = dry.object(u"plan"_s);
        QCOMPARE(plan.value(u"requests"_s).toInt(), 7 + 1);
        QCOMPARE(plan.value(u"data"_s).toArray().size(), 2);
        const CliRun words = m_world.run(week + QStringList{u"--dry-run"_s});
        QVERIFY2(words.out.contains("Requests    8") && words.out.contains("Disk"), words.all().constData());
        QCOMPARE(m_world.run(week).exitCode, 0);
        QCOMPARE(asked().size(), 14);
        QCOMPARE(m_world.run({u"sync"_s, u"--dry-run"_s, u"--date"_s, u"2999-01-01"_s}).exitCode, 2);
        QCOMPARE(m_world.run({u"--participant"_s, u"nobody"_s, u"sync"_s, u"--dry-run"_s}).exitCode, 2);
    }

    void theSameHoldsForRangesOfGoogleHealth()
    {
        m_world.useGoogleHealth();
        const auto back = qScopeGuard([this] { m_world.useFitbit(); });
        QCOMPARE(m_world.connect().exitCode, 0);
        const QDate last = m_world.today().addDays(-10);
        const QStringList days{u"sync"_s,
                               u"--from"_s,
                               last.addDays(-99).toString(Qt::ISODate),
                               u"--to"_s,
                               last.toString(Qt::ISODate),
                               u"--json"_s};
        const QJsonObject plan = m_world.run(days + QStringList{u"--dry-run"_s}).object(u"plan"_s);
        m_world.control(u"log"_s, {{u"clear"_s, true}});
        const CliRun run = m_world.run(days);
        QVERIFY2(run.exitCode == 0, run.all().constData());
        int requests = 0;
        for (const QJsonValue &entry : m_world.control(u"log"_s).value(u"entries"_s).toArray())
            requests += entry.toObject().value(u"path"_s).toString().contains(u"/dataTypes/"_s) ? 1 : 0;
        QVERIFY(requests >= 2 + 8); // two of ninety days, eight of fourteen
        QCOMPARE(plan.value(u"requests"_s).toInt(), requests);
    }

    void aKilledBackfillGoesOnWhereItWas()
    {
        copyWorld(keptPlace(), m_world.folder());
        const QString list = m_world.folder() + u"/points.txt"_s;
        const CliRun whole = start({{u"WRISTKEEP_FAIL_LIST"_s, list}});
        QVERIFY2(whole.exitCode == 0, whole.all().constData());
        const QString expected = ownedData(m_world);
        const qsizetype all = goodCells().size();
        QCOMPARE(all, 2 * (Days + 2));
        QHash<QString, int> points;
        QFile file(list);
        QVERIFY(file.open(QIODevice::ReadOnly));
        for (const QByteArray &line : file.readAll().split('\n')) {
            if (line.startsWith("backfill.") || line.startsWith("sync."))
                ++points[QString::fromLatin1(line)];
        }
        QVERIFY(points.value(u"backfill.chunk"_s) >= 2);
        for (auto it = points.cbegin(); it != points.cend(); ++it) {
            const QString point = u"%1:%2"_s.arg(it.key()).arg((it.value() + 1) / 2);
            copyWorld(keptPlace(), m_world.folder());
            const CliRun killed = start({{u"WRISTKEEP_FAIL_AT"_s, point}});
            QVERIFY2(killed.killed, qPrintable(point + u": "_s + QString::fromUtf8(killed.all())));
            const QSet<QPair<QString, QString>> in = goodCells();
            m_world.control(u"log"_s, {{u"clear"_s, true}});
            const CliRun again = m_world.run({u"backfill"_s, u"resume"_s});
            QVERIFY2(again.exitCode == 0, qPrintable(point + u": "_s + QString::fromUtf8(again.all())));
            const QList<QPair<QString, QString>> requests = asked();
            for (const auto &cell : requests)
                QVERIFY2(!in.contains(cell), qPrintable(point + u' ' + cell.first));
            QCOMPARE(requests.size(), all - in.size());
            QVERIFY2(ownedData(m_world) == expected, qPrintable(point));
            QCOMPARE(m_world.run({u"backfill"_s, u"status"_s, u"--json"_s})
                         .object(u"backfill"_s)
                         .value(u"state"_s),
                     u"done"_s);
        }
    }

    void theLimitEndsItWithFourAndAPauseIsKept()
    {
        copyWorld(keptPlace(), m_world.folder());
        m_world.control(u"quota"_s, {{u"perHour"_s, 45}, {u"used"_s, 0}});
        QCOMPARE(m_world.run({u"sync"_s}).exitCode, 0); // tells the limit
        const CliRun run = start();
        QVERIFY2(run.exitCode == 4, run.all().constData());
        QVERIFY2(run.out.contains("backfill resume"), run.all().constData());
        const qsizetype in = goodCells().size();
        QVERIFY(in >= 20 && in < 2 * (Days + 2));
        m_world.control(u"log"_s, {{u"clear"_s, true}});
        QCOMPARE(m_world.run({u"backfill"_s, u"resume"_s}).exitCode, 4); // and never waits
        QCOMPARE(asked().size(), 0);
        QCOMPARE(m_world.run({u"backfill"_s, u"pause"_s}).exitCode, 0);
        const CliRun told = m_world.run({u"backfill"_s, u"status"_s});
        QVERIFY2(told.exitCode == 0 && told.out.contains("paused"), told.all().constData());
        QCOMPARE(m_world.run({u"backfill"_s, u"cancel"_s}).exitCode, 0);
        m_world.control(u"quota"_s, {{u"perHour"_s, 100'000}, {u"used"_s, 0}});
    }
};

QTEST_GUILESS_MAIN(TestBackfillKill)
#include "tst_backfillkill.moc"
