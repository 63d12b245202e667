// SPDX-License-Identifier: GPL-3.0-or-later

// Renders every state of the window, light and dark, into a folder: showstates FOLDER [NAME-PART].
// For the eye: at 900x600, or as large as the state needs, and the same at twice the scale.

#include "gui/stage.h"

#include <QApplication>
#include <QDialog>
#include <QDir>
#include <QStyleFactory>
#include <QTest>
#include <QTextStream>

using namespace Qt::StringLiterals;
using namespace wristkeep;

namespace {

QPalette darkPalette()
{
    QPalette dark(QColor(0x2b, 0x2d, 0x30), QColor(0x2b, 0x2d, 0x30));
    dark.setColor(QPalette::Base, QColor(0x1e, 0x1f, 0x22));
    dark.setColor(QPalette::AlternateBase, QColor(0x26, 0x28, 0x2b));
    dark.setColor(QPalette::Highlight, QColor(0x2f, 0x7f, 0xd0));
    dark.setColor(QPalette::HighlightedText, Qt::white);
    dark.setColor(QPalette::Link, QColor(0x6c, 0xb2, 0xff));
    for (const QPalette::ColorRole role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText,
                                           QPalette::ToolTipText, QPalette::BrightText}) {
        dark.setColor(role, QColor(0xe6, 0xe6, 0xe6));
        dark.setColor(QPalette::Disabled, role, QColor(0x84, 0x86, 0x8a));
    }
    dark.setColor(QPalette::ToolTipBase, QColor(0x3a, 0x3c, 0x40));
    dark.setColor(QPalette::PlaceholderText, QColor(0x84, 0x86, 0x8a));
    return dark;
}

void save(QWidget *widget, const QString &path)
{
    if (!widget->grab().save(path + u".png"_s))
        QTextStream(stderr) << "cannot write " << path << '\n';
    QPixmap sharp(widget->size() * 2);
    sharp.setDevicePixelRatio(2);
    widget->render(&sharp);
    if (!sharp.save(path + u"@2x.png"_s))
        QTextStream(stderr) << "cannot write " << path << '\n';
}

} // namespace

int main(int argc, char *argv[])
{
    QApplication application(argc, argv);
    QApplication::setStyle(QStyleFactory::create(u"Fusion"_s));
    const QStringList arguments = QApplication::arguments();
    if (arguments.size() < 2) {
        QTextStream(stderr) << "showstates FOLDER [NAME-PART]\n";
        return 2;
    }
    const QDir folder(arguments.at(1));
    folder.mkpath(u"."_s);
    const QPalette light = QApplication::palette();
    const QList<Scene> scenes = allScenes();
    for (const auto &[name, palette] : {std::pair(u"light"_s, light), std::pair(u"dark"_s, darkPalette())}) {
        QApplication::setPalette(palette);
        for (const Scene &scene : scenes) {
            if (arguments.size() > 2 && !scene.name.contains(arguments.at(2)))
                continue;
            Stage stage(scene.setting);
            stage.window->show();
            scene.play(stage);
            QTest::qWait(120);
            const QList<QDialog *> dialogs = stage.window->findChildren<QDialog *>();
            QWidget *shown = dialogs.isEmpty() ? static_cast<QWidget *>(stage.window.get()) : dialogs.first();
            save(shown, folder.filePath(scene.name + u'-' + name));
        }
    }
    return 0;
}
