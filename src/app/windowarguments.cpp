// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/windowarguments.h"

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

tl::unexpected<Error> wrong(const QString &what)
{
    Error error;
    error.kind = ErrorKind::BadUsage;
    error.detail = what;
    error.nextStep = u"See: wristkeep --help"_s;
    return failure(std::move(error));
}

/// Qt's own options that are followed by a word of their own.
bool takesNextWord(const QString &word)
{
    static const QStringList ofQt{u"-platform"_s, u"-style"_s,           u"-stylesheet"_s,  u"-display"_s,
                                  u"-geometry"_s, u"-qwindowgeometry"_s, u"-qwindowtitle"_s};
    return ofQt.contains(word);
}

} // namespace

Result<WindowArguments> parseWindowArguments(const QStringList &words)
{
    WindowArguments arguments;
    for (qsizetype i = 0; i < words.size(); ++i) {
        const QString &word = words.at(i);
        if (word == u"--help"_s || word == u"-h"_s) {
            arguments.help = true;
        } else if (word == u"--version"_s) {
            arguments.version = true;
        } else if (word == u"--demo"_s) {
            arguments.demo = true;
        } else if (word == u"--tray"_s) {
            arguments.tray = true;
        } else if (word == u"--env-file"_s || word.startsWith(u"--env-file="_s)) {
            const qsizetype sign = word.indexOf(u'=');
            arguments.envFile = sign >= 0 ? word.mid(sign + 1) : words.value(++i);
            if (arguments.envFile.isEmpty() || arguments.envFile.startsWith(u"--"_s))
                return wrong(u"The option --env-file needs the name of a file"_s);
        } else if (takesNextWord(word)) {
            ++i;
        } else if (!word.startsWith(u'-') || word.startsWith(u"--"_s)) {
            return wrong(u"There is no option or command \"%1\" here"_s.arg(word));
        }
    }
    return arguments;
}

QString windowHelpText()
{
    return u"wristkeep [--demo] [--tray] [--env-file FILE]\n\n"
           "Keeps your Fitbit and Google Health data on your own computer.\n\n"
           "  --demo           use made-up data of a made-up person; touches nothing of yours\n"
           "  --tray           start in the tray, out of the way; minimised where there is none\n"
           "  --env-file FILE  read the configuration from this .env file\n"
           "  --version        say the version\n\n"
           "Closing the window leaves Wristkeep in the tray. Without a tray it minimises while syncing by\n"
           "itself is switched on, and ends otherwise. Quit always ends it. Starting it once more brings\n"
           "the window back.\n\n"
           "In a terminal, or without a display: wristkeep-cli --help\n"_s;
}

} // namespace wristkeep
