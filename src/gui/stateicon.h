// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The symbol that goes with a state's word: drawn, so that it is sharp at every scale and follows the
// palette.

#include "gui/statecolors.h"

#include <QIcon>
#include <QWidget>

class QPainter;

namespace wristkeep {

/// Check mark, exclamation mark, cross, three dots or ring in a disc of the tone's colour.
void paintToneSymbol(QPainter &painter, const QRectF &place, Tone tone, const QPalette &palette);

/// The same as an icon for item views.
QIcon toneIcon(Tone tone, const QPalette &palette, int side, qreal devicePixelRatio);

class StateIcon : public QWidget
{
    Q_OBJECT
public:
    explicit StateIcon(QWidget *parent = nullptr);
    void setTone(Tone tone);
    [[nodiscard]] Tone tone() const { return m_tone; }
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Tone m_tone = Tone::Neutral;
};

} // namespace wristkeep
