// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Steps by hour, in line with the heart rate above. An hour without readings has no bar; one with none of the
// steps has a line on the ground.

#include "core/dayrecord.h"

#include <QWidget>

namespace wristkeep {

class StepsBars : public QWidget
{
    Q_OBJECT
public:
    explicit StepsBars(QWidget *parent = nullptr);

    /// `sides`: what to leave free left and right. Hides itself where no hourly steps are known.
    void setDay(const DayRecord &record, const QMargins &sides);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    [[nodiscard]] QRectF barOf(const HourlySteps &hour) const;
    [[nodiscard]] QString inWords(const HourlySteps &hour) const;

    DayRecord m_record;
    QMargins m_sides;
    double m_most = 1;
};

} // namespace wristkeep
