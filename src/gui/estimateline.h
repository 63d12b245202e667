// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What a sync would cost, in a line; the details are in its tool tip and its accessible description, and come
// up by Space or a click, too.

#include <QLabel>

namespace wristkeep {

class EstimateLine : public QLabel
{
    Q_OBJECT
public:
    explicit EstimateLine(QWidget *parent = nullptr);
    void say(const QString &line, const QStringList &details);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void showDetails();
};

} // namespace wristkeep
