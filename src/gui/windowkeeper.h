// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Decides for the main window what closing means, and brings it back. The window itself knows nothing of it.

#include <QObject>
#include <QPointer>
#include <QWidget>

namespace wristkeep {

class WindowKeeper : public QObject
{
    Q_OBJECT
public:
    explicit WindowKeeper(QWidget *window, QObject *parent = nullptr);

    void setTray(bool available);
    void setSchedule(bool on);

public Q_SLOTS:
    /// Shows the window, or with `hidden` leaves it out of the way: in the tray, else minimised.
    void start(bool hidden);
    /// In front of everything, as far as the desktop allows; else it asks for attention.
    void open();
    /// Puts a window that is in front away, and brings any other to the front.
    void toggle();
    /// Ends the program, whatever closing means.
    void quit();

Q_SIGNALS:
    /// Closed by the person, and still there: in the tray.
    void hidden();
    /// Once. The program may end everything under way.
    void quitting();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void end();

    QPointer<QWidget> m_window;
    bool m_tray = false;
    bool m_schedule = false;
    bool m_ending = false;
    bool m_outOfTheWay = false; ///< started hidden and not opened since
};

} // namespace wristkeep
