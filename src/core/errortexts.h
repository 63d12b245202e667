// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The one table that turns an error kind into words: title, sentence, next step.

#include "core/error.h"

namespace wristkeep {

struct ErrorText
{
    QString title;    ///< two to four words
    QString sentence; ///< what happened, with the error's detail where there is one
    QString nextStep; ///< what to do now; may be empty when nothing needs doing
};

/// `provider` is the provider's title, e.g. "Fitbit"; it fills %1 in the table.
ErrorText errorText(const Error &error, const QString &provider);

/// Sentence and next step in one line, for logs and the terminal.
QString errorLine(const Error &error, const QString &provider);

} // namespace wristkeep
