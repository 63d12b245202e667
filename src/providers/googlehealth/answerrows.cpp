// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/googlehealth/answerrows.h"

#include "core/json.h"
#include "providers/googlehealth/googlehealthtypes.h"

#include <simdjson.h>

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

/// A value of a row, with the means to say where it stands. The path is made only when something is wrong.
class RowReader
{
public:
    RowReader(const GoogleHealthType &type, qsizetype index) : m_type(type), m_index(index) {}

    /// None for a row about something else.
    Result<std::optional<AnswerRow>> read(const Element &element) const;

private:
    [[nodiscard]] tl::unexpected<Error> wrong(const QString &rest, const char *expected,
                                              const Element &element) const;
    [[nodiscard]] tl::unexpected<Error> missing(const QString &rest) const;
    /// A member that must be there and an object; `rest` names where `object` stands.
    Result<Object> objectIn(const Object &object, const char *name, const QString &rest) const;
    Result<Instant> instantIn(const Object &object, const char *name, const QString &rest) const;
    Result<int> partIn(const Object &date, const char *name, const QString &rest) const;
    Result<QDate> dateIn(const Object &object, const QString &rest) const;
    Outcome readTime(const Object &point, const Object &value, AnswerRow &row) const;
    /// None is "NaN"; absent is 0, as everywhere in this API.
    Result<std::optional<double>> numberIn(const Object &object, const char *name, const QString &rest) const;
    Result<std::optional<double>> valueIn(const Object &object, const QString &rest) const;

    const GoogleHealthType &m_type;
    qsizetype m_index;
};

tl::unexpected<Error> RowReader::wrong(const QString &rest, const char *expected,
                                       const Element &element) const
{
    return notUnderstoodAt(
        rowPath(m_type, m_index, rest),
        u"should be %1 but is %2."_s.arg(QLatin1StringView(expected), nameOf(element.type())));
}

tl::unexpected<Error> RowReader::missing(const QString &rest) const
{
    return notUnderstoodAt(rowPath(m_type, m_index, rest), u"is missing."_s);
}

QString inside(const QString &rest, const char *name)
{
    return rest + u'.' + QLatin1StringView(name);
}

Result<Object> RowReader::objectIn(const Object &object, const char *name, const QString &rest) const
{
    const auto element = memberOf(object, name);
    if (!element)
        return missing(inside(rest, name));
    Object found;
    if (element->get(found) != simdjson::SUCCESS)
        return wrong(inside(rest, name), "an object", *element);
    return found;
}

Result<Instant> RowReader::instantIn(const Object &object, const char *name, const QString &rest) const
{
    const auto element = memberOf(object, name);
    if (!element)
        return missing(inside(rest, name));
    std::string_view text;
    if (element->get(text) != simdjson::SUCCESS)
        return wrong(inside(rest, name), "a time like 2026-11-21T07:02:00Z", *element);
    const auto instant = instantOf(text);
    if (!instant)
        return wrong(inside(rest, name), "a time like 2026-11-21T07:02:00Z", *element);
    return *instant;
}

Result<std::optional<double>> RowReader::numberIn(const Object &object, const char *name,
                                                  const QString &rest) const
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
        return wrong(inside(rest, name), "a number", *element);
    return number;
}

Result<int> RowReader::partIn(const Object &date, const char *name, const QString &rest) const
{
    const auto number = numberIn(date, name, rest);
    if (!number)
        return failure(number.error());
    // Beyond any calendar, and within what an int holds.
    if (!*number || **number < 0 || **number > 9999 || **number != std::floor(**number))
        return notUnderstoodAt(rowPath(m_type, m_index, inside(rest, name)), u"is no part of a date."_s);
    return int(**number);
}

Result<QDate> RowReader::dateIn(const Object &object, const QString &rest) const
{
    const auto date = objectIn(object, "date", rest);
    if (!date)
        return failure(date.error());
    const QString path = inside(rest, "date");
    const auto year = partIn(*date, "year", path);
    const auto month = year ? partIn(*date, "month", path) : year;
    const auto day = month ? partIn(*date, "day", path) : month;
    if (!day)
        return failure(day.error());
    const QDate found(*year, *month, *day);
    if (!found.isValid())
        return notUnderstoodAt(rowPath(m_type, m_index, path), u"is no day of the calendar."_s);
    return found;
}

Outcome RowReader::readTime(const Object &point, const Object &value, AnswerRow &row) const
{
    const QString member = u'.' + QLatin1StringView(m_type.member);
    if (hasCivilDates(m_type)) {
        const bool rolledUp = m_type.call == GoogleHealthCall::DailyRollUp;
        const auto start = rolledUp ? objectIn(point, "civilStartTime", {}) : Result<Object>(value);
        const auto date = start ? dateIn(*start, rolledUp ? u".civilStartTime"_s : member)
                                : Result<QDate>(failure(start.error()));
        if (!date)
            return failure(date.error());
        row.date = *date;
        return {};
    }
    const bool window = m_type.call == GoogleHealthCall::RollUp;
    const auto holder = window ? Result<Object>(point) : objectIn(value, "sampleTime", member);
    if (!holder)
        return failure(holder.error());
    const auto instant = window ? instantIn(*holder, "startTime", {})
                                : instantIn(*holder, "physicalTime", inside(member, "sampleTime"));
    if (!instant)
        return failure(instant.error());
    row.start = *instant;
    return {};
}

Result<std::optional<double>> RowReader::valueIn(const Object &object, const QString &rest) const
{
    auto number = numberIn(object, m_type.field, rest);
    if (!number || !*number)
        return number;
    if (**number < 0 || **number > m_type.most)
        return notUnderstoodAt(
            rowPath(m_type, m_index, inside(rest, m_type.field)),
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
        return wrong({}, "an object", element);
    if (!memberOf(point, m_type.member))
        return std::optional<AnswerRow>();
    const auto value = objectIn(point, m_type.member, {});
    if (!value)
        return failure(value.error());
    AnswerRow row;
    row.index = m_index;
    if (const auto time = readTime(point, *value, row); !time)
        return failure(time.error());
    const auto number = valueIn(*value, u'.' + QLatin1StringView(m_type.member));
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
