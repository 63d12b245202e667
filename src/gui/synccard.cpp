// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/synccard.h"

#include "gui/planwords.h"
#include "ui_synccard.h"

#include <QSignalBlocker>

#include <utility>

using namespace Qt::StringLiterals;

namespace wristkeep {

namespace {

/// Before the first Fitbit there is nothing to ask for.
const QDate firstEver(2008, 1, 1);

/// "16 to 22 November 2026"; empty when the dates stand there anyway.
QString daysMeant(DayChoice::Which which, QDate today)
{
    if (!today.isValid())
        return {};
    switch (which) {
    case DayChoice::Yesterday:
        return dayInWords(today.addDays(-1));
    case DayChoice::TodaySoFar:
        return dayInWords(today);
    case DayChoice::LastWeek:
        return daysInWords(firstOfLastWeek(today), today.addDays(-1));
    case DayChoice::OneDay:
    case DayChoice::Range:
        break;
    }
    return {};
}

} // namespace

SyncCard::SyncCard(QWidget *parent) : Card(parent), m_ui(std::make_unique<Ui::SyncCard>())
{
    m_ui->setupUi(this);
    m_ui->running->hide();
    m_ui->result->hide();
    m_ui->foretold->hide();
    for (QDateEdit *edit : {m_ui->first, m_ui->last})
        edit->setMinimumDate(firstEver);
    connect(m_ui->days, &QComboBox::currentIndexChanged, this, &SyncCard::presentDates);
    connect(m_ui->first, &QDateEdit::dateChanged, this, &SyncCard::onFirstChanged);
    connect(m_ui->cancel, &QPushButton::clicked, this, &SyncCard::cancelRequested);
    connect(m_ui->types, &SyncTypesButton::permissionMissing, this, &SyncCard::permissionMissing);
    connect(m_ui->showLog, &QPushButton::clicked, this, &SyncCard::logRequested);
    connect(m_ui->history, &QPushButton::clicked, this, &SyncCard::historyRequested);
    connect(m_ui->days, &QComboBox::currentIndexChanged, this, &SyncCard::choiceChanged);
    for (const QDateEdit *edit : {m_ui->first, m_ui->last})
        connect(edit, &QDateEdit::dateChanged, this, &SyncCard::choiceChanged);
    connect(m_ui->types, &SyncTypesButton::chosen, this, &SyncCard::choiceChanged);
    presentDates();
}

SyncCard::~SyncCard() = default;

void SyncCard::setTypes(const QList<DataType> &types)
{
    m_types = types;
    m_titles.clear();
    for (const DataType &type : types)
        m_titles.insert(type.id, type.title);
    m_ui->types->setTypes(types);
}

void SyncCard::present(const DashboardFacts &facts, bool mayChoose, qint64 nowUtc, QDate today)
{
    if (m_today != today) {
        const bool fresh = !m_today.isValid();
        m_today = today;
        for (QDateEdit *edit : {m_ui->first, m_ui->last})
            edit->setMaximumDate(today);
        // Later the days a person has chosen stay as they are, also over midnight.
        if (fresh || days().which < DayChoice::OneDay) {
            m_ui->first->setDate(today.addDays(-1));
            m_ui->last->setDate(today.addDays(-1));
        }
        presentDates();
    }
    for (QWidget *choice : {static_cast<QWidget *>(m_ui->days), static_cast<QWidget *>(m_ui->dates),
                            static_cast<QWidget *>(m_ui->types)})
        choice->setEnabled(mayChoose);
    m_ui->types->setGranted(facts.status ? facts.status->granted : QStringList());
    m_ui->history->setEnabled(mayChoose);
    suggest(facts.goesOnFrom);
    presentProgress(facts);
    presentResult(facts, nowUtc);
}

void SyncCard::suggest(QDate first)
{
    const DayChoice before =
        std::exchange(m_suggested, DayChoice{DayChoice::Range, first, m_today.addDays(-1)});
    const bool isIn = first != before.first;
    if (!isIn && m_suggested.last == before.last)
        return;
    // What nobody has touched follows the account's days: another zone or a midnight moves its end.
    const DayChoice now = days();
    const bool untouched = now.last == before.last || isIn;
    if (now.which == DayChoice::Range && before.first.isValid() && now.first == before.first && untouched)
        m_ui->days->setCurrentIndex(DayChoice::Yesterday);
    if (!first.isValid() || first >= m_suggested.last || days().which != DayChoice::Yesterday)
        return;
    m_ui->days->setCurrentIndex(DayChoice::Range);
    m_ui->first->setDate(first);
    m_ui->last->setDate(m_suggested.last);
}

void SyncCard::presentLogShown(bool shown)
{
    m_ui->showLog->setChecked(shown);
}

SyncRequest SyncCard::wish() const
{
    return requestFor(days(), m_ui->types->choice(), m_types, m_today);
}

void SyncCard::presentEstimate(const std::optional<PlanEstimate> &plan, qint64 nowUtc)
{
    if (plan)
        m_ui->foretold->say(planInWords(*plan, nowUtc), planDetailsInWords(*plan, m_titles, nowUtc));
    m_ui->foretold->setVisible(plan.has_value());
}

void SyncCard::presentNoEstimate(const QString &reason)
{
    m_ui->foretold->say(tr("What it takes cannot be told beforehand"), {reason});
    m_ui->foretold->show();
}

void SyncCard::presentReckoning()
{
    m_ui->foretold->say(tr("Working out what it takes…"), {});
    m_ui->foretold->show();
}

const DataChoice &SyncCard::data() const
{
    return m_ui->types->choice();
}

DayChoice SyncCard::days() const
{
    return {DayChoice::Which(m_ui->days->currentIndex()), m_ui->first->date(), m_ui->last->date()};
}

void SyncCard::presentDates()
{
    const DayChoice::Which which = days().which;
    const bool range = which == DayChoice::Range;
    m_ui->dates->setVisible(range || which == DayChoice::OneDay);
    m_ui->to->setVisible(range);
    m_ui->last->setVisible(range);
    const QString meant = daysMeant(which, m_today);
    m_ui->meant->setText(meant);
    m_ui->meant->setVisible(!meant.isEmpty());
    m_ui->first->setAccessibleName(range ? tr("First day") : tr("Day"));
    onFirstChanged(m_ui->first->date());
}

void SyncCard::presentProgress(const DashboardFacts &facts)
{
    m_ui->running->setVisible(facts.syncing);
    if (!facts.syncing)
        return;
    // A range of 0 to 0 shows movement while the plan is being made.
    m_ui->bar->setRange(0, facts.progress.total);
    m_ui->bar->setValue(facts.progress.done);
    m_ui->progress->setText(progressInWords(facts.progress));
    m_ui->cancel->setEnabled(!facts.cancelling);
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
    const QString details = text.details.join(u'\n');
    m_ui->result->setVisible(!facts.syncing && !text.title.isEmpty());
    m_ui->icon->setTone(text.tone);
    m_ui->title->setText(text.title);
    m_ui->details->setTexts(details, text.nextStep);
    m_ui->details->setVisible(!details.isEmpty());
}

void SyncCard::onFirstChanged(QDate first)
{
    // A range that ends before it begins cannot be chosen: its end goes along.
    m_ui->last->setMinimumDate(days().which == DayChoice::Range ? first : firstEver);
}

} // namespace wristkeep
