// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Draws a log row's symbol before its result word.

#include <QStyledItemDelegate>

namespace wristkeep {

class ResultDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;

protected:
    void initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const override;
};

} // namespace wristkeep
