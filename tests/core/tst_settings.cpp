// SPDX-License-Identifier: GPL-3.0-or-later

// The configuration: who wins, where paths count from, and what each wrong value is told.

#include "core/errortexts.h"
#include "core/settings.h"

#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace wristkeep;
using namespace Qt::StringLiterals;

class SettingsTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_home;

    [[nodiscard]] QString at(const QString &name) const { return m_home->filePath(name); }

    [[nodiscard]] SettingsSources sources() const
    {
        SettingsSources sources;
        sources.places = {at(u"data"_s), at(u"config"_s), at(u"work"_s)};
        return sources;
    }

    void write(const QString &name, const QByteArray &text) const
    {
        QFile file(at(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(text), text.size());
    }

private Q_SLOTS:
    void init()
    {
        m_home = std::make_unique<QTemporaryDir>();
        for (const QString &name : {u"data"_s, u"config"_s, u"work"_s, u"other"_s})
            QVERIFY(QDir(m_home->path()).mkdir(name));
    }

    void defaultsLiveInTheStandardPlaces()
    {
        const Result<Settings> settings = resolveSettings(sources());
        QVERIFY(settings.has_value());
        QCOMPARE(settings->databaseFile, at(u"data/fitbit_singleuser.db"_s));
        QCOMPARE(settings->fitbitDataDir, at(u"data/fitbit_data"_s));
        QCOMPARE(settings->dataDir(u"google-health"_s), at(u"data/google_health_data"_s));
        QCOMPARE(settings->keyFile, at(u"config/wristkeep.key"_s));
        QCOMPARE(settings->settingsFile, at(u"config/wristkeep.ini"_s));
        QCOMPARE(settings->provider, u"google-health"_s);
        QCOMPARE(settings->value("FITBIT_SCOPES"), u"activity heartrate sleep weight profile"_s);
        QCOMPARE(settings->value("FITBIT_REDIRECT_URI"), u"http://localhost:5000/fitbit/callback"_s);
        QCOMPARE(settings->url("FITBIT_API_URL"), QUrl(u"https://api.fitbit.com"_s));
        QVERIFY(settings->envFileUsed.isEmpty());
        QVERIFY(settings->values.value(u"FITBIT_SCOPES"_s).origin == SettingOrigin::Default);
    }

    void environmentBeforeEnvFileBeforeSettings()
    {
        write(u"work/.env"_s, "FITBIT_CLIENT_ID=file\nFITBIT_SCOPES=activity\n");
        SettingsSources all = sources();
        all.environment = {{u"FITBIT_CLIENT_ID"_s, u"environment"_s}, {u"FITBIT_SCOPES"_s, QString()}};
        all.settingsFile = {{u"FITBIT_CLIENT_ID"_s, u"settings"_s},
                            {u"FITBIT_SCOPES"_s, u"sleep"_s},
                            {u"FITBIT_REDIRECT_URI"_s, u"http://127.0.0.1:8080/cb"_s}};
        const Result<Settings> settings = resolveSettings(all);
        QVERIFY(settings.has_value());
        QCOMPARE(settings->value("FITBIT_CLIENT_ID"), u"environment"_s);
        QCOMPARE(settings->values.value(u"FITBIT_CLIENT_ID"_s).place, u"environment"_s);
        QCOMPARE(settings->value("FITBIT_SCOPES"), u"activity"_s);
        QCOMPARE(settings->values.value(u"FITBIT_SCOPES"_s).place, at(u"work/.env, line 2"_s));
        QCOMPARE(settings->value("FITBIT_REDIRECT_URI"), u"http://127.0.0.1:8080/cb"_s);
        QVERIFY(settings->values.value(u"FITBIT_REDIRECT_URI"_s).origin == SettingOrigin::SettingsFile);
    }

    void anEnvFileMovesRelativePathsAndDefaults()
    {
        write(u"other/my.env"_s, "FITBIT_DATA_DIR=mine\n");
        SettingsSources all = sources();
        all.envFile = u"../other/my.env"_s;
        all.environment = {{u"GOOGLE_HEALTH_DATA_DIR"_s, u"here"_s}};
        const Result<Settings> settings = resolveSettings(all);
        QVERIFY(settings.has_value());
        QCOMPARE(settings->envFileUsed, at(u"other/my.env"_s));
        QCOMPARE(settings->fitbitDataDir, at(u"other/mine"_s));
        QCOMPARE(settings->databaseFile, at(u"other/fitbit_singleuser.db"_s));
        QCOMPARE(settings->googleDataDir, at(u"work/here"_s));
        QCOMPARE(settings->keyFile, at(u"config/wristkeep.key"_s));
    }

    void aForeignEnvFileInTheFolderIsNotOurs()
    {
        write(u"work/.env"_s, "DATABASE_URL=postgresql://elsewhere\nPORT=1\nnot a line\n");
        const Result<Settings> settings = resolveSettings(sources());
        QVERIFY(settings.has_value());
        QVERIFY(settings->envFileUsed.isEmpty());
        QCOMPARE(settings->warnings, QStringList());
        QCOMPARE(settings->databaseFile, at(u"data/fitbit_singleuser.db"_s));
    }

    void aFolderNamedEnvIsNotOurs()
    {
        QVERIFY(QDir(at(u"work"_s)).mkdir(u".env"_s));
        QVERIFY(resolveSettings(sources()).has_value());
    }

    void theOriginalsEnvFileWorksUnchanged()
    {
        write(u"work/.env"_s,
              "# Fitbit application\nFITBIT_CLIENT_ID=23ABCD\nFITBIT_CLIENT_SECRET=0123456789abcdef\n"
              "FITBIT_REDIRECT_URI=http://localhost:5000/fitbit/callback\n"
              "FITBIT_SCOPES=activity heartrate sleep weight profile\n"
              "DATABASE_URL=sqlite:///fitbit_singleuser.db\nFITBIT_DATA_DIR=fitbit_data\n"
              "FLASK_SECRET_KEY=x\nFLASK_HOST=127.0.0.1\nFLASK_PORT=5000\nFLASK_DEBUG=True\n"
              "LOG_DIR=logs\nLOG_LEVEL=INFO\n");
        const Result<Settings> settings = resolveSettings(sources());
        QVERIFY(settings.has_value());
        QVERIFY(settings->hasCredentials(u"fitbit"_s));
        QVERIFY(settings->checkCredentials(u"fitbit"_s).has_value());
        QCOMPARE(settings->databaseFile, at(u"work/fitbit_singleuser.db"_s));
        QCOMPARE(settings->fitbitDataDir, at(u"work/fitbit_data"_s));
        QCOMPARE(settings->warnings, QStringList());
    }

    void missingCredentialsAreNamed_data()
    {
        QTest::addColumn<QString>("id");
        QTest::addColumn<QString>("secret");
        QTest::newRow("none") << QString() << QString();
        QTest::newRow("no secret") << u"23ABCD"_s << QString();
        QTest::newRow("left over id") << u"your_client_id_here"_s << u"abc"_s;
        QTest::newRow("left over secret") << u"23ABCD"_s << u"your_client_secret_here"_s;
        QTest::newRow("left over, shouted") << u"YOUR_CLIENT_ID_HERE"_s << u"abc"_s;
    }

    void missingCredentialsAreNamed()
    {
        QFETCH(QString, id);
        QFETCH(QString, secret);
        SettingsSources all = sources();
        all.environment = {{u"FITBIT_CLIENT_ID"_s, id}, {u"FITBIT_CLIENT_SECRET"_s, secret}};
        const Result<Settings> settings = resolveSettings(all);
        QVERIFY(settings.has_value());
        const Outcome checked = settings->checkCredentials(u"fitbit"_s);
        QVERIFY(!checked.has_value());
        QVERIFY(
            errorLine(checked.error(), u"Fitbit"_s)
                .startsWith(
                    u"Missing required Fitbit credentials: set FITBIT_CLIENT_ID and FITBIT_CLIENT_SECRET"_s));
        const Outcome google = settings->checkCredentials(u"google-health"_s);
        QVERIFY(!google.has_value());
        QVERIFY(
            google.error().detail.startsWith(u"Missing required Google Health credentials: set "
                                             "GOOGLE_HEALTH_CLIENT_ID and GOOGLE_HEALTH_CLIENT_SECRET"_s));
    }

    void databaseAddresses_data()
    {
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("file"); // below the home; empty: refused
        QTest::newRow("relative") << u"sqlite:///a.db"_s << u"work/a.db"_s;
        QTest::newRow("relative folder") << u"sqlite:///sub/a.db"_s << u"work/sub/a.db"_s;
        QTest::newRow("dots") << u"sqlite:///../other/a.db"_s << u"other/a.db"_s;
        QTest::newRow("space") << u"sqlite:///my data.db"_s << u"work/my data.db"_s;
        QTest::newRow("path alone") << u"a.db"_s << QString();
        QTest::newRow("two slashes") << u"sqlite://a.db"_s << QString();
        QTest::newRow("memory") << u"sqlite://"_s << QString();
        QTest::newRow("memory by name") << u"sqlite:///:memory:"_s << QString();
        QTest::newRow("options") << u"sqlite:///a.db?mode=ro"_s << QString();
        QTest::newRow("folder") << u"sqlite:///sub/"_s << QString();
        QTest::newRow("existing folder") << u"sqlite:///../other"_s << QString();
        QTest::newRow("postgresql") << u"postgresql://me:hunter2hunter2@db/x"_s << QString();
        QTest::newRow("mysql") << u"mysql://me:hunter2hunter2@db/x"_s << QString();
    }

    void databaseAddresses()
    {
        QFETCH(QString, value);
        QFETCH(QString, file);
        SettingsSources all = sources();
        all.environment = {{u"DATABASE_URL"_s, value}};
        const Result<Settings> settings = resolveSettings(all);
        QCOMPARE(settings.has_value(), !file.isEmpty());
        if (settings) {
            QCOMPARE(settings->databaseFile, at(file));
            return;
        }
        const QString line = errorLine(settings.error(), {});
        QVERIFY2(line.contains(u"DATABASE_URL (environment)"_s) && line.contains(u"sqlite:///"_s),
                 qPrintable(line));
        QVERIFY2(!line.contains(u"hunter2"_s), qPrintable(line));
        QCOMPARE(line.contains(u"later version"_s), value.startsWith(u"postgres"_s));
    }

    void anAbsoluteDatabaseStaysWhereItIs()
    {
        SettingsSources all = sources();
        all.environment = {{u"DATABASE_URL"_s, u"sqlite:///"_s + at(u"other/a.db"_s)}};
        const Result<Settings> settings = resolveSettings(all);
        QVERIFY(settings.has_value());
        QCOMPARE(settings->databaseFile, at(u"other/a.db"_s));
    }

    void wrongValuesAreRefused_data()
    {
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("value");
        QTest::addColumn<bool>("fine");
        const auto row = [](const char *key, const char *value, bool fine = false) {
            QTest::addRow("%s=%s", key, value)
                << QString::fromLatin1(key) << QString::fromUtf8(value) << fine;
        };
        row("FITBIT_API_URL", "https://api.example.org", true);
        row("FITBIT_API_URL", "https://api.example.org/", true);
        row("FITBIT_API_URL", "http://127.0.0.1:8080", true);
        row("FITBIT_API_URL", "http://[::1]:8080", true);
        row("FITBIT_API_URL", "http://localhost:8080", true);
        row("FITBIT_API_URL", "http://api.example.org");
        row("FITBIT_API_URL", "http://127.0.0.1.example.org");
        row("FITBIT_API_URL", "http://localhost.example.org");
        row("FITBIT_API_URL", "https://api.example.org/v1");
        row("FITBIT_API_URL", "https://api.example.org?x=1");
        row("FITBIT_API_URL", "https://user:pw@api.example.org");
        row("FITBIT_API_URL", "api.example.org");
        row("FITBIT_API_URL", "ftp://api.example.org");
        row("FITBIT_API_URL", "https://");
        row("FITBIT_API_URL", "https://api.example.org:99999");
        row("FITBIT_AUTHORIZE_URL", "https://www.example.org/oauth2/authorize", true);
        row("FITBIT_AUTHORIZE_URL", "https://www.example.org/oauth2/authorize#x");
        row("GOOGLE_TOKEN_URL", "http://oauth2.example.org/token");
        row("FITBIT_REDIRECT_URI", "http://127.0.0.1:5000/fitbit/callback", true);
        row("FITBIT_REDIRECT_URI", "http://localhost:5000/", true);
        row("FITBIT_REDIRECT_URI", "http://[::1]:5000/cb", true);
        row("FITBIT_REDIRECT_URI", "https://localhost:5000/fitbit/callback");
        row("FITBIT_REDIRECT_URI", "http://localhost/fitbit/callback");
        row("FITBIT_REDIRECT_URI", "http://localhost:5000");
        row("FITBIT_REDIRECT_URI", "http://localhost:0/fitbit/callback");
        row("FITBIT_REDIRECT_URI", "http://localhost:5000/fitbit/callback?x=1");
        row("FITBIT_REDIRECT_URI", "http://localhost:5000/fitbit/callback#x");
        row("FITBIT_REDIRECT_URI", "http://me@localhost:5000/fitbit/callback");
        row("FITBIT_REDIRECT_URI", "http://example.org:5000/fitbit/callback");
        row("FITBIT_REDIRECT_URI", "http://localhost:5000/a/../b");
        row("FITBIT_REDIRECT_URI", "http://localhost:70000/cb");
        row("FITBIT_REDIRECT_URI", "localhost:5000/cb");
        row("GOOGLE_HEALTH_REDIRECT_URI", "http://127.0.0.1:0/callback", true);
        row("WRISTKEEP_PROVIDER", "fitbit", true);
        row("WRISTKEEP_PROVIDER", "google-health", true);
        row("WRISTKEEP_PROVIDER", "garmin");
        row("WRISTKEEP_SECRET_KEY", "00112233445566778899aabbccddeeff00112233445566778899AABBCCDDEEFF", true);
        row("WRISTKEEP_SECRET_KEY", "00112233445566778899aabbccddeeff00112233445566778899AABBCCDDEEFG");
        row("WRISTKEEP_SECRET_KEY", "0011");
        row("FITBIT_SCOPES", "activity,heartrate");
        row("FITBIT_SCOPES", "activity \"heartrate\"");
        row("FITBIT_CLIENT_ID", "23 ABCD");
        row("FITBIT_CLIENT_SECRET", "g\xC3\xA4nse");
        row("FITBIT_CLIENT_ID", "23\nABCD");
        row("FITBIT_DATA_DIR", "a\nb");
    }

    void wrongValuesAreRefused()
    {
        QFETCH(QString, key);
        QFETCH(QString, value);
        QFETCH(bool, fine);
        SettingsSources all = sources();
        all.environment = {{key, value}};
        const Result<Settings> settings = resolveSettings(all);
        QCOMPARE(settings.has_value(), fine);
        if (fine) {
            QCOMPARE(settings->value(key.toLatin1().constData()), value);
            return;
        }
        QCOMPARE(settings.error().kind, ErrorKind::BadConfiguration);
        QVERIFY2(settings.error().detail.startsWith(key + u" (environment) "_s),
                 qPrintable(settings.error().detail));
        QVERIFY2(!settings.error().nextStep.isEmpty(), "no remedy");
        QVERIFY2(!settings.error().detail.contains(value), "the value is repeated");
    }

    void anUnknownProviderIsToldTheValidOnes()
    {
        SettingsSources all = sources();
        all.environment = {{u"WRISTKEEP_PROVIDER"_s, u"garmin"_s}};
        QVERIFY(resolveSettings(all).error().nextStep.contains(u"fitbit, google-health"_s));
    }

    void aFileInPlaceOfAFolderIsRefused()
    {
        write(u"work/plain"_s, "x");
        SettingsSources all = sources();
        all.environment = {{u"FITBIT_DATA_DIR"_s, u"plain"_s}};
        QVERIFY(!resolveSettings(all).has_value());
    }

    void twoProvidersMayNotShareAFolder()
    {
        SettingsSources all = sources();
        all.environment = {{u"FITBIT_DATA_DIR"_s, u"both"_s}, {u"GOOGLE_HEALTH_DATA_DIR"_s, u"both/"_s}};
        QVERIFY(!resolveSettings(all).has_value());
    }

    void anEnvFileFoundByChanceMayNotSendTokensElsewhere()
    {
        write(u"work/.env"_s, "FITBIT_CLIENT_ID=x\nFITBIT_API_URL=https://api.example.org\n");
        SettingsSources all = sources();
        const Result<Settings> byChance = resolveSettings(all);
        QVERIFY(!byChance.has_value());
        QVERIFY(byChance.error().detail.contains(at(u"work/.env, line 2"_s)));
        QVERIFY(byChance.error().nextStep.contains(u"--env-file"_s));
        all.envFile = u".env"_s;
        QVERIFY(resolveSettings(all).has_value());
        write(u"work/.env"_s, "FITBIT_CLIENT_ID=x\nFITBIT_API_URL=http://127.0.0.1:9\n");
        all.envFile.clear();
        QVERIFY(resolveSettings(all).has_value());
    }

    void aNamedEnvFileMustExist()
    {
        SettingsSources all = sources();
        all.envFile = u"none.env"_s;
        const Result<Settings> settings = resolveSettings(all);
        QVERIFY(!settings.has_value());
        QVERIFY(settings.error().detail.contains(at(u"work/none.env"_s)));
    }

    void aBinaryEnvFileIsAnError()
    {
        write(u"work/.env"_s, QByteArray("\x7f"
                                         "ELF\0\0",
                                         6));
        const Result<Settings> settings = resolveSettings(sources());
        QVERIFY(!settings.has_value());
        QVERIFY(settings.error().detail.contains(at(u"work/.env"_s)));
    }

    void badLinesAreCountedNeverShown()
    {
        write(u"work/.env"_s, "FITBIT_CLIENT_ID=x\nmy secret is hunter2\n");
        const Result<Settings> settings = resolveSettings(sources());
        QVERIFY(settings.has_value());
        QCOMPARE(settings->warnings,
                 QStringList(at(u"work/.env, line 2 is not KEY=value and is ignored."_s)));
    }

    void theDemoIgnoresEverything()
    {
        write(u"work/.env"_s, "FITBIT_CLIENT_ID=x\nFITBIT_DATA_DIR=mine\n");
        SettingsSources all = sources();
        all.demo = true;
        all.environment = {{u"FITBIT_API_URL"_s, u"nonsense"_s}};
        all.settingsFile = {{u"FITBIT_DATA_DIR"_s, u"settings"_s}};
        const Result<Settings> settings = resolveSettings(all);
        QVERIFY(settings.has_value());
        QVERIFY(settings->value("FITBIT_CLIENT_ID").isEmpty());
        QCOMPARE(settings->fitbitDataDir, at(u"data/demo/fitbit_data"_s));
        QCOMPARE(settings->databaseFile, at(u"data/demo/fitbit_singleuser.db"_s));
        QCOMPARE(settings->keyFile, at(u"data/demo/wristkeep.key"_s));
    }

    void aComputerWithoutHomeIsAnError()
    {
        SettingsSources all = sources();
        all.places.dataDir.clear();
        QVERIFY(resolveSettings(all).error().nextStep.contains(u"HOME"_s));
    }

    void theProcessReadsItsSettingsFile()
    {
        QCoreApplication::setApplicationName(u"wristkeep"_s);
        qputenv("XDG_CONFIG_HOME", at(u"config"_s).toLocal8Bit());
        QVERIFY(QDir(at(u"config"_s)).mkdir(u"wristkeep"_s));
        write(u"config/wristkeep/wristkeep.ini"_s,
              "FITBIT_CLIENT_ID=23ABCD\nFITBIT_DATA_DIR=\"a, b\"\nFITBIT_CLIENT_SECRET=v1:sealed\n");
        const SettingsSources sources = processSources({}, false);
        QCOMPARE(sources.settingsFile.value(u"FITBIT_CLIENT_ID"_s), u"23ABCD"_s);
        QCOMPARE(sources.settingsFile.value(u"FITBIT_DATA_DIR"_s), u"a, b"_s);
        QVERIFY(!sources.settingsFile.contains(u"FITBIT_CLIENT_SECRET"_s));
        QVERIFY(sources.settingsFileProblem.isEmpty());
        QCOMPARE(sources.places.configDir, at(u"config/wristkeep"_s));
        QVERIFY(!sources.environment.isEmpty());
        QFile::remove(at(u"config/wristkeep/wristkeep.ini"_s));
        QVERIFY(QDir(at(u"config/wristkeep"_s)).mkdir(u"wristkeep.ini"_s));
        QVERIFY(!resolveSettings(processSources({}, false)).has_value());
        qunsetenv("XDG_CONFIG_HOME");
    }

    void loopback_data()
    {
        QTest::addColumn<QString>("host");
        QTest::addColumn<bool>("loopback");
        QTest::newRow("name") << u"localhost"_s << true;
        QTest::newRow("capitals") << u"LocalHost"_s << true;
        QTest::newRow("v4") << u"127.0.0.1"_s << true;
        QTest::newRow("whole net") << u"127.255.3.4"_s << true;
        QTest::newRow("v6") << u"::1"_s << true;
        QTest::newRow("other net") << u"128.0.0.1"_s << false;
        QTest::newRow("name like an address") << u"127.0.0.1.example"_s << false;
        QTest::newRow("too long") << u"127.0.0.1.1"_s << false;
        QTest::newRow("too large") << u"127.0.0.256"_s << false;
        QTest::newRow("below localhost") << u"x.localhost"_s << false;
        QTest::newRow("nothing") << QString() << false;
    }

    void loopback()
    {
        QFETCH(QString, host);
        QFETCH(bool, loopback);
        QCOMPARE(isLoopbackHost(host), loopback);
    }
};

QTEST_GUILESS_MAIN(SettingsTest)
#include "tst_settings.moc"
