// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/disconnector.h"

#include "core/errortexts.h"
#include "core/failpoint.h"
#include "core/settings.h"
#include "core/tokenstore.h"
#include "net/tokenmanager.h"
#include "providers/provider.h"
#include "providers/registry.h"
#include "sync/accountfacts.h"

namespace wristkeep {

using namespace Qt::StringLiterals;

Disconnector::Disconnector(const RunServices &services, AccountKey account, bool keepGrant, QObject *parent)
    : QObject(parent), m_services(services), m_keepGrant(keepGrant)
{
    m_report.account = std::move(account);
}

void Disconnector::start()
{
    m_services.tokenStore.load(
        m_report.account, this,
        [this](const Result<std::optional<StoredAccount>> &account) { onLoaded(account); });
}

void Disconnector::onLoaded(const Result<std::optional<StoredAccount>> &account)
{
    if (!account) {
        m_report.error = account.error();
        Q_EMIT finished(m_report);
        return;
    }
    if (!*account) {
        Q_EMIT finished(m_report);
        return;
    }
    m_report.wasConnected = true;
    const Result<const Provider *> provider = findProvider(m_report.account.provider);
    if (m_keepGrant || !provider) {
        forget();
        return;
    }
    m_client = (*provider)->oauthClient(m_services.settings);
    std::optional<Error> problem = tokenProblem(*account, m_client);
    if (problem && problem->kind == ErrorKind::TokenRefused)
        problem.reset(); // a refused refresh may still belong to a living grant: revoking settles it
    if (const Outcome configured = m_services.settings.checkCredentials(m_report.account.provider);
        !configured && !problem)
        problem = configured.error();
    if (problem) {
        warnManual(errorText(*problem, m_client.providerTitle).sentence);
        forget();
        return;
    }
    m_services.tokens.revoke((*account)->token, m_client, this,
                             [this](const Result<bool> &revoked) { onRevoked(revoked); });
}

void Disconnector::onRevoked(const Result<bool> &revoked)
{
    WRISTKEEP_FAIL_POINT("sync.revoked");
    m_report.revoked = revoked.value_or(false);
    if (!revoked)
        warnManual(errorText(revoked.error(), m_client.providerTitle).sentence);
    else if (!*revoked)
        warnManual(u"%1 did not confirm it."_s.arg(m_client.providerTitle));
    forget();
}

void Disconnector::warnManual(const QString &why)
{
    m_report.warning =
        u"The permission could not be withdrawn at %1: %2 The token is forgotten here. To withdraw "
        "the permission by hand: %3"_s.arg(m_client.providerTitle, why, m_client.manualRevokePage);
}

void Disconnector::forget()
{
    m_services.tokenStore.forget(m_report.account, this, [this](const Result<bool> &forgotten) {
        if (!forgotten)
            m_report.error = forgotten.error();
        Q_EMIT finished(m_report);
    });
}

} // namespace wristkeep
