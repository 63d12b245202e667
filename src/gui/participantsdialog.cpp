// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/participantsdialog.h"

#include "core/errortexts.h"
#include "core/ids.h"
#include "gui/remark.h"
#include "ui_participantsdialog.h"

#include <QHeaderView>
#include <QMessageBox>
#include <QPushButton>
#include <QSignalBlocker>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace wristkeep {

ParticipantsDialog::ParticipantsDialog(const QString &provider, QWidget *parent)
    : QDialog(parent), m_ui(std::make_unique<Ui::ParticipantsDialog>()), m_provider(provider)
{
    m_ui->setupUi(this);
    resize(640, 440);
    m_ui->newRemark->setField(m_ui->newId);
    m_ui->list->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_ui->list->header()->setSectionResizeMode(1, QHeaderView::Stretch);
    connect(m_ui->list, &QTreeWidget::currentItemChanged, this, &ParticipantsDialog::onSelected);
    connect(m_ui->newId, &QLineEdit::textChanged, this, &ParticipantsDialog::onNewIdChanged);
    connect(m_ui->name, &QLineEdit::textChanged, this, &ParticipantsDialog::refreshButtons);
    connect(m_ui->add, &QPushButton::clicked, this, &ParticipantsDialog::onAdd);
    connect(m_ui->rename, &QPushButton::clicked, this, &ParticipantsDialog::onRename);
    connect(m_ui->remove, &QPushButton::clicked, this, &ParticipantsDialog::askRemove);
    connect(m_ui->close, &QPushButton::clicked, this, &QDialog::reject);
    for (QLineEdit *field : {m_ui->newId, m_ui->newName})
        connect(field, &QLineEdit::returnPressed, m_ui->add, &QPushButton::click);
    connect(m_ui->name, &QLineEdit::returnPressed, m_ui->rename, &QPushButton::click);
    refreshButtons();
}

ParticipantsDialog::~ParticipantsDialog() = default;

void ParticipantsDialog::setParticipants(const QList<ParticipantEntry> &participants)
{
    const QString before = m_toSelect.isEmpty() ? selected().id : m_toSelect;
    m_participants = participants;
    {
        const QSignalBlocker quiet(m_ui->list);
        m_ui->list->clear();
        for (const ParticipantEntry &entry : participants) {
            auto *row = new QTreeWidgetItem(m_ui->list, {entry.id, entry.name});
            row->setToolTip(0, entry.id);
            row->setToolTip(1, entry.name);
        }
    }
    select(before);
    onSelected();
    onNewIdChanged();
}

void ParticipantsDialog::select(const QString &id)
{
    qsizetype row = 0;
    for (qsizetype i = 0; i < m_participants.size(); ++i) {
        if (sameParticipant(m_participants.at(i).id, id)) {
            row = i;
            m_toSelect.clear();
        }
    }
    if (!m_participants.isEmpty())
        m_ui->list->setCurrentItem(m_ui->list->topLevelItem(int(row)));
}

ParticipantEntry ParticipantsDialog::selected() const
{
    const int row = m_ui->list->indexOfTopLevelItem(m_ui->list->currentItem());
    return row >= 0 && row < m_participants.size() ? m_participants.at(row) : ParticipantEntry{};
}

void ParticipantsDialog::onSelected()
{
    const ParticipantEntry entry = selected();
    m_ui->selectedHeading->setText(entry.id.isEmpty() ? tr("Nobody selected")
                                                      : tr("Selected: %1").arg(entry.id));
    m_ui->name->setText(entry.name);
    refreshButtons();
}

void ParticipantsDialog::onNewIdChanged()
{
    const QString id = m_ui->newId->text();
    const bool taken =
        std::any_of(m_participants.begin(), m_participants.end(),
                    [&id](const ParticipantEntry &entry) { return sameParticipant(entry.id, id); });
    const Outcome valid = checkParticipantId(id);
    if (id.isEmpty())
        m_ui->newRemark->clear();
    else if (!valid)
        m_ui->newRemark->say(Tone::Problem, valid.error().detail);
    else if (taken)
        m_ui->newRemark->say(Tone::Problem,
                             tr("There is already a participant with this id; capitals make no difference."));
    else
        m_ui->newRemark->say(Tone::Good, tr("This id is free."));
    m_ui->add->setEnabled(valid.has_value() && !taken);
}

void ParticipantsDialog::refreshButtons()
{
    const ParticipantEntry entry = selected();
    m_ui->name->setEnabled(!entry.id.isEmpty());
    m_ui->rename->setEnabled(!entry.id.isEmpty() && m_ui->name->text().simplified() != entry.name);
    // Somebody has to be there to connect.
    m_ui->remove->setEnabled(!entry.id.isEmpty() && m_participants.size() > 1);
    m_ui->remove->setToolTip(m_participants.size() > 1
                                 ? QString()
                                 : tr("The only participant cannot be removed. Add another first."));
}

void ParticipantsDialog::onAdd()
{
    const QString id = m_ui->newId->text();
    const QString name = m_ui->newName->text().simplified();
    m_toSelect = id;
    m_ui->newId->clear();
    m_ui->newName->clear();
    m_ui->result->clear();
    Q_EMIT addRequested(id, name);
}

void ParticipantsDialog::onRename()
{
    m_ui->result->clear();
    Q_EMIT renameRequested(selected().id, m_ui->name->text().simplified());
}

void ParticipantsDialog::askRemove()
{
    const QString id = selected().id;
    auto *question = new QMessageBox(QMessageBox::Question, tr("Remove participant"),
                                     tr("Remove participant %1?").arg(id), QMessageBox::Cancel, this);
    question->setAttribute(Qt::WA_DeleteOnClose);
    question->setTextFormat(Qt::PlainText);
    question->setInformativeText(
        tr("Wristkeep takes the permission back at %1 and forgets the tokens. Files and rows "
           "stay where they are, and are found again when the id is added again.")
            .arg(m_provider));
    QPushButton *yes = question->addButton(tr("&Remove"), QMessageBox::DestructiveRole);
    // Enter alone must not take a permission back.
    yes->setAutoDefault(false);
    question->setDefaultButton(QMessageBox::Cancel);
    connect(yes, &QPushButton::clicked, this, [this, id] {
        m_ui->result->clear();
        Q_EMIT removeRequested(id);
    });
    question->open();
}

void ParticipantsDialog::presentDone(const QString &sentence)
{
    m_ui->result->say(Tone::Good, sentence);
}

void ParticipantsDialog::presentError(const Error &error)
{
    m_ui->result->say(Tone::Problem, errorLine(error, m_provider));
}

} // namespace wristkeep
