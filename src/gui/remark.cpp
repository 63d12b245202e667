// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/remark.h"

#include "gui/stateicon.h"

#include <QHBoxLayout>
#include <QLabel>

namespace wristkeep {

Remark::Remark(QWidget *parent) : QWidget(parent), m_icon(new StateIcon(this)), m_text(new QLabel(this))
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    m_icon->setFixedSize(16, 16);
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    row->addWidget(m_icon, 0, Qt::AlignTop);
    row->addWidget(m_text, 1);
    hide();
}

void Remark::say(Tone tone, const QString &text)
{
    m_icon->setTone(tone);
    m_text->setText(text);
    setAccessibleName(text);
    if (m_field)
        m_field->setAccessibleDescription(text);
    setVisible(!text.isEmpty());
}

QString Remark::text() const
{
    return m_text->text();
}

Tone Remark::tone() const
{
    return m_icon->tone();
}

} // namespace wristkeep
