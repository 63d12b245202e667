// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The settings file as text: KEY=value a line. What this program does not know (comments, keys, sections)
// stays as it was written. It reads and writes bytes only; nothing here touches a disk or a key.

#include "core/result.h"

#include <QByteArray>
#include <QList>
#include <QString>

namespace wristkeep {

class SettingsFile
{
public:
    /// BadConfiguration with a detail like "line 3 is not KEY=value"; it never repeats the line.
    static Result<SettingsFile> parse(const QByteArray &bytes);
    [[nodiscard]] QByteArray bytes() const;

    /// Empty when it is not there. Of a key written twice the last one counts.
    [[nodiscard]] QString value(const QString &key) const;
    /// Takes the place of every line of that key; an empty value takes the key out.
    void setValue(const QString &key, const QString &value);

    /// A secret in the form store/secretbox gives it.
    static bool isSealed(const QString &value);

private:
    struct Line
    {
        QString text; ///< as written
        QString key;  ///< empty: not one of ours, i.e. a comment or a line of another section
        QString value;
    };
    static Result<Line> parseLine(const QString &text, int number);
    QList<Line> m_lines;
    qsizetype m_ownEnd = 0; ///< where keys end and other sections begin
};

} // namespace wristkeep
