// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The one way a fallible function answers: a value or an Error, never an exception, never a silent default.

#include "core/error.h"

#include <tl/expected.hpp>

#include <functional>
#include <utility>

namespace wristkeep {

template<typename T>
using Result = tl::expected<T, Error>;

/// The result of work that has no value of its own.
using Outcome = Result<void>;

/// Called exactly once, on the thread of the context object it was given with.
template<typename T>
using Callback = std::function<void(Result<T>)>;

/// `return failure(ErrorKind::Storage, …)`.
inline tl::unexpected<Error> failure(ErrorKind kind, QString detail = {})
{
    Error error;
    error.kind = kind;
    error.detail = std::move(detail);
    return tl::unexpected<Error>(std::move(error));
}

inline tl::unexpected<Error> failure(Error error)
{
    return tl::unexpected<Error>(std::move(error));
}

} // namespace wristkeep
