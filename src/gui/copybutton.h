// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A button that copies one text and says so on itself for a moment.

#include <QPushButton>
#include <QTimer>

namespace wristkeep {

class CopyButton : public QPushButton
{
    Q_OBJECT
public:
    /// `what` completes the accessible name: "Copy callback URL".
    explicit CopyButton(const QString &what, QWidget *parent = nullptr);
    explicit CopyButton(QWidget *parent = nullptr);
    void setWhat(const QString &what);
    void setContent(const QString &text) { m_content = text; }
    [[nodiscard]] const QString &content() const { return m_content; }

private:
    void copy();
    void showCopied(bool copied);

    QString m_content;
    QString m_what;
    QTimer m_back;
};

} // namespace wristkeep
