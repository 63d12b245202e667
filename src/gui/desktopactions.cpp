// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/desktopactions.h"

#include <QCoreApplication>
#include <QDesktopServices>
#include <QProcess>

using namespace Qt::StringLiterals;

namespace wristkeep {

DesktopActions systemDesktop()
{
    return {[](const QUrl &url) { return QDesktopServices::openUrl(url); },
            [] { return QProcess::startDetached(QCoreApplication::applicationFilePath(), {u"--demo"_s}); }};
}

} // namespace wristkeep
