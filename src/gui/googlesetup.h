// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The way through the Google Cloud console, and what its ids and secrets look like.

#include "gui/setupform.h"

namespace wristkeep {

SetupForm googleSetupForm(const Settings &settings);

FieldRemark googleClientIdRemark(const QString &id);
FieldRemark googleClientSecretRemark(const QString &secret);

/// A Web client's address to begin with; any free port has to be given up there.
QString googleWebRedirect();

} // namespace wristkeep
