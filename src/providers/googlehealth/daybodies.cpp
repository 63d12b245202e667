// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/googlehealth/daybodies.h"

#include "providers/googlehealth/answerrows.h"
#include "providers/googlehealth/civildays.h"
#include "providers/googlehealth/googlehealthtypes.h"
#include "providers/provider.h"

#include <QByteArrayList>

#include <simdjson.h>

#include <vector>

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

/// Which rows of an answer belong to the day, by their place in the list.
std::vector<qsizetype> placesOf(const AnswerRows &answer, QDate date, const CivilDays &days,
                                const GoogleHealthType &type)
{
    std::vector<qsizetype> places;
    for (const AnswerRow &row : answer.rows) {
        const auto day = days.indexOf(row.start.utc);
        const QDate civil = hasCivilDates(type) ? row.date : day ? days.date(*day) : QDate();
        if (civil == date)
            places.push_back(row.index);
    }
    return places;
}

struct Slices
{
    QByteArrayList chosen; ///< source texts of the elements at the places
    qsizetype all = 0;     ///< how many elements the list has
};

/// The body has been read by answerRows(): it is JSON whose list holds objects.
std::optional<Slices> slicesOf(const QByteArray &body, const char *list, const std::vector<qsizetype> &places)
{
    simdjson::ondemand::parser parser;
    const simdjson::padded_string padded(body.constData(), size_t(body.size()));
    simdjson::ondemand::document document;
    if (parser.iterate(padded).get(document) != simdjson::SUCCESS)
        return std::nullopt;
    Slices slices;
    simdjson::ondemand::array array;
    if (document[list].get_array().get(array) != simdjson::SUCCESS)
        return slices; // no list, or null: an answer without data
    auto next = places.cbegin();
    for (auto element : array) {
        simdjson::ondemand::object object;
        std::string_view text;
        if (element.get_object().get(object) != simdjson::SUCCESS ||
            object.raw_json().get(text) != simdjson::SUCCESS)
            return std::nullopt;
        if (next != places.cend() && *next == slices.all) {
            // The text given ends where the next value or bracket begins.
            slices.chosen.append(QByteArray(text.data(), qsizetype(text.rfind('}') + 1)));
            ++next;
        }
        ++slices.all;
    }
    return slices;
}

} // namespace

Result<QByteArray> googleHealthDayBody(const QList<QByteArray> &bodies, QDate date,
                                       const ParseContext &context, const GoogleHealthType &type)
{
    const CivilDays days(context.task, context.zone);
    const bool oneDay = context.task.first == date && context.task.last == date;
    QByteArrayList elements;
    for (const QByteArray &body : bodies) {
        const auto answer = answerRows(body, type);
        if (!answer)
            return failure(answer.error());
        const auto slices = slicesOf(body, listMember(type), placesOf(*answer, date, days, type));
        if (!slices)
            return failure(ErrorKind::Internal, u"An answer could not be divided into days."_s);
        if (oneDay && bodies.size() == 1 && answer->nextPage.isEmpty() &&
            slices->all == slices->chosen.size())
            return body;
        elements += slices->chosen;
    }
    return "{\"" + QByteArray(listMember(type)) + "\":[" + elements.join(',') + "]}";
}

} // namespace wristkeep
