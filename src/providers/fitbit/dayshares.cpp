// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/fitbit/dayshares.h"

#include "providers/fitbit/fitbittypes.h"
#include "providers/provider.h"
#include "providers/sourceelements.h"

#include <QByteArrayList>

#include <simdjson.h>

#include <optional>

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

/// Only the dates are looked at: an answer is divided once for each of its days, and was read as a whole
/// before.
std::optional<QByteArrayList> elementsAbout(const QByteArray &body, std::string_view day,
                                            std::string_view list, std::string_view dateMember)
{
    simdjson::dom::parser parser;
    const simdjson::padded_string padded(body.constData(), size_t(body.size()));
    simdjson::dom::object root;
    simdjson::dom::array array;
    if (parser.parse(padded).get(root) != simdjson::SUCCESS || root[list].get(array) != simdjson::SUCCESS)
        return std::nullopt;
    const QList<std::string_view> sources = sourceElements(body, list);
    if (size_t(sources.size()) != array.size())
        return std::nullopt;
    QByteArrayList elements;
    auto source = sources.cbegin();
    for (const simdjson::dom::element element : array) {
        std::string_view date;
        if (element[dateMember].get(date) != simdjson::SUCCESS)
            return std::nullopt;
        if (date == day)
            elements.append(QByteArray(source->data(), qsizetype(source->size())));
        ++source;
    }
    return elements;
}

} // namespace

Result<QByteArray> fitbitDayBody(const QList<QByteArray> &bodies, QDate date, const ParseContext &context,
                                 const FitbitType &row)
{
    if (bodies.size() == 1 && context.task.first == date && context.task.last == date)
        return bodies.first();
    if (row.rangePath.isEmpty())
        return failure(ErrorKind::Internal, u"Fitbit gives %1 one day at a time."_s.arg(row.type.title));
    const std::string day = date.toString(Qt::ISODate).toStdString();
    const std::string list = row.list.toStdString();
    const std::string dateMember = row.dateMember.toStdString();
    QByteArrayList elements;
    for (const QByteArray &body : bodies) {
        const auto share = elementsAbout(body, day, list, dateMember);
        if (!share)
            return failure(ErrorKind::NotUnderstood, u"The answer could not be divided into days."_s);
        elements += *share;
    }
    return "{\"" + row.list.toUtf8() + "\":[" + elements.join(',') + "]}";
}

} // namespace wristkeep
