// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A text of as many lines as there is room for. Where it has to be shortened, what it ends with stays whole:
// what to do next is worth more than the rest of the reason. All of it is in the tool tip.

#include <QLabel>

namespace wristkeep {

class FittedText : public QLabel
{
    Q_OBJECT
public:
    explicit FittedText(QWidget *parent = nullptr);
    /// `ending`: what `text` ends with; may be empty.
    void setTexts(const QString &text, const QString &ending);
    /// The lines as they are painted.
    [[nodiscard]] QStringList shownLines() const;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    [[nodiscard]] QStringList linesOf(const QString &text) const;

    QString m_ending;
};

} // namespace wristkeep
