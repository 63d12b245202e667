// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Seals small texts at rest: libsodium XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha), "v1:" + base64 of
// nonce and ciphertext, bound to its place by associated data.

#include "core/result.h"

#include <QByteArray>

namespace wristkeep {

class SecretBox
{
public:
    /// A box without a key: it seals and opens nothing.
    SecretBox() = default;
    /// `key` is 32 bytes.
    explicit SecretBox(QByteArray key);
    SecretBox(const SecretBox &) = default;
    SecretBox &operator=(const SecretBox &) = default;
    ~SecretBox(); ///< wipes the key with the last copy

    [[nodiscard]] bool usable() const { return !m_key.isEmpty(); }

    /// From 64 hex digits or, if empty, the key file; creates the file (O_EXCL, 0600) only if `mayCreate`.
    /// BadConfiguration: wrong `hex`. KeyUnusable: file missing, damaged or unreadable. Storage: not created.
    static Result<SecretBox> load(const QString &hex, const QString &keyFile, bool mayCreate);

    /// Only on a usable box.
    [[nodiscard]] QString seal(const QString &plain, const QByteArray &associated) const;
    /// KeyUnusable when the text was sealed with another key or for another place.
    [[nodiscard]] Result<QString> open(const QString &sealed, const QByteArray &associated) const;

    static bool isSealed(const QString &text); ///< starts with "v1:"
    static QByteArray associatedData(const QString &participant, const QString &provider,
                                     const QString &column);

private:
    QByteArray m_key;
};

} // namespace wristkeep
