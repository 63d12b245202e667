// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// One line of text that never widens its place: too long a text is shortened, in the middle unless told
// otherwise, and the whole of it is in the tool tip and the accessible name.

#include <QLabel>

namespace wristkeep {

class ElidedLabel : public QLabel
{
    Q_OBJECT
public:
    explicit ElidedLabel(QWidget *parent = nullptr);
    void setFullText(const QString &text);
    void setElideMode(Qt::TextElideMode mode);
    [[nodiscard]] bool isElided() const;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void renewToolTip();

    Qt::TextElideMode m_mode = Qt::ElideMiddle;
};

} // namespace wristkeep
