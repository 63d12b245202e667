// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/requestlog.h"

#include <QJsonArray>

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype maxAsked = 1000;

QStringList fieldNames(const FormFields &fields)
{
    QStringList names;
    for (const auto &[name, value] : fields)
        names.append(name);
    return names;
}

bool startsWithWord(const QByteArray &header, const char *word)
{
    return header.toLower().startsWith(word);
}

} // namespace

qint64 RequestLog::add(const SimRequest &request, qint64 now)
{
    Entry entry;
    entry.number = ++m_total;
    entry.time = now;
    entry.method = QString::fromLatin1(request.method);
    entry.path = request.path;
    entry.queryNames = fieldNames(request.query);
    if (startsWithWord(request.header("Content-Type"), "application/x-www-form-urlencoded")) {
        const FormFields form = request.form();
        entry.bodyFields = fieldNames(form);
        entry.grantType = formValue(form, u"grant_type"_s).value_or(QString());
    }
    entry.asked = formValue(request.query, u"filter"_s).value_or(QString()).left(maxAsked);
    if (startsWithWord(request.header("Content-Type"), "application/json"))
        entry.asked = QString::fromUtf8(request.body.left(maxAsked));
    entry.acceptLanguage = QString::fromLatin1(request.header("Accept-Language"));
    entry.acceptsGzip = request.header("Accept-Encoding").toLower().contains("gzip");
    entry.hasBasic = startsWithWord(request.header("Authorization"), "basic ");
    entry.hasBearer = startsWithWord(request.header("Authorization"), "bearer ");
    const QString key = entry.method + u' ' + entry.path;
    if (m_counts.size() < maxEntries || m_counts.contains(key))
        ++m_counts[key];
    if (m_entries.size() >= maxEntries)
        m_entries.removeFirst();
    m_entries.append(std::move(entry));
    return m_total;
}

void RequestLog::setStatus(qint64 number, int status)
{
    const qsizetype index = m_entries.size() - 1 - qsizetype(m_total - number);
    if (index >= 0 && index < m_entries.size())
        m_entries[index].status = status;
}

void RequestLog::clear()
{
    *this = RequestLog();
}

QJsonObject RequestLog::toJson(bool full) const
{
    QJsonObject counts;
    for (auto it = m_counts.begin(); it != m_counts.end(); ++it)
        counts.insert(it.key(), it.value());
    QJsonObject object{{u"total"_s, m_total}, {u"counts"_s, counts}};
    if (!full)
        return object;
    QJsonArray entries;
    for (const Entry &entry : m_entries) {
        entries.append(QJsonObject{
            {u"n"_s, entry.number},
            {u"time"_s, entry.time},
            {u"method"_s, entry.method},
            {u"path"_s, entry.path},
            {u"query"_s, QJsonArray::fromStringList(entry.queryNames)},
            {u"fields"_s, QJsonArray::fromStringList(entry.bodyFields)},
            {u"grantType"_s, entry.grantType},
            {u"acceptLanguage"_s, entry.acceptLanguage},
            {u"asked"_s, entry.asked},
            {u"acceptsGzip"_s, entry.acceptsGzip},
            {u"hasBasic"_s, entry.hasBasic},
            {u"hasBearer"_s, entry.hasBearer},
            {u"status"_s, entry.status},
        });
    }
    object.insert(u"entries"_s, entries);
    return object;
}

} // namespace wristkeep
