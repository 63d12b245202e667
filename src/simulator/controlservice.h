// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The control interface for tests: verbs with a JSON object in and a JSON object out (docs/SIMULATOR.md).

#include "simulator/simmessage.h"

#include <QHash>
#include <QJsonObject>

namespace wristkeep {

class SimUser;
struct SimWorld;

class ControlService
{
public:
    explicit ControlService(SimWorld &world) : m_world(world) {}

    /// {"error":"…"} when verb or command is not understood.
    QJsonObject run(const QString &verb, const QJsonObject &command);
    /// The same over HTTP: the verb is the path, the command the body. Off: 404.
    SimResponse answer(const SimRequest &request);

private:
    using Verb = QJsonObject (ControlService::*)(const QJsonObject &);
    static const QHash<QString, Verb> &verbs();

    QJsonObject status(const QJsonObject &command);
    QJsonObject reset(const QJsonObject &command);
    QJsonObject clock(const QJsonObject &command);
    QJsonObject fault(const QJsonObject &command);
    QJsonObject faults(const QJsonObject &command);
    QJsonObject clearFaults(const QJsonObject &command);
    QJsonObject body(const QJsonObject &command);
    QJsonObject wear(const QJsonObject &command);
    QJsonObject zone(const QJsonObject &command);
    QJsonObject sync(const QJsonObject &command);
    QJsonObject quota(const QJsonObject &command);
    QJsonObject log(const QJsonObject &command);
    QJsonObject user(const QJsonObject &command);
    QJsonObject grants(const QJsonObject &command);
    QJsonObject expire(const QJsonObject &command);
    QJsonObject revoke(const QJsonObject &command);
    QJsonObject truth(const QJsonObject &command);
    QJsonObject night(const QJsonObject &command);
    QJsonObject switches(const QJsonObject &command);
    QJsonObject secrets(const QJsonObject &command);

    void setGoogleQuota(const QJsonObject &command, const SimUser &user);
    [[nodiscard]] SimUser *userOf(const QJsonObject &command);

    SimWorld &m_world;
};

} // namespace wristkeep
