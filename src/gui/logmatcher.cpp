// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/logmatcher.h"

namespace wristkeep {

namespace {
constexpr qsizetype mostWords = 8;
}

LogMatcher::LogMatcher(const QString &text, LogLevel least) : m_least(least)
{
    const QStringList words = text.simplified().split(u' ', Qt::SkipEmptyParts).mid(0, mostWords);
    for (const QString &word : words)
        m_words.emplace_back(word, Qt::CaseInsensitive);
    m_all = (WordSet(1) << m_words.size()) - 1;
}

bool LogMatcher::matches(const LogEntry &entry, const DataTitles &titles)
{
    if (entry.level < m_least)
        return false;
    if (m_all == 0)
        return true;
    WordSet found = wordsIn(entry.text);
    if (found == m_all)
        return true;
    found |= wordsInRepeated(entry.dataType) | wordsInRepeated(entry.participant) |
             wordsInRepeated(entry.result.isEmpty() ? logLevelName(entry.level) : entry.result) |
             wordsInDay(entry.date);
    if (found != m_all && !entry.dataType.isEmpty())
        found |= wordsInRepeated(titles.value(entry.dataType));
    return found == m_all;
}

LogMatcher::WordSet LogMatcher::wordsIn(const QString &text) const
{
    WordSet found = 0;
    for (size_t i = 0; i < m_words.size(); ++i) {
        if (m_words[i].indexIn(text) >= 0)
            found |= WordSet(1) << i;
    }
    return found;
}

LogMatcher::WordSet LogMatcher::wordsInRepeated(const QString &text)
{
    if (text.isEmpty())
        return 0;
    const auto known = m_texts.constFind(text);
    return known != m_texts.constEnd() ? *known : *m_texts.insert(text, wordsIn(text));
}

LogMatcher::WordSet LogMatcher::wordsInDay(QDate day)
{
    if (!day.isValid())
        return 0;
    const auto known = m_days.constFind(day);
    return known != m_days.constEnd() ? *known : *m_days.insert(day, wordsIn(day.toString(Qt::ISODate)));
}

} // namespace wristkeep
