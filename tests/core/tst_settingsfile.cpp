// SPDX-License-Identifier: GPL-3.0-or-later

// The settings file as text: what is not ours stays, what is broken is named.

#include "core/settingsfile.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace wristkeep {

class TestSettingsFile : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void valuesComeBackAsTheyWere_data()
    {
        QTest::addColumn<QString>("value");
        QTest::newRow("plain") << u"23ABCD"_s;
        QTest::newRow("address") << u"http://localhost:5000/fitbit/callback?a=b#c"_s;
        QTest::newRow("blanks") << u"activity heartrate  sleep"_s;
        QTest::newRow("blank edges") << u" a "_s;
        QTest::newRow("comma") << u"a, b"_s;
        QTest::newRow("quotes and backslashes") << u"C:\\da\"ta\\new"_s;
        QTest::newRow("begins with a quote") << u"\"x"_s;
        QTest::newRow("line breaks") << u"a\nb\r\nFITBIT_API_URL=evil"_s;
        QTest::newRow("umlauts") << u"/home/jörg/Größe/日本"_s;
        QTest::newRow("comment signs") << u"#a;b"_s;
    }

    void valuesComeBackAsTheyWere()
    {
        QFETCH(const QString, value);
        SettingsFile file;
        file.setValue(u"FITBIT_DATA_DIR"_s, value);
        file.setValue(u"FITBIT_CLIENT_ID"_s, u"23ABCD"_s);
        const Result<SettingsFile> read = SettingsFile::parse(file.bytes());
        QVERIFY(read.has_value());
        QCOMPARE(read->value(u"FITBIT_DATA_DIR"_s), value);
        QCOMPARE(read->value(u"FITBIT_CLIENT_ID"_s), u"23ABCD"_s);
        QVERIFY(read->value(u"FITBIT_API_URL"_s).isEmpty());
    }

    void whatIsNotOursStays()
    {
        const QByteArray before("; mine\n\nFUTURE_KEY=\"a\\\"b\"\nFITBIT_CLIENT_ID = 23ABCD \n"
                                "[Other]\nFITBIT_CLIENT_ID=other\nthis is nothing\n");
        Result<SettingsFile> file = SettingsFile::parse(before);
        QVERIFY(file.has_value());
        QCOMPARE(file->bytes(), before);
        QCOMPARE(file->value(u"FITBIT_CLIENT_ID"_s), u"23ABCD"_s);
        file->setValue(u"FITBIT_CLIENT_ID"_s, u"23WXYZ"_s);
        file->setValue(u"FITBIT_SCOPES"_s, u"sleep"_s);
        QCOMPARE(file->bytes(), QByteArray("; mine\n\nFUTURE_KEY=\"a\\\"b\"\nFITBIT_CLIENT_ID=23WXYZ\n"
                                           "FITBIT_SCOPES=sleep\n[Other]\nFITBIT_CLIENT_ID=other\n"
                                           "this is nothing\n"));
        file->setValue(u"FITBIT_CLIENT_ID"_s, {});
        QVERIFY(file->value(u"FITBIT_CLIENT_ID"_s).isEmpty());
        QVERIFY(file->bytes().contains("\nFUTURE_KEY"));
        QVERIFY(file->bytes().contains("FITBIT_CLIENT_ID=other"));
    }

    void theLastOfTwoCountsAndBothAreReplaced()
    {
        Result<SettingsFile> file = SettingsFile::parse("[General]\r\nA=1\r\nB=2\r\nA=3\r\n");
        QVERIFY(file.has_value());
        QCOMPARE(file->value(u"A"_s), u"3"_s);
        file->setValue(u"A"_s, u"4"_s);
        QCOMPARE(file->bytes(), QByteArray("[General]\nA=4\nB=2\n"));
    }

    void aBrokenLineIsNamedNeverShown_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("says");
        QTest::newRow("no equals") << QByteArray("A=1\n\nhunter2\n") << u"line 3"_s;
        QTest::newRow("no key") << QByteArray("=hunter2\n") << u"line 1"_s;
        QTest::newRow("open quote") << QByteArray("A=\"hunter2\n") << u"line 1"_s;
        QTest::newRow("after the quote") << QByteArray("A=1\nA=\"x\" hunter2\n") << u"line 2"_s;
        QTest::newRow("half an escape") << QByteArray("A=\"hunter2\\") << u"line 1"_s;
        QTest::newRow("binary") << QByteArray("A=hunter2\0", 10) << u"text file"_s;
        QTest::newRow("not UTF-8") << QByteArray("A=hunter2\xff\n") << u"text file"_s;
    }

    void aBrokenLineIsNamedNeverShown()
    {
        QFETCH(const QByteArray, bytes);
        QFETCH(const QString, says);
        const Result<SettingsFile> file = SettingsFile::parse(bytes);
        QVERIFY(!file.has_value());
        QCOMPARE(file.error().kind, ErrorKind::BadConfiguration);
        QVERIFY2(file.error().detail.contains(says), qPrintable(file.error().detail));
        QVERIFY(!file.error().detail.contains(u"hunter2"_s));
    }

    void anEmptyFileIsFine()
    {
        QVERIFY(SettingsFile::parse({}).has_value());
        QVERIFY(SettingsFile::parse({})->bytes().isEmpty());
    }
};

} // namespace wristkeep

QTEST_APPLESS_MAIN(wristkeep::TestSettingsFile)
#include "tst_settingsfile.moc"
