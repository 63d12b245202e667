// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// status: who is connected, what was granted, until when, zone, last run, quota.

#include "cli/command.h"

namespace wristkeep {

class StatusCommand : public Command
{
    Q_OBJECT
public:
    using Command::Command;
    void start() override;

private:
    [[nodiscard]] QString callFor(const AccountStatus &account) const;
    void onRead(const QList<AccountStatus> &accounts);

    QString m_participant; ///< empty: all
};

/// The accounts `status` is about: this provider's, of one participant or of all who matter.
QList<AccountStatus> accountsAskedFor(const QList<AccountStatus> &all, const QString &provider,
                                      const QString &participant);

} // namespace wristkeep
