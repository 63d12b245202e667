// SPDX-License-Identifier: GPL-3.0-or-later
// The file that starts the program at login: written, read, taken away, and left alone where it is not ours.

#include "app/autostartentry.h"

#include <QFile>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace wristkeep;
using namespace Qt::StringLiterals;

class TestAutostartEntry : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_home;

    [[nodiscard]] AutostartEntry autostart() const
    {
        return {m_home->path(), {u"/usr/bin/wristkeep"_s, u"--tray"_s}};
    }

    void put(const QByteArray &content) const
    {
        QDir(m_home->path()).mkpath(u"autostart"_s);
        QFile file(autostart().file());
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
    }

    [[nodiscard]] QByteArray content() const
    {
        QFile file(autostart().file());
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

private Q_SLOTS:
    void init() { m_home = std::make_unique<QTemporaryDir>(); }

    void onAndOff()
    {
        AutostartEntry switched = autostart();
        QVERIFY(!switched.isOn());
        QVERIFY(switched.setOn(true));
        QVERIFY(switched.isOn());
        QCOMPARE(switched.file(), m_home->filePath(u"autostart/wristkeep.desktop"_s));
        QVERIFY(content().contains("\nExec=\"/usr/bin/wristkeep\" \"--tray\"\n"));
        QVERIFY(switched.setOn(true));
        QVERIFY(switched.setOn(false));
        QVERIFY(!switched.isOn());
        QVERIFY(!QFile::exists(switched.file()));
        QVERIFY(switched.setOn(false));
    }

    void whatTheDesktopSwitchedOffIsOff_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::newRow("hidden") << QByteArray("Hidden=true\n");
        QTest::newRow("GNOME") << QByteArray("X-GNOME-AutostartEntry-enabled=false\n");
    }

    void whatTheDesktopSwitchedOffIsOff()
    {
        QFETCH(QByteArray, line);
        AutostartEntry switched = autostart();
        QVERIFY(switched.setOn(true));
        put(content() + line);
        QVERIFY(!switched.isOn());
        QVERIFY(switched.setOn(true));
        QVERIFY(switched.isOn());
    }

    void somebodyElsesFileIsKept()
    {
        put("[Desktop Entry]\nType=Application\nExec=nice wristkeep --tray\nHidden=false\n");
        AutostartEntry switched = autostart();
        QVERIFY(switched.isOn());
        QVERIFY(switched.setOn(false));
        QVERIFY(!switched.isOn());
        QCOMPARE(content(), "[Desktop Entry]\nHidden=true\nType=Application\nExec=nice wristkeep --tray\n");
    }

    void aFolderThatCannotBeWrittenIsSaid()
    {
        QFile file(m_home->filePath(u"autostart"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        AutostartEntry switched = autostart();
        const Outcome outcome = switched.setOn(true);
        QVERIFY(!outcome);
        QCOMPARE(outcome.error().kind, ErrorKind::Storage);
        QVERIFY(outcome.error().detail.contains(file.fileName()));
    }

    void quoting_data()
    {
        QTest::addColumn<QStringList>("command");
        QTest::addColumn<QString>("value");
        QTest::newRow("blank") << QStringList{u"/opt/my apps/wristkeep"_s} << u"\"/opt/my apps/wristkeep\""_s;
        QTest::newRow("percent") << QStringList{u"50%"_s} << u"\"50%%\""_s;
        // One backslash for the quoting, each doubled because the value is a string.
        QTest::newRow("quote") << QStringList{u"a\"b"_s} << u"\"a\\\\\"b\""_s;
        QTest::newRow("dollar") << QStringList{u"$HOME"_s} << u"\"\\\\$HOME\""_s;
        QTest::newRow("backslash") << QStringList{u"a\\b"_s} << u"\"a\\\\\\\\b\""_s;
    }

    void quoting()
    {
        QFETCH(QStringList, command);
        QFETCH(QString, value);
        QCOMPARE(desktopExec(command), value);
    }

    void theFileIsValid()
    {
        const QString checker = QStandardPaths::findExecutable(u"desktop-file-validate"_s);
        if (checker.isEmpty())
            QSKIP("desktop-file-validate (desktop-file-utils) is not installed");
        AutostartEntry switched{m_home->path(), {u"/opt/my apps/$wrist\"keep%"_s, u"--tray"_s}};
        QVERIFY(switched.setOn(true));
        QProcess process;
        process.start(checker, {switched.file()});
        QVERIFY(process.waitForFinished());
        QVERIFY2(process.exitCode() == 0, process.readAllStandardOutput().constData());
    }
};

QTEST_GUILESS_MAIN(TestAutostartEntry)
#include "tst_autostartentry.moc"
