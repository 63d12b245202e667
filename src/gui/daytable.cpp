// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/daytable.h"

#include "gui/daywords.h"

#include <QLocale>

using namespace Qt::StringLiterals;

namespace wristkeep {

DayTable::DayTable(QObject *parent) : QAbstractTableModel(parent) {}

void DayTable::setDay(const CivilDay &day, const std::vector<Sample> &samples)
{
    if (day == m_day && samples == m_samples) // a selection outlives a sync that brought nothing
        return;
    beginResetModel();
    m_day = day;
    m_samples = samples;
    endResetModel();
}

QString DayTable::asText(const QList<int> &rows) const
{
    const auto line = [](const QString &time, const QString &value) { return time + u'\t' + value + u'\n'; };
    QString text =
        line(headerData(Time, Qt::Horizontal).toString(), headerData(HeartRate, Qt::Horizontal).toString());
    for (const int row : rows)
        text += line(this->text(row, Time), this->text(row, HeartRate));
    return text;
}

int DayTable::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_samples.size());
}

int DayTable::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QVariant DayTable::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    switch (role) {
    case Qt::DisplayRole:
        return text(index.row(), index.column());
    case Qt::TextAlignmentRole:
        return int(index.column() == HeartRate ? Qt::AlignRight : Qt::AlignLeft) | int(Qt::AlignVCenter);
    default:
        return {};
    }
}

QVariant DayTable::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return QAbstractTableModel::headerData(section, orientation, role);
    if (role == Qt::TextAlignmentRole)
        return int(section == HeartRate ? Qt::AlignRight : Qt::AlignLeft) | int(Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    return section == HeartRate ? tr("Heart rate (bpm)") : tr("Time");
}

QString DayTable::text(int row, int column) const
{
    const Sample &sample = m_samples[size_t(row)];
    if (column == Time)
        return wallTimeInWords(m_day, sample.t);
    return QLocale().toString(sample.v, 'g', QLocale::FloatingPointShortest);
}

} // namespace wristkeep
