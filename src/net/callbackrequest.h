// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The head of one HTTP request to the loopback listener, read strictly (RFC 9112): a pure function of bytes,
// whatever the segments they came in.

#include <QByteArray>
#include <QString>

#include <optional>

namespace wristkeep {

struct CallbackRequest
{
    QByteArray method;
    QByteArray path;  ///< as sent, still encoded
    QByteArray query; ///< as sent, without "?"
    QByteArray host;  ///< the one Host header

    /// A parameter, decoded exactly once; nothing when it is missing or there twice. A plus sign stays one:
    /// codes and states never hold spaces, and some services leave a "+" in them unencoded.
    [[nodiscard]] std::optional<QString> parameter(const QByteArray &name) const;
    /// The same for sentences, where "+" is a space (application/x-www-form-urlencoded).
    [[nodiscard]] QString sentence(const QByteArray &name) const;
};

struct CallbackRead
{
    enum class State : quint8 { Incomplete, Malformed, Whole };
    State state = State::Incomplete;
    CallbackRequest request;

    /// Reads the head at the front of `bytes`; a body is not looked at.
    static CallbackRead from(const QByteArray &bytes);
};

} // namespace wristkeep
