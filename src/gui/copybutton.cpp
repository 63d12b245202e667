// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/copybutton.h"

#include <QClipboard>
#include <QGuiApplication>

#include <algorithm>
#include <chrono>

namespace wristkeep {

namespace {

constexpr std::chrono::milliseconds shownFor{1'500};

} // namespace

CopyButton::CopyButton(const QString &what, QWidget *parent) : QPushButton(parent)
{
    setAutoDefault(false);
    setWhat(what);
    // Wide enough for both words, so that nothing moves when it answers.
    setText(tr("Copied"));
    const int wide = sizeHint().width();
    setText(tr("Copy"));
    setMinimumWidth(std::max(wide, sizeHint().width()));
    m_back.setSingleShot(true);
    m_back.setInterval(shownFor);
    connect(&m_back, &QTimer::timeout, this, [this] { showCopied(false); });
    connect(this, &QPushButton::clicked, this, &CopyButton::copy);
}

CopyButton::CopyButton(QWidget *parent) : CopyButton(QString(), parent) {}

void CopyButton::setWhat(const QString &what)
{
    m_what = what;
    showCopied(false);
}

void CopyButton::copy()
{
    QGuiApplication::clipboard()->setText(m_content);
    showCopied(true);
    m_back.start();
}

void CopyButton::showCopied(bool copied)
{
    setText(copied ? tr("Copied") : tr("Copy"));
    setAccessibleName((copied ? tr("Copied %1") : tr("Copy %1")).arg(m_what).trimmed());
}

} // namespace wristkeep
