// SPDX-License-Identifier: GPL-3.0-or-later

// The first start, driven by what a person and a screen reader see.

#include "gui/copybutton.h"
#include "gui/pictures.h"
#include "gui/remark.h"
#include "gui/setuppage.h"

#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;

namespace wristkeep {

namespace {

const QString goodId = u"23ABCD"_s;
const QString goodSecret = u"0123456789abcdef0123456789abcdef"_s;

Settings freshSettings(const QHash<QString, QString> &environment = {})
{
    SettingsSources sources;
    sources.environment = environment;
    sources.places = {u"/home/ada/.local/share/wristkeep"_s, u"/home/ada/.config/wristkeep"_s,
                      u"/nonexistent/current"_s};
    return resolveSettings(sources).value_or(Settings{});
}

} // namespace

class TestSetupPage : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_kept.clear();
        m_refusal.reset();
        m_page = std::make_unique<SetupPage>();
        m_page->resize(868, 440);
        present(freshSettings());
        m_page->show();
    }

    void everyValueCanBeCopied_data()
    {
        QTest::addColumn<QString>("button");
        QTest::addColumn<QString>("copies");
        QTest::newRow("name") << u"Copy application name"_s << u"Wristkeep"_s;
        QTest::newRow("description") << u"Copy description"_s << u"Keeps my data on my computer"_s;
        QTest::newRow("website") << u"Copy application website"_s << u"http://localhost:5000"_s;
        QTest::newRow("organization") << u"Copy organization"_s << u"Private"_s;
        QTest::newRow("organization website") << u"Copy organization website"_s << u"http://localhost:5000"_s;
        QTest::newRow("type") << u"Copy application type"_s << u"Personal"_s;
        QTest::newRow("callback") << u"Copy callback URL"_s << u"http://localhost:5000/fitbit/callback"_s;
        QTest::newRow("access") << u"Copy access type"_s << u"Read Only"_s;
    }

    void everyValueCanBeCopied()
    {
        QFETCH(const QString, button);
        QFETCH(const QString, copies);
        QPushButton *copy = named<QPushButton>(button);
        QVERIFY(copy != nullptr);
        copy->click();
        QCOMPARE(QGuiApplication::clipboard()->text(), copies);
        QCOMPARE(copy->text(), u"Copied"_s);
        if (button == u"Copy callback URL"_s) { // the others are the same class and need not wait
            QTRY_COMPARE(copy->text(), u"Copy"_s);
            QCOMPARE(copy->accessibleName(), button);
        }
    }

    void theCallbackFollowsTheAddress()
    {
        named<QLineEdit>(u"Callback URL"_s)->setText(u"http://127.0.0.1:5001/fitbit/callback"_s);
        named<QPushButton>(u"Copy callback URL"_s)->click();
        QCOMPARE(QGuiApplication::clipboard()->text(), u"http://127.0.0.1:5001/fitbit/callback"_s);
    }

    void pastesAreTidied()
    {
        QGuiApplication::clipboard()->setText(u" \t23ABCD\r\n"_s);
        auto *id = named<QLineEdit>(u"Client ID"_s);
        id->paste();
        QCOMPARE(id->text(), goodId);
        QVERIFY(remark("idRemark").contains(u"Blanks"_s));
        QGuiApplication::clipboard()->setText(u"\u00a0"_s + goodSecret + u"  "_s);
        auto *secret = named<QLineEdit>(u"Client secret"_s);
        secret->paste();
        QCOMPARE(secret->text(), goodSecret);
        QVERIFY(named<QPushButton>(u"Save and continue"_s)->isEnabled());
    }

    void wrongShapesAreTold_data()
    {
        QTest::addColumn<QString>("id");
        QTest::addColumn<QString>("secret");
        QTest::addColumn<QString>("idSays");
        QTest::addColumn<QString>("secretSays");
        QTest::addColumn<bool>("maySave");
        QTest::newRow("fine") << goodId << goodSecret << QString() << QString() << true;
        QTest::newRow("example id") << u"your_client_id_here"_s << goodSecret << u"example's text"_s
                                    << QString() << false;
        QTest::newRow("example secret")
            << goodId << u"your_client_secret_here"_s << QString() << u"example's text"_s << false;
        QTest::newRow("short id") << u"23ABC"_s << goodSecret << u"5 characters"_s << QString() << true;
        QTest::newRow("short secret")
            << goodId << goodSecret.left(31) << QString() << u"31 characters"_s << true;
        QTest::newRow("swapped") << goodSecret << goodId << u"looks like the client secret"_s
                                 << u"6 characters"_s << true;
        QTest::newRow("no secret") << goodId << QString() << QString() << QString() << false;
    }

    void wrongShapesAreTold()
    {
        QFETCH(const QString, id);
        QFETCH(const QString, secret);
        QFETCH(const QString, idSays);
        QFETCH(const QString, secretSays);
        QFETCH(const bool, maySave);
        named<QLineEdit>(u"Client ID"_s)->setText(id);
        named<QLineEdit>(u"Client secret"_s)->setText(secret);
        QVERIFY2(idSays.isEmpty() ? remark("idRemark").isEmpty() : remark("idRemark").contains(idSays),
                 qPrintable(remark("idRemark")));
        QVERIFY2(secretSays.isEmpty() ? remark("secretRemark").isEmpty()
                                      : remark("secretRemark").contains(secretSays),
                 qPrintable(remark("secretRemark")));
        QCOMPARE(named<QPushButton>(u"Save and continue"_s)->isEnabled(), maySave);
        QCOMPARE(named<QLineEdit>(u"Client ID"_s)->accessibleDescription(), remark("idRemark"));
    }

    void theSecretIsMaskedUntilAskedFor()
    {
        auto *secret = named<QLineEdit>(u"Client secret"_s);
        QCOMPARE(secret->echoMode(), QLineEdit::Password);
        named<QCheckBox>(u"Show client secret"_s)->click();
        QCOMPARE(secret->echoMode(), QLineEdit::Normal);
        named<QCheckBox>(u"Show client secret"_s)->click();
        QCOMPARE(secret->echoMode(), QLineEdit::Password);
    }

    void savesWhatWasTyped()
    {
        QSignalSpy saved(m_page.get(), &SetupPage::saved);
        typeGoodOnes();
        named<QPushButton>(u"Save and continue"_s)->click();
        QCOMPARE(saved.size(), 1);
        QCOMPARE(m_kept,
                 SettingsChanges({{u"FITBIT_CLIENT_ID"_s, goodId}, {u"FITBIT_CLIENT_SECRET"_s, goodSecret}}));
        named<QLineEdit>(u"Callback URL"_s)->setText(u"http://localhost:5001/fitbit/callback"_s);
        named<QPushButton>(u"Save and continue"_s)->click();
        QCOMPARE(m_kept.value(u"FITBIT_REDIRECT_URI"_s), u"http://localhost:5001/fitbit/callback"_s);
    }

    void aRefusalIsTold()
    {
        QSignalSpy saved(m_page.get(), &SetupPage::saved);
        m_refusal = Error{ErrorKind::Storage, u"The disk is full."_s, 0, {}, {}, u"Make room."_s};
        typeGoodOnes();
        named<QPushButton>(u"Save and continue"_s)->click();
        QCOMPARE(saved.size(), 0);
        QCOMPARE(remark("saveRemark"), u"The disk is full. Make room."_s);
    }

    void whatTheEnvironmentSetsIsReadOnly()
    {
        present(freshSettings({{u"FITBIT_CLIENT_ID"_s, goodId}}));
        auto *id = named<QLineEdit>(u"Client ID"_s);
        QVERIFY(id->isReadOnly());
        QCOMPARE(id->text(), goodId);
        QVERIFY(remark("idRemark").contains(u"environment"_s));
        named<QLineEdit>(u"Client secret"_s)->setText(goodSecret);
        named<QPushButton>(u"Save and continue"_s)->click();
        QCOMPARE(m_kept, SettingsChanges({{u"FITBIT_CLIENT_SECRET"_s, goodSecret}}));
    }

    void theRedirectIsTested_data()
    {
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("says");
        QTest::newRow("free") << -1 << u"Free and reachable"_s;
        QTest::newRow("busy")
            << int(ErrorKind::PortBusy)
            << u"Port 5000 is used by another program: choose another port here and at Fitbit."_s;
        QTest::newRow("silent") << int(ErrorKind::TimedOut) << u"What happened. What to do."_s;
    }

    void theRedirectIsTested()
    {
        QFETCH(const int, kind);
        QFETCH(const QString, says);
        QSignalSpy asked(m_page.get(), &SetupPage::redirectTestRequested);
        named<QPushButton>(u"Test"_s)->click();
        QCOMPARE(asked.size(), 1);
        QCOMPARE(asked.first().at(0).toString(), u"http://localhost:5000/fitbit/callback"_s);
        QCOMPARE(asked.first().at(1).toString(), u"FITBIT_REDIRECT_URI"_s);
        QVERIFY(!named<QPushButton>(u"Test"_s)->isEnabled());
        RedirectVerdict verdict{asked.first().at(0).toString(), 5000, {}};
        if (kind >= 0)
            verdict.error = Error{ErrorKind(kind), u"What happened."_s, 0, {}, {}, u"What to do."_s};
        m_page->presentRedirectVerdict(verdict);
        QVERIFY2(remark("verdict").contains(says), qPrintable(remark("verdict")));
        QVERIFY(named<QPushButton>(u"Test"_s)->isEnabled());
    }

    void aLateVerdictIsDropped()
    {
        named<QPushButton>(u"Test"_s)->click();
        named<QLineEdit>(u"Callback URL"_s)->setText(u"http://localhost:5001/x"_s);
        m_page->presentRedirectVerdict({u"http://localhost:5000/fitbit/callback"_s, 5000, {}});
        QVERIFY(remark("verdict").isEmpty());
    }

    void aWrongAddressIsNotTested()
    {
        named<QLineEdit>(u"Callback URL"_s)->setText(u"https://example.org/"_s);
        QVERIFY(!named<QPushButton>(u"Test"_s)->isEnabled());
        QVERIFY(remark("verdict").contains(u"http://"_s));
    }

    void theLinkIsAskedFor()
    {
        QSignalSpy link(m_page.get(), &SetupPage::linkActivated);
        Q_EMIT m_page->findChild<QLabel *>(u"link"_s)->linkActivated(u"https://dev.fitbit.com/apps/new"_s);
        QCOMPARE(link.first().first().toUrl().host(), u"dev.fitbit.com"_s);
    }

    void pictures()
    {
        takePictures(m_page.get(), u"setup"_s);
        named<QLineEdit>(u"Client ID"_s)->setText(u"23ABC"_s);
        named<QLineEdit>(u"Client secret"_s)->setText(u"your_client_secret_here"_s);
        m_page->presentRedirectVerdict({u"http://localhost:5000/fitbit/callback"_s, 5000,
                                        Error{ErrorKind::PortBusy, {}, 0, {}, {}, {}}});
        takePictures(m_page.get(), u"setup-remarks"_s);
    }

private:
    void present(const Settings &settings)
    {
        SettingsEditor editor;
        editor.check = [](const QString &key, const QString &value) -> Outcome {
            for (const SettingKey &known : settingKeys()) {
                if (key == QLatin1StringView(known.name)) {
                    SettingsSources sources;
                    sources.places = {u"/nonexistent/data"_s, u"/nonexistent/config"_s,
                                      u"/nonexistent/work"_s};
                    return checkStoredSetting(known, value, sources);
                }
            }
            return {};
        };
        editor.save = [this](const SettingsChanges &changes) -> Outcome {
            if (m_refusal)
                return failure(*m_refusal);
            m_kept = changes;
            return {};
        };
        m_page->present(setupForm(u"fitbit"_s, settings), editor);
    }

    void typeGoodOnes() const
    {
        named<QLineEdit>(u"Client ID"_s)->setText(goodId);
        named<QLineEdit>(u"Client secret"_s)->setText(goodSecret);
    }

    template<typename Widget>
    [[nodiscard]] Widget *named(const QString &name) const
    {
        return widgetNamed<Widget>(m_page.get(), name);
    }

    [[nodiscard]] QString remark(const char *name) const
    {
        return m_page->findChild<Remark *>(QLatin1StringView(name))->text();
    }

    std::unique_ptr<SetupPage> m_page;
    SettingsChanges m_kept;
    std::optional<Error> m_refusal;
};

} // namespace wristkeep

QTEST_MAIN(wristkeep::TestSetupPage)
#include "tst_setuppage.moc"
