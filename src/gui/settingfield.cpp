// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/settingfield.h"

#include "core/errortexts.h"
#include "gui/remark.h"
#include "gui/setupform.h"

#include <QCheckBox>
#include <QCoreApplication>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>

using namespace Qt::StringLiterals;

namespace wristkeep {

namespace {

struct Title
{
    const char *ending;
    const char *title;
};

/// By the end of the key's name: the providers' keys are alike.
const Title titles[] = {
    {"_CLIENT_ID", QT_TRANSLATE_NOOP("SettingField", "Client ID")},
    {"_CLIENT_SECRET", QT_TRANSLATE_NOOP("SettingField", "Client secret")},
    {"_REDIRECT_URI", QT_TRANSLATE_NOOP("SettingField", "Callback URL")},
    {"_SCOPES", QT_TRANSLATE_NOOP("SettingField", "Permissions to ask for")},
    {"DATABASE_URL", QT_TRANSLATE_NOOP("SettingField", "Database")},
    {"_DATA_DIR", QT_TRANSLATE_NOOP("SettingField", "Folder for day files")},
    {"_API_URL", QT_TRANSLATE_NOOP("SettingField", "Address of the data")},
    {"_AUTHORIZE_URL", QT_TRANSLATE_NOOP("SettingField", "Address of the consent page")},
    {"_TOKEN_URL", QT_TRANSLATE_NOOP("SettingField", "Address for tokens")},
    {"_REVOKE_URL", QT_TRANSLATE_NOOP("SettingField", "Address for taking permission back")},
    {"WRISTKEEP_PROVIDER", QT_TRANSLATE_NOOP("SettingField", "Service")},
    {"WRISTKEEP_SECRET_KEY", QT_TRANSLATE_NOOP("SettingField", "Sealing key")},
};

} // namespace

QString originText(const SettingValue &value)
{
    switch (value.origin) {
    case SettingOrigin::CommandLine:
        return SettingField::tr("Command line");
    case SettingOrigin::Environment:
        return SettingField::tr("Environment");
    case SettingOrigin::EnvFile:
        return SettingField::tr(".env: %1").arg(value.place);
    case SettingOrigin::SettingsFile:
        return SettingField::tr("Settings");
    case SettingOrigin::Default:
        break;
    }
    return value.value.isEmpty() ? SettingField::tr("Not set") : SettingField::tr("Default");
}

QString SettingField::titleOf(const QString &key)
{
    for (const Title &each : titles) {
        if (key.endsWith(QLatin1StringView(each.ending)))
            return QCoreApplication::translate("SettingField", each.title);
    }
    return key;
}

SettingField::SettingField(const SettingKey &key, const SettingValue &value, bool locked, QWidget *parent)
    : QWidget(parent), m_key(QString::fromLatin1(key.name)), m_title(titleOf(m_key)),
      m_edit(new QLineEdit(this)), m_origin(new QLabel(this)), m_remark(new Remark(this))
{
    const bool readOnly = locked || isFixedOutside(value);
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(8);
    grid->setVerticalSpacing(4);
    auto *label = new QLabel(m_title, this);
    auto *name = new QLabel(m_key, this);
    QFont small = font();
    small.setPointSizeF(small.pointSizeF() * 0.85);
    name->setFont(small);
    name->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_origin->setText(readOnly && value.origin > SettingOrigin::SettingsFile
                          ? tr("From: %1 · read-only here, change it there").arg(originText(value))
                      : value.value.isEmpty() ? originText(value)
                                              : tr("From: %1").arg(originText(value)));
    m_origin->setWordWrap(true);
    m_origin->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_edit->setAccessibleName(m_title);
    m_edit->setReadOnly(readOnly);
    // A default is shown as a hint: typing replaces it, clearing brings it back.
    if (value.origin == SettingOrigin::Default)
        m_edit->setPlaceholderText(value.value);
    else
        m_edit->setText(value.value);
    m_edit->setCursorPosition(0);
    m_before = m_edit->text();
    grid->addWidget(label, 0, 0);
    grid->addWidget(name, 0, 1, 1, 2, Qt::AlignRight);
    grid->addWidget(m_edit, 1, 0, 1, key.secret ? 2 : 3);
    if (key.secret) {
        m_edit->setEchoMode(QLineEdit::Password);
        auto *shown = new QCheckBox(tr("Show"), this);
        shown->setAccessibleName(tr("Show %1").arg(m_title));
        connect(shown, &QCheckBox::toggled, m_edit,
                [this](bool on) { m_edit->setEchoMode(on ? QLineEdit::Normal : QLineEdit::Password); });
        grid->addWidget(shown, 1, 2);
    }
    grid->addWidget(m_origin, 2, 0, 1, 3);
    grid->addWidget(m_remark, 3, 0, 1, 3);
    grid->setColumnStretch(1, 1);
    label->setBuddy(m_edit);
    m_remark->setField(m_edit);
    connect(m_edit, &QLineEdit::textChanged, this, &SettingField::edited);
}

QString SettingField::value() const
{
    return m_edit->text().trimmed();
}

bool SettingField::isChanged() const
{
    return !m_edit->isReadOnly() && value() != m_before;
}

void SettingField::accept()
{
    m_before = value();
    m_origin->setText(m_before.isEmpty() ? tr("From: Default, at the next start")
                                         : tr("From: Settings, at the next start"));
}

bool SettingField::validate(const SettingsEditor &editor)
{
    m_remark->clear();
    if (!isChanged() || value().isEmpty() || !editor.check)
        return true;
    const Outcome fine = editor.check(m_key, value());
    if (!fine)
        m_remark->say(Tone::Problem, errorLine(fine.error(), {}));
    return fine.has_value();
}

} // namespace wristkeep
