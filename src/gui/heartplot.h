// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A day's heart rate over the clock on the wall. Gaps are gaps. Pointing at it, or Left and Right while it
// has the focus, picks a reading; Home and End the first and the last, Escape none.

#include "core/dayrecord.h"

#include <QWidget>

#include <memory>

class QLabel;

namespace wristkeep {

/// Readings that belong to one line: it breaks where more than five minutes are missing.
std::vector<std::vector<Sample>> stretchesOf(const std::vector<Sample> &samples);

class HeartPlot : public QWidget
{
    Q_OBJECT
public:
    explicit HeartPlot(QWidget *parent = nullptr);
    ~HeartPlot() override;

    /// `instead` stands there when the day has no heart rate.
    void setDay(const DayRecord &record, const QString &instead);
    /// The reading picked by mouse or keyboard.
    [[nodiscard]] std::optional<Sample> pointed() const;
    /// Left and right of the axis, for what is to stand in line with it.
    [[nodiscard]] QMargins sides() const;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    /// "13:05  72 bpm", "13:05  no reading"; empty: at nothing.
    void pointedAt(const QString &text);

protected:
    void changeEvent(QEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void applyColors();
    void arrange();
    void describe();
    void pointAtX(int x);
    void pointAt(std::optional<size_t> index);
    void redrawPointer();

    struct Parts;
    std::unique_ptr<Parts> m_parts;
    DayRecord m_record;
    std::optional<size_t> m_pointed; ///< index into m_record.heartRate
};

} // namespace wristkeep
