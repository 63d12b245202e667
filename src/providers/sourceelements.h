// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The elements of a list in a JSON text as they are written there, byte for byte.

#include <QByteArray>
#include <QList>

#include <string_view>

namespace wristkeep {

/// Of the list `member` of the object that `json` is; empty where there is none. The views point into `json`,
/// which must have been read as valid JSON before: what is wrong with it is not noticed here.
QList<std::string_view> sourceElements(const QByteArray &json, std::string_view member);

} // namespace wristkeep
