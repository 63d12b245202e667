// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The top of the window: the state in one sentence, its symbol, its one primary button, and the participant
// chooser, which is hidden while there is just one.

#include "gui/card.h"
#include "gui/dashboardview.h"
#include "sync/syncworker.h"

#include <memory>

namespace wristkeep {

namespace Ui {
class StatusStrip;
}

class StatusStrip : public Card
{
    Q_OBJECT
public:
    explicit StatusStrip(QWidget *parent = nullptr);
    ~StatusStrip() override;

    void present(const DashboardView &view, bool demo);
    void presentParticipants(const QList<ParticipantEntry> &participants, const QString &chosen);

Q_SIGNALS:
    void actionRequested(wristkeep::PrimaryAction action);
    void participantChosen(const QString &id);
    void manageRequested();

private:
    void addParticipant(const ParticipantEntry &entry);

    std::unique_ptr<Ui::StatusStrip> m_ui;
    PrimaryAction m_action = PrimaryAction::None;
    bool m_focusGiven = false;
};

} // namespace wristkeep
