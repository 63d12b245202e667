// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What this program is built from and runs with, for the About window and bug reports.

#include <QList>
#include <QString>

namespace wristkeep {

struct Library
{
    QString name;
    QString version; ///< the one running; empty where it cannot be asked
    QString licence; ///< as SPDX writes it
};

/// Every library of docs/adr/0001, in its order.
QList<Library> libraries();

} // namespace wristkeep
