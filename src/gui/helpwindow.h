// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The help: its sections on the left, the chosen one on the right. Links open the browser.

#include "gui/helptext.h"

#include <QDialog>
#include <QUrl>

#include <memory>

namespace wristkeep {

namespace Ui {
class HelpWindow;
}

class HelpWindow : public QDialog
{
    Q_OBJECT
public:
    explicit HelpWindow(QList<HelpSection> sections, QWidget *parent = nullptr);
    ~HelpWindow() override;
    void showSection(const QString &id);

Q_SIGNALS:
    void linkActivated(const QUrl &url);

private:
    std::unique_ptr<Ui::HelpWindow> m_ui;
    QList<HelpSection> m_sections;
};

} // namespace wristkeep
