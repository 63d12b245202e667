// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/googlehealth/answerelements.h"

namespace wristkeep {

using namespace Qt::StringLiterals;

std::optional<simdjson::dom::element> memberOf(const simdjson::dom::object &object, const char *name)
{
    simdjson::dom::element element;
    if (object[name].get(element) != simdjson::SUCCESS || element.is_null())
        return std::nullopt;
    return element;
}

QString nameOf(simdjson::dom::element_type type)
{
    using Type = simdjson::dom::element_type;
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

} // namespace wristkeep
