// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/digest.h"

#include <sodium.h>

namespace wristkeep {

QByteArray sha256Hex(const QByteArray &bytes)
{
    QByteArray digest(crypto_hash_sha256_BYTES, Qt::Uninitialized);
    crypto_hash_sha256(reinterpret_cast<unsigned char *>(digest.data()),
                       reinterpret_cast<const unsigned char *>(bytes.constData()),
                       static_cast<unsigned long long>(bytes.size()));
    return digest.toHex();
}

} // namespace wristkeep
