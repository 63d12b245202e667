// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Name, version, licence, the libraries with theirs, and a block to paste into a bug report. Shown by open().

#include <QDialog>
#include <QUrl>

#include <memory>

namespace wristkeep {

namespace Ui {
class AboutDialog;
}

class AboutDialog : public QDialog
{
    Q_OBJECT
public:
    explicit AboutDialog(QWidget *parent = nullptr);
    ~AboutDialog() override;

    /// Versions and system; no path, no name of a person, no setting.
    static QString reportBlock();

Q_SIGNALS:
    void linkActivated(const QUrl &url);

protected:
    /// A label keeps the colour its link was first drawn in.
    void changeEvent(QEvent *event) override;

private:
    void showLicence();

    std::unique_ptr<Ui::AboutDialog> m_ui;
};

} // namespace wristkeep
