// SPDX-License-Identifier: GPL-3.0-or-later

// Settings: where a value comes from, what may be changed, and what is kept.

#include "gui/pictures.h"
#include "gui/preferences.h"
#include "gui/remark.h"
#include "gui/settingfield.h"
#include "gui/settingsdialog.h"

#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;

namespace wristkeep {

class TestSettingsDialog : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_home = std::make_unique<QTemporaryDir>();
        QVERIFY(m_home->isValid());
        m_preferences = std::make_unique<Preferences>(m_home->filePath(u"window.ini"_s));
        m_kept.clear();
        m_refusal.reset();
        m_autostart = false;
        QFile env(m_home->filePath(u".env"_s));
        QVERIFY(env.open(QIODevice::WriteOnly));
        env.write("\nFITBIT_DATA_DIR=data\n");
        env.close();
        m_sources = {};
        m_sources.environment = {{u"FITBIT_CLIENT_ID"_s, u"23ABCD"_s}};
        m_sources.settingsFile = {{u"FITBIT_CLIENT_SECRET"_s, u"0123456789abcdef0123456789abcdef"_s}};
        m_sources.places = {m_home->filePath(u"share"_s), m_home->filePath(u"config"_s), m_home->path()};
        show(false);
    }

    void everyKeyIsThere()
    {
        for (const SettingKey &key : settingKeys())
            QVERIFY2(field(key.name) != nullptr, key.name);
    }

    void theOriginIsTold_data()
    {
        QTest::addColumn<QByteArray>("key");
        QTest::addColumn<QString>("origin");
        QTest::addColumn<bool>("readOnly");
        QTest::newRow("environment") << QByteArray("FITBIT_CLIENT_ID") << u"Environment"_s << true;
        QTest::newRow("env file") << QByteArray("FITBIT_DATA_DIR") << u".env, line 2"_s << true;
        QTest::newRow("settings") << QByteArray("FITBIT_CLIENT_SECRET") << u"Settings"_s << false;
        QTest::newRow("default") << QByteArray("FITBIT_REDIRECT_URI") << u"Default"_s << false;
        QTest::newRow("none") << QByteArray("GOOGLE_HEALTH_CLIENT_ID") << u"Not set"_s << false;
        QTest::newRow("the key itself") << QByteArray("WRISTKEEP_SECRET_KEY") << u"Not set"_s << true;
    }

    void theOriginIsTold()
    {
        QFETCH(const QByteArray, key);
        QFETCH(const QString, origin);
        QFETCH(const bool, readOnly);
        const SettingField *one = field(key.constData());
        QCOMPARE(one->edit()->isReadOnly(), readOnly);
        QStringList texts;
        for (const QLabel *label : one->findChildren<QLabel *>())
            texts << label->text();
        QVERIFY2(texts.join(u'|').contains(origin), qPrintable(texts.join(u'|')));
        const bool fixed = one->key() == u"FITBIT_CLIENT_ID"_s || one->key() == u"FITBIT_DATA_DIR"_s;
        QCOMPARE(texts.join(u'|').contains(u"read-only here"_s), fixed);
    }

    void secretsAreMasked()
    {
        const SettingField *secret = field("FITBIT_CLIENT_SECRET");
        QCOMPARE(secret->edit()->echoMode(), QLineEdit::Password);
        widgetNamed<QCheckBox>(secret, u"Show Client secret"_s)->click();
        QCOMPARE(secret->edit()->echoMode(), QLineEdit::Normal);
    }

    void onlyWhatWasChangedIsKept()
    {
        QPushButton *save = named<QPushButton>(u"Save"_s);
        QVERIFY(!save->isEnabled());
        QSignalSpy saved(m_dialog.get(), &SettingsDialog::saved);
        field("FITBIT_SCOPES")->edit()->setText(u" activity sleep "_s);
        field("FITBIT_CLIENT_SECRET")->edit()->clear();
        QVERIFY(save->isEnabled());
        QVERIFY(named<QPushButton>(u"Restart now"_s)->isHidden());
        save->click();
        QCOMPARE(m_kept, SettingsChanges(
                             {{u"FITBIT_SCOPES"_s, u"activity sleep"_s}, {u"FITBIT_CLIENT_SECRET"_s, {}}}));
        QCOMPARE(saved.size(), 1);
        QVERIFY(m_dialog->findChild<Remark *>(u"result"_s)->text().contains(u"next start"_s));
        QVERIFY(!save->isEnabled());
        QSignalSpy restart(m_dialog.get(), &SettingsDialog::restartRequested);
        QVERIFY(!named<QPushButton>(u"Restart now"_s)->isHidden());
        named<QPushButton>(u"Restart now"_s)->click();
        QCOMPARE(restart.size(), 1);
    }

    void enterSavesAndNeverCloses()
    {
        QTest::keyClick(field("FITBIT_SCOPES")->edit(), Qt::Key_Return);
        QVERIFY(m_dialog->isVisible());
        QVERIFY(m_kept.isEmpty());
        field("FITBIT_SCOPES")->edit()->setText(u"sleep"_s);
        QTest::keyClick(field("FITBIT_SCOPES")->edit(), Qt::Key_Return);
        QVERIFY(m_dialog->isVisible());
        QCOMPARE(m_kept.size(), 1);
    }

    void aWrongValueIsToldAtItsField()
    {
        SettingField *redirect = field("FITBIT_REDIRECT_URI");
        redirect->edit()->setText(u"https://example.org/callback"_s);
        const auto *remark = redirect->findChild<Remark *>();
        QVERIFY(remark->text().contains(u"http://"_s));
        QCOMPARE(remark->tone(), Tone::Problem);
        QVERIFY(!named<QPushButton>(u"Save"_s)->isEnabled());
        redirect->edit()->clear();
        QVERIFY(remark->text().isEmpty());
    }

    void aRefusalIsTold()
    {
        m_refusal = Error{ErrorKind::Storage, u"The disk is full."_s, 0, {}, {}, u"Make room."_s};
        field("FITBIT_SCOPES")->edit()->setText(u"sleep"_s);
        named<QPushButton>(u"Save"_s)->click();
        const QString text = m_dialog->findChild<Remark *>(u"result"_s)->text();
        QVERIFY2(text.contains(u"The disk is full."_s) && text.contains(u"Make room."_s), qPrintable(text));
        QVERIFY(named<QPushButton>(u"Save"_s)->isEnabled());
        QVERIFY(named<QPushButton>(u"Restart now"_s)->isHidden());
    }

    void theDemoIsToLookAt()
    {
        show(true);
        for (const SettingField *one : m_dialog->findChildren<SettingField *>())
            QVERIFY2(one->edit()->isReadOnly(), qPrintable(one->key()));
        QVERIFY(m_dialog->findChild<QLabel *>(u"intro"_s)->text().contains(u"without --demo"_s));
        QVERIFY(!named<QCheckBox>(u"Start with the computer"_s)->isEnabled());
    }

    void appearanceAndScheduleCountAtOnce()
    {
        named<QRadioButton>(u"Dark"_s)->click();
        QCOMPARE(m_preferences->appearance(), Appearance::Dark);
        named<QRadioButton>(u"As the system"_s)->click();
        QCOMPARE(m_preferences->appearance(), Appearance::System);
        const QList<std::pair<QString, int>> hours{
            {u"Every hour"_s, 1}, {u"Every 6 hours"_s, 6}, {u"Every day"_s, 24}, {u"Off"_s, 0}};
        for (const auto &[name, value] : hours) {
            named<QRadioButton>(name)->click();
            QCOMPARE(m_preferences->scheduleHours(), value);
        }
        m_preferences->setScheduleHours(6);
        QVERIFY(named<QRadioButton>(u"Every 6 hours"_s)->isChecked());
    }

    void autostartIsSwitched()
    {
        auto *box = named<QCheckBox>(u"Start with the computer"_s);
        box->click();
        QVERIFY(m_autostart);
        m_refusal = Error{ErrorKind::Storage, u"The folder is read-only."_s, 0, {}, {}, {}};
        box->click();
        QVERIFY(m_autostart);
        QVERIFY(box->isChecked());
        QVERIFY(m_dialog->findChild<Remark *>(u"autostartRemark"_s)->text().contains(u"read-only"_s));
    }

    void pictures()
    {
        takePictures(m_dialog.get(), u"settings-connection"_s);
        field("FITBIT_REDIRECT_URI")->edit()->setText(u"https://example.org/callback"_s);
        takePictures(m_dialog.get(), u"settings-wrong"_s);
        field("FITBIT_REDIRECT_URI")->edit()->clear();
        field("FITBIT_SCOPES")->edit()->setText(u"sleep"_s);
        named<QPushButton>(u"Save"_s)->click();
        takePictures(m_dialog.get(), u"settings-saved"_s);
        m_dialog->showPage(SettingsDialog::Page::Window);
        takePictures(m_dialog.get(), u"settings-window"_s);
        m_dialog->showPage(SettingsDialog::Page::Schedule);
        takePictures(m_dialog.get(), u"settings-schedule"_s);
    }

private:
    void show(bool demo)
    {
        SettingsSources sources = m_sources;
        sources.demo = demo;
        const Result<Settings> settings = resolveSettings(sources);
        QVERIFY(settings.has_value());
        SettingsFacts facts;
        facts.settings = *settings;
        facts.demo = demo;
        facts.preferences = m_preferences.get();
        facts.editor.check = [sources](const QString &key, const QString &value) -> Outcome {
            for (const SettingKey &known : settingKeys()) {
                if (key == QLatin1StringView(known.name))
                    return checkStoredSetting(known, value, sources);
            }
            return failure(ErrorKind::BadConfiguration, key);
        };
        facts.editor.save = [this](const SettingsChanges &changes) -> Outcome {
            if (m_refusal)
                return failure(*m_refusal);
            m_kept = changes;
            return {};
        };
        facts.autostart = {[this] { return m_autostart; },
                           [this](bool on) -> Outcome {
                               if (m_refusal)
                                   return failure(*m_refusal);
                               m_autostart = on;
                               return {};
                           },
                           true};
        m_dialog = std::make_unique<SettingsDialog>(facts);
        m_dialog->open();
    }

    [[nodiscard]] SettingField *field(const char *key) const
    {
        const QList<SettingField *> all = m_dialog->findChildren<SettingField *>();
        for (SettingField *one : all) {
            if (one->key() == QLatin1StringView(key))
                return one;
        }
        return nullptr;
    }

    template<typename Widget>
    [[nodiscard]] Widget *named(const QString &name) const
    {
        return widgetNamed<Widget>(m_dialog.get(), name);
    }

    std::unique_ptr<QTemporaryDir> m_home;
    std::unique_ptr<Preferences> m_preferences;
    SettingsSources m_sources;
    SettingsChanges m_kept;
    std::optional<Error> m_refusal;
    bool m_autostart = false;
    std::unique_ptr<SettingsDialog> m_dialog;
};

} // namespace wristkeep

QTEST_MAIN(wristkeep::TestSettingsDialog)
#include "tst_settingsdialog.moc"
