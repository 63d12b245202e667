// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/helpwindow.h"

#include "ui_helpwindow.h"

namespace wristkeep {

HelpWindow::HelpWindow(QList<HelpSection> sections, QWidget *parent)
    : QDialog(parent), m_ui(std::make_unique<Ui::HelpWindow>()), m_sections(std::move(sections))
{
    m_ui->setupUi(this);
    resize(820, 560);
    for (const HelpSection &section : std::as_const(m_sections))
        m_ui->sections->addItem(section.title);
    connect(m_ui->sections, &QListWidget::currentRowChanged, m_ui->text, [this](int row) {
        if (row >= 0 && row < m_sections.size())
            presentMarkdown(m_ui->text, m_sections.at(row).markdown);
    });
    connect(m_ui->text, &QTextBrowser::anchorClicked, this, &HelpWindow::linkActivated);
    m_ui->sections->setCurrentRow(0);
}

HelpWindow::~HelpWindow() = default;

void HelpWindow::showSection(const QString &id)
{
    for (int row = 0; row < m_sections.size(); ++row) {
        if (m_sections.at(row).id == id)
            m_ui->sections->setCurrentRow(row);
    }
}

} // namespace wristkeep
