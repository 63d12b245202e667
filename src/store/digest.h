// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace wristkeep {

/// The SHA-256 (FIPS 180-4) of \a bytes in 64 lower-case hexadecimal digits: the name of an answer in the
/// archive. By libsodium, which takes half the time of QCryptographicHash.
[[nodiscard]] QByteArray sha256Hex(const QByteArray &bytes);

} // namespace wristkeep
