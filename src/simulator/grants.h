// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What people have consented to: one-use codes, grants with their rotating refresh tokens, and the file that
// keeps the grants between two starts of a demo.

#include "simulator/accesstoken.h"

#include <QHash>
#include <QList>

#include <optional>

namespace wristkeep {

struct Grant
{
    QByteArray id;
    QString clientId;
    QString userId;
    QStringList scopes;
    QByteArray refreshToken;
    int generation = 0;              ///< counts refreshes
    int expiredUpTo = -1;            ///< access tokens up to this generation count as expired
    QByteArray previousRefreshToken; ///< the one used last …
    QByteArray previousAnswer;       ///< … and what was answered: given again to a repeat within the grace
    qint64 previousUsedAt = 0;       ///< Unix seconds
    bool refreshing = false;         ///< an answer to a refresh is on its way
    qint64 refreshEndsAt = 0;        ///< Unix seconds; 0: the refresh token has no end of its own
};

struct AuthorizationCode
{
    QString clientId;
    QString userId;
    QStringList scopes;
    QString redirectUri;
    bool redirectUriGiven = false;
    QByteArray challenge; ///< empty: none was sent
    qint64 issuedAt = 0;  ///< Unix seconds
    bool used = false;
    bool refreshable = true; ///< its exchange gives a refresh token
};

class Grants
{
public:
    Grants();

    /// Without a text of its own a code is 40 hex digits.
    QByteArray addCode(const AuthorizationCode &code, QByteArray text = {});
    AuthorizationCode *findCode(const QByteArray &code);

    Grant &add(const QString &clientId, const QString &userId, const QStringList &scopes);
    Grant *byRefreshToken(const QByteArray &token);
    Grant *byPreviousRefreshToken(const QByteArray &token);
    Grant *byId(const QByteArray &id);
    /// True when this user already gave this client all these scopes.
    [[nodiscard]] bool covers(const QString &clientId, const QString &userId,
                              const QStringList &scopes) const;
    /// Ends every grant of that user for that client (empty client: for all). Returns how many.
    int revoke(const QString &userId, const QString &clientId = {});
    void clear();

    [[nodiscard]] const QList<Grant> &all() const { return m_grants; }
    [[nodiscard]] QList<Grant> &all() { return m_grants; }
    [[nodiscard]] const QByteArray &signingKey() const { return m_key; }

    /// Test benches look for these where they must not be: every code, token and verifier since the start.
    void noteSecret(const QByteArray &secret);
    [[nodiscard]] const QList<QByteArray> &issued() const { return m_issued; }
    void keepIssued(bool keep) { m_keepIssued = keep; }

    /// JSON with everything that must outlive a restart; holds secrets.
    [[nodiscard]] QByteArray serialize(const QString &currentUser) const;
    /// False when the bytes are not what serialize() wrote; then nothing is changed.
    bool restore(const QByteArray &bytes, QString *currentUser);

private:
    QByteArray m_key;
    QList<Grant> m_grants;
    QHash<QByteArray, AuthorizationCode> m_codes;
    QList<QByteArray> m_issued;
    bool m_keepIssued = false;
};

/// So many random bytes as lower-case hex digits.
QByteArray randomHex(int bytes);

} // namespace wristkeep
