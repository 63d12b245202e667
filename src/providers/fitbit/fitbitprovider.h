// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The Fitbit Web API as a provider: switched off by Fitbit on 2 November 2026, kept for the original's
// data, for stored answers and for the simulated service. Facts: docs/PROVIDERS.md.

#include "providers/provider.h"

namespace wristkeep {

class FitbitProvider final : public Provider
{
public:
    FitbitProvider();

    [[nodiscard]] QString id() const override;
    [[nodiscard]] QString title() const override;
    [[nodiscard]] const QList<DataType> &dataTypes() const override;
    [[nodiscard]] OAuthClient oauthClient(const Settings &settings) const override;
    [[nodiscard]] Result<HttpRequest> request(const FetchTask &task, const Settings &settings,
                                              const Zone &zone) const override;
    [[nodiscard]] Result<Batch> parse(const QByteArray &body, const ParseContext &context) const override;
    [[nodiscard]] Result<DayBodies> dayBodies(const QList<QByteArray> &bodies, const QList<QDate> &dates,
                                              const ParseContext &context) const override;
    [[nodiscard]] ServiceAllowance allowance() const override;
    [[nodiscard]] HttpRequest profileRequest(const Settings &settings) const override;
    [[nodiscard]] Result<RemoteProfile> parseProfile(const QByteArray &body) const override;
    [[nodiscard]] QString profileScope() const override;
    [[nodiscard]] Error classify(const HttpResponse &response, qint64 nowUtc) const override;
    [[nodiscard]] QuotaState quota(const HttpResponse &response, qint64 nowUtc) const override;
    [[nodiscard]] QStringList permissionHints(const QString &dataType) const override;

private:
    QList<DataType> m_types;
};

} // namespace wristkeep
