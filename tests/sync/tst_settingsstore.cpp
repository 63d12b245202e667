// SPDX-License-Identifier: GPL-3.0-or-later

// Settings with secrets: kept sealed, opened at the next start, and never lost to a wrong key.

#include "core/settingsfile.h"
#include "sync/settingsstore.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;

namespace wristkeep {

namespace {

const QString secretText = u"0123456789abcdef0123456789abcdef"_s;
const QString otherKey = QString(64, u'a');

} // namespace

class TestSettingsStore : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_home = std::make_unique<QTemporaryDir>();
        QVERIFY(m_home->isValid());
        QVERIFY(QDir(m_home->path()).mkdir(u"work"_s));
    }

    void secretsComeBack()
    {
        SettingsStore store(sources());
        QVERIFY(saved(store, {{u"FITBIT_CLIENT_ID"_s, u" 23ABCD\n"_s}, {secretKey(), secretText}}));
        const Result<Settings> settings = start();
        QVERIFY(settings.has_value());
        QVERIFY(settings->hasCredentials(u"fitbit"_s));
        QCOMPARE(settings->value("FITBIT_CLIENT_ID"), u"23ABCD"_s);
        QCOMPARE(settings->value("FITBIT_CLIENT_SECRET"), secretText);
        QCOMPARE(settings->values.value(secretKey()).place, u"settings"_s);
        QVERIFY(settings->warnings.isEmpty());
    }

    void noPlainSecretIsWritten()
    {
        SettingsStore store(sources());
        QVERIFY(saved(store, {{secretKey(), secretText}}));
        QDirIterator files(m_home->path(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        int seen = 0;
        while (files.hasNext()) {
            QVERIFY2(!read(files.next()).contains(secretText.toLatin1()), qPrintable(files.filePath()));
            QCOMPARE(QFile::permissions(files.filePath()) & ~(QFile::ReadUser | QFile::WriteUser),
                     QFile::ReadOwner | QFile::WriteOwner);
            ++seen;
        }
        QCOMPARE(seen, 2); // settings and key
        QVERIFY(SettingsFile::isSealed(stored(secretKey())));
    }

    void theVariableSealsToo()
    {
        SettingsSources all = sources();
        all.environment.insert(u"WRISTKEEP_SECRET_KEY"_s, otherKey);
        SettingsStore store(all);
        QVERIFY(saved(store, {{secretKey(), secretText}}));
        QVERIFY(!QFile::exists(keyFile()));
        QCOMPARE(SettingsStore(fresh(all)).load()->value("FITBIT_CLIENT_SECRET"), secretText);
    }

    void aWrongOrLostKeyLosesNothing_data()
    {
        QTest::addColumn<QByteArray>("key");
        QTest::newRow("lost") << QByteArray();
        QTest::newRow("another") << otherKey.toLatin1();
        QTest::newRow("damaged") << QByteArray("nonsense");
    }

    void aWrongOrLostKeyLosesNothing()
    {
        QFETCH(const QByteArray, key);
        SettingsStore store(sources());
        QVERIFY(saved(store, {{u"FITBIT_CLIENT_ID"_s, u"23ABCD"_s}, {secretKey(), secretText}}));
        const QByteArray goodKey = read(keyFile());
        const QString sealed = stored(secretKey());
        QFile::remove(keyFile());
        if (!key.isEmpty())
            write(keyFile(), key);

        const Result<Settings> settings = start();
        QVERIFY(settings.has_value());
        QVERIFY(!settings->hasCredentials(u"fitbit"_s));
        QCOMPARE(settings->value("FITBIT_CLIENT_ID"), u"23ABCD"_s);
        QCOMPARE(settings->warnings.size(), 1);
        QVERIFY(settings->warnings.first().contains(secretKey()));
        QVERIFY(settings->warnings.first().contains(u"Put the right key back"_s));
        QVERIFY(!settings->warnings.first().contains(sealed));

        // Another setting is changed meanwhile: the closed secret stays for the day the key is back.
        SettingsStore later(fresh(sources()));
        QVERIFY(saved(later, {{u"FITBIT_SCOPES"_s, u"sleep"_s}}));
        QCOMPARE(stored(secretKey()), sealed);
        QCOMPARE(QFile::exists(keyFile()), !key.isEmpty());
        write(keyFile(), goodKey);
        QCOMPARE(start()->value("FITBIT_CLIENT_SECRET"), secretText);
    }

    void aDamagedKeyIsNeverOverwritten()
    {
        write(keyFile(), "nonsense");
        SettingsStore store(sources());
        const Outcome outcome = store.save({{secretKey(), secretText}});
        QVERIFY(!outcome.has_value());
        QCOMPARE(outcome.error().kind, ErrorKind::KeyUnusable);
        QCOMPARE(read(keyFile()), QByteArray("nonsense"));
        QVERIFY(!QFile::exists(settingsFile()));
    }

    void aSealedValueDoesNotOpenUnderAnotherName()
    {
        SettingsStore store(sources());
        QVERIFY(saved(store, {{secretKey(), secretText}}));
        write(settingsFile(), "GOOGLE_HEALTH_CLIENT_SECRET=" + stored(secretKey()).toLatin1() + '\n');
        const Result<Settings> settings = start();
        QVERIFY(settings.has_value());
        QVERIFY(settings->value("GOOGLE_HEALTH_CLIENT_SECRET").isEmpty());
        QCOMPARE(settings->warnings.size(), 1);
    }

    void aPlainSecretInTheFileIsNotUsed()
    {
        write(settingsFile(),
              "FITBIT_CLIENT_SECRET=hunter2\nWRISTKEEP_SECRET_KEY=" + otherKey.toLatin1() + '\n');
        const Result<Settings> settings = start();
        QVERIFY(settings.has_value());
        QVERIFY(settings->value("FITBIT_CLIENT_SECRET").isEmpty());
        QVERIFY(settings->secretKeyHex.isEmpty());
        QCOMPARE(settings->warnings.size(), 2);
        QVERIFY(!settings->warnings.join(u' ').contains(u"hunter2"_s));
    }

    void environmentAndEnvFileComeFirst()
    {
        SettingsStore store(sources());
        QVERIFY(saved(store, {{u"FITBIT_CLIENT_ID"_s, u"file"_s}, {secretKey(), secretText}}));
        SettingsSources all = fresh(sources());
        QVERIFY(QFile::remove(keyFile()));
        all.environment.insert(secretKey(), u"environment"_s);
        write(m_home->filePath(u"work/.env"_s), "FITBIT_CLIENT_ID=dotenv\n");
        const Result<Settings> settings = SettingsStore(all).load();
        QCOMPARE(settings->value("FITBIT_CLIENT_ID"), u"dotenv"_s);
        QCOMPARE(settings->value("FITBIT_CLIENT_SECRET"), u"environment"_s);
        // What is not used needs no key and no warning.
        QVERIFY(settings->warnings.isEmpty());
    }

    void aBrokenFileIsNamedAndKept()
    {
        const QByteArray broken("FITBIT_CLIENT_ID=23ABCD\nwhat is this\n");
        write(settingsFile(), broken);
        const Result<Settings> settings = start();
        QVERIFY(!settings.has_value());
        QVERIFY(settings.error().detail.contains(settingsFile()));
        QVERIFY(settings.error().detail.contains(u"line 2"_s));
        SettingsStore store(sources());
        const Outcome outcome = store.save({{u"FITBIT_CLIENT_ID"_s, u"23WXYZ"_s}});
        QVERIFY(!outcome.has_value());
        QVERIFY(outcome.error().detail.contains(u"line 2"_s));
        QCOMPARE(read(settingsFile()), broken);
    }

    void whatTheNextStartWouldRefuseIsRefusedNow_data()
    {
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("value");
        QTest::newRow("redirect") << u"FITBIT_REDIRECT_URI"_s << u"https://example.org/"_s;
        QTest::newRow("database") << u"DATABASE_URL"_s << u"mysql://x"_s;
        QTest::newRow("blank in a secret") << secretKey() << u"two words"_s;
        QTest::newRow("same folder twice") << u"FITBIT_DATA_DIR"_s << u"google_health_data"_s;
        QTest::newRow("the key itself") << u"WRISTKEEP_SECRET_KEY"_s << otherKey;
        QTest::newRow("unknown") << u"NOT_OURS"_s << u"x"_s;
    }

    void whatTheNextStartWouldRefuseIsRefusedNow()
    {
        QFETCH(const QString, key);
        QFETCH(const QString, value);
        SettingsStore store(sources());
        const Outcome outcome = store.save({{u"FITBIT_CLIENT_ID"_s, u"23ABCD"_s}, {key, value}});
        QVERIFY(!outcome.has_value());
        QVERIFY(!outcome.error().detail.contains(u"two words"_s));
        QVERIFY(!outcome.error().nextStep.isEmpty());
        QVERIFY(!QFile::exists(settingsFile()));
    }

    void leftOversOfACrashGo()
    {
        QVERIFY(QDir(m_home->path()).mkpath(u"config"_s));
        // No process has this number: Linux counts to four million at most.
        const QString left = m_home->filePath(u"config/.wristkeep.ini.99999999-0.part"_s);
        write(left, "FITBIT_CLIENT_ID=half");
        SettingsStore store(sources());
        QVERIFY(saved(store, {{u"FITBIT_CLIENT_ID"_s, u"23ABCD"_s}}));
        QVERIFY(!QFile::exists(left));
        QCOMPARE(start()->value("FITBIT_CLIENT_ID"), u"23ABCD"_s);
    }

    void anEmptyValueBringsTheDefaultBack()
    {
        SettingsStore store(sources());
        QVERIFY(saved(store, {{u"FITBIT_SCOPES"_s, u"sleep"_s}, {secretKey(), secretText}}));
        QVERIFY(saved(store, {{u"FITBIT_SCOPES"_s, {}}, {secretKey(), {}}}));
        QCOMPARE(start()->value("FITBIT_SCOPES"), u"activity heartrate sleep weight profile"_s);
        QVERIFY(start()->value("FITBIT_CLIENT_SECRET").isEmpty());
        QVERIFY(read(settingsFile()).isEmpty());
    }

    void aLinkedFileStaysLinked()
    {
        QVERIFY(QDir(m_home->path()).mkpath(u"config"_s));
        const QString real = m_home->filePath(u"work/mine.ini"_s);
        write(real, "; mine\n");
        QVERIFY(QFile::link(real, settingsFile()));
        SettingsStore store(sources());
        QVERIFY(saved(store, {{u"FITBIT_CLIENT_ID"_s, u"23ABCD"_s}}));
        QVERIFY(QFileInfo(settingsFile()).isSymLink());
        QCOMPARE(read(real), QByteArray("; mine\nFITBIT_CLIENT_ID=23ABCD\n"));
    }

    void theDemoKeepsNothing()
    {
        SettingsSources all = sources();
        all.demo = true;
        QVERIFY(!SettingsStore(all).save({{u"FITBIT_CLIENT_ID"_s, u"23ABCD"_s}}).has_value());
        QVERIFY(!QFile::exists(settingsFile()));
    }

private:
    static QString secretKey() { return u"FITBIT_CLIENT_SECRET"_s; }
    [[nodiscard]] QString settingsFile() const { return m_home->filePath(u"config/wristkeep.ini"_s); }
    [[nodiscard]] QString keyFile() const { return m_home->filePath(u"config/wristkeep.key"_s); }

    [[nodiscard]] SettingsSources sources() const
    {
        SettingsSources all;
        all.places = {m_home->filePath(u"data"_s), m_home->filePath(u"config"_s),
                      m_home->filePath(u"work"_s)};
        return all;
    }
    [[nodiscard]] static SettingsSources fresh(SettingsSources all)
    {
        readSettingsFile(all);
        return all;
    }
    [[nodiscard]] Result<Settings> start() const { return SettingsStore(fresh(sources())).load(); }
    [[nodiscard]] static bool saved(SettingsStore &store, const SettingsChanges &changes)
    {
        const Outcome outcome = store.save(changes);
        if (!outcome)
            qWarning().noquote() << outcome.error().detail;
        return outcome.has_value();
    }
    [[nodiscard]] static QByteArray read(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    static void write(const QString &path, const QByteArray &bytes)
    {
        QVERIFY(QDir().mkpath(QFileInfo(path).absolutePath()));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(bytes), bytes.size());
    }
    [[nodiscard]] QString stored(const QString &key) const
    {
        const Result<SettingsFile> file = SettingsFile::parse(read(settingsFile()));
        return file ? file->value(key) : QString();
    }

    std::unique_ptr<QTemporaryDir> m_home;
};

} // namespace wristkeep

QTEST_GUILESS_MAIN(wristkeep::TestSettingsStore)
#include "tst_settingsstore.moc"
