// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/secretbox.h"

#include "core/failpoint.h"
#include "store/durablefile.h"
#include "store/sqlerror.h"

#include <QFile>
#include <QFileInfo>

#include <sodium.h>

using namespace Qt::StringLiterals;

namespace wristkeep {

namespace {

constexpr qsizetype keyBytes = crypto_aead_xchacha20poly1305_ietf_KEYBYTES;
constexpr qsizetype nonceBytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr qsizetype tagBytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr QLatin1StringView prefix("v1:");

unsigned char *raw(QByteArray &bytes)
{
    return reinterpret_cast<unsigned char *>(bytes.data());
}

const unsigned char *raw(const QByteArray &bytes)
{
    return reinterpret_cast<const unsigned char *>(bytes.constData());
}

void wipe(QByteArray &bytes)
{
    // A shared buffer would be copied by data(), and only the copy wiped; its last owner wipes it.
    if (bytes.isDetached())
        sodium_memzero(bytes.data(), size_t(bytes.size()));
}

std::optional<QByteArray> keyFromHex(const QByteArray &hex)
{
    static const QByteArray digits("0123456789abcdefABCDEF");
    if (hex.size() != 2 * keyBytes)
        return std::nullopt;
    for (const char digit : hex) {
        if (!digits.contains(digit))
            return std::nullopt;
    }
    return QByteArray::fromHex(hex);
}

Error keyError(const QString &detail)
{
    return errorWithRemedy(ErrorKind::KeyUnusable, detail,
                           u"Put the right key file back, or move this one away and reconnect."_s);
}

Result<SecretBox> fromFile(const QString &keyFile)
{
    QFile file(keyFile);
    if (!file.open(QIODevice::ReadOnly))
        return failure(
            keyError(u"The sealing key %1 cannot be read: %2."_s.arg(keyFile, file.errorString())));
    QByteArray text = file.read(4096);
    const auto key = keyFromHex(text.trimmed());
    wipe(text);
    if (!key) {
        return failure(
            keyError(u"The sealing key %1 is damaged: it must hold 64 hexadecimal digits."_s.arg(keyFile)));
    }
    tightenFile(keyFile);
    return SecretBox(*key);
}

Result<SecretBox> newFile(const QString &keyFile)
{
    if (auto made = makeFolder(QFileInfo(keyFile).absolutePath()); !made)
        return failure(made.error());
    QByteArray key(keyBytes, Qt::Uninitialized);
    randombytes_buf(key.data(), size_t(key.size()));
    QByteArray text = key.toHex() + '\n';
    auto created = createFile(keyFile, text);
    wipe(text);
    WRISTKEEP_FAIL_POINT("store.key.written");
    if (!created)
        return failure(created.error());
    // Another process was faster: its key is the one that counts.
    return *created ? SecretBox(key) : fromFile(keyFile);
}

} // namespace

SecretBox::SecretBox(QByteArray key) : m_key(std::move(key))
{
    Q_ASSERT(m_key.size() == keyBytes);
}

SecretBox::~SecretBox()
{
    if (!m_key.isEmpty())
        wipe(m_key);
}

Result<SecretBox> SecretBox::load(const QString &hex, const QString &keyFile, bool mayCreate)
{
    if (sodium_init() < 0)
        return failure(ErrorKind::Internal, u"The encryption library could not be started."_s);
    if (!hex.isEmpty()) {
        if (const auto key = keyFromHex(hex.toLatin1()))
            return SecretBox(*key);
        return failure(errorWithRemedy(
            ErrorKind::BadConfiguration, u"WRISTKEEP_SECRET_KEY must be 64 hexadecimal digits."_s,
            u"Set it to the key used before, or remove it to use the key file."_s));
    }
    if (QFileInfo::exists(keyFile))
        return fromFile(keyFile);
    if (mayCreate)
        return newFile(keyFile);
    return failure(
        keyError(u"The sealing key %1 is missing: the stored sign-ins cannot be opened."_s.arg(keyFile)));
}

QString SecretBox::seal(const QString &plain, const QByteArray &associated) const
{
    if (!usable())
        return {};
    QByteArray text = plain.toUtf8();
    QByteArray sealed(nonceBytes + text.size() + tagBytes, Qt::Uninitialized);
    randombytes_buf(sealed.data(), size_t(nonceBytes));
    crypto_aead_xchacha20poly1305_ietf_encrypt(
        raw(sealed) + nonceBytes, nullptr, raw(std::as_const(text)), quint64(text.size()), raw(associated),
        quint64(associated.size()), nullptr, raw(std::as_const(sealed)), raw(std::as_const(m_key)));
    wipe(text);
    return prefix + QString::fromLatin1(sealed.toBase64());
}

Result<QString> SecretBox::open(const QString &sealed, const QByteArray &associated) const
{
    if (!usable())
        return failure(ErrorKind::KeyUnusable, u"There is no sealing key."_s);
    if (!isSealed(sealed))
        return failure(ErrorKind::KeyUnusable, u"A stored sign-in is not in sealed form."_s);
    const auto decoded = QByteArray::fromBase64Encoding(sealed.sliced(prefix.size()).toLatin1(),
                                                        QByteArray::AbortOnBase64DecodingErrors);
    if (!decoded || decoded.decoded.size() < nonceBytes + tagBytes)
        return failure(ErrorKind::KeyUnusable, u"A stored sign-in is damaged."_s);
    const QByteArray &bytes = decoded.decoded;
    QByteArray plain(bytes.size() - nonceBytes - tagBytes, Qt::Uninitialized);
    const int opened = crypto_aead_xchacha20poly1305_ietf_decrypt(
        raw(plain), nullptr, nullptr, raw(bytes) + nonceBytes, quint64(bytes.size() - nonceBytes),
        raw(associated), quint64(associated.size()), raw(bytes), raw(std::as_const(m_key)));
    if (opened != 0)
        return failure(ErrorKind::KeyUnusable, u"A stored sign-in was sealed with another key."_s);
    const QString text = QString::fromUtf8(plain);
    wipe(plain);
    return text;
}

bool SecretBox::isSealed(const QString &text)
{
    return text.startsWith(prefix);
}

QByteArray SecretBox::associatedData(const QString &participant, const QString &provider,
                                     const QString &column)
{
    // Lengths before the parts: no two different triples give the same bytes.
    QByteArray data("wristkeep");
    for (const QString &part : {participant, provider, column}) {
        const QByteArray bytes = part.toUtf8();
        data += '|' + QByteArray::number(bytes.size()) + ':' + bytes;
    }
    return data;
}

} // namespace wristkeep
