// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A made-up service for tests: many days a request, many pages an answer, read by POST ("beats_1min",
// "beats_raw" one day a request) or by GET with the page token in the query ("listed_1min"). An answer is
// {"points":[{"d":"2026-03-01","t":60,"v":70}, …],"next":"token"}; t counts minutes from midnight.

#include "providers/provider.h"

namespace wristkeep::test {

class PagedProvider final : public Provider
{
public:
    explicit PagedProvider(QUrl base = QUrl(QStringLiteral("http://127.0.0.1:1"))) : m_base(std::move(base))
    {
    }

    [[nodiscard]] QString id() const override { return QStringLiteral("paged"); }
    [[nodiscard]] QString title() const override { return QStringLiteral("Paged"); }
    [[nodiscard]] const QList<DataType> &dataTypes() const override;
    [[nodiscard]] OAuthClient oauthClient(const Settings &settings) const override;
    [[nodiscard]] Result<HttpRequest> request(const FetchTask &task, const Settings &settings,
                                              const Zone &zone) const override;
    [[nodiscard]] Result<Batch> parse(const QByteArray &body, const ParseContext &context) const override;
    [[nodiscard]] Result<DayBodies> dayBodies(const QList<QByteArray> &bodies, const QList<QDate> &dates,
                                              const ParseContext &context) const override;
    [[nodiscard]] RequestPace pace() const override { return chosenPace; }
    [[nodiscard]] HttpRequest profileRequest(const Settings &settings) const override;
    [[nodiscard]] Result<RemoteProfile> parseProfile(const QByteArray &body) const override;
    [[nodiscard]] QString profileScope() const override { return {}; }
    [[nodiscard]] Error classify(const HttpResponse &response, qint64 nowUtc) const override;
    [[nodiscard]] QuotaState quota(const HttpResponse &, qint64) const override { return {}; }
    [[nodiscard]] QStringList permissionHints(const QString &) const override { return {}; }

    RequestPace chosenPace;

private:
    QUrl m_base;
};

/// One reading as it stands in an answer.
QByteArray pagedPoint(QDate date, int minute, int value);
/// A page; an empty token makes it the last.
QByteArray pagedAnswer(const QByteArrayList &points, const QByteArray &next = {});

} // namespace wristkeep::test
