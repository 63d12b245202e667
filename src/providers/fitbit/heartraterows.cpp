// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/fitbit/heartraterows.h"

#include "providers/fitbit/answerchecks.h"

#include <simdjson.h>

#include <string_view>

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

/// "18:05:00" without the general parser: this runs for every row of every day.
QTime quickTime(std::string_view text)
{
    const auto digits = [text](size_t at) {
        const int tens = text[at] - '0';
        const int ones = text[at + 1] - '0';
        return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? -1 : tens * 10 + ones;
    };
    if (text.size() != 8 || text[2] != ':' || text[5] != ':')
        return {};
    return QTime(digits(0), digits(3), digits(6));
}

QJsonValue treeOf(const simdjson::dom::element &element)
{
    using Type = simdjson::dom::element_type;
    switch (element.type()) {
    case Type::OBJECT: {
        QJsonObject object;
        for (const auto &[key, value] : simdjson::dom::object(element))
            object.insert(QString::fromUtf8(key.data(), qsizetype(key.size())), treeOf(value));
        return object;
    }
    case Type::ARRAY: {
        QJsonArray array;
        for (const auto &value : simdjson::dom::array(element))
            array.append(treeOf(value));
        return array;
    }
    case Type::STRING: {
        const std::string_view text(element);
        return QString::fromUtf8(text.data(), qsizetype(text.size()));
    }
    case Type::INT64:
        return qint64(int64_t(element));
    case Type::UINT64:
    case Type::DOUBLE:
        return double(element);
    case Type::BOOL:
        return bool(element);
    case Type::NULL_VALUE:
        break;
    }
    return QJsonValue::Null;
}

/// The object with `hole` in the place of the member, so that its long list never becomes a tree.
QJsonObject treeWithHole(const simdjson::dom::object &object, std::string_view member, const QJsonValue &hole)
{
    QJsonObject tree;
    for (const auto &[key, value] : object)
        tree.insert(QString::fromUtf8(key.data(), qsizetype(key.size())),
                    key == member ? hole : treeOf(value));
    return tree;
}

/// False at the first row of another shape.
bool readOrdinaryRows(const simdjson::dom::array &dataset, std::vector<HeartRateRow> &rows)
{
    rows.reserve(dataset.size());
    qsizetype index = 0;
    for (const simdjson::dom::element row : dataset) {
        std::string_view text;
        double value = 0;
        if (row["time"].get(text) != simdjson::SUCCESS || row["value"].get(value) != simdjson::SUCCESS)
            return false;
        const QTime time = quickTime(text);
        if (!time.isValid() || value < 0 || value > MostBpm)
            return false;
        // No heart beats at 0: that would be a minute without a reading, which is absent elsewhere.
        if (value > 0)
            rows.push_back({time, value, index});
        ++index;
    }
    return true;
}

/// The path is made only when something is wrong: a day has up to 86,400 rows.
JsonNode rowNode(const QJsonValue &row, const JsonNode &dataset, qsizetype index)
{
    return JsonNode(row, u"%1[%2]"_s.arg(dataset.path()).arg(index));
}

Result<HeartRateRow> checkedRow(const JsonNode &node, qsizetype index)
{
    const auto time = node.member(u"time"_s).and_then([](const JsonNode &n) { return n.time(); });
    if (!time)
        return failure(time.error());
    const auto value =
        node.member(u"value"_s).and_then([](const JsonNode &n) { return quantity(n, 0, MostBpm); });
    if (!value)
        return failure(value.error());
    return HeartRateRow{*time, *value, index};
}

} // namespace

std::optional<HeartRateAnswer> ordinaryHeartRateAnswer(const QByteArray &body)
{
    simdjson::dom::parser parser;
    simdjson::dom::object root;
    simdjson::dom::object intraday;
    simdjson::dom::array dataset;
    HeartRateAnswer answer;
    const simdjson::padded_string padded(body.constData(), size_t(body.size()));
    if (parser.parse(padded).get(root) != simdjson::SUCCESS ||
        root["activities-heart-intraday"].get(intraday) != simdjson::SUCCESS ||
        intraday["dataset"].get(dataset) != simdjson::SUCCESS || !readOrdinaryRows(dataset, answer.rows))
        return std::nullopt;
    const QJsonObject rest = treeWithHole(intraday, "dataset", QJsonArray());
    answer.rest = JsonNode(treeWithHole(root, "activities-heart-intraday", rest));
    return answer;
}

Result<std::vector<HeartRateRow>> checkedHeartRateRows(const JsonNode &dataset)
{
    if (!dataset.value().isArray())
        return dataset.wrong(u"a list"_s);
    const QJsonArray array = dataset.value().toArray();
    std::vector<HeartRateRow> rows;
    rows.reserve(size_t(array.size()));
    qsizetype index = 0;
    for (const QJsonValue item : array) {
        const auto row = checkedRow(rowNode(item, dataset, index), index);
        if (!row)
            return failure(row.error());
        if (row->value > 0)
            rows.push_back(*row);
        ++index;
    }
    return rows;
}

} // namespace wristkeep
