// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// One line of the sync log in full: what was asked, what happened and why, what to do next.

#include "core/syncmessages.h"
#include "gui/wording.h"

#include <QDialog>

#include <memory>

class QLabel;

namespace wristkeep {

namespace Ui {
class LogDetails;
}

class LogDetails : public QDialog
{
    Q_OBJECT
public:
    LogDetails(const LogEntry &entry, const DataTitles &titles, QWidget *parent = nullptr);
    ~LogDetails() override;

private:
    void presentRow(QLabel *label, QLabel *value, const QString &text);
    void copy() const;

    std::unique_ptr<Ui::LogDetails> m_ui;
    QStringList m_lines;
};

} // namespace wristkeep
