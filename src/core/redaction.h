// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Blots secrets out of any text before a person or a log sees it.

#include <QMutex>
#include <QSet>
#include <QString>

namespace wristkeep {

/// Every run of 20 or more token characters becomes "[hidden]": for texts a provider wrote.
QString blotProviderText(const QString &text);

/// The secrets known so far. Shared by the message handler and whoever learns a secret; thread-safe.
class SecretRegister
{
public:
    void add(const QString &secret);
    /// Replaces every known secret, also in its percent-encoded and base64 forms, and "Bearer …"/"Basic …".
    [[nodiscard]] QString blot(QString text) const;

private:
    mutable QMutex m_guard;
    QSet<QString> m_secrets;
};

} // namespace wristkeep
