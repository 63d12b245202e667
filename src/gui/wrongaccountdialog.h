// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The account that came back from the browser is not the one expected: nothing changes until this is
// answered. Closing it means no. Shown by open().

#include "sync/syncworker.h"

#include <QDialog>

#include <memory>

namespace wristkeep {

namespace Ui {
class WrongAccountDialog;
}

class WrongAccountDialog : public QDialog
{
    Q_OBJECT
public:
    WrongAccountDialog(const WrongAccountQuestion &question, const QString &provider,
                       QWidget *parent = nullptr);
    ~WrongAccountDialog() override;

private:
    static QString whoText(const WrongAccountQuestion &question, const QString &provider);

    std::unique_ptr<Ui::WrongAccountDialog> m_ui;
};

} // namespace wristkeep
