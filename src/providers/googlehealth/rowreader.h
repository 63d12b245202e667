// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// One row of an answer, read as its type's row of the table says; whatever is wrong is named by its path.

#include "core/result.h"
#include "providers/googlehealth/answerrows.h"

#include <simdjson.h>

#include <array>

namespace wristkeep {

struct GoogleHealthType;

class RowReader
{
public:
    RowReader(const GoogleHealthType &type, qsizetype index) : m_type(type), m_index(index) {}

    /// None for a row about something else.
    [[nodiscard]] Result<std::optional<AnswerRow>> read(const simdjson::dom::element &element) const;
    /// Only when it was. A roll-up's row tells it whatever its value is about.
    [[nodiscard]] Result<AnswerRow> readTime(const simdjson::dom::element &element) const;

private:
    using Element = simdjson::dom::element;
    using Object = simdjson::dom::object;
    using Number = std::optional<double>; ///< none: no reading

    struct Step
    {
        Step(const char *member = nullptr, qsizetype at = -1) : name(member), index(at) {}
        const char *name;
        qsizetype index; ///< in the list `name`; -1: it is no list
    };
    /// The members from a row down to a value. Cheap to pass on: the text is made only when something is
    /// wrong.
    using Way = std::array<Step, 5>;

    static Way then(Way way, const Step &step);
    [[nodiscard]] tl::unexpected<Error> wrong(const Way &way, const QString &what) const;
    [[nodiscard]] tl::unexpected<Error> mistyped(const Way &way, const char *expected,
                                                 const Element &element) const;
    /// These take the object and the way to it; the member must be there.
    [[nodiscard]] Result<Object> objectIn(const Object &object, const char *name, const Way &way) const;
    [[nodiscard]] Result<Instant> instantIn(const Object &object, const char *name, const Way &way) const;
    [[nodiscard]] Result<QDate> dateIn(const Object &object, const Way &way) const;

    /// A number that is absent is 0, as everywhere in this API; a duration that is absent was not told.
    [[nodiscard]] Result<Number> numberIn(const Object &object, const char *name, const Way &way) const;
    [[nodiscard]] Result<Number> durationIn(const Object &object, const char *name, const Way &way) const;
    [[nodiscard]] Result<int> partIn(const Object &date, const char *name, const Way &way) const;
    [[nodiscard]] Result<Number> quantityIn(const Object &object, const char *name, const Way &way) const;

    [[nodiscard]] Result<QDate> dayOfEnd(const Object &interval, const Way &way) const;
    Outcome readTimeIn(const Object &point, const Object &value, AnswerRow &row) const;
    Outcome readListedParts(const Object &value, AnswerRow &row) const;
    Outcome readListedPart(const Object &part, const Way &way, AnswerRow &row) const;
    Outcome readParts(const Object &value, AnswerRow &row) const;
    Outcome readValue(const Object &value, AnswerRow &row) const;

    const GoogleHealthType &m_type;
    qsizetype m_index;
};

} // namespace wristkeep
