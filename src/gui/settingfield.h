// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// One key of the configuration: its value, where the value comes from, and what is wrong with what was typed.

#include "core/settings.h"
#include "core/settingseditor.h"

#include <QWidget>

class QLabel;
class QLineEdit;

namespace wristkeep {

class Remark;

class SettingField : public QWidget
{
    Q_OBJECT
public:
    /// `locked`: to look at only, whatever the value's origin.
    SettingField(const SettingKey &key, const SettingValue &value, bool locked, QWidget *parent = nullptr);

    [[nodiscard]] QString key() const { return m_key; }
    [[nodiscard]] QString title() const { return m_title; }
    /// Trimmed; empty: the default.
    [[nodiscard]] QString value() const;
    [[nodiscard]] bool isChanged() const;
    /// The value is what counts now.
    void accept();
    /// Shows what `check` says; true when the value is fine.
    bool validate(const SettingsEditor &editor);
    [[nodiscard]] QLineEdit *edit() const { return m_edit; }

    /// "Client ID" for FITBIT_CLIENT_ID.
    static QString titleOf(const QString &key);

Q_SIGNALS:
    void edited();

private:
    QString m_key;
    QString m_title;
    QString m_before;
    QLineEdit *m_edit;
    QLabel *m_origin;
    Remark *m_remark;
};

/// "Environment", ".env: /home/x/.env, line 3", "Settings", "Default".
QString originText(const SettingValue &value);

} // namespace wristkeep
