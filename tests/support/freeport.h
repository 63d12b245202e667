// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A port nobody listens on, for programs that have to be told theirs before they start.

#include <QHostAddress>
#include <QRandomGenerator>
#include <QTcpServer>

namespace wristkeep::test {

/// Below the ports systems hand out by themselves, so that no connection of another test takes it before the
/// one it is for. 0: none was found.
inline quint16 freePort()
{
    for (int tries = 0; tries < 100; ++tries) {
        const auto port = quint16(QRandomGenerator::system()->bounded(20'000, 32'000));
        QTcpServer probe;
        if (probe.listen(QHostAddress(QHostAddress::LocalHost), port))
            return port;
    }
    return 0;
}

} // namespace wristkeep::test
