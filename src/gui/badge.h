// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A short word in a rounded outline, e.g. "Demo".

#include <QLabel>

namespace wristkeep {

class Badge : public QLabel
{
    Q_OBJECT
public:
    explicit Badge(QWidget *parent = nullptr);

protected:
    void paintEvent(QPaintEvent *event) override;
};

} // namespace wristkeep
