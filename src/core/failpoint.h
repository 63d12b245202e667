// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Named points at which the test build kills itself without a chance to tidy up, to prove crash safety.
// WRISTKEEP_FAIL_AT=name or name:N (the Nth pass); WRISTKEEP_FAIL_LIST=file notes each name passed, so that
// a test finds the points by itself. In other builds the macro is empty.

namespace wristkeep {

#ifdef WRISTKEEP_FAIL_POINTS
void passFailPoint(const char *name);
#define WRISTKEEP_FAIL_POINT(name) ::wristkeep::passFailPoint(name)
#else
#define WRISTKEEP_FAIL_POINT(name) static_cast<void>(0)
#endif

} // namespace wristkeep
