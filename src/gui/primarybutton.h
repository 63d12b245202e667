// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The one button a state asks for: filled with the palette's accent, the text readable on it at 4.5:1,
// which a style's own gradient would not promise.

#include <QPushButton>

namespace wristkeep {

class PrimaryButton : public QPushButton
{
    Q_OBJECT
public:
    explicit PrimaryButton(QWidget *parent = nullptr);
    /// As any other button: a way out where something else is asked for.
    void setQuiet(bool quiet);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    bool m_quiet = false;
};

} // namespace wristkeep
