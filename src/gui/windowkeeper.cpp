// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/windowkeeper.h"

#include "gui/closepolicy.h"

#include <QApplication>
#include <QEvent>
#include <QTimer>

#include <chrono>

namespace wristkeep {

namespace {

// Long enough for a window manager to hand the focus over, short enough to be felt as an answer.
constexpr std::chrono::milliseconds focusPatience{700};

} // namespace

WindowKeeper::WindowKeeper(QWidget *window, QObject *parent) : QObject(parent), m_window(window)
{
    window->installEventFilter(this);
}

void WindowKeeper::setTray(bool available)
{
    const bool lost = m_tray && !available;
    m_tray = available;
    if (!m_window || m_ending)
        return;
    // A window hidden in a tray that is gone could not be reached any more.
    if (lost && !m_window->isVisible())
        m_window->showMinimized();
    // At login the tray often comes after the programs that want into it.
    if (available && m_outOfTheWay && m_window->isMinimized())
        m_window->hide();
}

void WindowKeeper::setSchedule(bool on)
{
    m_schedule = on;
}

void WindowKeeper::start(bool hidden)
{
    m_outOfTheWay = hidden;
    if (!hidden)
        m_window->show();
    else if (!m_tray)
        m_window->showMinimized();
}

void WindowKeeper::open()
{
    if (!m_window || m_ending)
        return;
    m_outOfTheWay = false;
    m_window->setWindowState(m_window->windowState() & ~Qt::WindowMinimized);
    m_window->show();
    m_window->raise();
    m_window->activateWindow();
    QTimer::singleShot(focusPatience, m_window, [window = m_window.data()] {
        if (!QApplication::activeWindow())
            QApplication::alert(window);
    });
}

void WindowKeeper::toggle()
{
    if (m_tray && m_window && m_window->isVisible() && m_window->isActiveWindow())
        m_window->hide();
    else
        open();
}

void WindowKeeper::quit()
{
    if (m_ending)
        return;
    end();
    if (m_window)
        m_window->close();
}

void WindowKeeper::end()
{
    m_ending = true;
    Q_EMIT quitting();
}

bool WindowKeeper::eventFilter(QObject *watched, QEvent *event)
{
    if (watched != m_window || event->type() != QEvent::Close)
        return QObject::eventFilter(watched, event);
    switch (closeAnswer({m_tray, m_schedule, m_ending || qGuiApp->isSavingSession()})) {
    case CloseAnswer::Hide:
        event->ignore();
        m_window->hide();
        Q_EMIT hidden();
        return true;
    case CloseAnswer::Minimise:
        event->ignore();
        m_window->showMinimized();
        return true;
    case CloseAnswer::Quit:
        if (!m_ending)
            end();
        break;
    }
    return QObject::eventFilter(watched, event);
}

} // namespace wristkeep
