// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/fitbit/dayshares.h"

#include "core/isodate.h"
#include "providers/fitbit/fitbittypes.h"
#include "providers/sourceelements.h"

#include <QByteArrayList>

#include <simdjson.h>

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

using Shares = QMap<QByteArray, QByteArrayList>; // elements by their date as it is written

/// Only the dates are looked at: the answer was read as a whole before. False: it cannot be divided.
bool divide(const QByteArray &body, std::string_view list, std::string_view dateMember, Shares &shares)
{
    simdjson::dom::parser parser;
    const simdjson::padded_string padded(body.constData(), size_t(body.size()));
    simdjson::dom::object root;
    simdjson::dom::array array;
    if (parser.parse(padded).get(root) != simdjson::SUCCESS || root[list].get(array) != simdjson::SUCCESS)
        return false;
    const QList<std::string_view> sources = sourceElements(body, list);
    if (size_t(sources.size()) != array.size())
        return false;
    auto source = sources.cbegin();
    for (const simdjson::dom::element element : array) {
        std::string_view date;
        if (element[dateMember].get(date) != simdjson::SUCCESS)
            return false;
        const auto share = shares.find(QByteArray::fromRawData(date.data(), qsizetype(date.size())));
        if (share != shares.end())
            share->append(QByteArray(source->data(), qsizetype(source->size())));
        ++source;
    }
    return true;
}

} // namespace

Result<DayBodies> fitbitDayBodies(const QList<QByteArray> &bodies, const QList<QDate> &dates,
                                  const ParseContext &context, const FitbitType &row)
{
    const QDate only = context.task.first;
    if (bodies.size() == 1 && context.task.last == only && dates == QList<QDate>{only})
        return DayBodies{{only, bodies.first()}};
    if (row.rangePath.isEmpty())
        return failure(ErrorKind::Internal, u"Fitbit gives %1 one day at a time."_s.arg(row.type.title));
    Shares shares;
    for (const QDate date : dates)
        shares.insert(isoDateBytes(date), {});
    const std::string list = row.list.toStdString();
    const std::string dateMember = row.dateMember.toStdString();
    for (const QByteArray &body : bodies) {
        if (!divide(body, list, dateMember, shares))
            return failure(ErrorKind::NotUnderstood, u"The answer could not be divided into days."_s);
    }
    DayBodies divided;
    for (const QDate date : dates)
        divided.insert(date, "{\"" + row.list.toUtf8() + "\":[" + shares.value(isoDateBytes(date)).join(',') +
                                 "]}");
    return divided;
}

} // namespace wristkeep
