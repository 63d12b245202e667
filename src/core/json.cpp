// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/json.h"

#include "core/isodate.h"

#include <QDate>
#include <QLocale>
#include <QTime>

#include <cmath>
#include <utility>

namespace wristkeep {

namespace {

constexpr double LargestWholeNumber = 9007199254740992.0; // 2^53: beyond it a double skips integers

QString typeName(const QJsonValue &value)
{
    switch (value.type()) {
    case QJsonValue::Null:
        return QStringLiteral("null");
    case QJsonValue::Bool:
        return QStringLiteral("a boolean");
    case QJsonValue::Double:
        return QStringLiteral("a number");
    case QJsonValue::String:
        return QStringLiteral("a text");
    case QJsonValue::Array:
        return QStringLiteral("a list");
    case QJsonValue::Object:
        return QStringLiteral("an object");
    case QJsonValue::Undefined:
        break;
    }
    return QStringLiteral("nothing");
}

} // namespace

Result<QJsonDocument> parseJson(const QByteArray &bytes)
{
    QJsonParseError problem;
    QJsonDocument document = QJsonDocument::fromJson(bytes, &problem);
    if (problem.error == QJsonParseError::NoError)
        return document;
    const QByteArray start = bytes.trimmed();
    if (start.isEmpty())
        return failure(ErrorKind::NotUnderstood, QStringLiteral("The answer is empty."));
    if (start.startsWith('<'))
        return failure(ErrorKind::NotUnderstood, QStringLiteral("The answer is a web page, not JSON."));
    return failure(ErrorKind::NotUnderstood,
                   QStringLiteral("The answer is not valid JSON: %1 at byte %2 of %3.")
                       .arg(problem.errorString())
                       .arg(problem.offset)
                       .arg(bytes.size()));
}

JsonNode::JsonNode(QJsonValue value, QString path) : m_value(std::move(value)), m_path(std::move(path)) {}

Result<JsonNode> JsonNode::parse(const QByteArray &bytes)
{
    const auto document = parseJson(bytes);
    if (!document)
        return failure(document.error());
    return JsonNode(document->isArray() ? QJsonValue(document->array()) : QJsonValue(document->object()));
}

bool JsonNode::has(const QString &member) const
{
    return optionalMember(member).has_value();
}

Result<JsonNode> JsonNode::member(const QString &name) const
{
    if (!m_value.isObject())
        return wrong(QStringLiteral("an object"));
    if (auto found = optionalMember(name))
        return *found;
    return failure(ErrorKind::NotUnderstood, QStringLiteral("%1.%2 is missing.").arg(m_path, name));
}

std::optional<JsonNode> JsonNode::optionalMember(const QString &name) const
{
    const QJsonValue found = m_value.toObject().value(name);
    if (found.isUndefined() || found.isNull())
        return std::nullopt;
    return JsonNode(found, m_path + QLatin1Char('.') + name);
}

Result<QList<JsonNode>> JsonNode::items() const
{
    if (!m_value.isArray())
        return wrong(QStringLiteral("a list"));
    const QJsonArray array = m_value.toArray();
    QList<JsonNode> nodes;
    nodes.reserve(array.size());
    for (qsizetype i = 0; i < array.size(); ++i)
        nodes.append(JsonNode(array.at(i), QStringLiteral("%1[%2]").arg(m_path).arg(i)));
    return nodes;
}

Result<QString> JsonNode::text() const
{
    if (!m_value.isString())
        return wrong(QStringLiteral("a text"));
    return m_value.toString();
}

Result<double> JsonNode::number() const
{
    if (!m_value.isDouble() || !std::isfinite(m_value.toDouble()))
        return wrong(QStringLiteral("a number"));
    return m_value.toDouble();
}

Result<double> JsonNode::numberOrText() const
{
    if (!m_value.isString())
        return number();
    bool ok = false;
    const double value = QLocale::c().toDouble(m_value.toString(), &ok);
    // The C locale groups thousands with a comma; a provider never does, so "1,234" is not a number here.
    if (!ok || !std::isfinite(value) || m_value.toString().contains(QLatin1Char(',')))
        return wrong(QStringLiteral("a number"));
    return value;
}

Result<qint64> JsonNode::integer() const
{
    const auto value = number();
    if (!value)
        return failure(value.error());
    if (*value != std::floor(*value) || std::abs(*value) > LargestWholeNumber)
        return wrong(QStringLiteral("a whole number"));
    return qint64(*value);
}

Result<QDate> JsonNode::date() const
{
    const QDate date = dateFromIso(m_value.toString());
    if (!date.isValid())
        return wrong(QStringLiteral("a date like 2024-03-10"));
    return date;
}

Result<QTime> JsonNode::time() const
{
    const QString text = m_value.toString();
    QTime time = QTime::fromString(text, QStringLiteral("HH:mm:ss"));
    if (!time.isValid())
        time = QTime::fromString(text, QStringLiteral("HH:mm"));
    if (!time.isValid())
        return wrong(QStringLiteral("a time like 18:05:00"));
    return time;
}

tl::unexpected<Error> JsonNode::wrong(const QString &expected) const
{
    return failure(ErrorKind::NotUnderstood,
                   QStringLiteral("%1 should be %2 but is %3.").arg(m_path, expected, typeName(m_value)));
}

} // namespace wristkeep
