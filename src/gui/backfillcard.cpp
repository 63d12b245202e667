// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/backfillcard.h"

#include "ui_backfillcard.h"

namespace wristkeep {

BackfillCard::BackfillCard(QWidget *parent) : Card(parent), m_ui(std::make_unique<Ui::BackfillCard>())
{
    m_ui->setupUi(this);
    hide();
    connect(m_ui->pauseHistory, &QPushButton::clicked, this, &BackfillCard::pauseRequested);
    connect(m_ui->resumeHistory, &QPushButton::clicked, this, &BackfillCard::resumeRequested);
    connect(m_ui->cancelHistory, &QPushButton::clicked, this, &BackfillCard::cancelRequested);
    connect(m_ui->hideHistory, &QPushButton::clicked, this, &BackfillCard::hideRequested);
}

BackfillCard::~BackfillCard() = default;

void BackfillCard::present(const BackfillView &view)
{
    m_ui->historyIcon->setTone(view.tone);
    m_ui->historyTitle->setText(view.title);
    m_ui->historySentence->setText(view.sentence);
    m_ui->historySentence->setToolTip(view.why);
    m_ui->historySentence->setAccessibleDescription(view.why);
    // Without a total it moves, as long as somebody works on it.
    m_ui->historyBar->setRange(0, view.total > 0 || view.tone == Tone::Busy ? view.total : 1);
    m_ui->historyBar->setValue(view.done);
    if (m_ui->historyCounts->text() != view.counts)
        m_ui->historyCounts->setText(view.counts);
    const QWidget *before = focusWidget();
    const bool hadFocus = before != nullptr && before->hasFocus();
    m_ui->pauseHistory->setVisible(view.mayPause);
    m_ui->resumeHistory->setVisible(view.mayResume);
    m_ui->cancelHistory->setVisible(view.mayCancel);
    m_ui->hideHistory->setVisible(view.mayHide);
    if (hadFocus && !before->isVisibleTo(this))
        keepFocus();
}

/// Whoever pressed Pause by the keyboard finds Resume in its place.
void BackfillCard::keepFocus()
{
    for (QPushButton *button : {m_ui->resumeHistory, m_ui->pauseHistory, m_ui->hideHistory}) {
        if (button->isVisibleTo(this)) {
            button->setFocus(Qt::OtherFocusReason);
            return;
        }
    }
}

} // namespace wristkeep
