// SPDX-License-Identifier: GPL-3.0-or-later

// About: versions, licences, and a block for bug reports that gives nobody away.

#include "gui/aboutdialog.h"
#include "gui/copybutton.h"
#include "gui/pictures.h"

#include <QClipboard>
#include <QDir>
#include <QGuiApplication>
#include <QLabel>
#include <QSignalSpy>
#include <QTest>
#include <QTreeWidget>

using namespace Qt::StringLiterals;

namespace wristkeep {

class TestAbout : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_about = std::make_unique<AboutDialog>();
        m_about->open();
    }

    void namesVersionAndLicence()
    {
        QCOMPARE(m_about->findChild<QLabel *>(u"name"_s)->text(), u"Wristkeep " WRISTKEEP_VERSION ""_s);
        auto *licence = m_about->findChild<QLabel *>(u"licence"_s);
        QVERIFY(licence->text().contains(u"GPL-3.0-or-later"_s));
        QSignalSpy asked(m_about.get(), &AboutDialog::linkActivated);
        Q_EMIT licence->linkActivated(u"https://www.gnu.org/licenses/gpl-3.0.html"_s);
        QCOMPARE(asked.first().first().toUrl().host(), u"www.gnu.org"_s);
    }

    void listsTheLibraries()
    {
        auto *list = widgetNamed<QTreeWidget>(m_about.get(), u"Libraries and their licences"_s);
        const QStringList expected{u"Qt"_s,         u"Qt Network Authorization"_s,
                                   u"SQLite"_s,     u"libsodium"_s,
                                   u"zlib"_s,       u"simdjson"_s,
                                   u"OpenSSL"_s,    u"libexpected"_s,
                                   u"QCustomPlot"_s};
        QCOMPARE(list->topLevelItemCount(), int(expected.size()));
        for (int row = 0; row < list->topLevelItemCount(); ++row) {
            QCOMPARE(list->topLevelItem(row)->text(0), expected.at(row));
            QVERIFY(!list->topLevelItem(row)->text(2).isEmpty());
        }
        QCOMPARE(list->topLevelItem(0)->text(1), QString::fromLatin1(qVersion()));
        QVERIFY(list->topLevelItem(2)->text(1).startsWith(u"3."_s));
        QVERIFY(list->topLevelItem(3)->text(1).startsWith(u"1."_s));
    }

    void theReportBlockIsCopied()
    {
        auto *copy = widgetNamed<CopyButton>(m_about.get(), u"Copy bug report details"_s);
        QVERIFY(copy != nullptr);
        copy->click();
        const QString block = QGuiApplication::clipboard()->text();
        QVERIFY(block.startsWith(u"Wristkeep " WRISTKEEP_VERSION ""_s));
        QVERIFY(block.contains(u"SQLite 3."_s));
        QVERIFY(block.contains(u"Platform offscreen"_s));
        QVERIFY(!block.contains(QDir::homePath()));
        QVERIFY(!block.contains(QSysInfo::machineHostName()));
    }

    void pictures() { takePictures(m_about.get(), u"about"_s); }

private:
    std::unique_ptr<AboutDialog> m_about;
};

} // namespace wristkeep

QTEST_MAIN(wristkeep::TestAbout)
#include "tst_about.moc"
