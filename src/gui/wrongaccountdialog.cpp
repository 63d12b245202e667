// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/wrongaccountdialog.h"

#include "ui_wrongaccountdialog.h"

#include <QPushButton>

namespace wristkeep {

WrongAccountDialog::WrongAccountDialog(const WrongAccountQuestion &question, const QString &provider,
                                       QWidget *parent)
    : QDialog(parent), m_ui(std::make_unique<Ui::WrongAccountDialog>())
{
    m_ui->setupUi(this);
    const QString &participant = question.account.participant;
    if (!question.otherParticipant.isEmpty()) {
        m_ui->text->setText(tr("The browser was signed in to %1 as user %2. That account already belongs to "
                               "participant %3.")
                                .arg(provider, question.userId, question.otherParticipant));
        m_ui->consequence->setText(
            tr("Using it for participant %1 too would keep the same data twice.").arg(participant));
    } else {
        m_ui->text->setText(
            tr("The browser was signed in to %1 as user %2, but participant %3 has been user %4 until now.")
                .arg(provider, question.userId, participant, question.expectedUserId));
        m_ui->consequence->setText(tr("Using it would mix two people's data under one participant."));
    }
    m_ui->consequence->setTextFormat(Qt::PlainText);
    QPushButton *leave =
        m_ui->buttons->addButton(tr("&Leave everything as it was"), QDialogButtonBox::RejectRole);
    QPushButton *use = m_ui->buttons->addButton(tr("&Use this account"), QDialogButtonBox::AcceptRole);
    use->setAutoDefault(false);
    leave->setDefault(true);
    connect(m_ui->buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(m_ui->buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

WrongAccountDialog::~WrongAccountDialog() = default;

} // namespace wristkeep
