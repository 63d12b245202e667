// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/arguments.h"

#include <algorithm>

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

tl::unexpected<Error> wrong(const QString &what, const QString &remedy)
{
    Error error;
    error.kind = ErrorKind::BadUsage;
    error.detail = what;
    error.nextStep = remedy;
    return failure(std::move(error));
}

const OptionSpec *findOption(const QList<OptionSpec> &options, const QString &name)
{
    const auto found = std::find_if(options.begin(), options.end(),
                                    [&name](const OptionSpec &option) { return option.name == name; });
    return found == options.end() ? nullptr : &*found;
}

/// An option may stand before its verb, so all verbs' options are looked through.
const OptionSpec *findAnywhere(const QString &name, const QList<VerbSpec> &verbs,
                               const QList<OptionSpec> &everywhere)
{
    if (const OptionSpec *option = findOption(everywhere, name))
        return option;
    for (const VerbSpec &verb : verbs) {
        if (const OptionSpec *option = findOption(verb.options, name))
            return option;
    }
    return nullptr;
}

/// The verb whose words the positional words begin with; takes them away.
const VerbSpec *takeVerb(QStringList &words, const QList<VerbSpec> &verbs)
{
    for (const VerbSpec &verb : verbs) {
        const QStringList name = verb.name.split(u' ');
        if (words.mid(0, name.size()) == name) {
            words.remove(0, name.size());
            return &verb;
        }
    }
    return nullptr;
}

QStringList beginnings(const QList<VerbSpec> &verbs)
{
    QStringList names;
    for (const VerbSpec &verb : verbs) {
        const QString first = verb.name.section(u' ', 0, 0);
        if (!names.contains(first))
            names.append(first);
    }
    return names;
}

tl::unexpected<Error> unknownVerb(const QStringList &words, const QList<VerbSpec> &verbs)
{
    QStringList continuations;
    for (const VerbSpec &verb : verbs) {
        if (verb.name.startsWith(words.first() + u' '))
            continuations.append(verb.name.section(u' ', 1));
    }
    if (!continuations.isEmpty())
        return wrong(u"After \"%1\" comes one of: %2"_s.arg(words.first(), continuations.join(u", "_s)),
                     u"For example: wristkeep-cli %1 %2"_s.arg(words.first(), continuations.first()));
    return wrong(u"There is no command \"%1\""_s.arg(words.first()),
                 u"Commands: %1"_s.arg(beginnings(verbs).join(u", "_s)));
}

Outcome checkAgainst(const VerbSpec &verb, const Arguments &arguments, const QList<OptionSpec> &everywhere)
{
    const QString see = u"See: wristkeep-cli %1 --help"_s.arg(verb.name);
    const QList<QString> names = arguments.options.keys();
    for (const QString &name : names) {
        if (!findOption(everywhere, name) && !findOption(verb.options, name))
            return wrong(u"The command \"%1\" has no option --%2"_s.arg(verb.name, name), see);
    }
    if (arguments.positionals.size() < verb.positionals.size())
        return wrong(u"The command \"%1\" needs: %2"_s.arg(verb.name, verb.positionals.join(u' ')), see);
    if (arguments.positionals.size() > verb.positionals.size())
        return wrong(u"\"%1\" is one word too many"_s.arg(arguments.positionals.at(verb.positionals.size())),
                     see);
    return {};
}

/// Sorts the words into options and the rest.
Outcome sortWords(const QStringList &words, const QList<VerbSpec> &verbs, const QList<OptionSpec> &everywhere,
                  Arguments &arguments)
{
    bool optionsEnded = false;
    for (qsizetype i = 0; i < words.size(); ++i) {
        const QString &word = words.at(i);
        if (optionsEnded || !word.startsWith(u'-') || word == u"-"_s) {
            arguments.positionals.append(word);
            continue;
        }
        if (word == u"--"_s) {
            optionsEnded = true;
            continue;
        }
        if (word == u"--help"_s || word == u"-h"_s) {
            arguments.help = true;
            continue;
        }
        if (word == u"--version"_s) {
            arguments.version = true;
            continue;
        }
        const qsizetype sign = word.indexOf(u'=');
        const QString name = word.startsWith(u"--"_s) ? word.mid(2, sign < 0 ? -1 : sign - 2) : QString();
        const OptionSpec *option = findAnywhere(name, verbs, everywhere);
        if (!option)
            return wrong(u"There is no option %1"_s.arg(word.left(sign)), u"See: wristkeep-cli --help"_s);
        if (arguments.options.contains(name))
            return wrong(u"The option --%1 is given twice"_s.arg(name), u"Give it once."_s);
        const bool isSwitch = option->valueName.isEmpty();
        if (isSwitch && sign >= 0)
            return wrong(u"The option --%1 takes no value"_s.arg(name), u"Write it alone."_s);
        QString value = sign < 0 ? QString() : word.mid(sign + 1);
        if (!isSwitch && sign < 0 && i + 1 < words.size() && !words.at(i + 1).startsWith(u"--"_s))
            value = words.at(++i);
        if (!isSwitch && value.isEmpty())
            return wrong(u"The option --%1 needs a value"_s.arg(name),
                         u"Write: --%1 %2"_s.arg(name, option->valueName));
        arguments.options.insert(name, value);
    }
    return {};
}

QString usage(const VerbSpec &verb)
{
    QStringList words{verb.name};
    words += verb.positionals;
    for (const OptionSpec &option : verb.options)
        words.append(option.valueName.isEmpty() ? u"[--%1]"_s.arg(option.name)
                                                : u"[--%1 %2]"_s.arg(option.name, option.valueName));
    return words.join(u' ');
}

/// Two columns; what does not fit on the left gets a line of its own.
QString twoColumns(const QList<std::pair<QString, QString>> &rows)
{
    constexpr qsizetype left = 24;
    QString text;
    for (const auto &[name, description] : rows) {
        text += u"  "_s + name;
        text += name.size() + 2 <= left ? QString(left - name.size(), u' ') : u'\n' + QString(left + 2, u' ');
        text += description + u'\n';
    }
    return text;
}

QString optionLines(const QList<OptionSpec> &options)
{
    QList<std::pair<QString, QString>> rows;
    for (const OptionSpec &option : options)
        rows.append(
            {u"--"_s + option.name + (option.valueName.isEmpty() ? QString() : u' ' + option.valueName),
             option.description});
    return twoColumns(rows);
}

} // namespace

bool Arguments::has(const char *option) const
{
    return options.contains(QString::fromLatin1(option));
}

QString Arguments::value(const char *option) const
{
    return options.value(QString::fromLatin1(option));
}

Result<Arguments> parseArguments(const QStringList &words, const QList<VerbSpec> &verbs,
                                 const QList<OptionSpec> &everywhere)
{
    Arguments arguments;
    const Outcome sorted = sortWords(words, verbs, everywhere, arguments);
    if (arguments.version)
        return arguments;
    if (!arguments.positionals.isEmpty() && arguments.positionals.first() == u"help"_s) {
        arguments.help = true;
        arguments.positionals.removeFirst();
    }
    if (!sorted && !arguments.help)
        return failure(sorted.error());
    if (arguments.positionals.isEmpty()) {
        if (arguments.help)
            return arguments;
        return wrong(u"No command was given"_s,
                     u"Commands: %1. More: wristkeep-cli --help"_s.arg(beginnings(verbs).join(u", "_s)));
    }
    const VerbSpec *verb = takeVerb(arguments.positionals, verbs);
    if (!verb) {
        if (!arguments.help || !beginnings(verbs).contains(arguments.positionals.first()))
            return unknownVerb(arguments.positionals, verbs);
        arguments.verb = arguments.positionals.first();
        return arguments;
    }
    arguments.verb = verb->name;
    if (!arguments.help) {
        if (const Outcome fits = checkAgainst(*verb, arguments, everywhere); !fits)
            return failure(fits.error());
    }
    return arguments;
}

QString helpText(const QString &verb, const QList<VerbSpec> &verbs, const QList<OptionSpec> &everywhere)
{
    const QString options = u"\nOptions of every command:\n"_s + optionLines(everywhere);
    QString text;
    for (const VerbSpec &each : verbs) {
        const bool shown = each.name == verb || each.name.startsWith(verb + u' ');
        if (verb.isEmpty() || !shown)
            continue;
        text += (text.isEmpty() ? QString() : u"\n"_s) + u"wristkeep-cli "_s + usage(each) + u"\n\n"_s;
        text += each.summary + u".\n"_s;
        for (const QString &paragraph : each.details)
            text += paragraph + u'\n';
        if (!each.options.isEmpty())
            text += u'\n' + optionLines(each.options);
    }
    if (!text.isEmpty())
        return text + options;

    text =
        u"wristkeep-cli [options] COMMAND\n\nKeeps your Fitbit and Google Health data on your own computer.\n\n"_s;
    QList<std::pair<QString, QString>> rows;
    for (const VerbSpec &each : verbs)
        rows.append({(QStringList{each.name} + each.positionals).join(u' '), each.summary});
    text += u"Commands:\n"_s + twoColumns(rows) + options;
    text += u"\nwristkeep-cli COMMAND --help tells more about one command.\n"
            "Exit status: 0 all well, 1 something is missing, 2 wrong command or setting,\n"
            "3 connect first, 4 wait for the provider's limit, 5 interrupted.\n"_s;
    return text;
}

} // namespace wristkeep
