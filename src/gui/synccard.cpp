// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/synccard.h"

#include "ui_synccard.h"

#include <QSignalBlocker>

namespace wristkeep {

SyncCard::SyncCard(QWidget *parent) : Card(parent), m_ui(std::make_unique<Ui::SyncCard>())
{
    m_ui->setupUi(this);
    // Whoever picks a day means that day.
    connect(m_ui->day, &QDateEdit::dateChanged, m_ui->oneDay, [this] { m_ui->oneDay->setChecked(true); });
}

SyncCard::~SyncCard() = default;

void SyncCard::setTitles(const DataTitles &titles)
{
    m_titles = titles;
}

void SyncCard::present(const DashboardFacts &facts, bool mayChoose, qint64 nowUtc, QDate today)
{
    {
        // Moving the limits with the calendar is not a choice.
        const QSignalBlocker quiet(m_ui->day);
        const bool fresh = m_ui->yesterday->isChecked();
        m_ui->day->setMaximumDate(today);
        if (fresh)
            m_ui->day->setDate(today.addDays(-1));
    }
    for (QWidget *choice : {static_cast<QWidget *>(m_ui->yesterday), static_cast<QWidget *>(m_ui->oneDay),
                            static_cast<QWidget *>(m_ui->day)})
        choice->setEnabled(mayChoose);

    m_ui->running->setVisible(facts.syncing);
    if (facts.syncing) {
        // A range of 0 to 0 shows movement while the plan is being made.
        m_ui->bar->setRange(0, facts.progress.total);
        m_ui->bar->setValue(facts.progress.done);
        m_ui->progress->setFullText(progressInWords(facts.progress));
    }
    presentResult(facts, nowUtc);
}

QDate SyncCard::chosenDay() const
{
    return m_ui->oneDay->isChecked() ? m_ui->day->date() : QDate();
}

void SyncCard::presentResult(const DashboardFacts &facts, qint64 nowUtc)
{
    ReportText text;
    if (facts.report) {
        text = reportInWords(*facts.report, m_titles, facts.provider, nowUtc);
    } else if (facts.status && facts.status->lastRunUtc && !facts.status->lastRunText.isEmpty()) {
        text.tone = Tone::Neutral;
        text.title = tr("Last result, %1").arg(instantInWords(*facts.status->lastRunUtc, nowUtc));
        text.details << facts.status->lastRunText;
    }
    m_ui->result->setVisible(!facts.syncing && !text.title.isEmpty());
    m_ui->icon->setTone(text.tone);
    m_ui->title->setText(text.title);
    m_ui->details->setText(text.details.join(QLatin1Char('\n')));
    m_ui->details->setVisible(!text.details.isEmpty());
}

} // namespace wristkeep
