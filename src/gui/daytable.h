// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The plot's twin: every reading of a day as a row, for screen readers, for copying, and for the exact value.

#include "core/dayrecord.h"

#include <QAbstractTableModel>

namespace wristkeep {

class DayTable : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column : int { Time, HeartRate, ColumnCount };

    explicit DayTable(QObject *parent = nullptr);

    void setDay(const CivilDay &day, const std::vector<Sample> &samples);
    /// Tab-separated with a heading, the rows in this order; as spreadsheets take it.
    [[nodiscard]] QString asText(const QList<int> &rows) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                      int role = Qt::DisplayRole) const override;

private:
    [[nodiscard]] QString text(int row, int column) const;

    CivilDay m_day;
    std::vector<Sample> m_samples;
};

} // namespace wristkeep
