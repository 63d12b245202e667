// SPDX-License-Identifier: GPL-3.0-or-later

// What holds in every state: it fits the small window, is named as it reads, and each mnemonic is there once.

#include "gui/stage.h"

#include <QAction>
#include <QApplication>
#include <QDialog>
#include <QLabel>
#include <QMenuBar>
#include <QPushButton>
#include <QScopeGuard>
#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace wristkeep {

namespace {

void addSceneRows()
{
    QTest::addColumn<Scene>("scene");
    const QList<Scene> scenes = allScenes();
    for (const Scene &scene : scenes)
        QTest::newRow(qPrintable(scene.name)) << scene;
}

} // namespace

namespace {

/// The text of a label of this window that has less height than its lines need; empty: there is none.
QString cutOff(const QWidget &window)
{
    const QList<QLabel *> labels = window.findChildren<QLabel *>();
    for (const QLabel *label : labels) {
        if (label->isVisible() && label->wordWrap() && label->window() == &window &&
            label->height() < label->heightForWidth(label->width()))
            return label->text();
    }
    return {};
}

} // namespace

class TestWindowStates : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everyStateFitsTheSmallWindow_data() { addSceneRows(); }
    void everyStateFitsTheSmallWindow();
    void noDialogCutsItsTextsOff_data() { addSceneRows(); }
    void noDialogCutsItsTextsOff();
    void aNarrowerLogRowKeepsItsLines();
    void everyButtonIsNamedAsItReads_data() { addSceneRows(); }
    void everyButtonIsNamedAsItReads();
    void mnemonicsAreUnique_data() { addSceneRows(); }
    void mnemonicsAreUnique();
};

void TestWindowStates::everyStateFitsTheSmallWindow()
{
    QFETCH(Scene, scene);
    Stage stage(scene.setting);
    stage.window->show();
    scene.play(stage);
    QTest::qWait(20);
    if (!scene.roomy)
        QCOMPARE(stage.window->size(), QSize(900, 600));
    const QSize least = stage.window->minimumSizeHint();
    QVERIFY2(least.width() <= 900 && least.height() <= (scene.roomy ? 768 : 600),
             qPrintable(u"%1 x %2"_s.arg(least.width()).arg(least.height())));
    QTRY_COMPARE(cutOff(*stage.window), QString());
}

void TestWindowStates::noDialogCutsItsTextsOff()
{
    QFETCH(Scene, scene);
    const QFont usual = QApplication::font();
    const auto back = qScopeGuard([&usual] { QApplication::setFont(usual); });
    for (const double factor : {1.0, 1.1, 1.25, 1.5}) {
        QFont font = usual;
        font.setPointSizeF(usual.pointSizeF() * factor);
        QApplication::setFont(font);
        Stage stage(scene.setting);
        stage.window->show();
        scene.play(stage);
        const QDialog *dialog = stage.dialog();
        if (dialog == nullptr)
            return;
        // The heights come by queued events, once the widths are known.
        const bool whole = QTest::qWaitFor([dialog] { return cutOff(*dialog).isEmpty(); }, 2000);
        QVERIFY2(whole, qPrintable(u"%1 times the size: %2"_s.arg(factor).arg(cutOff(*dialog))));
    }
}

void TestWindowStates::aNarrowerLogRowKeepsItsLines()
{
    const QList<Scene> scenes = allScenes();
    const auto scene = std::find_if(scenes.begin(), scenes.end(),
                                    [](const Scene &one) { return one.name == "33-log-details"_L1; });
    QVERIFY(scene != scenes.end());
    Stage stage(scene->setting);
    stage.window->show();
    scene->play(stage);
    QDialog *dialog = stage.dialog();
    QVERIFY(dialog);
    QTest::qWait(20);
    dialog->resize(dialog->minimumSizeHint().width(), dialog->height());
    QTest::qWait(20);
    const auto *request = dialog->findChild<QLabel *>(u"request"_s);
    QVERIFY(request && request->isVisible());
    QVERIFY2(request->height() >= request->heightForWidth(request->width()),
             qPrintable(u"%1 of %2"_s.arg(request->height()).arg(request->heightForWidth(request->width()))));
}

void TestWindowStates::everyButtonIsNamedAsItReads()
{
    QFETCH(Scene, scene);
    Stage stage(scene.setting);
    stage.window->show();
    scene.play(stage);
    QTest::qWait(20);
    const QList<QWidget *> widgets = stage.window->findChildren<QWidget *>();
    int buttons = 0;
    for (QWidget *widget : widgets) {
        if (!widget->isVisible())
            continue;
        const auto *button = qobject_cast<QPushButton *>(widget);
        if (button != nullptr) {
            ++buttons;
            // Of several alike the name goes on: "Copy callback URL".
            const QString text = button->text().remove(u'&');
            const QString name = Stage::accessibleName(widget);
            QVERIFY2(name == text || name.startsWith(text + u' '), qPrintable(name));
            QVERIFY2(button->width() >= button->minimumSizeHint().width(), qPrintable(button->text()));
        }
        const bool reachable = (widget->focusPolicy() & Qt::TabFocus) != 0 &&
                               widget->focusProxy() == nullptr &&
                               widget->objectName() != "qt_scrollarea_viewport"_L1;
        if (reachable && !widget->objectName().startsWith("qt_"_L1))
            QVERIFY2(!Stage::accessibleName(widget).isEmpty(), qPrintable(widget->objectName()));
    }
    QVERIFY(buttons > 0);
}

void TestWindowStates::mnemonicsAreUnique()
{
    QFETCH(Scene, scene);
    Stage stage(scene.setting);
    stage.window->show();
    scene.play(stage);
    QWidget *root = stage.dialog();
    if (root == nullptr)
        root = stage.window.get();
    QStringList seen;
    const auto take = [&seen](const QString &text) {
        const QString key = QKeySequence::mnemonic(text).toString();
        if (key.isEmpty())
            return true;
        const bool fresh = !seen.contains(key);
        seen << key;
        return fresh;
    };
    const QList<QWidget *> widgets = root->findChildren<QWidget *>();
    for (const QWidget *widget : widgets) {
        if (!widget->isVisible() || widget->window() != root)
            continue;
        if (const auto *button = qobject_cast<const QAbstractButton *>(widget))
            QVERIFY2(take(button->text()), qPrintable(button->text()));
        if (const auto *label = qobject_cast<const QLabel *>(widget);
            label != nullptr && label->buddy() != nullptr)
            QVERIFY2(take(label->text()), qPrintable(label->text()));
        if (const auto *menu = qobject_cast<const QMenuBar *>(widget)) {
            const QList<QAction *> actions = menu->actions();
            for (const QAction *action : actions)
                QVERIFY2(take(action->text()), qPrintable(action->text()));
        }
    }
}

} // namespace wristkeep

QTEST_MAIN(wristkeep::TestWindowStates)
#include "tst_windowstates.moc"
