// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Whether a line of the sync log is asked for: its level, and every word of a text somewhere in it. Made for
// a hundred thousand lines in a row: what repeats from line to line is looked at once.

#include "gui/wording.h"

#include <QDate>
#include <QHash>
#include <QStringMatcher>

#include <vector>

namespace wristkeep {

class LogMatcher
{
public:
    LogMatcher() = default;
    /// Blanks part words; beyond eight words the rest is ignored. Upper and lower case are the same.
    LogMatcher(const QString &text, LogLevel least);

    [[nodiscard]] bool wantsAll() const { return m_words.empty() && m_least == LogLevel::Info; }
    bool matches(const LogEntry &entry, const DataTitles &titles);

private:
    using WordSet = quint32; ///< one bit a word

    [[nodiscard]] WordSet wordsIn(const QString &text) const;
    WordSet wordsInRepeated(const QString &text);
    WordSet wordsInDay(QDate day);

    std::vector<QStringMatcher> m_words;
    WordSet m_all = 0;
    LogLevel m_least = LogLevel::Info;
    QHash<QString, WordSet> m_texts;
    QHash<QDate, WordSet> m_days;
};

} // namespace wristkeep
