// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The program's own texts, written in Markdown under resources/help and compiled in.

#include "core/settings.h"

#include <QList>
#include <QString>

class QTextBrowser;

namespace wristkeep {

struct HelpSection
{
    QString id;    ///< file name without suffix
    QString title; ///< the text's first heading
    QString markdown;
};

/// The sections in reading order, with {{KEY}} replaced by the setting's present value. Secrets never are.
QList<HelpSection> helpSections(const Settings &settings);

/// Sets the text with readable headings, spacing and tables in the palette's colours.
void presentMarkdown(QTextBrowser *browser, const QString &markdown);

} // namespace wristkeep
