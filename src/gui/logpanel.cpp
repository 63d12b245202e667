// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/logpanel.h"

#include "gui/resultdelegate.h"
#include "gui/synclogmodel.h"
#include "ui_logpanel.h"

#include <QHeaderView>
#include <QLocale>
#include <QScrollBar>

namespace wristkeep {

namespace {

/// Widths in characters, so that they follow the font.
int widthOf(int column)
{
    switch (column) {
    case SyncLogModel::Time:
        return 9;
    case SyncLogModel::Participant:
        return 10;
    case SyncLogModel::Data:
        return 18;
    case SyncLogModel::Day:
        return 11;
    case SyncLogModel::Result:
        return 14;
    default:
        return 9;
    }
}

} // namespace

LogPanel::LogPanel(QWidget *parent) : Card(parent), m_ui(std::make_unique<Ui::LogPanel>())
{
    m_ui->setupUi(this);
    // The card's colour shows through.
    m_ui->table->viewport()->setAutoFillBackground(false);
    m_ui->table->verticalHeader()->hide();
    m_ui->table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    m_ui->table->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 8);
    m_ui->table->horizontalHeader()->setHighlightSections(false);
    m_ui->table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_ui->table->setItemDelegateForColumn(SyncLogModel::Result, new ResultDelegate(this));
}

LogPanel::~LogPanel() = default;

void LogPanel::setModel(SyncLogModel *model)
{
    m_model = model;
    m_ui->table->setModel(model);
    QHeaderView *header = m_ui->table->horizontalHeader();
    const int character = fontMetrics().averageCharWidth();
    for (int column = 0; column < SyncLogModel::ColumnCount; ++column)
        header->resizeSection(column, widthOf(column) * character + 16);
    header->setSectionResizeMode(SyncLogModel::Message, QHeaderView::Stretch);
    connect(model, &QAbstractItemModel::rowsAboutToBeInserted, this, &LogPanel::onRowsAboutToBeInserted);
    connect(model, &QAbstractItemModel::rowsInserted, this, &LogPanel::onRowsChanged);
    connect(model, &QAbstractItemModel::modelReset, this, &LogPanel::onRowsChanged);
    setSeveralParticipants(false);
    onRowsChanged();
}

void LogPanel::setSeveralParticipants(bool several)
{
    m_ui->table->setColumnHidden(SyncLogModel::Participant, !several);
}

void LogPanel::onRowsAboutToBeInserted()
{
    const QScrollBar *bar = m_ui->table->verticalScrollBar();
    m_follows = bar->value() == bar->maximum();
}

void LogPanel::onRowsChanged()
{
    const int rows = m_model->rowCount();
    m_ui->pages->setCurrentWidget(rows == 0 ? m_ui->emptyPage : m_ui->tablePage);
    m_ui->count->setText(rows == 0 ? QString() : tr("%1 lines").arg(QLocale().toString(rows)));
    if (m_follows)
        m_ui->table->scrollToBottom();
}

} // namespace wristkeep
