// SPDX-License-Identifier: GPL-3.0-or-later

// The .env reader against python-dotenv's behaviour, case by case.

#include "core/envfile.h"

#include <QTemporaryDir>
#include <QTest>

using namespace wristkeep;
using namespace Qt::StringLiterals;

class EnvFileTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsOneValue_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QString>("value");
        QTest::newRow("plain") << QByteArray("A=b") << u"b"_s;
        QTest::newRow("spaces around the sign") << QByteArray("A = b") << u"b"_s;
        QTest::newRow("spaces at the end") << QByteArray("A=b  \n") << u"b"_s;
        QTest::newRow("inner space") << QByteArray("A=b c") << u"b c"_s;
        QTest::newRow("export") << QByteArray("export A=b") << u"b"_s;
        QTest::newRow("a key that begins with export") << QByteArray("A=b\nexported=c") << u"b"_s;
        QTest::newRow("indented") << QByteArray("  A=b") << u"b"_s;
        QTest::newRow("crlf") << QByteArray("X=1\r\nA=b\r\n") << u"b"_s;
        QTest::newRow("cr alone") << QByteArray("X=1\rA=b\rY=2") << u"b"_s;
        QTest::newRow("byte order mark") << QByteArray("\xEF\xBB\xBF"
                                                       "A=b")
                                         << u"b"_s;
        QTest::newRow("comment after space") << QByteArray("A=b # no") << u"b"_s;
        QTest::newRow("hash inside") << QByteArray("A=b#c") << u"b#c"_s;
        QTest::newRow("single quotes") << QByteArray("A='b # c'") << u"b # c"_s;
        QTest::newRow("double quotes") << QByteArray("A=\"b # c\" # no") << u"b # c"_s;
        QTest::newRow("double escapes") << QByteArray("A=\"b\\n\\t\\\"c\\\\\"") << u"b\n\t\"c\\"_s;
        QTest::newRow("single escapes") << QByteArray("A='b\\n\\'c'") << u"b\\n'c"_s;
        QTest::newRow("last backslash before the quote")
            << QByteArray("A='c:\\data\\'\nX=1") << u"c:\\data\\"_s;
        QTest::newRow("quoted over lines") << QByteArray("A=\"b\nc\"") << u"b\nc"_s;
        QTest::newRow("quoted key") << QByteArray("'A'=b") << u"b"_s;
        QTest::newRow("equals sign inside") << QByteArray("A=b=c") << u"b=c"_s;
        QTest::newRow("last one wins") << QByteArray("A=first\nA=b") << u"b"_s;
        QTest::newRow("utf-8") << QByteArray("A=Z\xC3\xBCrich") << u"Zürich"_s;
        QTest::newRow("own key") << QByteArray("X=b\nA=${X}c") << u"bc"_s;
        QTest::newRow("from the environment") << QByteArray("A=${HOST}/x") << u"example/x"_s;
        QTest::newRow("own key before the environment") << QByteArray("HOST=b\nA=${HOST}") << u"b"_s;
        QTest::newRow("fallback") << QByteArray("A=${NOBODY:-b}") << u"b"_s;
        QTest::newRow("no fallback needed") << QByteArray("A=${HOST:-b}") << u"example"_s;
        QTest::newRow("unknown") << QByteArray("A=b${NOBODY}") << u"b"_s;
        QTest::newRow("no braces") << QByteArray("A=$HOST") << u"$HOST"_s;
        QTest::newRow("unclosed brace") << QByteArray("A=${HOST") << u"${HOST"_s;
        QTest::newRow("odd braces") << QByteArray("A=${B:x}") << u"${B:x}"_s;
        QTest::newRow("key alone") << QByteArray("A") << QString();
        QTest::newRow("empty") << QByteArray("A=") << QString();
        QTest::newRow("empty quotes") << QByteArray("A=''") << QString();
        QTest::newRow("emptied again") << QByteArray("A=b\nA=") << QString();
        QTest::newRow("comment line") << QByteArray("# A=b") << QString();
    }

    void readsOneValue()
    {
        QFETCH(QByteArray, text);
        QFETCH(QString, value);
        const Result<EnvFile> file = parseEnv(text, {{u"HOST"_s, u"example"_s}});
        QVERIFY(file.has_value());
        QCOMPARE(file->badLines, QList<int>());
        QCOMPARE(file->entries.value(u"A"_s).value, value);
        QCOMPARE(file->entries.contains(u"A"_s), !value.isEmpty());
    }

    void countsLines()
    {
        const Result<EnvFile> file = parseEnv("\r\n# one\r\nA=\"x\r\ny\"\r\n\r\nB=2\r\n", {});
        QVERIFY(file.has_value());
        QCOMPARE(file->entries.value(u"A"_s).line, 3);
        QCOMPARE(file->entries.value(u"B"_s).line, 6);
    }

    void namesBadLinesAndGoesOn()
    {
        const Result<EnvFile> file =
            parseEnv("A=1\nthis is a secret\n=2\nB=\"open\nC=3\n'D'x=4\nE='5' six\nF=7", {});
        QVERIFY(file.has_value());
        QCOMPARE(file->badLines, (QList<int>{2, 3, 4, 6, 7}));
        QCOMPARE(file->entries.value(u"A"_s).value, u"1"_s);
        QCOMPARE(file->entries.value(u"C"_s).value, u"3"_s);
        QCOMPARE(file->entries.value(u"F"_s).value, u"7"_s);
        QCOMPARE(file->entries.size(), 3);
    }

    void refusesWhatIsNotText_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("zero byte") << QByteArray("A=b\0c", 5);
        QTest::newRow("not utf-8") << QByteArray("A=\xff\xfe");
        QTest::newRow("utf-16") << QByteArray("\xff\xfe"
                                              "A\0=\0b\0",
                                              8);
        QTest::newRow("cut short") << QByteArray("A=Z\xC3");
    }

    void refusesWhatIsNotText()
    {
        QFETCH(QByteArray, bytes);
        const Result<EnvFile> file = parseEnv(bytes, {});
        QVERIFY(!file.has_value());
        QCOMPARE(file.error().kind, ErrorKind::BadConfiguration);
    }

    void namesTheFileItCannotRead()
    {
        const QTemporaryDir folder;
        const QString missing = folder.filePath(u"missing.env"_s);
        const Result<EnvFile> none = readEnvFile(missing, {});
        QVERIFY(!none.has_value());
        QCOMPARE(none.error().kind, ErrorKind::BadConfiguration);
        QVERIFY(none.error().detail.contains(missing));
        QVERIFY(!none.error().nextStep.isEmpty());
        QVERIFY(!readEnvFile(folder.path(), {}).has_value());
    }
};

QTEST_GUILESS_MAIN(EnvFileTest)
#include "tst_envfile.moc"
