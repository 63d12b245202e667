// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The command line as data: which verbs and options there are, and what one call says. No meaning here.

#include "core/result.h"

#include <QHash>
#include <QList>
#include <QStringList>

namespace wristkeep {

struct OptionSpec
{
    QString name;      ///< without the dashes
    QString valueName; ///< "DATE"; empty: a switch
    QString description;
};

struct VerbSpec
{
    QString name;            ///< "sync", "participants add"
    QStringList positionals; ///< "ID": all of them are needed
    QList<OptionSpec> options;
    QString summary;     ///< half a line
    QStringList details; ///< paragraphs of its own help page
};

/// What was typed, once it fits the verbs.
struct Arguments
{
    QString verb; ///< empty only when help or version is asked for
    QStringList positionals;
    QHash<QString, QString> options; ///< name → value; a switch has an empty value
    bool help = false;
    bool version = false;

    [[nodiscard]] bool has(const char *option) const;
    [[nodiscard]] QString value(const char *option) const;
};

/// `words` without the program's name. BadUsage says what is wrong and what would be right.
Result<Arguments> parseArguments(const QStringList &words, const QList<VerbSpec> &verbs,
                                 const QList<OptionSpec> &everywhere);

/// The list of verbs, or one verb's page when `verb` names one.
QString helpText(const QString &verb, const QList<VerbSpec> &verbs, const QList<OptionSpec> &everywhere);

} // namespace wristkeep
