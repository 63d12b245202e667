// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Takes the file with the client's id and secret, chosen or dropped, and says what is wrong with any other.

#include "gui/clientfile.h"

#include <QWidget>

class QMimeData;
class QPushButton;

namespace wristkeep {

class Remark;

class ClientFileBox : public QWidget
{
    Q_OBJECT
public:
    explicit ClientFileBox(QWidget *parent = nullptr);

    /// Files may be dropped anywhere on `area` while this box is to be seen.
    void acceptDropsOn(QWidget *area);

public Q_SLOTS:
    void take(const QString &path);

Q_SIGNALS:
    void taken(const wristkeep::ClientFile &file);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void choose();
    void onDropped(const QMimeData *dropped);

    QPushButton *m_button;
    Remark *m_remark;
};

} // namespace wristkeep
