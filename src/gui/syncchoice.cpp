// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/syncchoice.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace wristkeep {

namespace {

struct SyncChoiceTr
{
    Q_DECLARE_TR_FUNCTIONS(wristkeep::SyncChoice)
};

constexpr int daysOfWeek = 7;

void askRange(SyncRequest &request, QDate a, QDate b, QDate today)
{
    request.first = std::min(std::min(a, b), today);
    request.last = std::min(std::max(a, b), today);
}

} // namespace

QDate firstOfLastWeek(QDate today)
{
    return today.addDays(-daysOfWeek);
}

SyncRequest requestFor(const DayChoice &days, const DataChoice &data, const QList<DataType> &known,
                       QDate today)
{
    SyncRequest request;
    switch (days.which) {
    case DayChoice::Yesterday:
        break;
    case DayChoice::TodaySoFar:
        askRange(request, today, today, today);
        break;
    case DayChoice::OneDay:
        askRange(request, days.first, days.first, today);
        break;
    case DayChoice::LastWeek:
        askRange(request, firstOfLastWeek(today), today.addDays(-1), today);
        break;
    case DayChoice::Range:
        askRange(request, days.first, days.last, today);
        break;
    }
    // Whoever names one day wants it asked anew, also when it counts as settled.
    request.askSettledAgain = request.first && request.first == request.last;
    if (data.which == DataChoice::Everything) {
        for (const DataType &type : known)
            request.dataTypes << type.id;
    } else if (data.which == DataChoice::Some) {
        request.dataTypes = data.types;
    }
    return request;
}

QString dataChoiceInWords(const DataChoice &data, const QList<DataType> &known)
{
    if (data.which == DataChoice::Everything)
        return SyncChoiceTr::tr("Everything");
    QStringList words;
    for (const DataType &type : known) {
        const bool meant = data.which == DataChoice::Some ? data.types.contains(type.id) : type.inDefaultRun;
        const QString title = type.title.section(u',', 0, 0);
        if (meant && !words.contains(title, Qt::CaseInsensitive))
            words << title;
    }
    return words.isEmpty() ? SyncChoiceTr::tr("Nothing") : words.join(u", "_s);
}

} // namespace wristkeep
