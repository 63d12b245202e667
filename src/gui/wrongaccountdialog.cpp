// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/wrongaccountdialog.h"

#include "core/ids.h"
#include "gui/wholetexts.h"
#include "ui_wrongaccountdialog.h"

#include <QPushButton>

namespace wristkeep {

WrongAccountDialog::WrongAccountDialog(const WrongAccountQuestion &question, const QString &provider,
                                       QWidget *parent)
    : QDialog(parent), m_ui(std::make_unique<Ui::WrongAccountDialog>())
{
    m_ui->setupUi(this);
    keepTextsWhole(this);
    const QString &participant = question.account.participant;
    m_ui->text->setText(whoText(question, provider));
    if (question.otherParticipant.isEmpty())
        m_ui->consequence->setText(tr("Using it would mix two people's data under one participant."));
    else
        m_ui->consequence->setText(
            tr("Using it for participant %1 too would keep the same data twice.").arg(participant));
    m_ui->consequence->setTextFormat(Qt::PlainText);
    QPushButton *leave =
        m_ui->buttons->addButton(tr("&Leave everything as it was"), QDialogButtonBox::RejectRole);
    QPushButton *use = m_ui->buttons->addButton(tr("&Use this account"), QDialogButtonBox::AcceptRole);
    use->setAutoDefault(false);
    leave->setDefault(true);
    connect(m_ui->buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(m_ui->buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
}

QString WrongAccountDialog::whoText(const WrongAccountQuestion &question, const QString &provider)
{
    const QString &participant = question.account.participant;
    const QString &other = question.otherParticipant;
    const QString came = tr("The browser was signed in to %1 as user %2").arg(provider, question.userId);
    if (question.earlierService.isEmpty()) {
        if (!other.isEmpty())
            return tr("%1. That account already belongs to participant %2.").arg(came, other);
        if (participant == defaultParticipant())
            return tr("%1, but until now it was user %2.").arg(came, question.expectedUserId);
        return tr("%1, but participant %2 has been user %3 until now.")
            .arg(came, participant, question.expectedUserId);
    }
    const QString was =
        tr("%1. That account was user %2 at %3").arg(came, question.earlierUserId, question.earlierService);
    if (!other.isEmpty())
        return tr("%1, and belongs to participant %2.").arg(was, other);
    if (participant == defaultParticipant())
        return tr("%1, but the data kept here is that of user %2.").arg(was, question.expectedUserId);
    return tr("%1, but participant %2 has been user %3 there.")
        .arg(was, participant, question.expectedUserId);
}

WrongAccountDialog::~WrongAccountDialog() = default;

} // namespace wristkeep
