// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A registration that takes several pages at the provider, told page by page: Back and Next, and a button
// for each thing to copy.

#include "gui/setupform.h"

#include <QWidget>

class QLabel;
class QPushButton;
class QStackedWidget;

namespace wristkeep {

class SetupWalk : public QWidget
{
    Q_OBJECT
public:
    explicit SetupWalk(QWidget *parent = nullptr);

    void present(const QList<SetupStep> &steps);
    [[nodiscard]] int step() const;

public Q_SLOTS:
    /// Counted from 0; others than there are are ignored.
    void show(int step);

Q_SIGNALS:
    void linkActivated(const QUrl &url);

protected:
    /// A label keeps the colour its link was first drawn in.
    void changeEvent(QEvent *event) override;

private:
    QWidget *pageOf(const SetupStep &step);
    QLabel *linkOf(const SetupStep &step, QWidget *page);
    void refresh();

    QList<SetupStep> m_steps;
    QList<QLabel *> m_links;
    QLabel *m_title;
    QStackedWidget *m_pages;
    QPushButton *m_back;
    QPushButton *m_next;
};

} // namespace wristkeep
