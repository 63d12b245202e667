// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Settings: every key of the configuration with its value and where that comes from, the appearance, the
// schedule. Shown by open(). Appearance and schedule count at once, the rest from the next start.

#include "core/settings.h"
#include "core/settingseditor.h"
#include "gui/autostart.h"

#include <QDialog>

#include <memory>

class QAbstractButton;
class QButtonGroup;

namespace wristkeep {

namespace Ui {
class SettingsDialog;
}

class Preferences;
class SettingField;

struct SettingsFacts
{
    Settings settings;
    bool demo = false; ///< the connection can be looked at only
    SettingsEditor editor;
    Preferences *preferences = nullptr; ///< outlives the dialog
    Autostart autostart;
};

class SettingsDialog : public QDialog
{
    Q_OBJECT
public:
    enum class Page : std::uint8_t { Connection, Window, Schedule };

    explicit SettingsDialog(SettingsFacts facts, QWidget *parent = nullptr);
    ~SettingsDialog() override;
    void showPage(Page page);

Q_SIGNALS:
    /// What was typed is kept and counts from the next start.
    void saved();
    void restartRequested();

private:
    void buildConnection();
    void buildPreferences();
    void addGroup(const QString &title, const QString &sentence, const QStringList &beginnings);
    void onPreferencesChanged();
    void onAutostart(bool on);
    void onEdited();
    void onSave();

    std::unique_ptr<Ui::SettingsDialog> m_ui;
    SettingsFacts m_facts;
    QList<SettingField *> m_fields;
    QButtonGroup *m_appearance = nullptr;
    QButtonGroup *m_schedule = nullptr;
};

} // namespace wristkeep
