// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/googlehealth/daybodies.h"

#include "providers/googlehealth/civildays.h"
#include "providers/googlehealth/googlehealthtypes.h"
#include "providers/googlehealth/rowreader.h"
#include "providers/sourceelements.h"

#include <QByteArrayList>

#include <simdjson.h>

#include <optional>

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

using Json = simdjson::dom::object;

/// What day an element is about; none where it does not say so in the way of its type.
std::optional<QDate> dayOf(const simdjson::dom::element &point, const CivilDays &days,
                           const GoogleHealthType &type)
{
    const auto row = RowReader(type, 0).readTime(point);
    if (!row)
        return std::nullopt;
    if (hasCivilDates(type))
        return row->date;
    const auto index = days.indexOf(row->start.utc);
    return index ? std::optional<QDate>(days.date(*index)) : std::nullopt;
}

using Shares = QMap<QDate, QByteArrayList>; // source texts

struct Division
{
    Shares shares;       ///< of the wanted days
    bool others = false; ///< some elements are about another day
    bool isLastPage = true;
};

/// Only the times are looked at: the answer was read as a whole before. False: it cannot be divided.
bool divide(const QByteArray &body, const CivilDays &days, const GoogleHealthType &type, Division &division)
{
    simdjson::dom::parser parser;
    const simdjson::padded_string padded(body.constData(), size_t(body.size()));
    Json root;
    if (parser.parse(padded).get(root) != simdjson::SUCCESS)
        return false;
    std::string_view token;
    division.isLastPage = root["nextPageToken"].get(token) != simdjson::SUCCESS || token.empty();
    simdjson::dom::array points;
    if (root[listMember(type)].get(points) != simdjson::SUCCESS)
        return true; // no list, or null: an answer without data
    const QList<std::string_view> sources = sourceElements(body, listMember(type));
    if (size_t(sources.size()) != points.size())
        return false;
    auto source = sources.cbegin();
    for (const auto &point : points) {
        if (!point.is_object())
            return false;
        const std::optional<QDate> day = dayOf(point, days, type);
        const auto share = day ? division.shares.find(*day) : division.shares.end();
        if (share != division.shares.end())
            share->append(QByteArray(source->data(), qsizetype(source->size())));
        division.others = division.others || (day && share == division.shares.end());
        ++source;
    }
    return true;
}

} // namespace

Result<DayBodies> googleHealthDayBodies(const QList<QByteArray> &bodies, const QList<QDate> &dates,
                                        const ParseContext &context, const GoogleHealthType &type)
{
    const CivilDays days(context.task, context.zone);
    const bool oneDay = context.task.first == context.task.last && dates == QList<QDate>{context.task.first};
    Division division;
    for (const QDate date : dates)
        division.shares.insert(date, {});
    for (const QByteArray &body : bodies) {
        if (!divide(body, days, type, division))
            return failure(ErrorKind::NotUnderstood, u"The answer could not be divided into days."_s);
        if (oneDay && bodies.size() == 1 && division.isLastPage && !division.others)
            return DayBodies{{context.task.first, body}};
    }
    DayBodies divided;
    for (const QDate date : dates)
        divided.insert(date, "{\"" + QByteArray(listMember(type)) + "\":[" +
                                 division.shares.value(date).join(',') + "]}");
    return divided;
}

} // namespace wristkeep
