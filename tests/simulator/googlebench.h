// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The bench with a client of the simulated Google on it.

#include "simulator/simbench.h"

#include <QJsonArray>

namespace wristkeep {

class GoogleBench : public SimBench
{
public:
    static constexpr const char *redirect = "http://127.0.0.1:53682/callback";
    static constexpr const char *secret = "GOCSPX-0123456789abcdef";
    static constexpr const char *clientId = "demo.apps.googleusercontent.com";
    static constexpr const char *activity =
        "https://www.googleapis.com/auth/googlehealth.activity_and_fitness.readonly";
    static constexpr const char *metrics =
        "https://www.googleapis.com/auth/googlehealth.health_metrics_and_measurements.readonly";
    static constexpr const char *settings = "https://www.googleapis.com/auth/googlehealth.settings.readonly";
    static constexpr const char *profile = "https://www.googleapis.com/auth/googlehealth.profile.readonly";
    static constexpr const char *sleep = "https://www.googleapis.com/auth/googlehealth.sleep.readonly";
    static constexpr const char *cloud = "https://www.googleapis.com/auth/cloud-platform";

    static SimulatorOptions options();
    static QByteArray allScopes();

    explicit GoogleBench(SimulatorOptions options = GoogleBench::options(),
                         QDateTime now = QDateTime(QDate(2024, 11, 5), QTime(10, 20), Qt::UTC));

    /// Path and query of an authorization request; `extra` begins with '&'.
    [[nodiscard]] static QByteArray authorizeTarget(const QByteArray &scopes = allScopes(),
                                                    const QByteArray &extra = "&access_type=offline");
    /// Ticks these boxes and presses Allow.
    SimAnswer allow(const QByteArray &target, const QByteArray &scopes);
    static QString locationValue(const SimAnswer &answer, const QString &name);
    static QByteArray codeOf(const SimAnswer &answer);
    SimAnswer tokenPost(const QByteArray &form);
    SimAnswer exchange(const QByteArray &code, const QByteArray &extra = {});
    SimAnswer refresh(const QByteArray &token);
    bool signIn(const QByteArray &scopes = allScopes());

    /// "steps/dataPoints" is below /v4/users/me/dataTypes/.
    SimAnswer list(const QByteArray &points, const QList<QPair<QByteArray, QByteArray>> &query = {});
    SimAnswer rollUp(const QByteArray &points, const QJsonObject &body);
    [[nodiscard]] static QJsonObject dailyBody(QDate start, QDate end, int windowDays = 1);
    [[nodiscard]] static QJsonObject windowBody(const QString &start, const QString &end,
                                                const QString &window = QStringLiteral("60s"));
    QJsonObject truth(QDate date);
};

/// The reason of a google.rpc.Status.
QString reasonOf(const SimAnswer &answer);
/// Its name: "INVALID_ARGUMENT".
QString statusOf(const SimAnswer &answer);
QString messageOf(const SimAnswer &answer);

} // namespace wristkeep
