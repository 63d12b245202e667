// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A sentence beside the field it is about, with the symbol of its tone; takes no room while there is none.

#include "gui/statecolors.h"

#include <QPointer>
#include <QWidget>

class QLabel;

namespace wristkeep {

class StateIcon;

class Remark : public QWidget
{
    Q_OBJECT
public:
    explicit Remark(QWidget *parent = nullptr);
    /// The field it is about: a screen reader reads the sentence there.
    void setField(QWidget *field) { m_field = field; }
    /// An empty text hides it.
    void say(Tone tone, const QString &text);
    void clear() { say(Tone::Neutral, {}); }
    [[nodiscard]] QString text() const;
    [[nodiscard]] Tone tone() const;

private:
    StateIcon *m_icon;
    QLabel *m_text;
    QPointer<QWidget> m_field;
};

} // namespace wristkeep
