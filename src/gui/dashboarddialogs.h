// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The questions and details over the dashboard; none of them stops the program while it is open.

#include "core/datatype.h"
#include "gui/connectiondetails.h"
#include "sync/syncworker.h"

#include <QObject>
#include <QPointer>

namespace wristkeep {

class DashboardModel;

class DashboardDialogs : public QObject
{
    Q_OBJECT
public:
    /// `window` is what the dialogs belong to.
    DashboardDialogs(DashboardModel *model, QWidget *window);

public Q_SLOTS:
    void askDisconnect();
    void askWrongAccount(const wristkeep::WrongAccountQuestion &question);
    void showDetails();
    /// Offers to widen the permission for a kind of data it does not cover.
    void askForPermission(const wristkeep::DataType &type);

private:
    DashboardModel *m_model;
    QWidget *m_window;
    QPointer<ConnectionDetails> m_details;
};

} // namespace wristkeep
