// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/google/googlefilter.h"

#include "simulator/google/googlejson.h"

#include <QRegularExpression>

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

using Fault = std::optional<GoogleFilterFault>;

GoogleFilterFault fault(const QString &reason, const QString &message)
{
    const QString start = u"INVALID_DATA_POINT_FILTER"_s;
    return {reason.isEmpty() ? start : start + u'_' + reason, message};
}

struct FilterToken
{
    enum Kind : std::uint8_t { Word, Operator, Literal, End } kind = End;
    QString text;
};

struct Restriction
{
    QString member;
    QString comparator;
    QString literal;
};

struct MemberMeaning
{
    QString member; ///< below the type's name
    GoogleBound bound;
};

QList<MemberMeaning> membersOf(GoogleKind kind)
{
    switch (kind) {
    case GoogleKind::Interval:
        return {{u"interval.start_time"_s, GoogleBound::Physical},
                {u"interval.civil_start_time"_s, GoogleBound::Civil}};
    case GoogleKind::Sample:
        return {{u"sample_time.physical_time"_s, GoogleBound::Physical},
                {u"sample_time.civil_time"_s, GoogleBound::Civil}};
    case GoogleKind::Daily:
        return {{u"date"_s, GoogleBound::Date}};
    case GoogleKind::CivilSession:
        return {{u"interval.civil_start_time"_s, GoogleBound::Civil}};
    case GoogleKind::Sleep:
        return {{u"interval.end_time"_s, GoogleBound::Physical},
                {u"interval.civil_end_time"_s, GoogleBound::Civil}};
    case GoogleKind::Ecg:
        return {{u"interval.start_time"_s, GoogleBound::Physical}};
    case GoogleKind::Catalogue:
    case GoogleKind::RollUpOnly:
        break;
    }
    return {};
}

Fault tokenize(const QString &text, QList<FilterToken> *tokens)
{
    static const QRegularExpression pattern(
        uR"x(\G\s*(?:"([^"]*)"|([A-Za-z0-9_][A-Za-z0-9_.\-]*)|(>=|<=|!=|[=<>:]))\s*)x"_s);
    qsizetype at = 0;
    while (at < text.size()) {
        const auto match = pattern.match(text, at);
        if (!match.hasMatch())
            return fault(u"SYNTAX"_s, u"The filter cannot be read at position %1"_s.arg(at));
        if (match.hasCaptured(1))
            tokens->append({FilterToken::Literal, match.captured(1)});
        else if (match.hasCaptured(2))
            tokens->append({FilterToken::Word, match.captured(2)});
        else
            tokens->append({FilterToken::Operator, match.captured(3)});
        at = match.capturedEnd();
    }
    return std::nullopt;
}

/// Splits the tokens into restrictions; `disjunction` says that an OR was among them.
Fault readRestrictions(const QList<FilterToken> &tokens, QList<Restriction> *list, bool *disjunction)
{
    const FilterToken end;
    const auto token = [&](qsizetype index) { return index < tokens.size() ? tokens.at(index) : end; };
    qsizetype at = 0;
    while (true) {
        const FilterToken member = token(at);
        const FilterToken comparator = token(at + 1);
        const FilterToken literal = token(at + 2);
        if (member.kind == FilterToken::End || comparator.kind == FilterToken::End ||
            literal.kind == FilterToken::End)
            return fault(u"UNEXPECTED_END_OF_INPUT"_s, u"The filter ends too early"_s);
        if (member.kind != FilterToken::Word || comparator.kind != FilterToken::Operator)
            return fault(u"UNEXPECTED_TOKEN"_s, u"The filter has an unexpected part: %1"_s.arg(member.text));
        if (literal.kind != FilterToken::Literal)
            return fault(u"RESTRICTION_ARGUMENT"_s,
                         u"A literal stands in double quotes: %1"_s.arg(literal.text));
        list->append({member.text, comparator.text, literal.text});
        at += 3;
        if (at >= tokens.size())
            return std::nullopt;
        const FilterToken joint = token(at++);
        if (joint.kind != FilterToken::Word || (joint.text != u"AND"_s && joint.text != u"OR"_s))
            return fault(u"UNEXPECTED_TOKEN"_s, u"The filter has an unexpected part: %1"_s.arg(joint.text));
        *disjunction = *disjunction || joint.text == u"OR"_s;
    }
}

Fault checkType(const Restriction &restriction, const GoogleType &type, QString *firstType)
{
    const qsizetype dot = restriction.member.indexOf(u'.');
    if (dot < 0)
        return fault(u"RESTRICTION_COMPARABLE"_s,
                     u"Not a member of a data type: %1"_s.arg(restriction.member));
    const QString name = restriction.member.left(dot);
    if (!findGoogleFilterType(name))
        return fault({}, u"The data type in the filter is not known: %1"_s.arg(name));
    if (!firstType->isEmpty() && *firstType != name) {
        return fault(u"MIXED_DATA_TYPE_RESTRICTIONS"_s,
                     u"Filter cannot contain restrictions on several data types"_s);
    }
    *firstType = name;
    if (name != type.filterName()) {
        return fault(u"COLLECTION_MISMATCH"_s,
                     u"Data type in filter does not match parent data type collection"_s);
    }
    return std::nullopt;
}

Fault readLiteral(const QString &literal, GoogleBound bound, qint64 *value)
{
    if (bound == GoogleBound::Physical) {
        const std::optional<qint64> instant = readInstant(literal);
        if (!instant)
            return fault(u"TIMESTAMP_FORMAT"_s, u"Not an RFC 3339 timestamp: %1"_s.arg(literal));
        *value = *instant;
        return std::nullopt;
    }
    if (bound == GoogleBound::Civil) {
        const std::optional<qint64> civil = readCivil(literal);
        if (!civil)
            return fault(u"CIVIL_DATE_TIME_FORMAT"_s, u"Not a civil date or time: %1"_s.arg(literal));
        *value = *civil;
        return std::nullopt;
    }
    const std::optional<QDate> date = literal.size() == 10 ? readCivilDate(literal) : std::nullopt;
    if (!date)
        return fault(u"CIVIL_DATE_TIME_FORMAT"_s, u"Not a date: %1"_s.arg(literal));
    *value = date->toJulianDay();
    return std::nullopt;
}

Fault apply(const Restriction &restriction, const GoogleType &type, GoogleFilter *filter)
{
    const QString member = restriction.member.mid(type.filterName().size() + 1);
    GoogleBound bound = GoogleBound::None;
    const QList<MemberMeaning> members = membersOf(type.kind);
    for (const MemberMeaning &meaning : members) {
        if (meaning.member == member)
            bound = meaning.bound;
    }
    if (bound == GoogleBound::None)
        return fault(u"DATA_TYPE_MEMBER"_s, u"Not a member to filter by: %1"_s.arg(restriction.member));
    const bool lower = restriction.comparator == u">="_s;
    const bool upper = restriction.comparator == u"<"_s && type.kind != GoogleKind::Ecg;
    if (!lower && !upper)
        return fault(u"RESTRICTION_COMPARATOR"_s, u"Not supported here: %1"_s.arg(restriction.comparator));
    if (filter->bound != GoogleBound::None && filter->bound != bound) {
        return fault(u"MIXED_TIME_RESTRICTIONS"_s,
                     u"Filter cannot contain both physical and civil time ranges"_s);
    }
    filter->bound = bound;
    qint64 value = 0;
    if (Fault wrong = readLiteral(restriction.literal, bound, &value))
        return wrong;
    if (lower)
        filter->from = filter->from ? qMax(*filter->from, value) : value;
    else
        filter->to = filter->to ? qMin(*filter->to, value) : value;
    return std::nullopt;
}

} // namespace

bool GoogleFilter::takes(const GooglePoint &point) const
{
    qint64 value = 0;
    const qint64 utc = byEnd ? point.endUtc : point.startUtc;
    switch (bound) {
    case GoogleBound::None:
        return true;
    case GoogleBound::Physical:
        value = utc * 1000;
        break;
    case GoogleBound::Civil:
        value = utc + (byEnd ? point.endOffset : point.startOffset);
        break;
    case GoogleBound::Date:
        value = point.date.toJulianDay();
        break;
    }
    if (either)
        return (from && value >= *from) || (to && value < *to);
    return (!from || value >= *from) && (!to || value < *to);
}

std::optional<GoogleFilterFault> readGoogleFilter(const QString &text, const GoogleType &type,
                                                  GoogleFilter *filter)
{
    if (text.trimmed().isEmpty())
        return std::nullopt;
    QList<FilterToken> tokens;
    if (Fault wrong = tokenize(text, &tokens))
        return wrong;
    QList<Restriction> restrictions;
    bool disjunction = false;
    if (Fault wrong = readRestrictions(tokens, &restrictions, &disjunction))
        return wrong;
    QString firstType;
    for (const Restriction &restriction : std::as_const(restrictions)) {
        if (Fault wrong = checkType(restriction, type, &firstType))
            return wrong;
    }
    if (disjunction && type.kind != GoogleKind::Sleep) {
        return fault(u"EXPRESSION_STRUCTURE"_s,
                     u"The filter must be a conjunction or sequence of restrictions. Found: DISJUNCTION"_s);
    }
    filter->byEnd = type.kind == GoogleKind::Sleep;
    filter->either = disjunction;
    for (const Restriction &restriction : std::as_const(restrictions)) {
        if (Fault wrong = apply(restriction, type, filter))
            return wrong;
    }
    if (!disjunction && filter->from && filter->to && *filter->to <= *filter->from) {
        return GoogleFilterFault{u"INVALID_TIME_RANGE"_s,
                                 u"Query end time must be strictly larger than start time"_s};
    }
    return std::nullopt;
}

} // namespace wristkeep
