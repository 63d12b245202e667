// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The window program's few words, read before a QApplication exists: that one aborts without a display.

#include "core/result.h"

#include <QStringList>

namespace wristkeep {

struct WindowArguments
{
    QString envFile;
    bool demo = false;
    bool tray = false;
    bool help = false;
    bool version = false;
};

/// `words` without the program's name. Words that begin with a single dash are left to Qt (-style,
/// -platform).
Result<WindowArguments> parseWindowArguments(const QStringList &words);

QString windowHelpText();

} // namespace wristkeep
