// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/disconnectdialog.h"

#include "gui/wholetexts.h"
#include "ui_disconnectdialog.h"

#include <QPushButton>

namespace wristkeep {

DisconnectDialog::DisconnectDialog(const QString &provider, const QString &participant, QWidget *parent)
    : QDialog(parent), m_ui(std::make_unique<Ui::DisconnectDialog>())
{
    m_ui->setupUi(this);
    keepTextsWhole(this);
    m_ui->title->setText(tr("Disconnect %1 for participant %2?").arg(provider, participant));
    m_ui->text->setText(tr("The permission ends on every computer that uses it. Your data stays here, "
                           "and you can connect again at any time."));
    QPushButton *yes = m_ui->buttons->addButton(tr("&Disconnect"), QDialogButtonBox::AcceptRole);
    // Enter alone must not take a permission back.
    yes->setAutoDefault(false);
    m_ui->buttons->button(QDialogButtonBox::Cancel)->setDefault(true);
    connect(m_ui->buttons, &QDialogButtonBox::accepted, this, [this] {
        Q_EMIT confirmed(m_ui->keep->isChecked());
        accept();
    });
    connect(m_ui->buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

DisconnectDialog::~DisconnectDialog() = default;

} // namespace wristkeep
