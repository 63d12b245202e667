// SPDX-License-Identifier: GPL-3.0-or-later

// The help: every topic is written, no place is left unfilled, and the search finds and shows what it found.

#include "gui/helpwindow.h"
#include "gui/pictures.h"

#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QSignalSpy>
#include <QTest>
#include <QTextBrowser>

using namespace Qt::StringLiterals;

namespace wristkeep {

namespace {

QList<HelpSection> sections()
{
    SettingsSources sources;
    sources.environment = {{u"FITBIT_CLIENT_SECRET"_s, u"0123456789abcdef0123456789abcdef"_s}};
    sources.places = {u"/home/ada/My (own) data"_s, u"/home/ada/.config/wristkeep"_s,
                      u"/nonexistent/current"_s};
    return helpSections(resolveSettings(sources).value_or(Settings{}));
}

} // namespace

class TestHelp : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_help = std::make_unique<HelpWindow>(sections());
        m_help->show();
    }

    void everyTopicIsWritten()
    {
        const QList<HelpSection> all = sections();
        QCOMPARE(all.size(), 13);
        for (const HelpSection &section : all) {
            QVERIFY2(section.markdown.size() > 200 && !section.title.isEmpty(), qPrintable(section.id));
            QVERIFY2(!section.markdown.contains(u"{{"_s), qPrintable(section.id));
            QVERIFY2(!section.markdown.contains(u"0123456789abcdef"_s), qPrintable(section.id));
        }
    }

    void theTopicIsShown()
    {
        m_help->showSection(u"troubleshooting"_s);
        QCOMPARE(topics()->currentItem()->text(), u"Troubleshooting"_s);
        QVERIFY(text()->toPlainText().contains(u"410 Gone"_s));
        QVERIFY(text()->toPlainText().contains(u"http://localhost:5000/fitbit/callback"_s));
    }

    void theSearchFiltersAndHighlights()
    {
        QTest::keyClick(m_help.get(), Qt::Key_F, Qt::ControlModifier);
        QTRY_VERIFY(search()->hasFocus());
        QTest::keyClicks(search(), u"SERVER"_s);
        QCOMPARE(visibleTopics(), QStringList({u"Setting up Fitbit"_s, u"Troubleshooting"_s}));
        QCOMPARE(topics()->currentItem()->text(), u"Setting up Fitbit"_s);
        QCOMPARE(text()->extraSelections().size(), 1);
        QCOMPARE(text()->extraSelections().first().cursor.selectedText(), u"Server"_s);
        QCOMPARE(text()->textCursor().selectedText(), u"Server"_s);
        QCOMPARE(m_help->findChild<QLabel *>(u"hits"_s)->text(), u"2 places in 2 topics"_s);
        QTest::keyClick(search(), Qt::Key_Return);
        QCOMPARE(topics()->currentItem()->text(), u"Troubleshooting"_s);
        QCOMPARE(text()->textCursor().selectedText(), u"Server"_s);
        QTest::keyClick(search(), Qt::Key_Return);
        QCOMPARE(topics()->currentItem()->text(), u"Setting up Fitbit"_s);
        takePictures(m_help.get(), u"help-search"_s);
        search()->clear();
        QCOMPARE(visibleTopics().size(), 13);
        QVERIFY(text()->extraSelections().isEmpty());
    }

    void nothingFoundIsSaid()
    {
        search()->setText(u"xylophone"_s);
        QVERIFY(m_help->findChild<QLabel *>(u"hits"_s)->text().startsWith(u"Nothing found"_s));
        QVERIFY(visibleTopics().isEmpty());
        m_help->showSection(u"privacy"_s);
        QCOMPARE(topics()->currentItem()->text(), u"Privacy"_s);
        QVERIFY(search()->text().isEmpty());
    }

    void linksAreHandedOn_data()
    {
        QTest::addColumn<QString>("topic");
        QTest::addColumn<QString>("words");
        QTest::addColumn<QUrl>("link");
        QTest::newRow("web") << u"setup-fitbit"_s << u"dev.fitbit.com"_s
                             << QUrl(u"https://dev.fitbit.com/apps/new"_s);
        QTest::newRow("folder") << u"data"_s << u"Open the folder of day files"_s
                                << QUrl::fromLocalFile(u"/home/ada/My (own) data/google_health_data"_s);
    }

    void linksAreHandedOn()
    {
        QFETCH(const QString, topic);
        QFETCH(const QString, words);
        QFETCH(const QUrl, link);
        m_help->showSection(topic);
        QSignalSpy asked(m_help.get(), &HelpWindow::linkActivated);
        const QTextCursor found = text()->document()->find(words);
        QVERIFY(!found.isNull());
        text()->setTextCursor(found);
        text()->ensureCursorVisible();
        QTest::mouseClick(text()->viewport(), Qt::LeftButton, {},
                          text()->cursorRect().center() - QPoint(4, 0));
        QCOMPARE(asked.size(), 1);
        const QUrl got = asked.first().first().toUrl();
        QCOMPARE(got.scheme(), link.scheme());
        QCOMPARE(got.host(), link.host());
        QCOMPARE(got.path(QUrl::FullyDecoded), link.path(QUrl::FullyDecoded));
    }

    void pictures()
    {
        for (const QString &topic : {u"setup-fitbit"_s, u"setup-google"_s, u"troubleshooting-google"_s,
                                     u"what-you-need"_s, u"data"_s, u"scopes"_s}) {
            m_help->showSection(topic);
            takePictures(m_help.get(), u"help-"_s + topic);
        }
    }

private:
    [[nodiscard]] QListWidget *topics() const { return widgetNamed<QListWidget>(m_help.get(), u"Topics"_s); }
    [[nodiscard]] QTextBrowser *text() const
    {
        return widgetNamed<QTextBrowser>(m_help.get(), u"Help text"_s);
    }
    [[nodiscard]] QLineEdit *search() const { return widgetNamed<QLineEdit>(m_help.get(), u"Search"_s); }
    [[nodiscard]] QStringList visibleTopics() const
    {
        QStringList titles;
        for (int row = 0; row < topics()->count(); ++row) {
            if (!topics()->item(row)->isHidden())
                titles << topics()->item(row)->text();
        }
        return titles;
    }

    std::unique_ptr<HelpWindow> m_help;
};

} // namespace wristkeep

QTEST_MAIN(wristkeep::TestHelp)
#include "tst_help.moc"
