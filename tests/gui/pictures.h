// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// For tests of single widgets: finding them as a screen reader does, and pictures for the eye.

#include <QAccessible>
#include <QString>
#include <QWidget>

namespace wristkeep {

/// What a screen reader calls it.
inline QString spokenName(QWidget *widget)
{
    QAccessibleInterface *speaker = QAccessible::queryAccessibleInterface(widget);
    return speaker == nullptr ? QString() : speaker->text(QAccessible::Name);
}

/// The widget of that type and spoken name; null when there is none.
template<typename Widget>
Widget *widgetNamed(const QWidget *parent, const QString &name)
{
    const QList<Widget *> all = parent->findChildren<Widget *>();
    for (Widget *one : all) {
        if (spokenName(one) == name)
            return one;
    }
    return nullptr;
}

/// Light and dark, into the folder WRISTKEEP_PICTURES names; nothing without it.
void takePictures(QWidget *widget, const QString &name);

} // namespace wristkeep
