// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench/display.h"

#include <QStandardPaths>
#include <QtEndian>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace wristkeep::bench {

namespace {

constexpr int screenWidth = 1280;
constexpr int firstRow = 296;
constexpr int lastRow = 304;

} // namespace

Display::~Display()
{
    if (m_server.state() == QProcess::NotRunning)
        return;
    m_server.terminate();
    if (!m_server.waitForFinished(5'000)) {
        m_server.kill();
        m_server.waitForFinished(1'000);
    }
}

bool Display::start()
{
    const QString program = QStandardPaths::findExecutable(u"Xvfb"_s);
    if (program.isEmpty() || !m_folder.isValid())
        return false;
    m_server.setStandardErrorFile(QProcess::nullDevice());
    m_server.start(program, {u"-displayfd"_s, u"1"_s, u"-screen"_s, u"0"_s, u"%1x800x24"_s.arg(screenWidth),
                             u"-fbdir"_s, m_folder.path(), u"-nolisten"_s, u"tcp"_s, u"-ac"_s});
    while (m_server.state() != QProcess::NotRunning && !m_server.canReadLine()) {
        if (!m_server.waitForReadyRead(10'000))
            return false;
    }
    const QByteArray number = m_server.readLine().trimmed();
    if (number.isEmpty())
        return false;
    m_name = u':' + QString::fromLatin1(number);
    return mapPixels();
}

bool Display::mapPixels()
{
    m_pixels.setFileName(m_folder.filePath(u"Xvfb_screen0"_s));
    if (!m_pixels.open(QIODevice::ReadOnly))
        return false;
    const uchar *all = m_pixels.map(0, m_pixels.size());
    if (all == nullptr)
        return false;
    // The file is an X window dump: numbers of 32 bits, the largest byte first, then colours of 12 bytes,
    // then rows.
    const auto field = [all](int index) { return qFromBigEndian<quint32>(all + qsizetype(index) * 4); };
    const quint32 head = field(0) + field(19) * 12;
    const quint32 row = field(12);
    if (field(11) != 32 || row < screenWidth * 4U || head + row * lastRow > m_pixels.size())
        return false;
    const auto *pixels = reinterpret_cast<const std::uint32_t *>(all + head + row * firstRow);
    m_rows = {pixels, std::size_t(row) / 4 * (lastRow - firstRow)};
    return true;
}

bool Display::isPainted() const
{
    return std::any_of(m_rows.begin(), m_rows.end(),
                       [](std::uint32_t pixel) { return (pixel & 0xffffffU) != 0; });
}

} // namespace wristkeep::bench
