// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A simulator with a clock set by hand, and a client that speaks to it over a real socket.

#include "core/clock.h"
#include "simulator/simulator.h"

#include <QHash>
#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QNetworkReply>

#include <memory>

namespace wristkeep {

struct SimAnswer
{
    int status = 0;
    QByteArray body;
    QHash<QByteArray, QByteArray> headers; ///< names in lower case
    QNetworkReply::NetworkError error = QNetworkReply::NoError;
    bool timedOut = false;

    [[nodiscard]] QJsonObject json() const;
    /// errors[0].errorType of Fitbit's envelope.
    [[nodiscard]] QString errorType() const;
    [[nodiscard]] QString message() const;
};

using SimHeaders = QList<QPair<QByteArray, QByteArray>>;

class SimBench
{
public:
    static constexpr const char *redirect = "http://localhost:5000/fitbit/callback";
    static constexpr const char *secret = "0123456789abcdef0123456789abcdef";

    static SimulatorOptions defaults();

    explicit SimBench(SimulatorOptions options = defaults(),
                      QDateTime now = QDateTime(QDate(2024, 11, 5), QTime(10, 20), Qt::UTC));

    FixedClock clock;
    std::unique_ptr<Simulator> simulator;
    QByteArray accessToken;
    QByteArray refreshToken;

    SimAnswer send(const QByteArray &method, const QByteArray &target, const QByteArray &body = {},
                   const SimHeaders &headers = {}, int timeoutMs = 10'000);
    /// With the access token.
    SimAnswer get(const QByteArray &target, const SimHeaders &headers = {}, int timeoutMs = 10'000);
    /// A form with the client's Basic credentials.
    SimAnswer post(const QByteArray &target, const QByteArray &form);
    QJsonObject control(const QByteArray &verb, const QJsonObject &command = {});
    void fault(const QJsonObject &rule);

    /// The path and query of an authorize request; `extra` begins with '&'.
    [[nodiscard]] static QByteArray
    authorizeTarget(const QByteArray &scopes = "activity heartrate profile settings",
                    const QByteArray &extra = {});
    /// Posts the consent form; returns the answer, whose "location" header leads back.
    SimAnswer consent(const QByteArray &target, const QByteArray &form);
    /// The code out of a Location header.
    static QByteArray codeOf(const SimAnswer &answer);
    SimAnswer exchange(const QByteArray &code, const QByteArray &extra = {});
    SimAnswer refresh(const QByteArray &token);
    /// The whole sign-in; keeps the tokens.
    bool signIn(const QByteArray &scopes = "activity heartrate profile settings",
                const QByteArray &user = {});
    void take(const SimAnswer &tokens);

private:
    QNetworkAccessManager m_network;
};

} // namespace wristkeep
