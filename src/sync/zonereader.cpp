// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/zonereader.h"

#include "core/clock.h"
#include "core/failpoint.h"
#include "providers/provider.h"
#include "store/store.h"
#include "sync/runservices.h"
#include "sync/storethread.h"

namespace wristkeep {

using namespace Qt::StringLiterals;

ZoneReader::ZoneReader(const RunServices &services, AccountSession &session, QObject *parent)
    : QObject(parent), m_services(services), m_session(session)
{
}

ZoneReader::~ZoneReader() = default;

void ZoneReader::read(std::function<void(Result<AccountProfile>)> done)
{
    m_done = std::move(done);
    const QString scope = m_session.provider->profileScope();
    const QStringList &granted = m_session.token.scopes;
    if (!scope.isEmpty() && !granted.isEmpty() && !granted.contains(scope)) {
        QMetaObject::invokeMethod(
            this,
            [this, scope] {
                m_done(failure(ErrorKind::ScopeMissing,
                               u"No permission for the profile (scope %1)."_s.arg(scope)));
            },
            Qt::QueuedConnection);
        return;
    }
    m_call = std::make_unique<AuthorisedCall>(m_services, m_session, nullptr);
    m_call->send(m_session.provider->profileRequest(m_services.settings),
                 [this](CallEnd end) { onAnswer(std::move(end)); });
}

void ZoneReader::onAnswer(CallEnd end)
{
    m_call.release()->deleteLater(); // we are inside its call
    if (!end.answer) {
        m_done(failure(end.answer.error()));
        return;
    }
    const Result<RemoteProfile> remote = m_session.provider->parseProfile(end.answer->body);
    if (!remote) {
        m_done(failure(remote.error()));
        return;
    }
    AccountProfile profile;
    profile.userId = remote->userId;
    profile.memberSince = remote->memberSince;
    profile.readAtUtc = m_services.clock.nowUtc();
    profile.zone = {QTimeZone(remote->zoneId.toLatin1()), ZoneSource::Profile};
    if (!profile.zone.zone.isValid()) {
        m_done(failure(ErrorKind::NotUnderstood, u"The profile names no time zone known here."_s));
        return;
    }
    WRISTKEEP_FAIL_POINT("sync.profile-read");
    m_services.store.run<AccountProfile>(
        this,
        [profile, key = m_session.key](Store &store) -> Result<AccountProfile> {
            if (const Outcome saved = store.accounts().saveProfile(key, profile); !saved)
                return failure(saved.error());
            return profile;
        },
        [this](Result<AccountProfile> saved) { m_done(std::move(saved)); });
}

} // namespace wristkeep
