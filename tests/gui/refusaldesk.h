// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The window's model on a real worker, which asks the simulated Google; a refusal takes the place of the
// service's own answers. What would be told outside the window is collected.

#include "gui/attention.h"
#include "gui/dashboardmodel.h"
#include "gui/dashboardview.h"
#include "gui/wording.h"
#include "sync/syncbench.h"

#include <memory>

namespace wristkeep {

/// What has become of the access token by then.
enum class Access : std::uint8_t { Good, Refused, RunOut };

struct Refusal
{
    QString path; ///< all requests below it are answered so
    int status = 0;
    QByteArray body;
    Access access = Access::Good;
};

/// google.rpc.Status as JSON; without a reason it has no details.
QByteArray rpcError(int code, const QByteArray &name, const QByteArray &message,
                    const QByteArray &reason = {});
/// As the token endpoint has it (RFC 6749, 5.2); `more` begins with a comma.
QByteArray oauthError(const QByteArray &error, const QByteArray &description, const QByteArray &more = {});

/// The time is 2026-11-23 09:12 UTC, 22:57 in Chatham.
class RefusalDesk
{
public:
    /// These are false when the worker does not come to an end.
    [[nodiscard]] bool open();
    [[nodiscard]] bool connectAccount();
    /// Yesterday; without types the default run.
    [[nodiscard]] bool sync(const QStringList &types = {});
    void refuse(const Refusal &refusal);
    void heal();

    [[nodiscard]] DashboardView view() const { return dashboardView(m_model->facts(), m_model->nowUtc()); }
    [[nodiscard]] ReportText card() const;
    /// "steps: failed, tried".
    [[nodiscard]] QStringList cells() const;
    [[nodiscard]] std::optional<Notice> notice() const { return m_model->facts().notice; }
    [[nodiscard]] const QList<Notification> &told() const { return m_told; }

private:
    void listen();
    void tell(const std::optional<Notification> &notification);
    [[nodiscard]] bool settled(int statusReads) const;

    test::SyncBench m_world;
    WorkerLink m_link;
    std::unique_ptr<DashboardModel> m_model;
    Attention m_attention;
    QList<Notification> m_told;
    int m_statusReads = 0;
};

} // namespace wristkeep
