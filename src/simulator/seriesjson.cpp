// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/seriesjson.h"

namespace wristkeep {

using namespace Qt::StringLiterals;

QStringList simSeriesPeriods()
{
    return {u"1d"_s, u"7d"_s, u"30d"_s, u"1w"_s, u"1m"_s, u"3m"_s, u"6m"_s, u"1y"_s};
}

QByteArray seriesEntry(const ApiCall &call, QDate date, const QByteArray &value)
{
    const QByteArray day = date.toString(Qt::ISODate).toLatin1();
    if (call.varies(date, 200, 1))
        return R"({"value":")" + value + R"(","dateTime":")" + day + "\"}";
    return R"({"dateTime":")" + day + R"(","value":")" + value + "\"}";
}

SimResponse seriesResponse(const ApiCall &call, const QString &prefix, const DateQuery &query,
                           const std::function<QByteArray(QDate)> &value)
{
    QString key = prefix + u'-' + call.resource;
    key.replace(u'/', u'-');
    QByteArray body = R"({")" + key.toLatin1() + R"(":[)";
    for (QDate date = query.first; date <= query.last; date = date.addDays(1)) {
        if (date >= call.user.memberSince())
            body += (body.endsWith('[') ? "" : ",") + seriesEntry(call, date, value(date));
    }
    return jsonResponse(body + "]}");
}

} // namespace wristkeep
