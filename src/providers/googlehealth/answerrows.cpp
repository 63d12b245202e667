// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/googlehealth/answerrows.h"

#include "core/json.h"
#include "providers/googlehealth/googlehealthtypes.h"

#include <simdjson.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

using Element = simdjson::dom::element;
using Object = simdjson::dom::object;
using Type = simdjson::dom::element_type;

QString nameOf(Type type)
{
    switch (type) {
    case Type::ARRAY:
        return u"a list"_s;
    case Type::OBJECT:
        return u"an object"_s;
    case Type::STRING:
        return u"a text"_s;
    case Type::BOOL:
        return u"a boolean"_s;
    case Type::NULL_VALUE:
        return u"null"_s;
    case Type::INT64:
    case Type::UINT64:
    case Type::DOUBLE:
        break;
    }
    return u"a number"_s;
}

/// A member that is there and not null.
std::optional<Element> memberOf(const Object &object, const char *name)
{
    Element element;
    if (object[name].get(element) != simdjson::SUCCESS || element.is_null())
        return std::nullopt;
    return element;
}

/// The members from a row down to a value. Cheap to pass on: the text is made only when something is wrong.
using Way = std::array<const char *, 4>;

Way then(Way way, const char *name)
{
    *std::find(way.begin(), way.end(), nullptr) = name;
    return way;
}

class RowReader
{
public:
    RowReader(const GoogleHealthType &type, qsizetype index) : m_type(type), m_index(index) {}

    /// None for a row about something else.
    [[nodiscard]] Result<std::optional<AnswerRow>> read(const Element &element) const;

private:
    [[nodiscard]] tl::unexpected<Error> wrong(const Way &way, const QString &what) const;
    [[nodiscard]] tl::unexpected<Error> mistyped(const Way &way, const char *expected,
                                                 const Element &element) const;
    /// These take the object and the way to it; the member must be there.
    [[nodiscard]] Result<Object> objectIn(const Object &object, const char *name, const Way &way) const;
    [[nodiscard]] Result<Instant> instantIn(const Object &object, const char *name, const Way &way) const;
    [[nodiscard]] Result<QDate> dateIn(const Object &object, const Way &way) const;
    [[nodiscard]] Result<int> partIn(const Object &date, const char *name, const Way &way) const;
    /// None is "NaN"; absent is 0, as everywhere in this API.
    [[nodiscard]] Result<std::optional<double>> numberIn(const Object &object, const char *name,
                                                         const Way &way) const;
    [[nodiscard]] Result<std::optional<double>> valueIn(const Object &value) const;
    [[nodiscard]] Result<QDate> dateOf(const Object &point, const Object &value) const;
    [[nodiscard]] Result<Instant> startOf(const Object &point, const Object &value) const;
    Outcome readTime(const Object &point, const Object &value, AnswerRow &row) const;

    const GoogleHealthType &m_type;
    qsizetype m_index;
};

tl::unexpected<Error> RowReader::wrong(const Way &way, const QString &what) const
{
    QString rest;
    for (const char *name : way) {
        if (name)
            rest += u'.' + QLatin1StringView(name);
    }
    return notUnderstoodAt(rowPath(m_type, m_index, rest), what);
}

tl::unexpected<Error> RowReader::mistyped(const Way &way, const char *expected, const Element &element) const
{
    return wrong(way, u"should be %1 but is %2."_s.arg(QLatin1StringView(expected), nameOf(element.type())));
}

Result<Object> RowReader::objectIn(const Object &object, const char *name, const Way &way) const
{
    const auto element = memberOf(object, name);
    if (!element)
        return wrong(then(way, name), u"is missing."_s);
    Object found;
    if (element->get(found) != simdjson::SUCCESS)
        return mistyped(then(way, name), "an object", *element);
    return found;
}

Result<Instant> RowReader::instantIn(const Object &object, const char *name, const Way &way) const
{
    const auto element = memberOf(object, name);
    if (!element)
        return wrong(then(way, name), u"is missing."_s);
    std::string_view text;
    if (element->get(text) == simdjson::SUCCESS) {
        if (const auto instant = instantOf(text))
            return *instant;
    }
    return mistyped(then(way, name), "a time like 2026-11-21T07:02:00Z", *element);
}

Result<std::optional<double>> RowReader::numberIn(const Object &object, const char *name,
                                                  const Way &way) const
{
    const auto element = memberOf(object, name);
    if (!element)
        return 0.0;
    double number = 0;
    bool ok = element->get(number) == simdjson::SUCCESS;
    std::string_view text;
    if (!ok && element->get(text) == simdjson::SUCCESS) {
        if (text == "NaN")
            return std::optional<double>();
        number = QByteArray::fromRawData(text.data(), qsizetype(text.size())).toDouble(&ok);
    }
    if (!ok || !std::isfinite(number))
        return mistyped(then(way, name), "a number", *element);
    return number;
}

Result<int> RowReader::partIn(const Object &date, const char *name, const Way &way) const
{
    const auto number = numberIn(date, name, way);
    if (!number)
        return failure(number.error());
    // Beyond any calendar, and within what an int holds.
    if (!*number || **number < 0 || **number > 9999 || **number != std::floor(**number))
        return wrong(then(way, name), u"is no part of a date."_s);
    return int(**number);
}

Result<QDate> RowReader::dateIn(const Object &object, const Way &way) const
{
    const auto date = objectIn(object, "date", way);
    if (!date)
        return failure(date.error());
    const Way there = then(way, "date");
    const auto year = partIn(*date, "year", there);
    const auto month = year ? partIn(*date, "month", there) : year;
    const auto day = month ? partIn(*date, "day", there) : month;
    if (!day)
        return failure(day.error());
    const QDate found(*year, *month, *day);
    if (!found.isValid())
        return wrong(there, u"is no day of the calendar."_s);
    return found;
}

Result<QDate> RowReader::dateOf(const Object &point, const Object &value) const
{
    if (m_type.call != GoogleHealthCall::DailyRollUp)
        return dateIn(value, {m_type.member});
    const auto start = objectIn(point, "civilStartTime", {});
    return start ? dateIn(*start, {"civilStartTime"}) : Result<QDate>(failure(start.error()));
}

Result<Instant> RowReader::startOf(const Object &point, const Object &value) const
{
    if (m_type.call == GoogleHealthCall::RollUp)
        return instantIn(point, "startTime", {});
    const auto time = objectIn(value, "sampleTime", {m_type.member});
    return time ? instantIn(*time, "physicalTime", {m_type.member, "sampleTime"})
                : Result<Instant>(failure(time.error()));
}

Outcome RowReader::readTime(const Object &point, const Object &value, AnswerRow &row) const
{
    if (hasCivilDates(m_type)) {
        const auto date = dateOf(point, value);
        row.date = date.value_or(QDate());
        return date ? Outcome() : failure(date.error());
    }
    const auto start = startOf(point, value);
    row.start = start.value_or(Instant());
    return start ? Outcome() : failure(start.error());
}

Result<std::optional<double>> RowReader::valueIn(const Object &value) const
{
    auto number = numberIn(value, m_type.field, {m_type.member});
    if (!number || !*number)
        return number;
    if (**number < 0 || **number > m_type.most)
        return wrong({m_type.member, m_type.field},
                     u"is %1, which is not between 0 and %2."_s.arg(QString::number(**number, 'g', 12),
                                                                    QString::number(m_type.most, 'g', 12)));
    if (**number == 0 && m_type.zero == GoogleHealthZero::NoReading)
        return std::optional<double>();
    return m_type.rounded ? std::round(**number) : **number;
}

Result<std::optional<AnswerRow>> RowReader::read(const Element &element) const
{
    Object point;
    if (element.get(point) != simdjson::SUCCESS)
        return mistyped({}, "an object", element);
    if (!memberOf(point, m_type.member))
        return std::optional<AnswerRow>();
    const auto value = objectIn(point, m_type.member, {});
    if (!value)
        return failure(value.error());
    AnswerRow row;
    row.index = m_index;
    if (const auto time = readTime(point, *value, row); !time)
        return failure(time.error());
    const auto number = valueIn(*value);
    if (!number)
        return failure(number.error());
    row.value = *number;
    return std::optional<AnswerRow>(row);
}

Result<QString> nextPageOf(const Object &root)
{
    const auto element = memberOf(root, "nextPageToken");
    if (!element)
        return QString();
    std::string_view text;
    if (element->get(text) != simdjson::SUCCESS)
        return notUnderstoodAt(u"$.nextPageToken"_s,
                               u"should be a text but is %1."_s.arg(nameOf(element->type())));
    return QString::fromUtf8(text.data(), qsizetype(text.size()));
}

/// Qt's reader has the words for what is wrong; where it has none, simdjson is the stricter of the two.
Error notJson(const QByteArray &body, simdjson::error_code code)
{
    if (const auto tree = parseJson(body); !tree)
        return tree.error();
    return notUnderstoodAt(u"The answer"_s,
                           u"is not valid JSON: %1"_s.arg(QLatin1StringView(simdjson::error_message(code))))
        .value();
}

/// An answer without data is `{}`; one that has members but none of those promised is something else.
Outcome checkPromise(const Object &root, const char *list)
{
    if (const auto error = memberOf(root, "error"))
        return notUnderstoodAt(u"$.error"_s, u"tells of a failure, although the answer says success."_s);
    if (root.size() > 0 && root[list].error() != simdjson::SUCCESS &&
        root["nextPageToken"].error() != simdjson::SUCCESS)
        return notUnderstoodAt(u"$."_s + QLatin1StringView(list), u"is missing."_s);
    return {};
}

} // namespace

Result<AnswerRows> answerRows(const QByteArray &body, const GoogleHealthType &type)
{
    simdjson::dom::parser parser;
    Element document;
    const simdjson::padded_string padded(body.constData(), size_t(body.size()));
    if (const auto code = parser.parse(padded).get(document); code != simdjson::SUCCESS)
        return failure(notJson(body, code));
    Object root;
    if (document.get(root) != simdjson::SUCCESS)
        return notUnderstoodAt(u"$"_s, u"should be an object but is %1."_s.arg(nameOf(document.type())));
    const char *const list = listMember(type);
    if (const auto promised = checkPromise(root, list); !promised)
        return failure(promised.error());
    auto nextPage = nextPageOf(root);
    if (!nextPage)
        return failure(nextPage.error());

    AnswerRows answer;
    answer.nextPage = std::move(*nextPage);
    const auto element = memberOf(root, list);
    if (!element)
        return answer;
    simdjson::dom::array points;
    if (element->get(points) != simdjson::SUCCESS)
        return notUnderstoodAt(u"$."_s + QLatin1StringView(list),
                               u"should be a list but is %1."_s.arg(nameOf(element->type())));
    qsizetype index = 0;
    for (const Element &point : points) {
        const auto row = RowReader(type, index++).read(point);
        if (!row)
            return failure(row.error());
        if (*row)
            answer.rows.push_back(**row);
    }
    return answer;
}

QString rowPath(const GoogleHealthType &row, qsizetype index, const QString &rest)
{
    return u"$.%1[%2]%3"_s.arg(QLatin1StringView(listMember(row))).arg(index).arg(rest);
}

tl::unexpected<Error> notUnderstoodAt(const QString &path, const QString &what)
{
    return failure(ErrorKind::NotUnderstood, path + u' ' + what);
}

} // namespace wristkeep
