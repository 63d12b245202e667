// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Does the network answer? A bare connection to a service's host, closed at once: no request, no token.

#include <QList>
#include <QUrl>

#include <chrono>
#include <functional>

class QObject;

namespace wristkeep {

/// Calls `answered` exactly once unless `context` goes first: true as soon as one host takes the connection,
/// false when all refused or were silent for `patience`. Never from inside this call.
void probeNetwork(const QList<QUrl> &services, std::chrono::milliseconds patience, QObject *context,
                  std::function<void(bool)> answered);

} // namespace wristkeep
