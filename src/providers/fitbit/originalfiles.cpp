// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/fitbit/originalfiles.h"

#include "core/redaction.h"
#include "providers/fitbit/fitbittypes.h"
#include "providers/fitbit/poundsparser.h"
#include "providers/provider.h"

#include <QStringList>

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

using Kind = OriginalFile::Kind;

constexpr qsizetype LongestReason = 300;
constexpr qsizetype DateLength = 10; // yyyy-MM-dd

/// What follows the date in a file's name. The original changed two of the names over time.
struct Ending
{
    QString text;
    Kind kind;
    QString dataType;
    Result<Batch> (*parse)(const QByteArray &body, const ParseContext &context);
};

/// As an answer of the service to the same question; the kinds that differ have parsers of their own.
Result<Batch> parseAsServed(const QByteArray &body, const ParseContext &context)
{
    const FitbitType &row = *fitbitType(context.task.dataType);
    return row.parse(body, context, row);
}

/// `heartrate_daily` is a type of its own: a day's summary alone must not make the day's readings look
/// complete.
const QList<Ending> &endings()
{
    static const QList<Ending> list{
        {u"_steps.json"_s, Kind::Steps, u"steps"_s, &parseAsServed},
        {u"_steps_summary.json"_s, Kind::Steps, u"steps"_s, &parseAsServed},
        {u"_heartrate_1min.json"_s, Kind::HeartRate1Min, u"heartrate_1min"_s, &parseAsServed},
        {u"_heartrate.json"_s, Kind::HeartRateDaily, u"heartrate_daily"_s, &parseAsServed},
        {u"_heartrate_summary.json"_s, Kind::HeartRateDaily, u"heartrate_daily"_s, &parseAsServed},
        {u"_heartrate_error.txt"_s, Kind::HeartRateError, u"heartrate_1min"_s, nullptr},
        {u"_sleep.json"_s, Kind::Sleep, u"sleep"_s, &parseAsServed},
        {u"_weight.json"_s, Kind::Weight, u"weight"_s, &parseWeightInPounds},
    };
    return list;
}

const Ending *endingOf(Kind kind)
{
    for (const Ending &ending : endings()) {
        if (ending.kind == kind)
            return &ending;
    }
    return nullptr;
}

} // namespace

std::optional<OriginalFile> recognise(const QString &fileName)
{
    if (fileName == "user_profile.json"_L1)
        return OriginalFile{Kind::UserProfile, {}, {}};
    const QString written = fileName.left(DateLength);
    const QDate date = QDate::fromString(written, u"yyyy-MM-dd"_s);
    // Back to text: what reads as a date may still not be the name the original wrote.
    if (!date.isValid() || date.toString(Qt::ISODate) != written)
        return std::nullopt;
    for (const Ending &ending : endings()) {
        if (fileName.mid(DateLength) == ending.text)
            return OriginalFile{ending.kind, date, ending.dataType};
    }
    return std::nullopt;
}

Result<Batch> parseOriginal(const OriginalFile &file, const QByteArray &bytes, const ParseContext &context)
{
    if (file.kind == Kind::UserProfile)
        return Batch();
    if (file.kind == Kind::HeartRateError)
        return failure(originalFailure(bytes));
    ParseContext own = context;
    own.task.dataType = file.dataType;
    own.task.first = file.date;
    own.task.last = file.date;
    return endingOf(file.kind)->parse(bytes, own);
}

Error originalFailure(const QByteArray &bytes)
{
    QStringList paragraph;
    for (const QString &line : QString::fromUtf8(bytes).split(u'\n')) {
        const QString tidy = line.simplified();
        if (!tidy.isEmpty())
            paragraph.append(tidy);
        else if (!paragraph.isEmpty())
            break;
    }
    QString reason = blotProviderText(paragraph.join(u"; "_s));
    if (reason.size() > LongestReason)
        reason = reason.left(LongestReason) + u'…';
    Error error;
    error.kind = ErrorKind::RequestRefused;
    error.detail = reason.isEmpty() ? u"The earlier program could not fetch it and left no reason."_s
                                    : u"The earlier program could not fetch it: "_s + reason;
    return error;
}

} // namespace wristkeep
