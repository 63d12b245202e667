// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/synctypesbutton.h"

#include <QAction>
#include <QMenu>
#include <QStyleOptionComboBox>
#include <QStylePainter>

#include <algorithm>

namespace wristkeep {

namespace {
/// The menu arrow and the button's edges.
constexpr int besidesText = 36;
} // namespace

SyncTypesButton::SyncTypesButton(QWidget *parent) : QPushButton(parent)
{
    setMenu(new QMenu(this));
    setAccessibleDescription(tr("Data to sync"));
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
}

void SyncTypesButton::setTypes(const QList<DataType> &types)
{
    m_types = types;
    m_choice = {};
    fillMenu();
    present();
}

void SyncTypesButton::setGranted(const QStringList &scopes)
{
    if (m_granted == scopes)
        return;
    m_granted = scopes;
    present();
}

QSize SyncTypesButton::sizeHint() const
{
    return {besidesText + fontMetrics().averageCharWidth() * 12, QPushButton::sizeHint().height()};
}

QSize SyncTypesButton::minimumSizeHint() const
{
    return sizeHint();
}

void SyncTypesButton::paintEvent(QPaintEvent *)
{
    // It stands below a combo box and does the same for the person, so it looks the same.
    QStyleOptionComboBox option;
    option.initFrom(this);
    option.editable = false;
    option.frame = true;
    option.currentText = text();
    option.state.setFlag(QStyle::State_Sunken, isDown());
    QStylePainter painter(this);
    painter.drawComplexControl(QStyle::CC_ComboBox, option);
    painter.drawControl(QStyle::CE_ComboBoxLabel, option);
}

void SyncTypesButton::resizeEvent(QResizeEvent *event)
{
    QPushButton::resizeEvent(event);
    present();
}

void SyncTypesButton::fillMenu()
{
    menu()->clear();
    m_actions.clear();
    m_usual = menu()->addAction(QString());
    m_everything = menu()->addAction(tr("&Everything"));
    for (QAction *each : {m_usual, m_everything})
        each->setCheckable(true);
    connect(m_usual, &QAction::triggered, this, [this] { choose(DataChoice::DefaultRun); });
    connect(m_everything, &QAction::triggered, this, [this] { choose(DataChoice::Everything); });
    menu()->addSeparator();
    for (const DataType &type : std::as_const(m_types)) {
        QAction *action = menu()->addAction(type.title);
        action->setCheckable(true);
        m_actions.insert(type.id, action);
        connect(action, &QAction::triggered, this, [this, id = type.id](bool on) { toggle(id, on); });
    }
}

void SyncTypesButton::setChoice(const DataChoice &choice)
{
    m_choice = choice;
    present();
}

void SyncTypesButton::choose(DataChoice::Which which)
{
    m_choice = {which, {}};
    present();
    Q_EMIT chosen();
}

void SyncTypesButton::toggle(const QString &type, bool on)
{
    // In the table's order, so that the same kinds are the same choice.
    QStringList types;
    for (const DataType &each : std::as_const(m_types)) {
        const bool was = m_choice.which == DataChoice::Some && m_choice.types.contains(each.id);
        if (each.id == type ? on : was)
            types << each.id;
    }
    m_choice = types.isEmpty() ? DataChoice{} : DataChoice{DataChoice::Some, types};
    present();
    Q_EMIT chosen();
    const auto ticked = std::find_if(m_types.cbegin(), m_types.cend(),
                                     [&type](const DataType &each) { return each.id == type; });
    if (on && ticked != m_types.cend() && !isAllowed(*ticked))
        Q_EMIT permissionMissing(*ticked);
}

void SyncTypesButton::present()
{
    if (m_usual == nullptr)
        return;
    const QString words = dataChoiceInWords(m_choice, m_types);
    setText(fontMetrics().elidedText(words, Qt::ElideRight, std::max(width() - besidesText, 40)));
    setToolTip(words);
    setAccessibleName(text());
    m_usual->setText(tr("&Usual: %1").arg(dataChoiceInWords({}, m_types)));
    m_usual->setChecked(m_choice.which == DataChoice::DefaultRun);
    m_everything->setChecked(m_choice.which == DataChoice::Everything);
    for (const DataType &type : std::as_const(m_types)) {
        QAction *action = m_actions.value(type.id);
        action->setText(isAllowed(type) ? type.title : tr("%1 (not allowed)").arg(type.title));
        action->setChecked(m_choice.which == DataChoice::Some && m_choice.types.contains(type.id));
    }
}

bool SyncTypesButton::isAllowed(const DataType &type) const
{
    return m_granted.isEmpty() || type.scope.isEmpty() || m_granted.contains(type.scope);
}

} // namespace wristkeep
