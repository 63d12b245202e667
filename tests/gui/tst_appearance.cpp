// SPDX-License-Identifier: GPL-3.0-or-later
// Light and dark can be read, and the desktop's own look comes back.

#include "gui/appearance.h"
#include "gui/statecolors.h"

#include <QApplication>
#include <QStyle>
#include <QTest>

using namespace wristkeep;
using namespace Qt::StringLiterals;

class TestAppearance : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void textsCanBeRead_data()
    {
        QTest::addColumn<Appearance>("appearance");
        QTest::addColumn<QPalette::ColorRole>("text");
        QTest::addColumn<QPalette::ColorRole>("ground");
        const QList<std::tuple<const char *, QPalette::ColorRole, QPalette::ColorRole>> pairs{
            {"window", QPalette::WindowText, QPalette::Window},
            {"field", QPalette::Text, QPalette::Base},
            {"second row", QPalette::Text, QPalette::AlternateBase},
            {"button", QPalette::ButtonText, QPalette::Button},
            {"tooltip", QPalette::ToolTipText, QPalette::ToolTipBase},
            {"selection", QPalette::HighlightedText, QPalette::Highlight},
            {"placeholder", QPalette::PlaceholderText, QPalette::Base},
            {"link", QPalette::Link, QPalette::Base},
            {"link in a window", QPalette::Link, QPalette::Window},
            {"visited link", QPalette::LinkVisited, QPalette::Base}};
        for (const auto &[name, text, ground] : pairs) {
            QTest::addRow("light %s", name) << Appearance::Light << text << ground;
            QTest::addRow("dark %s", name) << Appearance::Dark << text << ground;
        }
    }

    void textsCanBeRead()
    {
        QFETCH(Appearance, appearance);
        QFETCH(QPalette::ColorRole, text);
        QFETCH(QPalette::ColorRole, ground);
        const QPalette palette = paletteOf(appearance);
        const double contrast = contrastRatio(palette.color(text), palette.color(ground));
        QVERIFY2(contrast >= 4.5, qPrintable(QString::number(contrast)));
    }

    void whatIsDisabledCanStillBeMadeOut()
    {
        for (const Appearance appearance : {Appearance::Light, Appearance::Dark}) {
            const QPalette palette = paletteOf(appearance);
            const QColor faint = palette.color(QPalette::Disabled, QPalette::WindowText);
            QVERIFY(contrastRatio(faint, palette.color(QPalette::Window)) >= 2.5);
            QVERIFY(faint != palette.color(QPalette::Active, QPalette::WindowText));
        }
    }

    void lightAndDarkAreWhatTheySay()
    {
        QVERIFY(paletteOf(Appearance::Light).color(QPalette::Window).lightnessF() > 0.9F);
        QVERIFY(paletteOf(Appearance::Dark).color(QPalette::Window).lightnessF() < 0.2F);
    }

    void theDesktopsLookComesBack()
    {
        const QString style = QApplication::style()->objectName();
        const QColor window = QApplication::palette().color(QPalette::Window);
        AppearanceSwitch appearance;
        appearance.apply(Appearance::Dark);
        QCOMPARE(QApplication::style()->objectName(), u"fusion"_s);
        QCOMPARE(QApplication::palette().color(QPalette::Window),
                 paletteOf(Appearance::Dark).color(QPalette::Window));
        appearance.apply(Appearance::Light);
        QCOMPARE(QApplication::palette().color(QPalette::Window),
                 paletteOf(Appearance::Light).color(QPalette::Window));
        appearance.apply(Appearance::System);
        QCOMPARE(QApplication::style()->objectName(), style);
        QCOMPARE(QApplication::palette().color(QPalette::Window), window);
    }
};

QTEST_MAIN(TestAppearance)
#include "tst_appearance.moc"
