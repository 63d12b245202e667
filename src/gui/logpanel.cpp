// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/logpanel.h"

#include "gui/logdetails.h"
#include "gui/resultdelegate.h"
#include "gui/synclogmodel.h"
#include "ui_logpanel.h"

#include <QAction>
#include <QClipboard>
#include <QDir>
#include <QFileDialog>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLocale>
#include <QScrollBar>
#include <QSignalBlocker>
#include <QStandardPaths>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace wristkeep {

namespace {

/// A text a column has room for; the message gets what is left.
QString sampleOf(int column)
{
    switch (column) {
    case SyncLogModel::Time:
        return u"2026-11-23 00:00:00"_s;
    case SyncLogModel::Participant:
        return u"participant"_s;
    case SyncLogModel::Data:
        return u"Heart rate, ever"_s;
    case SyncLogModel::Day:
        return u"2026-11-23"_s;
    case SyncLogModel::Result:
        return cellStateName(CellState::NotPermitted) + u"  ww"_s; // and its symbol
    default:
        return u"888.8 kB"_s;
    }
}

LogLevel levelAt(int index)
{
    return index == 2 ? LogLevel::Problem : index == 1 ? LogLevel::Warning : LogLevel::Info;
}

} // namespace

LogPanel::LogPanel(QWidget *parent) : QWidget(parent), m_ui(std::make_unique<Ui::LogPanel>())
{
    m_ui->setupUi(this);
    buildTable();
    connect(m_ui->filter, &QLineEdit::textChanged, this, &LogPanel::renewFilter);
    connect(m_ui->level, &QComboBox::currentIndexChanged, this, &LogPanel::renewFilter);
    connect(m_ui->newest, &QPushButton::clicked, this, &LogPanel::goToNewest);
    connect(m_ui->details, &QPushButton::clicked, this, &LogPanel::showDetails);
    connect(m_ui->copy, &QPushButton::clicked, this, &LogPanel::copy);
    connect(m_ui->save, &QPushButton::clicked, this, &LogPanel::save);
    connect(m_ui->clear, &QPushButton::clicked, this, &LogPanel::clear);
}

LogPanel::~LogPanel() = default;

void LogPanel::buildTable()
{
    // Before the table hears of it, which would scroll to the row it makes current in place of a removed one.
    connect(&m_shown, &QAbstractItemModel::rowsAboutToBeRemoved, this,
            [this](const QModelIndex &, int, int last) {
                QItemSelectionModel *selection = m_ui->table->selectionModel();
                if (selection->currentIndex().isValid() && selection->currentIndex().row() <= last)
                    selection->setCurrentIndex({}, QItemSelectionModel::NoUpdate);
            });
    m_ui->table->setModel(&m_shown);
    m_ui->table->verticalHeader()->hide();
    m_ui->table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_ui->table->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 8);
    m_ui->table->horizontalHeader()->setHighlightSections(false);
    m_ui->table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_ui->table->setItemDelegateForColumn(SyncLogModel::Result, new ResultDelegate(this));
    connect(m_ui->table, &QAbstractItemView::activated, this, &LogPanel::showDetails);
    auto *copying = new QAction(m_ui->table);
    copying->setShortcut(QKeySequence::Copy);
    copying->setShortcutContext(Qt::WidgetShortcut);
    m_ui->table->addAction(copying);
    connect(copying, &QAction::triggered, this, &LogPanel::copy);
    const QScrollBar *bar = m_ui->table->verticalScrollBar();
    connect(bar, &QScrollBar::valueChanged, this, &LogPanel::onScrolled);
    connect(bar, &QScrollBar::rangeChanged, this, &LogPanel::onRangeChanged);
}

void LogPanel::setModel(SyncLogModel *model)
{
    m_model = model;
    connect(&m_shown, &QAbstractItemModel::rowsInserted, this,
            [this](const QModelIndex &, int first, int last) { onRowsInserted(first, last); });
    connect(&m_shown, &QAbstractItemModel::rowsRemoved, this,
            [this](const QModelIndex &, int first, int last) { onRowsRemoved(first, last); });
    connect(&m_shown, &QAbstractItemModel::modelReset, this, [this] {
        m_follows = true;
        onRowsChanged();
    });
    m_shown.setLog(model);
    QHeaderView *header = m_ui->table->horizontalHeader();
    for (int column = 0; column < SyncLogModel::ColumnCount; ++column)
        header->resizeSection(column, fontMetrics().horizontalAdvance(sampleOf(column)) + 16);
    header->setSectionResizeMode(SyncLogModel::Message, QHeaderView::Stretch);
    setSeveralParticipants(false);
}

void LogPanel::setSeveralParticipants(bool several)
{
    m_ui->table->setColumnHidden(SyncLogModel::Participant, !several);
}

void LogPanel::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (std::exchange(m_wasShown, true))
        return;
    // Its symbol makes Qt read a whole icon theme, which no start should wait for.
    m_ui->filter->setClearButtonEnabled(true);
    Q_EMIT firstShown();
}

void LogPanel::onScrolled()
{
    const QScrollBar *bar = m_ui->table->verticalScrollBar();
    if (!m_keeping)
        m_follows = bar->value() == bar->maximum();
    presentNewest();
}

void LogPanel::onRangeChanged()
{
    // New rows make the way longer some time after they came.
    if (m_follows)
        m_ui->table->verticalScrollBar()->setValue(m_ui->table->verticalScrollBar()->maximum());
    presentNewest();
}

void LogPanel::onRowsInserted(int first, int last)
{
    if (first == 0 && last + 1 < m_shown.rowCount())
        keepInPlace(last + 1);
    onRowsChanged();
}

void LogPanel::onRowsRemoved(int first, int last)
{
    keepInPlace(first - last - 1);
    onRowsChanged();
}

void LogPanel::keepInPlace(int rowsAbove)
{
    // What is being read stays where it is when rows come or go above it.
    if (m_follows)
        return;
    QScrollBar *bar = m_ui->table->verticalScrollBar();
    const int wanted = bar->value() + rowsAbove * m_ui->table->verticalHeader()->defaultSectionSize();
    m_keeping = true;
    if (wanted > bar->maximum())
        bar->setMaximum(wanted); // the table lays itself out later
    bar->setValue(wanted);
    m_keeping = false;
}

void LogPanel::onRowsChanged()
{
    const int rows = m_shown.rowCount();
    const int all = m_model->rowCount();
    m_ui->pages->setCurrentWidget(rows == 0 ? m_ui->emptyPage : m_ui->tablePage);
    m_ui->empty->setText(
        all == 0 ? tr("What each sync does is listed here, request by request.")
        : m_shown.isCleared()
            ? tr("The list was cleared. Show again brings the lines back; the log file keeps them.")
            : tr("No line holds all of these words at this level."));
    const QLocale locale;
    m_ui->count->setText(rows == all ? tr("%1 lines").arg(locale.toString(rows))
                                     : tr("%1 of %2 lines").arg(locale.toString(rows), locale.toString(all)));
    m_ui->clear->setText(m_shown.isCleared() ? tr("Show again") : tr("Clear"));
    m_ui->clear->setToolTip(m_shown.isCleared()
                                ? tr("Brings back the lines that were cleared.")
                                : tr("Hides the lines that are here now. The log file keeps them."));
    m_ui->clear->setEnabled(rows > 0 || m_shown.isCleared());
    for (QWidget *one : {m_ui->copy, m_ui->save, m_ui->details})
        one->setEnabled(rows > 0);
    if (m_follows)
        m_ui->table->scrollToBottom();
    presentNewest();
}

void LogPanel::renewFilter()
{
    m_shown.setFilter(m_ui->filter->text(), levelAt(m_ui->level->currentIndex()));
}

void LogPanel::goToNewest()
{
    m_follows = true;
    m_ui->table->setCurrentIndex(m_shown.index(m_shown.rowCount() - 1, SyncLogModel::Message));
    m_ui->table->scrollToBottom();
    m_ui->table->setFocus();
    presentNewest();
}

void LogPanel::presentNewest()
{
    const QScrollBar *bar = m_ui->table->verticalScrollBar();
    m_ui->newest->setVisible(m_shown.rowCount() > 0 && bar->value() < bar->maximum());
}

QList<LogEntry> LogPanel::chosenEntries() const
{
    QModelIndexList rows = m_ui->table->selectionModel()->selectedRows();
    if (rows.isEmpty())
        return m_shown.entries();
    std::sort(rows.begin(), rows.end(),
              [](const QModelIndex &a, const QModelIndex &b) { return a.row() < b.row(); });
    QList<LogEntry> entries;
    for (const QModelIndex &row : std::as_const(rows))
        entries << m_shown.entry(row.row());
    return entries;
}

void LogPanel::copy()
{
    QGuiApplication::clipboard()->setText(
        QString::fromUtf8(logAsText(chosenEntries(), m_model->titles(), LogFormat::Tabs)));
}

void LogPanel::save()
{
    auto *dialog = new QFileDialog(this, tr("Save the sync log"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDirectory(QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation));
    dialog->setNameFilters({tr("Table with commas (*.csv)"), tr("Text with tabs (*.txt *.tsv)")});
    dialog->setDefaultSuffix(u"csv"_s);
    dialog->selectFile(u"wristkeep-log.csv"_s);
    connect(dialog, &QFileDialog::fileSelected, this, &LogPanel::saveTo);
    dialog->open();
}

void LogPanel::saveTo(const QString &path)
{
    const LogFormat format =
        path.endsWith(u".csv"_s, Qt::CaseInsensitive) ? LogFormat::Commas : LogFormat::Tabs;
    Q_EMIT saveRequested(path, [entries = m_shown.entries(), titles = m_model->titles(), format] {
        return logAsText(entries, titles, format);
    });
}

void LogPanel::clear()
{
    if (m_shown.isCleared())
        m_shown.undoClear();
    else
        m_shown.clear();
}

void LogPanel::showDetails()
{
    const QModelIndex current = m_ui->table->currentIndex();
    const int row = current.isValid() ? current.row() : m_shown.rowCount() - 1;
    if (row < 0)
        return;
    auto *dialog = new LogDetails(m_shown.entry(row), m_model->titles(), this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

} // namespace wristkeep
