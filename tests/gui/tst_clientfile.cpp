// SPDX-License-Identifier: GPL-3.0-or-later

// The file the console offers when a client is made, and everything that may be taken for it.

#include "gui/clientfile.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;

namespace wristkeep {

namespace {

const QByteArray desktop =
    R"({"installed":{"client_id":"123-abc.apps.googleusercontent.com","project_id":"p",)"
    R"("client_secret":"GOCSPX-made-up","redirect_uris":[)"
    "\"http://localhost\"]}}";

} // namespace

class TestClientFile : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aDesktopClient()
    {
        for (const QByteArray &bytes : {desktop, "\xef\xbb\xbf" + desktop + "\n"}) {
            const Result<ClientFile> file = readClientFile(bytes);
            QVERIFY2(file, file ? "" : qPrintable(file.error().detail));
            QCOMPARE(file->id, u"123-abc.apps.googleusercontent.com"_s);
            QCOMPARE(file->secret, u"GOCSPX-made-up"_s);
            QVERIFY(!file->isWeb);
            QCOMPARE(file->loopbackRedirect, QString());
        }
    }

    void aWebClient_data()
    {
        QTest::addColumn<QByteArray>("addresses");
        QTest::addColumn<QString>("redirect");
        QTest::newRow("one of ours") << QByteArray(
                                            "[\"https://www.google.com\",\"http://localhost:8080/callback\"]")
                                     << u"http://localhost:8080/callback"_s;
        QTest::newRow("none") << QByteArray("[\"https://www.google.com\"]") << QString();
        QTest::newRow("no port, no path")
            << QByteArray("[\"http://localhost\",\"http://127.0.0.1:80\"]") << QString();
        QTest::newRow("odd") << QByteArray(R"([7,{}])") << QString();
        QTest::newRow("no list") << QByteArray("7") << QString();
    }

    void aWebClient()
    {
        QFETCH(QByteArray, addresses);
        QFETCH(QString, redirect);
        const Result<ClientFile> file = readClientFile(
            R"({"web":{"client_id":"1.apps.googleusercontent.com","client_secret":"s","redirect_uris":)" +
            addresses + "}}");
        QVERIFY(file);
        QVERIFY(file->isWeb);
        QCOMPARE(file->loopbackRedirect, redirect);
    }

    void otherFilesAreToldApart_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("says");
        QTest::newRow("empty") << QByteArray(" \n") << u"empty"_s;
        QTest::newRow("picture") << QByteArray("\x89PNG\r\n\x1a\n\0\0", 10) << u"not a text file"_s;
        QTest::newRow("Latin-1") << QByteArray("{\"a\":\"\xe9\"}") << u"not a text file"_s;
        QTest::newRow("cut off") << desktop.left(60) << u"not all of it"_s;
        QTest::newRow("a list") << QByteArray("[1]") << u"not all of it"_s;
        QTest::newRow("page") << QByteArray("<html>Sign in</html>") << u"not what the console offers"_s;
        QTest::newRow("service account")
            << QByteArray(R"({"type":"service_account","private_key":"-----BEGIN SECRETPART"})")
            << u"service account"_s;
        QTest::newRow("a sign-in")
            << QByteArray(R"({"type":"authorized_user","client_id":"x","refresh_token":"SECRETPART"})")
            << u"somebody's sign-in"_s;
        QTest::newRow("another program's") << QByteArray(R"({"name":"SECRETPART"})") << u"no OAuth client"_s;
        QTest::newRow("installed is a text") << QByteArray(R"({"installed":"x"})") << u"no OAuth client"_s;
        QTest::newRow("no id") << QByteArray(R"({"installed":{"client_secret":"SECRETPART"}})")
                               << u"no client ID"_s;
        QTest::newRow("a phone's") << QByteArray(
                                          R"({"installed":{"client_id":"1.apps.googleusercontent.com"}})")
                                   << u"no secret"_s;
    }

    void otherFilesAreToldApart()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, says);
        const Result<ClientFile> file = readClientFile(bytes);
        QVERIFY(!file);
        QVERIFY2(file.error().detail.contains(says), qPrintable(file.error().detail));
        QVERIFY(!file.error().nextStep.isEmpty());
        QVERIFY(!(file.error().detail + file.error().nextStep).contains(u"SECRETPART"_s));
    }

    void whatIsNoFileIsNotOpened()
    {
        QTemporaryDir folder;
        QVERIFY(loadClientFile(folder.path()).error().detail.contains(u"not a file"_s));
        QVERIFY(loadClientFile(u"/dev/zero"_s).error().detail.contains(u"not a file"_s));
        QVERIFY(loadClientFile(folder.filePath(u"none"_s)).error().detail.contains(u"not a file"_s));
        QFile large(folder.filePath(u"large"_s));
        QVERIFY(large.open(QIODevice::WriteOnly) && large.resize(70'000));
        large.close();
        QVERIFY(loadClientFile(large.fileName()).error().detail.contains(u"far too large"_s));
        QFile good(folder.filePath(u"client_secret_1.json"_s));
        QVERIFY(good.open(QIODevice::WriteOnly) && good.write(desktop) > 0);
        good.close();
        QVERIFY(loadClientFile(good.fileName()));
    }
};

} // namespace wristkeep

QTEST_GUILESS_MAIN(wristkeep::TestClientFile)
#include "tst_clientfile.moc"
