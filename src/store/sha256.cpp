// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sha256.h"

#include <openssl/sha.h>

namespace wristkeep {

QByteArray sha256Hex(const QByteArray &bytes)
{
    QByteArray hash(SHA256_DIGEST_LENGTH, Qt::Uninitialized);
    SHA256(reinterpret_cast<const unsigned char *>(bytes.constData()), size_t(bytes.size()),
           reinterpret_cast<unsigned char *>(hash.data()));
    return hash.toHex();
}

} // namespace wristkeep
