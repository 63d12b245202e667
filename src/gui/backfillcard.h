// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// How the chosen account's backfill stands, with what can be done about it.

#include "gui/backfillview.h"
#include "gui/card.h"

#include <memory>

namespace wristkeep {

namespace Ui {
class BackfillCard;
}

class BackfillCard : public Card
{
    Q_OBJECT
public:
    explicit BackfillCard(QWidget *parent = nullptr);
    ~BackfillCard() override;

    void present(const BackfillView &view);

Q_SIGNALS:
    void pauseRequested();
    void resumeRequested();
    void cancelRequested();
    void hideRequested();

private:
    void keepFocus();

    std::unique_ptr<Ui::BackfillCard> m_ui;
};

} // namespace wristkeep
