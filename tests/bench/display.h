// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A screen of the benchmark's own, and an eye on it. Xvfb keeps its pixels in a file that anybody may map, so
// the moment a window is painted is seen without asking the X server or the program for anything, and without
// costing either of them time.

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>

#include <cstdint>
#include <span>

namespace wristkeep::bench {

class Display
{
public:
    Display() = default;
    ~Display();
    Display(const Display &) = delete;
    Display &operator=(const Display &) = delete;

    /// False when there is no Xvfb, or it does not start.
    bool start();
    /// ":7", for the variable DISPLAY.
    [[nodiscard]] QString name() const { return m_name; }
    /// Something other than the empty screen's black is to be seen in its middle rows, where every window of
    /// the benchmark reaches: no window manager draws a frame around it before it has painted itself.
    [[nodiscard]] bool isPainted() const;

private:
    [[nodiscard]] bool mapPixels();

    QTemporaryDir m_folder;
    QProcess m_server;
    QFile m_pixels;
    QString m_name;
    std::span<const std::uint32_t> m_rows;
};

} // namespace wristkeep::bench
