// SPDX-License-Identifier: GPL-3.0-or-later
// Pulls the plug at every named fail point, then looks whether every row is right.
//
// The points are found by running each scenario once with WRISTKEEP_FAIL_LIST; a point added to the code is
// therefore tested without a word here.

#include "e2e/snapshot.h"
#include "support/originalinstallation.h"

#include <QDir>
#include <QFile>
#include <QScopeGuard>
#include <QSet>
#include <QTest>

using namespace wristkeep::test;
using namespace Qt::StringLiterals;

namespace {

/// The folders a run of the program may change.
const QStringList OwnedPlaces{u"fitbit_data"_s, u"google_health_data"_s, u"home"_s};

} // namespace

class TestCrashSafety : public QObject
{
    Q_OBJECT

private:
    World m_world;
    QDate m_day = QDate::currentDate().addDays(-30);
    QSet<QString> m_points;

    QString kept(const QString &name) const { return m_world.folder() + u"/kept-"_s + name; }

    void keep(const QString &name)
    {
        for (const QString &place : OwnedPlaces)
            QVERIFY(replaceFolder(m_world.folder() + u'/' + place, kept(name) + u'/' + place));
        for (const QString &file : databaseFiles())
            QFile::copy(m_world.folder() + u'/' + file, kept(name) + u'/' + file);
    }

    void bringBack(const QString &name)
    {
        for (const QString &place : OwnedPlaces)
            QVERIFY(replaceFolder(kept(name) + u'/' + place, m_world.folder() + u'/' + place));
        for (const QString &file :
             QDir(m_world.folder()).entryList({u"fitbit_singleuser.db*"_s}, QDir::Files))
            QVERIFY(QFile::remove(m_world.folder() + u'/' + file));
        for (const QString &file : QDir(kept(name)).entryList(QDir::Files))
            QVERIFY(QFile::copy(kept(name) + u'/' + file, m_world.folder() + u'/' + file));
    }

    QStringList databaseFiles() const
    {
        return QDir(m_world.folder()).entryList({u"fitbit_singleuser.db*"_s}, QDir::Files);
    }

    /// Which points one run passes, each with how often.
    QHash<QString, int> pointsOf(const QStringList &arguments, const QHash<QString, QString> &extra = {})
    {
        const QString list = m_world.folder() + u"/points.txt"_s;
        QFile::remove(list);
        QHash<QString, QString> variables = extra;
        variables.insert(u"WRISTKEEP_FAIL_LIST"_s, list);
        m_world.run(arguments, variables);
        QHash<QString, int> passes;
        QFile file(list);
        if (file.open(QIODevice::ReadOnly)) {
            for (const QByteArray &line : file.readAll().split('\n')) {
                if (!line.isEmpty())
                    ++passes[QString::fromLatin1(line)];
            }
        }
        return passes;
    }

    QStringList syncOfTwoDays() const
    {
        return {u"sync"_s, u"--from"_s, m_day.toString(Qt::ISODate), u"--to"_s,
                m_day.addDays(1).toString(Qt::ISODate)};
    }

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY2(m_world.start({u"--quota"_s, u"100000"_s}), qPrintable(m_world.problem));
        const CliRun run = m_world.connect();
        QVERIFY2(run.exitCode == 0, run.all().constData());
        m_world.control(u"wear"_s, {{u"date"_s, m_day.toString(Qt::ISODate)},
                                    {u"to"_s, m_day.addDays(1).toString(Qt::ISODate)},
                                    {u"state"_s, u"worn"_s}});
        keep(u"connected"_s);
    }

    void aKilledSyncGoesOnWhereItWas()
    {
        bringBack(u"connected"_s);
        const CliRun whole = m_world.run(syncOfTwoDays());
        QVERIFY2(whole.exitCode == 0, whole.all().constData());
        const QString expected = ownedData(m_world);
        QVERIFY(expected.contains(u"heartrate_1min"_s) && expected.contains(u"steps"_s));

        bringBack(u"connected"_s);
        const QHash<QString, int> points = pointsOf(syncOfTwoDays());
        QVERIFY2(points.size() >= 15, qPrintable(QStringList(points.keys()).join(u' ')));
        for (auto it = points.cbegin(); it != points.cend(); ++it) {
            m_points.insert(it.key());
            for (const int pass : QSet<int>{1, (it.value() + 1) / 2, it.value()}) {
                const QString point = u"%1:%2"_s.arg(it.key()).arg(pass);
                bringBack(u"connected"_s);
                const CliRun killed = m_world.run(syncOfTwoDays(), {{u"WRISTKEEP_FAIL_AT"_s, point}});
                // How many answers are kept together, and so how often a point is passed, is a matter of
                // timing; a run that never came to a later pass has to have ended well.
                QVERIFY2(killed.killed || (pass > 1 && killed.exitCode == 0),
                         qPrintable(point + u" was not reached"_s));
                const CliRun again = m_world.run(syncOfTwoDays());
                QVERIFY2(again.exitCode == 0, qPrintable(point + u": "_s + QString::fromUtf8(again.all())));
                QVERIFY2(ownedData(m_world) == expected, qPrintable(point));
                QCOMPARE(m_world.value(u"PRAGMA integrity_check"_s).toString(), u"ok"_s);
            }
        }
    }

    void aKilledSyncInPagesGoesOn()
    {
        bringBack(u"connected"_s);
        m_world.useGoogleHealth();
        const auto back = qScopeGuard([this] {
            m_world.control(u"switch"_s, {{u"googlePageSize"_s, 0}});
            m_world.useFitbit();
        });
        QCOMPARE(m_world.connect().exitCode, 0);
        m_world.control(u"switch"_s, {{u"googlePageSize"_s, 720}});
        m_world.control(u"quota"_s, {{u"googlePerMinute"_s, 1'000'000}}); // hundreds of runs in a minute
        keep(u"google"_s);
        const CliRun whole = m_world.run(syncOfTwoDays());
        QVERIFY2(whole.exitCode == 0, whole.all().constData());
        const QString expected = ownedData(m_world);
        QVERIFY(expected.contains(u"google-health|heartrate_1min"_s));

        bringBack(u"google"_s);
        const QHash<QString, int> points = pointsOf(syncOfTwoDays());
        // Four pages of two days of heart rate, steps, resting heart rate.
        QVERIFY2(points.value(u"sync.answered"_s) >= 6, qPrintable(QStringList(points.keys()).join(u' ')));
        for (auto it = points.cbegin(); it != points.cend(); ++it) {
            m_points.insert(it.key());
            for (const int pass : QSet<int>{(it.value() + 1) / 2, it.value()}) {
                const QString point = u"%1:%2"_s.arg(it.key()).arg(pass);
                bringBack(u"google"_s);
                const CliRun killed = m_world.run(syncOfTwoDays(), {{u"WRISTKEEP_FAIL_AT"_s, point}});
                QVERIFY2(killed.killed || (pass > 1 && killed.exitCode == 0),
                         qPrintable(point + u" was not reached: "_s + QString::fromUtf8(killed.all())));
                const CliRun again = m_world.run(syncOfTwoDays());
                QVERIFY2(again.exitCode == 0, qPrintable(point + u": "_s + QString::fromUtf8(again.all())));
                QVERIFY2(ownedData(m_world) == expected, qPrintable(point));
                QCOMPARE(m_world.value(u"PRAGMA integrity_check"_s).toString(), u"ok"_s);
            }
        }
    }

    void aKilledRefreshHealsOrSaysReconnect_data()
    {
        QTest::addColumn<int>("secondsLater");
        QTest::newRow("inside the grace of two minutes") << 5;
        QTest::newRow("after it") << 300;
    }

    void aKilledRefreshHealsOrSaysReconnect()
    {
        QFETCH(int, secondsLater);
        bringBack(u"connected"_s);
        m_world.stopService();
        const QString grants = m_world.folder() + u"/service.json"_s;
        const QString keptGrants = m_world.folder() + u"/service-kept.json"_s;
        if (!QFile::exists(keptGrants))
            QVERIFY(QFile::copy(grants, keptGrants));
        const auto freshService = [&] {
            m_world.stopService();
            QFile::remove(grants);
            QVERIFY(QFile::copy(keptGrants, grants));
            QVERIFY(m_world.restartService());
            QVERIFY(m_world.control(u"expire"_s).contains(u"count"_s));
        };

        freshService();
        const QHash<QString, int> points = pointsOf(syncOfTwoDays());
        int healed = 0;
        int reconnects = 0;
        for (auto it = points.cbegin(); it != points.cend(); ++it) {
            if (!it.key().startsWith(u"net.refresh"_s) && !it.key().startsWith(u"store.token"_s))
                continue;
            m_points.insert(it.key());
            bringBack(u"connected"_s);
            freshService();
            const CliRun killed = m_world.run(syncOfTwoDays(), {{u"WRISTKEEP_FAIL_AT"_s, it.key()}});
            QVERIFY2(killed.killed, qPrintable(it.key()));
            QVERIFY(m_world.control(u"clock"_s, {{u"offset"_s, secondsLater}}).contains(u"now"_s));
            const CliRun again = m_world.run(syncOfTwoDays());
            if (again.exitCode == 0) {
                ++healed;
                continue;
            }
            ++reconnects;
            QVERIFY2(secondsLater > 120,
                     qPrintable(it.key() + u" did not heal: "_s + QString::fromUtf8(again.all())));
            QCOMPARE(again.exitCode, 3);
            QVERIFY2(again.all().contains("econnect"), again.all().constData());
            QVERIFY(!m_world.value(u"SELECT count(*) FROM fitbit_tokens"_s).isNull());
        }
        QVERIFY2(healed > 0, "no refresh healed at all");
        // Only a kill between the answer and its commit can cost the grant, and only once the grace is over.
        QVERIFY(secondsLater > 120 ? reconnects > 0 : reconnects == 0);
    }

    void aKilledConnectNeverHalfConnects()
    {
        QVERIFY(m_world.restartService());
        bringBack(u"connected"_s);
        QCOMPARE(m_world.run({u"disconnect"_s, u"--keep-grant"_s}).exitCode, 0);
        keep(u"disconnected"_s);
        const QString list = m_world.folder() + u"/points.txt"_s;
        QFile::remove(list);
        QCOMPARE(m_world.connect({}, {}, {{u"WRISTKEEP_FAIL_LIST"_s, list}}).exitCode, 0);
        QFile file(list);
        QVERIFY(file.open(QIODevice::ReadOnly));
        QSet<QString> points;
        for (const QByteArray &line : file.readAll().split('\n')) {
            const QString name = QString::fromLatin1(line);
            if (name.startsWith(u"net.signin"_s) || name.startsWith(u"store.token"_s) ||
                name.startsWith(u"sync.connect"_s))
                points.insert(name);
        }
        QVERIFY2(points.size() >= 3, qPrintable(QStringList(points.values()).join(u' ')));
        for (const QString &point : points) {
            m_points.insert(point);
            bringBack(u"disconnected"_s);
            const CliRun killed = m_world.connect({}, {}, {{u"WRISTKEEP_FAIL_AT"_s, point}});
            QVERIFY2(killed.killed, qPrintable(point));
            const int connected = m_world.run({u"status"_s}).exitCode;
            QVERIFY2(connected == 0 || connected == 3, qPrintable(point));
            const CliRun sync = m_world.run(syncOfTwoDays());
            QCOMPARE(sync.exitCode, connected);
            if (connected == 3) {
                QVERIFY2(m_world.connect().exitCode == 0, qPrintable(point));
                QCOMPARE(m_world.run(syncOfTwoDays()).exitCode, 0);
            }
        }
    }

    void aKilledMigrationGoesOn()
    {
        bringBack(u"disconnected"_s);
        for (const QString &file : databaseFiles())
            QFile::remove(m_world.folder() + u'/' + file);
        const auto layOriginal = [&] {
            for (const QString &file :
                 QDir(m_world.folder()).entryList({u"fitbit_singleuser.db*"_s}, QDir::Files))
                QFile::remove(m_world.folder() + u'/' + file);
            return writeOriginalDatabase(m_world.database(), OriginalForm::Second, true);
        };
        QVERIFY(layOriginal());
        const QHash<QString, int> points = pointsOf({u"status"_s});
        const QString expected = rowsOfTokens();
        QVERIFY(!expected.isEmpty());
        int tried = 0;
        for (auto it = points.cbegin(); it != points.cend(); ++it) {
            if (!it.key().startsWith(u"store.migrat"_s))
                continue;
            ++tried;
            m_points.insert(it.key());
            QVERIFY(layOriginal());
            const CliRun killed = m_world.run({u"status"_s}, {{u"WRISTKEEP_FAIL_AT"_s, it.key()}});
            QVERIFY2(killed.killed, qPrintable(it.key()));
            m_world.run({u"status"_s});
            QVERIFY2(rowsOfTokens() == expected, qPrintable(it.key() + u'\n' + rowsOfTokens() + expected));
            for (const QString &file :
                 QDir(m_world.folder()).entryList({u"fitbit_singleuser.db*"_s}, QDir::Files)) {
                QFile bytes(m_world.folder() + u'/' + file);
                QVERIFY(bytes.open(QIODevice::ReadOnly));
                QVERIFY2(!bytes.readAll().contains(PlainTokenMark), qPrintable(it.key() + u' ' + file));
            }
        }
        QVERIFY2(tried >= 5, qPrintable(QString::number(tried)));
    }

    void thereAreFortyPoints()
    {
        QVERIFY2(m_points.size() >= 40,
                 qPrintable(u"%1: %2"_s.arg(m_points.size()).arg(QStringList(m_points.values()).join(u' '))));
    }

private:
    QString rowsOfTokens()
    {
        QString text;
        for (const QVariantList &row :
             m_world.query(u"SELECT participant_id, fitbit_user_id, scope, expires_at, provider, "
                           "substr(access_token, 1, 3) FROM fitbit_tokens ORDER BY 1"_s)) {
            for (const QVariant &cell : row)
                text += cell.toString() + u'|';
            text += u'\n';
        }
        return text;
    }
};

QTEST_GUILESS_MAIN(TestCrashSafety)
#include "tst_crashsafety.moc"
