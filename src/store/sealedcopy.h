// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The copy of an original's database made before it is migrated: complete, but with its tokens sealed. It is
// put together in memory, so that no plain token is written anywhere.

#include "core/result.h"

#include <QString>

namespace wristkeep {

class SecretBox;

/// The participant a token row of the original belongs to: NULL and empty mean the default one.
QString participantOfRow(const QString &participantId);

/// Writes FILE.before-wristkeep (or, if taken, FILE.before-wristkeep-2 and so on); the path it got.
Result<QString> makeSealedCopy(const QString &databaseFile, const SecretBox &box);

} // namespace wristkeep
