// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/pictures.h"

#include <QApplication>
#include <QDir>
#include <QStyle>
#include <QStyleFactory>
#include <QTest>

using namespace Qt::StringLiterals;

namespace wristkeep {

namespace {

QPalette darkColors()
{
    QPalette dark(QColor(0x2b, 0x2d, 0x30), QColor(0x2b, 0x2d, 0x30));
    dark.setColor(QPalette::Base, QColor(0x1e, 0x1f, 0x22));
    dark.setColor(QPalette::AlternateBase, QColor(0x26, 0x28, 0x2b));
    dark.setColor(QPalette::Highlight, QColor(0x2f, 0x7f, 0xd0));
    dark.setColor(QPalette::HighlightedText, Qt::white);
    dark.setColor(QPalette::Link, QColor(0x6c, 0xb2, 0xff));
    for (const QPalette::ColorRole role :
         {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::BrightText}) {
        dark.setColor(role, QColor(0xe6, 0xe6, 0xe6));
        dark.setColor(QPalette::Disabled, role, QColor(0x84, 0x86, 0x8a));
    }
    dark.setColor(QPalette::PlaceholderText, QColor(0x84, 0x86, 0x8a));
    return dark;
}

} // namespace

void takePictures(QWidget *widget, const QString &name)
{
    const QString folder = qEnvironmentVariable("WRISTKEEP_PICTURES");
    if (folder.isEmpty())
        return;
    QDir().mkpath(folder);
    QApplication::setStyle(QStyleFactory::create(u"Fusion"_s));
    const QPalette light = QApplication::style()->standardPalette();
    for (const auto &[shade, palette] : {std::pair(u"light"_s, light), std::pair(u"dark"_s, darkColors())}) {
        QApplication::setPalette(palette);
        QTest::qWait(50);
        QVERIFY(widget->grab().save(QDir(folder).filePath(u"%1-%2.png"_s.arg(name, shade))));
    }
    QApplication::setPalette(light);
}

} // namespace wristkeep
