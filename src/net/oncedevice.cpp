// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/oncedevice.h"

#include <algorithm>
#include <cstring>

namespace wristkeep {

OnceDevice::OnceDevice(QByteArray body, QObject *parent) : QIODevice(parent), m_body(std::move(body))
{
    // Unbuffered: a buffer of QIODevice would be a second copy to send again from.
    open(QIODevice::ReadOnly | QIODevice::Unbuffered);
}

qint64 OnceDevice::bytesAvailable() const
{
    return m_body.size() - m_at + QIODevice::bytesAvailable();
}

qint64 OnceDevice::readData(char *data, qint64 maxSize)
{
    const qint64 rest = m_body.size() - m_at;
    if (rest <= 0)
        return -1;
    const qint64 size = std::min(rest, maxSize);
    std::memcpy(data, m_body.constData() + m_at, size_t(size));
    m_at += size;
    return size;
}

qint64 OnceDevice::writeData(const char *, qint64)
{
    return -1;
}

} // namespace wristkeep
