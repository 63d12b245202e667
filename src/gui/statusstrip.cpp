// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/statusstrip.h"

#include "ui_statusstrip.h"

#include <QSignalBlocker>

namespace wristkeep {

StatusStrip::StatusStrip(QWidget *parent) : Card(parent), m_ui(std::make_unique<Ui::StatusStrip>())
{
    m_ui->setupUi(this);
    QFont large = font();
    large.setPointSizeF(large.pointSizeF() * 1.4);
    large.setBold(true);
    m_ui->status->setFont(large);
    m_ui->demo->hide();
    presentParticipants({}, {});
    connect(m_ui->action, &QPushButton::clicked, this, [this] { Q_EMIT actionRequested(m_action); });
    connect(m_ui->manage, &QPushButton::clicked, this, &StatusStrip::manageRequested);
    connect(m_ui->participant, &QComboBox::currentIndexChanged, this, [this](int index) {
        m_ui->participant->setToolTip(m_ui->participant->itemData(index, Qt::ToolTipRole).toString());
        Q_EMIT participantChosen(m_ui->participant->itemData(index).toString());
    });
}

StatusStrip::~StatusStrip() = default;

void StatusStrip::present(const DashboardView &view, bool demo)
{
    m_action = view.action;
    m_ui->icon->setTone(view.tone);
    m_ui->status->setText(view.status);
    m_ui->sentence->setText(view.sentence);
    m_ui->demo->setVisible(demo);
    m_ui->action->setText(view.actionText);
    m_ui->action->setQuiet(view.actionIsQuiet);
    m_ui->action->setEnabled(view.actionEnabled && view.action != PrimaryAction::None);
    // Until now nothing could be pressed, and the focus went to whatever came first.
    if (!m_focusGiven && m_ui->action->isEnabled() && !view.showsSetup) {
        m_focusGiven = true;
        m_ui->action->setFocus(Qt::OtherFocusReason);
    }
    m_ui->participant->setEnabled(view.mayChoose);
    m_ui->manage->setEnabled(view.mayChoose);
}

void StatusStrip::presentParticipants(const QList<ParticipantEntry> &participants, const QString &chosen)
{
    const QSignalBlocker quiet(m_ui->participant);
    m_ui->participant->clear();
    for (const ParticipantEntry &entry : participants)
        addParticipant(entry);
    m_ui->participant->setCurrentIndex(m_ui->participant->findData(chosen));
    m_ui->participant->setToolTip(m_ui->participant->currentData(Qt::ToolTipRole).toString());
    m_ui->participant->setVisible(participants.size() > 1);
    m_ui->manage->setVisible(participants.size() > 1);
}

void StatusStrip::addParticipant(const ParticipantEntry &entry)
{
    const QString name = entry.name.isEmpty() ? entry.id : entry.name;
    const int room = m_ui->participant->maximumWidth() - 40;
    m_ui->participant->addItem(m_ui->participant->fontMetrics().elidedText(name, Qt::ElideRight, room),
                               entry.id);
    const int row = m_ui->participant->count() - 1;
    m_ui->participant->setItemData(row, name, Qt::ToolTipRole);
    m_ui->participant->setItemData(row, name, Qt::AccessibleTextRole);
}

} // namespace wristkeep
