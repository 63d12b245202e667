// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/wholetexts.h"

#include <QEvent>
#include <QLayout>
#include <QWidget>

namespace wristkeep {

namespace {

class HeightKeeper : public QObject
{
public:
    using QObject::QObject;

    bool eventFilter(QObject *watched, QEvent *event) override
    {
        auto *window = qobject_cast<QWidget *>(watched);
        const bool mayWrapAnew = event->type() == QEvent::Resize || event->type() == QEvent::LayoutRequest;
        if (mayWrapAnew && window != nullptr && window->layout() != nullptr)
            window->setMinimumHeight(window->layout()->totalHeightForWidth(window->width()));
        return QObject::eventFilter(watched, event);
    }
};

} // namespace

void keepTextsWhole(QWidget *window)
{
    window->installEventFilter(new HeightKeeper(window));
}

} // namespace wristkeep
