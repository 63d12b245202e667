// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/googlehealth/answerrows.h"

#include "core/fetchtask.h"
#include "core/json.h"
#include "providers/googlehealth/answerelements.h"
#include "providers/googlehealth/googlehealthtypes.h"
#include "providers/googlehealth/rowreader.h"

#include <simdjson.h>

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

using Element = simdjson::dom::element;
using Object = simdjson::dom::object;

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
        auto row = RowReader(type, index++).read(point);
        if (!row)
            return failure(row.error());
        if (*row)
            answer.rows.push_back(std::move(**row));
    }
    return answer;
}

Outcome checkDayAsked(const AnswerRow &row, const FetchTask &task, const GoogleHealthType &type)
{
    if (row.date >= task.first && row.date <= task.last)
        return {};
    return notUnderstoodAt(rowPath(type, row.index),
                           u"is about %1, but %2 to %3 was asked."_s.arg(row.date.toString(Qt::ISODate),
                                                                         task.first.toString(Qt::ISODate),
                                                                         task.last.toString(Qt::ISODate)));
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
