// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The checked JSON reader: a missing or mistyped member is an error with its path, never a silent zero;
// unknown members are no error.

#include "core/result.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStringList>

#include <optional>

namespace wristkeep {

/// NotUnderstood with the parser's reason and offset when the bytes are not JSON (HTML is named as such).
Result<QJsonDocument> parseJson(const QByteArray &bytes);

/// A value together with its path, e.g. "activities-heart[0].value".
class JsonNode
{
public:
    JsonNode() = default;
    explicit JsonNode(QJsonValue value, QString path = QStringLiteral("$"));
    static Result<JsonNode> parse(const QByteArray &bytes);

    [[nodiscard]] const QJsonValue &value() const { return m_value; }
    [[nodiscard]] const QString &path() const { return m_path; }
    [[nodiscard]] bool has(const QString &member) const; ///< present and not null

    Result<JsonNode> member(const QString &name) const; ///< missing or null: error
    std::optional<JsonNode> optionalMember(const QString &name) const;
    Result<QList<JsonNode>> items() const; ///< not an array: error
    Result<QString> text() const;
    Result<double> number() const;       ///< a JSON number
    Result<double> numberOrText() const; ///< 9120 or "9120" or "6.4"; locale-independent
    Result<qint64> integer() const;      ///< a whole JSON number
    Result<QDate> date() const;          ///< "yyyy-MM-dd"
    Result<QTime> time() const;          ///< "HH:mm:ss" or "HH:mm"

    [[nodiscard]] tl::unexpected<Error> wrong(const QString &expected) const;

private:
    QJsonValue m_value;
    QString m_path = QStringLiteral("$");
};

} // namespace wristkeep
