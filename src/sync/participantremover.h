// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Takes a participant off the list: disconnects at every provider first, keeps files and rows. Ends exactly
// once with removed() or failed(), unless destroyed.

#include "sync/runservices.h"

#include "core/result.h"

#include <QObject>
#include <QStringList>

namespace wristkeep {

struct RemovedParticipant
{
    QString id;
    QString warning; ///< what could not be revoked, and where to do it by hand
};

class ParticipantRemover : public QObject
{
    Q_OBJECT
public:
    ParticipantRemover(const RunServices &services, QString id, QObject *parent);

    void start();

Q_SIGNALS:
    void removed(const wristkeep::RemovedParticipant &participant);
    void failed(const wristkeep::Error &error);

private:
    void disconnectNext();
    void remove();

    const RunServices &m_services;
    QString m_id;
    QStringList m_providers; ///< still to be disconnected
    QStringList m_warnings;
};

} // namespace wristkeep
