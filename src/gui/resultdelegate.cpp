// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/resultdelegate.h"

#include "gui/stateicon.h"
#include "gui/synclogmodel.h"

namespace wristkeep {

namespace {
constexpr int symbolSide = 14;
}

void ResultDelegate::initStyleOption(QStyleOptionViewItem *option, const QModelIndex &index) const
{
    QStyledItemDelegate::initStyleOption(option, index);
    const auto tone = Tone(index.data(SyncLogModel::ToneRole).toInt());
    const qreal ratio = option->widget != nullptr ? option->widget->devicePixelRatioF() : 1.0;
    option->features |= QStyleOptionViewItem::HasDecoration;
    option->decorationSize = QSize(symbolSide, symbolSide);
    option->icon = toneIcon(tone, option->palette, symbolSide, ratio);
}

} // namespace wristkeep
