// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/setupwalk.h"

#include "gui/copybutton.h"
#include "gui/remark.h"

#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <memory>

using namespace Qt::StringLiterals;

namespace wristkeep {

namespace {

QLabel *plainLabel(const QString &text, QWidget *parent)
{
    auto *label = new QLabel(parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    label->setText(text);
    return label;
}

void addValue(QGridLayout *grid, int row, const SetupValue &value, QWidget *page)
{
    auto *text =
        plainLabel(value.note.isEmpty() ? value.value : u"%1\n(%2)"_s.arg(value.value, value.note), page);
    text->setAccessibleName(value.label);
    grid->addWidget(plainLabel(value.label, page), row, 0);
    grid->addWidget(text, row, 1);
    if (value.what.isEmpty()) // to be chosen there, not to be typed
        return;
    auto *copy = new CopyButton(value.what, page);
    copy->setContent(value.copied.isEmpty() ? value.value : value.copied);
    grid->addWidget(copy, row, 2);
}

} // namespace

SetupWalk::SetupWalk(QWidget *parent)
    : QWidget(parent), m_title(new QLabel(this)), m_pages(new QStackedWidget(this)),
      m_back(new QPushButton(tr("&Back"), this)), m_next(new QPushButton(tr("Ne&xt"), this))
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    QFont bold = font();
    bold.setBold(true);
    m_title->setFont(bold);
    m_title->setObjectName(u"walkTitle"_s);
    column->addWidget(m_title);
    column->addWidget(m_pages, 1);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addWidget(m_back);
    buttons->addWidget(m_next);
    buttons->addStretch();
    column->addLayout(buttons);
    for (QPushButton *button : {m_back, m_next})
        button->setAutoDefault(false);
    connect(m_back, &QPushButton::clicked, this, [this] { show(step() - 1); });
    connect(m_next, &QPushButton::clicked, this, [this] { show(step() + 1); });
}

void SetupWalk::present(const QList<SetupStep> &steps)
{
    m_steps = steps;
    m_links.clear();
    while (QWidget *page = m_pages->widget(0)) {
        m_pages->removeWidget(page);
        const std::unique_ptr<QWidget> gone(page);
    }
    for (const SetupStep &each : std::as_const(m_steps))
        m_pages->addWidget(pageOf(each));
    refresh();
}

int SetupWalk::step() const
{
    return m_pages->currentIndex();
}

void SetupWalk::show(int step)
{
    if (step < 0 || step >= m_pages->count())
        return;
    m_pages->setCurrentIndex(step);
    refresh();
    // A button that has just been disabled would take the focus along.
    QPushButton *wanted = m_next->isEnabled() ? m_next : m_back;
    if (!m_back->isEnabled() || !m_next->isEnabled())
        wanted->setFocus(Qt::OtherFocusReason);
}

void SetupWalk::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() != QEvent::PaletteChange)
        return;
    for (QLabel *link : std::as_const(m_links)) {
        const QString text = link->text();
        link->setText({});
        link->setText(text);
    }
}

QWidget *SetupWalk::pageOf(const SetupStep &step)
{
    auto *page = new QWidget(m_pages);
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    if (step.link.isValid())
        column->addWidget(linkOf(step, page));
    column->addWidget(plainLabel(step.text, page));
    if (!step.values.isEmpty()) {
        auto *grid = new QGridLayout;
        grid->setHorizontalSpacing(16);
        grid->setVerticalSpacing(4);
        grid->setColumnStretch(1, 1);
        for (int row = 0; row < int(step.values.size()); ++row)
            addValue(grid, row, step.values.at(row), page);
        column->addLayout(grid);
    }
    if (!step.notice.isEmpty()) {
        auto *notice = new Remark(page);
        column->addWidget(notice);
        notice->say(Tone::Attention, step.notice);
    }
    column->addStretch();
    return page;
}

QLabel *SetupWalk::linkOf(const SetupStep &step, QWidget *page)
{
    auto *link = new QLabel(page);
    link->setTextFormat(Qt::RichText);
    link->setTextInteractionFlags(Qt::LinksAccessibleByKeyboard | Qt::LinksAccessibleByMouse);
    link->setFocusPolicy(Qt::StrongFocus);
    link->setText(u"<a href=\"%1\">%2</a>"_s.arg(step.link.toString(QUrl::FullyEncoded),
                                                 tr("Open %1").arg(step.link.host()).toHtmlEscaped()));
    connect(link, &QLabel::linkActivated, this,
            [this](const QString &target) { Q_EMIT linkActivated(QUrl(target)); });
    m_links << link;
    return link;
}

void SetupWalk::refresh()
{
    const int shown = step();
    m_back->setEnabled(shown > 0);
    m_next->setEnabled(shown + 1 < m_pages->count());
    if (shown < 0 || shown >= m_steps.size())
        return;
    m_title->setText(tr("Step %1 of %2: %3").arg(shown + 1).arg(m_steps.size()).arg(m_steps.at(shown).title));
}

} // namespace wristkeep
