// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/helpwindow.h"

#include "gui/statecolors.h"
#include "ui_helpwindow.h"

#include <QEvent>
#include <QShortcut>
#include <QTextDocument>

using namespace Qt::StringLiterals;

namespace wristkeep {

namespace {

QString plainText(const QString &markdown)
{
    QTextDocument document;
    document.setMarkdown(markdown);
    return document.toPlainText();
}

} // namespace

HelpWindow::HelpWindow(QList<HelpSection> sections, QWidget *parent)
    : QDialog(parent), m_ui(std::make_unique<Ui::HelpWindow>()), m_sections(std::move(sections))
{
    m_ui->setupUi(this);
    resize(860, 600);
    for (const HelpSection &section : std::as_const(m_sections)) {
        m_ui->sections->addItem(section.title);
        m_plain.append(plainText(section.markdown));
    }
    connect(m_ui->sections, &QListWidget::currentRowChanged, this, &HelpWindow::onTopicChanged);
    connect(m_ui->text, &QTextBrowser::anchorClicked, this, &HelpWindow::linkActivated);
    connect(m_ui->search, &QLineEdit::textChanged, this, &HelpWindow::onSearchChanged);
    connect(m_ui->search, &QLineEdit::returnPressed, this, [this] { goToNext(false); });
    const auto *find = new QShortcut(QKeySequence::Find, this);
    connect(find, &QShortcut::activated, m_ui->search, [this] {
        m_ui->search->setFocus(Qt::ShortcutFocusReason);
        m_ui->search->selectAll();
    });
    const auto *next = new QShortcut(QKeySequence(Qt::Key_F3), this);
    connect(next, &QShortcut::activated, this, [this] { goToNext(false); });
    const auto *previous = new QShortcut(QKeySequence(Qt::SHIFT | Qt::Key_F3), this);
    connect(previous, &QShortcut::activated, this, [this] { goToNext(true); });
    m_ui->hits->hide();
    m_ui->sections->setCurrentRow(0);
}

HelpWindow::~HelpWindow() = default;

void HelpWindow::showSection(const QString &id)
{
    for (int row = 0; row < m_sections.size(); ++row) {
        if (m_sections.at(row).id != id)
            continue;
        if (m_ui->sections->item(row)->isHidden())
            m_ui->search->clear();
        m_ui->sections->setCurrentRow(row);
    }
}

void HelpWindow::changeEvent(QEvent *event)
{
    QDialog::changeEvent(event);
    // The text gets its own palette after this.
    if (event->type() == QEvent::PaletteChange && m_shown >= 0)
        QMetaObject::invokeMethod(this, &HelpWindow::present, Qt::QueuedConnection);
}

void HelpWindow::onTopicChanged()
{
    const int row = m_ui->sections->currentRow();
    if (row < 0 || row >= m_sections.size() || row == m_shown)
        return;
    m_shown = row;
    present();
}

void HelpWindow::present()
{
    presentMarkdown(m_ui->text, m_sections.at(m_shown).markdown);
    highlight();
}

void HelpWindow::onSearchChanged()
{
    const QString words = m_ui->search->text().trimmed();
    int topics = 0;
    qsizetype hits = 0;
    for (int row = 0; row < m_sections.size(); ++row) {
        const qsizetype here = words.isEmpty() ? 0 : m_plain.at(row).count(words, Qt::CaseInsensitive);
        m_ui->sections->item(row)->setHidden(!words.isEmpty() && here == 0);
        topics += here > 0 ? 1 : 0;
        hits += here;
    }
    if (words.isEmpty())
        m_ui->hits->clear();
    else if (hits == 0)
        m_ui->hits->setText(tr("Nothing found. Try a shorter word."));
    else
        m_ui->hits->setText(hits == 1 ? tr("1 place") : tr("%1 places in %2 topics").arg(hits).arg(topics));
    m_ui->hits->setVisible(!words.isEmpty());
    const bool hidden = m_shown < 0 || m_ui->sections->item(m_shown)->isHidden();
    if (hidden && hits > 0)
        m_ui->sections->setCurrentRow(rowAfter(-1, false));
    highlight();
    if (hits > 0) {
        m_ui->text->moveCursor(QTextCursor::Start);
        m_ui->text->find(words);
    }
}

void HelpWindow::highlight()
{
    const QString words = m_ui->search->text().trimmed();
    QList<QTextEdit::ExtraSelection> marks;
    if (!words.isEmpty()) {
        const QPalette colors = palette();
        QTextCursor found = m_ui->text->document()->find(words);
        while (!found.isNull()) {
            QTextEdit::ExtraSelection mark;
            mark.cursor = found;
            mark.format.setBackground(accentColor(colors));
            mark.format.setForeground(colors.color(QPalette::HighlightedText));
            marks.append(mark);
            found = m_ui->text->document()->find(words, found);
        }
    }
    m_ui->text->setExtraSelections(marks);
}

int HelpWindow::rowAfter(int row, bool backwards) const
{
    const int count = m_ui->sections->count();
    for (int step = 1; step <= count; ++step) {
        const int candidate = backwards ? (row - step + 2 * count) % count : (row + step) % count;
        if (!m_ui->sections->item(candidate)->isHidden())
            return candidate;
    }
    return row;
}

void HelpWindow::goToNext(bool backwards)
{
    const QString words = m_ui->search->text().trimmed();
    if (words.isEmpty())
        return;
    const QTextDocument::FindFlags flags =
        backwards ? QTextDocument::FindBackward : QTextDocument::FindFlags();
    if (m_ui->text->find(words, flags))
        return;
    m_ui->sections->setCurrentRow(rowAfter(m_ui->sections->currentRow(), backwards));
    m_ui->text->moveCursor(backwards ? QTextCursor::End : QTextCursor::Start);
    m_ui->text->find(words, flags);
}

} // namespace wristkeep
