// SPDX-License-Identifier: GPL-3.0-or-later
// The floor of the window's figures: what Qt itself needs to show a main window of that size with nothing in
// it.

#include <QApplication>
#include <QMainWindow>

int main(int argc, char **argv)
{
    const QApplication application(argc, argv);
    QMainWindow window;
    window.resize(900, 600);
    window.show();
    return QApplication::exec();
}
