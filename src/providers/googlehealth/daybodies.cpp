// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/googlehealth/daybodies.h"

#include "providers/googlehealth/civildays.h"
#include "providers/googlehealth/googlehealthtypes.h"
#include "providers/googlehealth/rowreader.h"
#include "providers/provider.h"
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

struct Share
{
    QByteArrayList elements; ///< source texts of those about the day
    bool others = false;     ///< some are about another day
    bool isLastPage = true;
};

/// Only the times are looked at: an answer is divided once for each of its days, and was read as a whole
/// before.
std::optional<Share> shareOf(const QByteArray &body, QDate date, const CivilDays &days,
                             const GoogleHealthType &type)
{
    simdjson::dom::parser parser;
    const simdjson::padded_string padded(body.constData(), size_t(body.size()));
    Json root;
    if (parser.parse(padded).get(root) != simdjson::SUCCESS)
        return std::nullopt;
    Share share;
    std::string_view token;
    share.isLastPage = root["nextPageToken"].get(token) != simdjson::SUCCESS || token.empty();
    simdjson::dom::array points;
    if (root[listMember(type)].get(points) != simdjson::SUCCESS)
        return share; // no list, or null: an answer without data
    const QList<std::string_view> sources = sourceElements(body, listMember(type));
    if (size_t(sources.size()) != points.size())
        return std::nullopt;
    auto source = sources.cbegin();
    for (const auto &point : points) {
        if (!point.is_object())
            return std::nullopt;
        const auto day = dayOf(point, days, type);
        if (day == date)
            share.elements.append(QByteArray(source->data(), qsizetype(source->size())));
        share.others = share.others || (day && day != date);
        ++source;
    }
    return share;
}

} // namespace

Result<QByteArray> googleHealthDayBody(const QList<QByteArray> &bodies, QDate date,
                                       const ParseContext &context, const GoogleHealthType &type)
{
    const CivilDays days(context.task, context.zone);
    const bool oneDay = context.task.first == date && context.task.last == date;
    QByteArrayList elements;
    for (const QByteArray &body : bodies) {
        const auto share = shareOf(body, date, days, type);
        if (!share)
            return failure(ErrorKind::NotUnderstood, u"The answer could not be divided into days."_s);
        if (oneDay && bodies.size() == 1 && share->isLastPage && !share->others)
            return body;
        elements += share->elements;
    }
    return "{\"" + QByteArray(listMember(type)) + "\":[" + elements.join(',') + "]}";
}

} // namespace wristkeep
