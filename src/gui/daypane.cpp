// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/daypane.h"

#include "core/errortexts.h"
#include "gui/daypicker.h"
#include "gui/daytable.h"
#include "gui/daywords.h"
#include "gui/heartplot.h"
#include "gui/wording.h"
#include "sync/dayqueries.h"
#include "ui_daypane.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLocale>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace wristkeep {

namespace {

/// So that the arrow beside it stays where it is from day to day.
int widestDay(const QFontMetrics &metrics)
{
    const QLocale locale;
    int weekday = 0;
    for (int day = 1; day <= 7; ++day)
        weekday = std::max(weekday, metrics.horizontalAdvance(locale.dayName(day)));
    int month = 0;
    for (int number = 1; number <= 12; ++number)
        month = std::max(month, metrics.horizontalAdvance(locale.monthName(number)));
    return weekday + month + metrics.horizontalAdvance(u", 30  2026"_s);
}

} // namespace

DayPane::DayPane(QWidget *parent)
    : Card(parent), m_ui(std::make_unique<Ui::DayPane>()), m_table(new DayTable(this)),
      m_picker(new DayPicker(this))
{
    m_ui->setupUi(this);
    m_ui->steps->setCaption(tr("Steps"));
    m_ui->resting->setCaption(tr("Resting heart rate"));
    m_ui->minutes->setCaption(tr("Minutes with heart rate"));
    m_ui->date->setMenu(m_picker);
    QSizePolicy keepsItsPlace = m_ui->syncDay->sizePolicy();
    keepsItsPlace.setRetainSizeWhenHidden(true);
    m_ui->syncDay->setSizePolicy(keepsItsPlace);
    m_ui->date->setMinimumWidth(widestDay(m_ui->date->fontMetrics()) + 40);
    prepareTable();
    connectControls();
    presentNothing();
}

DayPane::~DayPane()
{
    // The plot loses the focus while it goes, and would tell.
    if (m_plot)
        m_plot->disconnect(this);
}

void DayPane::connectControls()
{
    connect(m_ui->previous, &QPushButton::clicked, this, [this] { step(-1); });
    connect(m_ui->next, &QPushButton::clicked, this, [this] { step(1); });
    connect(m_ui->latest, &QPushButton::clicked, this, [this] {
        if (!m_days.isEmpty())
            showDay(m_days.last());
    });
    connect(m_picker, &DayPicker::picked, this, &DayPane::showDay);
    connect(m_ui->syncDay, &QPushButton::clicked, this, [this] { Q_EMIT syncDayRequested(shownDay()); });
    connect(m_ui->again, &QPushButton::clicked, this, &DayPane::reload);
    connect(m_ui->asTable, &QPushButton::clicked, this, [this] {
        m_asTable = !m_asTable;
        renewPage();
    });
    connect(m_ui->copy, &QPushButton::clicked, this, &DayPane::copyTable);
}

HeartPlot *DayPane::plot()
{
    // Made for the first day that is shown: it is the dearest part of the window, in time and in memory.
    if (!m_plot) {
        m_plot = new HeartPlot(m_ui->plotPage);
        m_plot->setObjectName(u"plot"_s);
        m_ui->plotColumn->insertWidget(0, m_plot, 1);
        setTabOrder(m_ui->asTable, m_plot);
        connect(m_plot, &HeartPlot::pointedAt, this, &DayPane::presentReadout);
    }
    return m_plot;
}

void DayPane::prepareTable()
{
    QTableView *view = m_ui->dayTable;
    view->setModel(m_table);
    view->viewport()->setAutoFillBackground(false); // the card's colour shows through
    view->verticalHeader()->hide();
    view->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    view->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 6);
    view->horizontalHeader()->setHighlightSections(false);
    const int character = fontMetrics().averageCharWidth();
    view->horizontalHeader()->resizeSection(DayTable::Time, 18 * character);
    view->horizontalHeader()->resizeSection(DayTable::HeartRate, 20 * character);
    auto *copy = new QAction(tr("Copy"), view);
    copy->setShortcut(QKeySequence::Copy);
    copy->setShortcutContext(Qt::WidgetShortcut);
    view->addAction(copy);
    view->setContextMenuPolicy(Qt::ActionsContextMenu);
    connect(copy, &QAction::triggered, this, &DayPane::copyTable);
}

void DayPane::setQueries(DayQueries *queries)
{
    if (m_queries)
        m_queries->disconnect(this);
    m_queries = queries;
    if (m_queries) {
        connect(m_queries, &DayQueries::daysRead, this, &DayPane::presentDays);
        connect(m_queries, &DayQueries::dayRead, this, &DayPane::presentDay);
        connect(m_queries, &DayQueries::failed, this, &DayPane::presentError);
    }
    reload();
}

void DayPane::setAccount(const AccountKey &account)
{
    if (account == m_account)
        return;
    m_account = account;
    m_wanted = {};
    m_days.clear();
    presentNothing();
    reload();
}

void DayPane::setToday(QDate today)
{
    m_today = today;
    renewNavigation();
}

void DayPane::showDay(QDate day)
{
    if (!day.isValid())
        return;
    m_wanted = day;
    if (m_queries)
        m_queries->askDay(m_account, day);
}

void DayPane::reload()
{
    if (!m_queries || m_account.provider.isEmpty()) {
        presentNothing();
        return;
    }
    m_queries->askDays(m_account);
}

QDate DayPane::shownDay() const
{
    return m_shown ? m_shown->day.date : QDate();
}

void DayPane::presentDays(const SyncedDays &days)
{
    if (days.account != m_account)
        return;
    m_days = days.days;
    Q_EMIT daysKnown(days);
    m_picker->setDays(m_days);
    if (!m_wanted.isValid() && m_days.isEmpty()) {
        presentNothing();
        return;
    }
    renewNavigation();
    showDay(m_wanted.isValid() ? m_wanted : m_days.last());
}

void DayPane::presentDay(const DayRecord &record)
{
    if (record.account != m_account || (m_wanted.isValid() && record.day.date != m_wanted))
        return;
    m_wanted = record.day.date;
    m_shown = record;
    const DayStateText state = dayStateInWords(record);
    m_ui->stateIcon->setTone(state.tone);
    m_ui->state->setFullText(state.text);
    m_ui->state->setToolTip(state.details);
    m_ui->state->setAccessibleDescription(state.details);
    m_ui->syncDay->setVisible(state.offersSync && !(m_today.isValid() && record.day.date > m_today));
    presentFigures(record);
    plot()->setDay(record, noHeartRateInWords(record));
    m_ui->bars->setDay(record, plot()->sides());
    m_table->setDay(record.day, record.heartRate);
    presentReadout({});
    renewNavigation();
    renewPage();
    showPage(m_ui->dayPage);
}

void DayPane::presentWaiting()
{
    m_shown.reset();
    m_ui->pages->hide();
}

void DayPane::showPage(QWidget *page)
{
    m_ui->pages->setCurrentWidget(page);
    m_ui->pages->show();
}

void DayPane::presentError(const Error &error)
{
    m_shown.reset();
    m_ui->nothingIcon->setTone(Tone::Problem);
    m_ui->nothing->setText(errorLine(error, {}));
    m_ui->again->show();
    showPage(m_ui->nothingPage);
}

void DayPane::presentNothing()
{
    m_shown.reset();
    m_ui->nothingIcon->setTone(Tone::Neutral);
    m_ui->nothing->setText(tr("Nothing synced yet. The first sync fetches yesterday."));
    m_ui->again->hide();
    showPage(m_ui->nothingPage);
}

void DayPane::presentFigures(const DayRecord &record)
{
    m_ui->steps->present(stepsInWords(record));
    m_ui->resting->present(restingHeartRateInWords(record));
    m_ui->minutes->present(heartMinutesInWords(record));
}

void DayPane::presentReadout(const QString &pointed)
{
    if (!m_shown || !pointed.isEmpty()) {
        m_ui->readout->setFullText(pointed);
        return;
    }
    const CivilDay &day = m_shown->day;
    const int hours = day.seconds / 3600;
    m_ui->readout->setFullText(day.changeUtc ? tr("%1, %2 hours: the clocks change").arg(day.zone).arg(hours)
                                             : zoneInWords(day.zone, zoneSourceName(day.source)));
}

void DayPane::renewNavigation()
{
    const QDate shown = shownDay();
    m_ui->date->setText(longDayInWords(shown));
    m_ui->date->setAccessibleName(m_ui->date->text());
    m_picker->setLast(lastDay());
    if (shown.isValid())
        m_picker->setSelected(shown);
    m_ui->next->setEnabled(!lastDay().isValid() || shown < lastDay());
    m_ui->latest->setEnabled(!m_days.isEmpty() && shown != m_days.last());
}

void DayPane::renewPage()
{
    const bool any = m_shown && !m_shown->heartRate.empty();
    const bool table = any && m_asTable;
    m_ui->asTable->setEnabled(any);
    m_ui->asTable->setText(table ? tr("Pl&ot") : tr("Ta&ble"));
    m_ui->asTable->setToolTip(table ? tr("The readings as a plot") : tr("The readings as a table"));
    m_ui->copy->setVisible(table);
    m_ui->views->setCurrentWidget(table ? m_ui->tablePage : m_ui->plotPage);
}

void DayPane::step(int days)
{
    if (!m_wanted.isValid())
        return;
    const QDate day = m_wanted.addDays(days);
    if (!lastDay().isValid() || day <= lastDay() || days < 0)
        showDay(day);
}

void DayPane::copyTable()
{
    QList<int> rows;
    const QModelIndexList selected = m_ui->dayTable->selectionModel()->selectedRows();
    for (const QModelIndex &index : selected)
        rows << index.row();
    std::sort(rows.begin(), rows.end());
    if (rows.isEmpty()) {
        for (int row = 0; row < m_table->rowCount(); ++row)
            rows << row;
    }
    QGuiApplication::clipboard()->setText(m_table->asText(rows));
}

QDate DayPane::lastDay() const
{
    const QDate newest = m_days.isEmpty() ? QDate() : m_days.last();
    return m_today.isValid() && (!newest.isValid() || m_today > newest) ? m_today : newest;
}

} // namespace wristkeep
