// SPDX-License-Identifier: GPL-3.0-or-later

// The first start with Google Health: the walk through the console, the file with the client, and the
// redirect address only where there is one to register.

#include "gui/clientfilebox.h"
#include "gui/copybutton.h"
#include "gui/googlesetup.h"
#include "gui/pictures.h"
#include "gui/remark.h"
#include "gui/setuppage.h"
#include "gui/setupwalk.h"

#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QDropEvent>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;

namespace wristkeep {

namespace {

const QString goodId = u"1234567890-abcdefghijklmnop.apps.googleusercontent.com"_s;
const QString goodSecret = u"GOCSPX-made-up-made-up-made-up"_s;

Settings googleSettings(QHash<QString, QString> environment = {})
{
    SettingsSources sources;
    sources.environment = std::move(environment);
    sources.places = {u"/home/ada/.local/share/wristkeep"_s, u"/home/ada/.config/wristkeep"_s,
                      u"/nonexistent/current"_s};
    return resolveSettings(sources).value_or(Settings{});
}

} // namespace

class TestSetupGoogle : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_kept.clear();
        m_page = std::make_unique<SetupPage>();
        m_page->resize(868, 440); // what a window of 900 by 600 leaves
        present(googleSettings());
        m_page->show();
    }

    void theWalkGoesForthAndBack()
    {
        auto *walk = m_page->findChild<SetupWalk *>();
        const QStringList titles{u"project"_s, u"API"_s,    u"describe"_s, u"yourself"_s,
                                 u"ask"_s,     u"client"_s, u"expect"_s};
        QVERIFY(!button(u"Back"_s)->isEnabled());
        for (int step = 0; step < int(titles.size()); ++step) {
            QCOMPARE(walk->step(), step);
            const QString title = m_page->findChild<QLabel *>(u"walkTitle"_s)->text();
            QVERIFY2(title.startsWith(u"Step %1 of 7: "_s.arg(step + 1)) && title.contains(titles.at(step)),
                     qPrintable(title));
            button(u"Next"_s)->click();
        }
        QVERIFY(!button(u"Next"_s)->isEnabled());
        button(u"Back"_s)->click();
        QCOMPARE(walk->step(), 5);
        QVERIFY(button(u"Next"_s)->isEnabled());
        walk->show(7);
        QCOMPARE(walk->step(), 5);
    }

    void noStepScrolls()
    {
        auto *walk = m_page->findChild<SetupWalk *>();
        auto *area = m_page->findChild<QScrollArea *>(u"scroll"_s);
        for (int step = 0; step < 7; ++step) {
            walk->show(step);
            QApplication::processEvents();
            takePictures(m_page.get(), u"setup-google-%1"_s.arg(step + 1));
            QVERIFY2(!area->verticalScrollBar()->isVisible(), qPrintable(QString::number(step)));
            QVERIFY2(!area->horizontalScrollBar()->isVisible(), qPrintable(QString::number(step)));
        }
    }

    void scopesAreCopiedWhole()
    {
        m_page->findChild<SetupWalk *>()->show(4);
        widgetNamed<QPushButton>(m_page.get(), u"Copy scope for sleep"_s)->click();
        QCOMPARE(QGuiApplication::clipboard()->text(),
                 u"https://www.googleapis.com/auth/googlehealth.sleep.readonly"_s);
        widgetNamed<QPushButton>(m_page.get(), u"Copy all scopes"_s)->click();
        QCOMPARE(QGuiApplication::clipboard()->text().split(u'\n').size(), 5);
    }

    void linksAreHandedOn()
    {
        QSignalSpy link(m_page.get(), &SetupPage::linkActivated);
        auto *walk = m_page->findChild<SetupWalk *>();
        Q_EMIT walk->linkActivated(QUrl(u"https://console.cloud.google.com/"_s));
        QCOMPARE(link.first().first().toUrl().host(), u"console.cloud.google.com"_s);
    }

    void remarks_data()
    {
        QTest::addColumn<QString>("id");
        QTest::addColumn<QString>("secret");
        QTest::addColumn<QString>("idSays");
        QTest::addColumn<QString>("secretSays");
        QTest::addColumn<bool>("maySave");
        QTest::newRow("fine") << goodId << goodSecret << QString() << QString() << true;
        QTest::newRow("blanks around") << u" \t%1\r\n"_s.arg(goodId) << u"\u00a0%1 "_s.arg(goodSecret)
                                       << u"Blanks"_s << u"Blanks"_s << true;
        QTest::newRow("example id") << u"your_client_id_here"_s << goodSecret << u"example's text"_s
                                    << QString() << false;
        QTest::newRow("example secret")
            << goodId << u"your_client_secret_here"_s << QString() << u"example's text"_s << false;
        QTest::newRow("swapped") << goodSecret << goodId << u"looks like the client secret"_s
                                 << u"Client ID"_s << false;
        QTest::newRow("cut off") << goodId.left(30) << goodSecret << u"Check that it is whole"_s << QString()
                                 << true;
        QTest::newRow("e-mail") << u"ada@example.org"_s << goodSecret << u"e-mail"_s << QString() << false;
        QTest::newRow("masked") << goodId << u"****wxyz"_s << QString() << u"hint"_s << false;
        QTest::newRow("older secret")
            << goodId << u"abcdefghijklmnopqrstuvwx"_s << QString() << u"GOCSPX-"_s << true;
        QTest::newRow("nothing") << QString() << QString() << QString() << QString() << false;
    }

    void remarks()
    {
        QFETCH(QString, id);
        QFETCH(QString, secret);
        QFETCH(QString, idSays);
        QFETCH(QString, secretSays);
        QFETCH(bool, maySave);
        field(u"Client ID"_s)->setText(id);
        field(u"Client secret"_s)->setText(secret);
        QVERIFY2(idSays.isEmpty() ? remark("idRemark").isEmpty() : remark("idRemark").contains(idSays),
                 qPrintable(remark("idRemark")));
        QVERIFY2(secretSays.isEmpty() ? remark("secretRemark").isEmpty()
                                      : remark("secretRemark").contains(secretSays),
                 qPrintable(remark("secretRemark")));
        QCOMPARE(button(u"Save and continue"_s)->isEnabled(), maySave);
    }

    void aDesktopClientHasNothingToTest()
    {
        QVERIFY(!field(u"Callback URL"_s)->isVisible());
        QVERIFY(!button(u"Test"_s)->isVisible());
        typeGoodOnes();
        button(u"Save and continue"_s)->click();
        QCOMPARE(m_kept, SettingsChanges({{u"GOOGLE_HEALTH_CLIENT_ID"_s, goodId},
                                          {u"GOOGLE_HEALTH_CLIENT_SECRET"_s, goodSecret}}));
    }

    void aWebClientHasItsAddress()
    {
        web()->click();
        QVERIFY(field(u"Callback URL"_s)->isVisible());
        QCOMPARE(field(u"Callback URL"_s)->text(), googleWebRedirect());
        QSignalSpy asked(m_page.get(), &SetupPage::redirectTestRequested);
        button(u"Test"_s)->click();
        QCOMPARE(asked.first().at(0).toString(), googleWebRedirect());
        QCOMPARE(asked.first().at(1).toString(), u"GOOGLE_HEALTH_REDIRECT_URI"_s);
        typeGoodOnes();
        button(u"Save and continue"_s)->click();
        QCOMPARE(m_kept.value(u"GOOGLE_HEALTH_REDIRECT_URI"_s), googleWebRedirect());
        takePictures(m_page.get(), u"setup-google-web"_s);
        web()->click();
        button(u"Save and continue"_s)->click();
        QVERIFY(!m_kept.contains(u"GOOGLE_HEALTH_REDIRECT_URI"_s));
    }

    void aFixedAddressIsShownAndCanBeGivenUp()
    {
        const QString fixed = u"http://localhost:9000/callback"_s;
        present(googleSettings({{u"GOOGLE_HEALTH_REDIRECT_URI"_s, fixed}}));
        QVERIFY(web()->isChecked() && !web()->isEnabled()); // the environment has the say
        QCOMPARE(field(u"Callback URL"_s)->text(), fixed);
        Settings stored = googleSettings();
        stored.values[u"GOOGLE_HEALTH_REDIRECT_URI"_s] = {fixed, SettingOrigin::SettingsFile, u"settings"_s};
        present(stored);
        QVERIFY(web()->isChecked() && web()->isEnabled());
        web()->click();
        typeGoodOnes();
        button(u"Save and continue"_s)->click();
        QCOMPARE(m_kept.value(u"GOOGLE_HEALTH_REDIRECT_URI"_s, u"kept"_s), QString()); // the default again
    }

    void theFileFillsTheFields()
    {
        drop(QUrl::fromLocalFile(written(u"client_secret_1.json"_s,
                                         R"({"installed":{"client_id":")" + goodId.toLatin1() +
                                             R"(","client_secret":")" + goodSecret.toLatin1() + R"("}})")));
        QCOMPARE(field(u"Client ID"_s)->text(), goodId);
        QCOMPARE(field(u"Client secret"_s)->text(), goodSecret);
        QVERIFY(!web()->isChecked());
        QVERIFY(remark("fileRemark").contains(u"client_secret_1.json"_s));
        QVERIFY(button(u"Save and continue"_s)->isEnabled());
    }

    void aWebClientsFileBringsItsAddress()
    {
        drop(QUrl::fromLocalFile(
            written(u"web.json"_s, R"({"web":{"client_id":"1-a.apps.googleusercontent.com","client_secret":)"
                                   R"("GOCSPX-x","redirect_uris":[)"
                                   "\"http://127.0.0.1:8765/cb\"]}}")));
        QVERIFY(web()->isChecked());
        QCOMPARE(field(u"Callback URL"_s)->text(), u"http://127.0.0.1:8765/cb"_s);
    }

    void anotherFileChangesNothing()
    {
        typeGoodOnes();
        drop(QUrl::fromLocalFile(written(u"key.json"_s, R"({"type":"service_account"})")));
        QVERIFY(remark("fileRemark").contains(u"key.json: This is the key of a service account"_s));
        takePictures(m_page.get(), u"setup-google-wrong-file"_s);
        // The remark finds its height with the next layout.
        QTRY_VERIFY(!m_page->findChild<QScrollArea *>(u"scroll"_s)->verticalScrollBar()->isVisible());
        drop(QUrl(u"https://example.org/client_secret.json"_s));
        QVERIFY(remark("fileRemark").contains(u"from this computer"_s));
        QCOMPARE(field(u"Client ID"_s)->text(), goodId);
    }

    void fitbitTakesNoFile()
    {
        m_page->present(setupForm(u"fitbit"_s, googleSettings()), {});
        QVERIFY(!m_page->findChild<SetupWalk *>()->isVisible());
        QVERIFY(!m_page->findChild<ClientFileBox *>()->isVisible());
        QVERIFY(!web()->isVisible());
        QVERIFY(field(u"Callback URL"_s)->isVisible());
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(u"/x.json"_s)});
        QDropEvent event(QPointF(5, 5), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        event.ignore();
        QApplication::sendEvent(m_page.get(), &event);
        QVERIFY(remark("fileRemark").isEmpty());
    }

private:
    void present(const Settings &settings)
    {
        SettingsEditor editor;
        editor.save = [this](const SettingsChanges &changes) -> Outcome {
            m_kept = changes;
            return {};
        };
        m_page->present(setupForm(u"google-health"_s, settings), editor);
    }

    QString written(const QString &name, const QByteArray &bytes)
    {
        QFile file(m_folder.filePath(name));
        if (file.open(QIODevice::WriteOnly))
            file.write(bytes);
        return file.fileName();
    }

    void drop(const QUrl &url)
    {
        QMimeData data;
        data.setUrls({url});
        QDragEnterEvent enter(QPoint(5, 5), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(m_page.get(), &enter);
        QVERIFY(enter.isAccepted());
        QDropEvent event(QPointF(5, 5), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(m_page.get(), &event);
    }

    void typeGoodOnes() const
    {
        field(u"Client ID"_s)->setText(goodId);
        field(u"Client secret"_s)->setText(goodSecret);
    }

    [[nodiscard]] QLineEdit *field(const QString &name) const
    {
        return widgetNamed<QLineEdit>(m_page.get(), name);
    }
    [[nodiscard]] QPushButton *button(const QString &name) const
    {
        return widgetNamed<QPushButton>(m_page.get(), name);
    }
    [[nodiscard]] QCheckBox *web() const { return m_page->findChild<QCheckBox *>(u"web"_s); }
    [[nodiscard]] QString remark(const char *name) const
    {
        return m_page->findChild<Remark *>(QLatin1StringView(name))->text();
    }

    QTemporaryDir m_folder;
    std::unique_ptr<SetupPage> m_page;
    SettingsChanges m_kept;
};

} // namespace wristkeep

QTEST_MAIN(wristkeep::TestSetupGoogle)
#include "tst_setupgoogle.moc"
