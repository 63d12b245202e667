// SPDX-License-Identifier: GPL-3.0-or-later
// The window's own choices: kept, private, and never a value nobody offers.

#include "gui/preferences.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace wristkeep;
using namespace Qt::StringLiterals;

class TestPreferences : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;

    [[nodiscard]] QString file() const { return m_folder->filePath(u"window.ini"_s); }

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void nothingChosenIsQuiet()
    {
        const Preferences preferences(file());
        QCOMPARE(preferences.appearance(), Appearance::System);
        QCOMPARE(preferences.scheduleHours(), 0);
        QVERIFY(!preferences.lastScheduledUtc());
        QVERIFY(!preferences.toldAboutTray());
        QVERIFY(!QFile::exists(file()));
    }

    void whatIsChosenIsThereAtTheNextStart()
    {
        {
            Preferences preferences(file());
            QSignalSpy changed(&preferences, &Preferences::changed);
            preferences.setAppearance(Appearance::Dark);
            preferences.setScheduleHours(6);
            QCOMPARE(changed.size(), 2);
            preferences.setLastScheduledUtc(1'795'000'000);
            QCOMPARE(changed.size(), 2); // no choice of the person's
            preferences.setScheduleHours(6);
            QCOMPARE(changed.size(), 2);
            preferences.setToldAboutTray(true);
        }
        const Preferences preferences(file());
        QCOMPARE(preferences.appearance(), Appearance::Dark);
        QCOMPARE(preferences.scheduleHours(), 6);
        QCOMPARE(preferences.lastScheduledUtc(), std::optional<qint64>(1'795'000'000));
        QVERIFY(preferences.toldAboutTray());
    }

    void aValueNobodyOffersCountsAsNotSet()
    {
        QFile written(file());
        QVERIFY(written.open(QIODevice::WriteOnly));
        written.write("[sync]\nschedule_hours=2\nlast_scheduled_utc=yesterday\n[window]\nappearance=pink\n");
        written.close();
        Preferences preferences(file());
        QCOMPARE(preferences.scheduleHours(), 0);
        QCOMPARE(preferences.appearance(), Appearance::System);
        QVERIFY(!preferences.lastScheduledUtc());
        preferences.setScheduleHours(5);
        QCOMPARE(preferences.scheduleHours(), 0);
    }
};

QTEST_GUILESS_MAIN(TestPreferences)
#include "tst_preferences.moc"
