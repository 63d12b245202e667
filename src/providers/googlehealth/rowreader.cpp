// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/googlehealth/rowreader.h"

#include "providers/googlehealth/answerelements.h"
#include "providers/googlehealth/googlehealthtypes.h"

#include <algorithm>
#include <cmath>

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

/// Of something unknown there is no sum.
std::optional<double> sumOf(const QList<std::optional<double>> &parts)
{
    double sum = 0;
    for (const auto &part : parts) {
        if (!part)
            return std::nullopt;
        sum += *part;
    }
    return sum;
}

} // namespace

RowReader::Way RowReader::then(Way way, const Step &step)
{
    *std::find_if(way.begin(), way.end(), [](const Step &each) { return !each.name; }) = step;
    return way;
}

tl::unexpected<Error> RowReader::wrong(const Way &way, const QString &what) const
{
    QString rest;
    for (const Step &step : way) {
        if (step.name)
            rest += u'.' + QLatin1StringView(step.name);
        if (step.index >= 0)
            rest += u"[%1]"_s.arg(step.index);
    }
    return notUnderstoodAt(rowPath(m_type, m_index, rest), what);
}

tl::unexpected<Error> RowReader::mistyped(const Way &way, const char *expected, const Element &element) const
{
    return wrong(way, u"should be %1 but is %2."_s.arg(QLatin1StringView(expected), nameOf(element.type())));
}

Result<simdjson::dom::object> RowReader::objectIn(const Object &object, const char *name,
                                                  const Way &way) const
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
            return Number();
        number = QByteArray::fromRawData(text.data(), qsizetype(text.size())).toDouble(&ok);
    }
    if (!ok || !std::isfinite(number))
        return mistyped(then(way, name), "a number", *element);
    return number;
}

Result<std::optional<double>> RowReader::durationIn(const Object &object, const char *name,
                                                    const Way &way) const
{
    const auto element = memberOf(object, name);
    if (!element)
        return Number();
    std::string_view text;
    if (element->get(text) == simdjson::SUCCESS) {
        if (const auto seconds = durationOf(text))
            return Number(*seconds);
    }
    return mistyped(then(way, name), "a duration like 3600s", *element);
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

/// By the clock the person woke up to. What the service says itself comes first: by that it filters.
Result<QDate> RowReader::dayOfEnd(const Object &interval, const Way &way) const
{
    if (memberOf(interval, "civilEndTime")) {
        const auto civil = objectIn(interval, "civilEndTime", way);
        return civil ? dateIn(*civil, then(way, "civilEndTime")) : Result<QDate>(failure(civil.error()));
    }
    const auto end = instantIn(interval, "endTime", way);
    if (!end)
        return failure(end.error());
    const auto offset = durationIn(interval, "endUtcOffset", way);
    if (!offset)
        return failure(offset.error());
    if (std::abs(offset->value_or(0)) > LargestUtcOffset)
        return wrong(then(way, "endUtcOffset"), u"is not the offset of any clock."_s);
    return dateAt(*end, qint64(offset->value_or(0)));
}

Outcome RowReader::readTimeIn(const Object &point, const Object &value, AnswerRow &row) const
{
    const auto take = [](auto &place, const auto &read) -> Outcome {
        if (!read)
            return failure(read.error());
        place = *read;
        return {};
    };
    const auto within = [this](const Object &object, const char *name, const Way &way, const auto &next) {
        const auto found = objectIn(object, name, way);
        return found ? next(*found, then(way, name)) : Outcome(failure(found.error()));
    };
    const Way inValue{m_type.member};
    switch (m_type.time) {
    case GoogleHealthTime::WindowStart:
        return take(row.start, instantIn(point, "startTime", {}));
    case GoogleHealthTime::Date:
        return take(row.date, dateIn(value, inValue));
    case GoogleHealthTime::Sample:
        return within(value, "sampleTime", inValue, [&](const Object &time, const Way &way) {
            return take(row.start, instantIn(time, "physicalTime", way));
        });
    case GoogleHealthTime::SessionEnd:
        return within(value, "interval", inValue, [&](const Object &interval, const Way &way) {
            return take(row.date, dayOfEnd(interval, way));
        });
    case GoogleHealthTime::CivilStart:
        break;
    }
    return within(point, "civilStartTime", {},
                  [&](const Object &start, const Way &way) { return take(row.date, dateIn(start, way)); });
}

Result<std::optional<double>> RowReader::quantityIn(const Object &object, const char *name,
                                                    const Way &way) const
{
    auto number = m_type.isDuration ? durationIn(object, name, way) : numberIn(object, name, way);
    if (!number || !*number)
        return number;
    if (**number < m_type.least || **number > m_type.most)
        return wrong(then(way, name),
                     u"is %1, which is not between %2 and %3."_s.arg(QString::number(**number, 'g', 12),
                                                                     QString::number(m_type.least, 'g', 12),
                                                                     QString::number(m_type.most, 'g', 12)));
    if (**number == 0 && m_type.zero == GoogleHealthZero::NoReading)
        return Number();
    return Number((m_type.rounded ? std::round(**number) : **number) / m_type.perUnit);
}

/// An element about a level or zone nobody knows is about something else.
Outcome RowReader::readListedPart(const Object &part, const Way &way, AnswerRow &row) const
{
    const auto key = memberOf(part, m_type.partKey);
    if (!key)
        return {};
    std::string_view name;
    if (key->get(name) != simdjson::SUCCESS)
        return mistyped(then(way, m_type.partKey), "a text", *key);
    for (qsizetype i = 0; i < m_type.parts.size(); ++i) {
        const GoogleHealthPart &wanted = m_type.parts.at(i);
        if (name != wanted.name)
            continue;
        if (row.parts.at(i))
            return wrong(then(way, m_type.partKey), u"names %1 again."_s.arg(QLatin1StringView(wanted.name)));
        const auto number = quantityIn(part, wanted.field, way);
        if (!number)
            return failure(number.error());
        row.parts[i] = *number;
    }
    return {};
}

Outcome RowReader::readListedParts(const Object &value, AnswerRow &row) const
{
    const auto element = memberOf(value, m_type.partList);
    if (!element)
        return {};
    simdjson::dom::array list;
    if (element->get(list) != simdjson::SUCCESS)
        return mistyped({m_type.member, m_type.partList}, "a list", *element);
    qsizetype index = 0;
    for (const Element &each : list) {
        const Way way{m_type.member, Step(m_type.partList, index++)};
        Object part;
        if (each.get(part) != simdjson::SUCCESS)
            return mistyped(way, "an object", each);
        if (const auto read = readListedPart(part, way, row); !read)
            return read;
    }
    return {};
}

Outcome RowReader::readParts(const Object &value, AnswerRow &row) const
{
    row.parts.resize(m_type.parts.size());
    if (*m_type.partList)
        return readListedParts(value, row);
    for (qsizetype i = 0; i < m_type.parts.size(); ++i) {
        const auto number = quantityIn(value, m_type.parts.at(i).field, {m_type.member});
        if (!number)
            return failure(number.error());
        row.parts[i] = *number;
    }
    return {};
}

Outcome RowReader::readValue(const Object &value, AnswerRow &row) const
{
    if (const auto read = m_type.parts.isEmpty() ? Outcome() : readParts(value, row); !read)
        return read;
    if (m_type.sumsParts)
        row.value = sumOf(row.parts);
    if (!*m_type.field)
        return {};
    const auto number = quantityIn(value, m_type.field, {m_type.member});
    if (!number)
        return failure(number.error());
    row.value = *number;
    return {};
}

Result<AnswerRow> RowReader::readTime(const Element &element) const
{
    Object point;
    if (element.get(point) != simdjson::SUCCESS)
        return mistyped({}, "an object", element);
    Object value;
    if (!isRolledUp(m_type)) {
        const auto found = objectIn(point, m_type.member, {});
        if (!found)
            return failure(found.error());
        value = *found;
    }
    AnswerRow row;
    row.index = m_index;
    const auto time = readTimeIn(point, value, row);
    return time ? Result<AnswerRow>(row) : failure(time.error());
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
    if (const auto time = readTimeIn(point, *value, row); !time)
        return failure(time.error());
    if (const auto read = readValue(*value, row); !read)
        return failure(read.error());
    return std::optional<AnswerRow>(std::move(row));
}

} // namespace wristkeep
