// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// One figure of a day: a caption, the number at twice the text size, and a line beneath.

#include "gui/daywords.h"

#include <QWidget>

class QLabel;

namespace wristkeep {

class ElidedLabel;

class DayFigure : public QWidget
{
    Q_OBJECT
public:
    explicit DayFigure(QWidget *parent = nullptr);

    void setCaption(const QString &caption);
    void present(const FigureText &figure);
    [[nodiscard]] QString value() const;
    [[nodiscard]] QString note() const;

protected:
    void changeEvent(QEvent *event) override;

private:
    void applyPalette();

    QLabel *m_caption;
    QLabel *m_value;
    ElidedLabel *m_note;
};

} // namespace wristkeep
