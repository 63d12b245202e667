// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Small questions to values of an answer.

#include <QString>

#include <simdjson.h>

#include <optional>

namespace wristkeep {

/// A member that is there and not null.
std::optional<simdjson::dom::element> memberOf(const simdjson::dom::object &object, const char *name);

/// "an object", "a list", "a text" …: for errors.
QString nameOf(simdjson::dom::element_type type);

} // namespace wristkeep
