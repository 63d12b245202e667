// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The list of providers this program knows.

#include "core/result.h"

#include <QList>
#include <QString>

namespace wristkeep {

class Provider;

/// In the order they are offered. They live as long as the program.
const QList<const Provider *> &providers();

/// BadUsage listing the valid names when `id` is none of them.
Result<const Provider *> findProvider(const QString &id);

} // namespace wristkeep
