// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/settingsdialog.h"

#include "core/errortexts.h"
#include "gui/preferences.h"
#include "gui/remark.h"
#include "gui/settingfield.h"
#include "ui_settingsdialog.h"

#include <QButtonGroup>
#include <QLineEdit>
#include <QSignalBlocker>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace wristkeep {

SettingsDialog::SettingsDialog(SettingsFacts facts, QWidget *parent)
    : QDialog(parent), m_ui(std::make_unique<Ui::SettingsDialog>()), m_facts(std::move(facts))
{
    m_ui->setupUi(this);
    resize(640, 560);
    // The page's colour shows through.
    m_ui->scroll->viewport()->setAutoFillBackground(false);
    m_ui->content->setAutoFillBackground(false);
    buildConnection();
    buildPreferences();
    m_ui->restart->hide();
    connect(m_ui->save, &QPushButton::clicked, this, &SettingsDialog::onSave);
    connect(m_ui->restart, &QPushButton::clicked, this, &SettingsDialog::restartRequested);
    connect(m_ui->close, &QPushButton::clicked, this, &QDialog::reject);
    m_ui->pages->setCurrentIndex(0);
    onEdited();
}

SettingsDialog::~SettingsDialog() = default;

void SettingsDialog::showPage(Page page)
{
    m_ui->pages->setCurrentIndex(int(page));
}

void SettingsDialog::buildConnection()
{
    const QString file = m_facts.settings.settingsFile;
    if (m_facts.demo)
        m_ui->intro->setText(
            tr("The demo has values of its own. Start Wristkeep without --demo to change yours."));
    else
        m_ui->intro->setText(
            tr("A change is kept in %1, with secrets sealed. An empty field means the default.").arg(file));
    addGroup(tr("Google Health"), {}, {u"GOOGLE_"_s});
    addGroup(tr("Fitbit"), tr("Fitbit's own service ended on 2 November 2026."), {u"FITBIT_"_s});
    addGroup(tr("This computer"), {}, {u"DATABASE_"_s, u"WRISTKEEP_"_s});
    m_ui->fields->addStretch(1);
}

void SettingsDialog::addGroup(const QString &title, const QString &sentence, const QStringList &beginnings)
{
    auto *heading = new QLabel(title, m_ui->content);
    QFont strong = font();
    strong.setBold(true);
    strong.setPointSizeF(strong.pointSizeF() * 1.1);
    heading->setFont(strong);
    if (!m_fields.isEmpty())
        m_ui->fields->addSpacing(8);
    m_ui->fields->addWidget(heading);
    if (!sentence.isEmpty())
        m_ui->fields->addWidget(new QLabel(sentence, m_ui->content));
    for (const SettingKey &key : settingKeys()) {
        const QString name = QString::fromLatin1(key.name);
        const bool belongs =
            std::any_of(beginnings.begin(), beginnings.end(),
                        [&name](const QString &beginning) { return name.startsWith(beginning); });
        if (!belongs)
            continue;
        // The key that opens the settings cannot be kept in them.
        const bool opens = key.kind == SettingKey::Kind::HexKey;
        auto *field =
            new SettingField(key, m_facts.settings.values.value(name), m_facts.demo || opens, m_ui->content);
        if (opens && field->value().isEmpty())
            field->edit()->setPlaceholderText(tr("A key file is used: %1").arg(m_facts.settings.keyFile));
        m_fields.append(field);
        m_ui->fields->addWidget(field);
        connect(field, &SettingField::edited, this, &SettingsDialog::onEdited);
    }
}

void SettingsDialog::buildPreferences()
{
    m_appearance = new QButtonGroup(this);
    m_appearance->addButton(m_ui->system, int(Appearance::System));
    m_appearance->addButton(m_ui->light, int(Appearance::Light));
    m_appearance->addButton(m_ui->dark, int(Appearance::Dark));
    m_schedule = new QButtonGroup(this);
    m_schedule->addButton(m_ui->off, 0);
    m_schedule->addButton(m_ui->hourly, 1);
    m_schedule->addButton(m_ui->sixHours, 6);
    m_schedule->addButton(m_ui->daily, 24);
    if (Preferences *preferences = m_facts.preferences) {
        onPreferencesChanged();
        connect(m_appearance, &QButtonGroup::idClicked, preferences,
                [preferences](int id) { preferences->setAppearance(Appearance(id)); });
        connect(m_schedule, &QButtonGroup::idClicked, preferences, &Preferences::setScheduleHours);
        // The tray may change the schedule meanwhile.
        connect(preferences, &Preferences::changed, this, &SettingsDialog::onPreferencesChanged);
    }
    const Autostart &autostart = m_facts.autostart;
    const bool offered = autostart.available && autostart.isOn && autostart.setOn && !m_facts.demo;
    m_ui->autostart->setEnabled(offered);
    m_ui->autostart->setChecked(offered && autostart.isOn());
    if (!offered)
        m_ui->autostartRemark->say(Tone::Neutral, m_facts.demo
                                                      ? tr("The demo does not start by itself.")
                                                      : tr("This desktop offers no way to do that."));
    connect(m_ui->autostart, &QCheckBox::clicked, this, &SettingsDialog::onAutostart);
}

void SettingsDialog::onPreferencesChanged()
{
    m_appearance->button(int(m_facts.preferences->appearance()))->setChecked(true);
    m_schedule->button(m_facts.preferences->scheduleHours())->setChecked(true);
}

void SettingsDialog::onAutostart(bool on)
{
    const Outcome outcome = m_facts.autostart.setOn(on);
    m_ui->autostart->setChecked(m_facts.autostart.isOn());
    m_ui->autostartRemark->say(Tone::Problem, outcome ? QString() : errorLine(outcome.error(), {}));
}

void SettingsDialog::onEdited()
{
    bool changed = false;
    bool fine = true;
    for (SettingField *field : std::as_const(m_fields)) {
        changed = changed || field->isChanged();
        fine = field->validate(m_facts.editor) && fine;
    }
    m_ui->save->setEnabled(changed && fine && m_facts.editor.save);
}

void SettingsDialog::onSave()
{
    SettingsChanges changes;
    for (const SettingField *field : std::as_const(m_fields)) {
        if (field->isChanged())
            changes.insert(field->key(), field->value());
    }
    const Outcome outcome = m_facts.editor.save(changes);
    if (!outcome) {
        m_ui->result->say(Tone::Problem, errorLine(outcome.error(), {}));
        return;
    }
    for (SettingField *field : std::as_const(m_fields)) {
        if (field->isChanged())
            field->accept();
    }
    onEdited();
    m_ui->result->say(Tone::Good, tr("Saved. The change counts from the next start of Wristkeep."));
    m_ui->restart->show();
    m_ui->restart->setFocus();
    Q_EMIT saved();
}

} // namespace wristkeep
