// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/participantremover.h"

#include "providers/provider.h"
#include "providers/registry.h"
#include "store/participants.h"
#include "store/store.h"
#include "sync/disconnector.h"
#include "sync/storethread.h"

namespace wristkeep {

ParticipantRemover::ParticipantRemover(const RunServices &services, QString id, QObject *parent)
    : QObject(parent), m_services(services), m_id(std::move(id))
{
}

void ParticipantRemover::start()
{
    for (const Provider *provider : providers())
        m_providers << provider->id();
    m_services.store.run<Participant>(
        this, [id = m_id](Store &store) { return store.participants().find(id); },
        [this](const Result<Participant> &found) {
            if (!found) {
                Q_EMIT failed(found.error());
                return;
            }
            m_id = found->id;
            disconnectNext();
        });
}

void ParticipantRemover::disconnectNext()
{
    if (m_providers.isEmpty()) {
        remove();
        return;
    }
    auto *job = new Disconnector(m_services, {m_id, m_providers.takeFirst()}, false, this);
    connect(job, &Disconnector::finished, this, [this, job](const DisconnectReport &report) {
        job->deleteLater();
        if (report.error) {
            // A participant that still has a token must stay visible.
            Q_EMIT failed(*report.error);
            return;
        }
        if (!report.warning.isEmpty())
            m_warnings << report.warning;
        disconnectNext();
    });
    job->start();
}

void ParticipantRemover::remove()
{
    m_services.store.run<bool>(
        this,
        [id = m_id](Store &store) -> Result<bool> {
            return store.participants().remove(id).map([] { return true; });
        },
        [this](const Result<bool> &done) {
            if (done)
                Q_EMIT removed(RemovedParticipant{m_id, m_warnings.join(u' ')});
            else
                Q_EMIT failed(done.error());
        });
}

} // namespace wristkeep
