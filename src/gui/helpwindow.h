// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The help: topics on the left, the chosen one on the right, and a search over all of them. Links open the
// browser or the file manager.

#include "gui/helptext.h"

#include <QDialog>
#include <QUrl>

#include <memory>

namespace wristkeep {

namespace Ui {
class HelpWindow;
}

class HelpWindow : public QDialog
{
    Q_OBJECT
public:
    explicit HelpWindow(QList<HelpSection> sections, QWidget *parent = nullptr);
    ~HelpWindow() override;
    /// By id, e.g. "troubleshooting"; it clears a search that hides it.
    void showSection(const QString &id);

Q_SIGNALS:
    void linkActivated(const QUrl &url);

protected:
    /// Links keep the palette's colour when it changes.
    void changeEvent(QEvent *event) override;

private:
    void onTopicChanged();
    void onSearchChanged();
    void present();
    void highlight();
    /// The next hit, in the next topic that has one after the last; from the end it begins again.
    void goToNext(bool backwards);
    [[nodiscard]] int rowAfter(int row, bool backwards) const;

    std::unique_ptr<Ui::HelpWindow> m_ui;
    QList<HelpSection> m_sections;
    QStringList m_plain; ///< what is read, without Markdown's signs
    int m_shown = -1;
};

} // namespace wristkeep
