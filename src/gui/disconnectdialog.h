// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Asks before a disconnect: the permission ends on every computer, unless it is to be kept. Shown by open().

#include <QDialog>

#include <memory>

namespace wristkeep {

namespace Ui {
class DisconnectDialog;
}

class DisconnectDialog : public QDialog
{
    Q_OBJECT
public:
    DisconnectDialog(const QString &provider, const QString &participant, QWidget *parent = nullptr);
    ~DisconnectDialog() override;

Q_SIGNALS:
    void confirmed(bool keepGrant);

private:
    std::unique_ptr<Ui::DisconnectDialog> m_ui;
};

} // namespace wristkeep
