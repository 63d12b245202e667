// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A quiet panel that groups what belongs together: the palette's base colour, rounded, with a hairline.

#include <QFrame>

namespace wristkeep {

class Card : public QFrame
{
    Q_OBJECT
public:
    explicit Card(QWidget *parent = nullptr);

protected:
    void paintEvent(QPaintEvent *event) override;
};

} // namespace wristkeep
