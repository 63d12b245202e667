// SPDX-License-Identifier: GPL-3.0-or-later
// The floor of the window's figures: what Qt itself needs to show a main window of that size with nothing in
// it.

#include <QApplication>
#include <QLabel>
#include <QMainWindow>

int main(int argc, char **argv)
{
    const QApplication application(argc, argv);
    QMainWindow window;
    if (argc > 1)
        window.setCentralWidget(new QLabel(QStringLiteral("Status: Connected")));
    window.resize(900, 600);
    window.show();
    return QApplication::exec();
}
