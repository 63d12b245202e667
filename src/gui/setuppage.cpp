// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/setuppage.h"

#include "gui/helptext.h"
#include "ui_setuppage.h"

namespace wristkeep {

SetupPage::SetupPage(QWidget *parent) : Card(parent), m_ui(std::make_unique<Ui::SetupPage>())
{
    m_ui->setupUi(this);
    // The card's colour shows through.
    m_ui->text->viewport()->setAutoFillBackground(false);
    connect(m_ui->text, &QTextBrowser::anchorClicked, this, &SetupPage::linkActivated);
}

SetupPage::~SetupPage() = default;

void SetupPage::setText(const QString &markdown)
{
    presentMarkdown(m_ui->text, markdown);
}

} // namespace wristkeep
