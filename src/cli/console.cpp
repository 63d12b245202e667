// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/console.h"

#include "core/errortexts.h"
#include "core/redaction.h"

#include <QIODevice>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

QString remaining(int seconds)
{
    if (seconds < 90)
        return u"about %1 s left"_s.arg(std::max(seconds, 1));
    if (seconds < 90 * 60)
        return u"about %1 min left"_s.arg((seconds + 30) / 60);
    return u"about %1 h left"_s.arg((seconds + 1800) / 3600);
}

/// Texts of providers and ids of old databases may hold what a terminal would obey.
QString harmless(QString text)
{
    for (QChar &c : text) {
        if (c.category() == QChar::Other_Control && c != u'\n')
            c = u' ';
    }
    return text;
}

} // namespace

QString progressText(const SyncProgress &progress)
{
    QString text = u"%1 of %2 done"_s.arg(progress.done).arg(progress.total);
    if (progress.etaSeconds && progress.done < progress.total)
        text += u", "_s + remaining(*progress.etaSeconds);
    if (!progress.text.isEmpty())
        text += u": "_s + progress.text;
    return text;
}

QString fitted(const QString &text, int width)
{
    return text.size() <= width ? text : text.left(std::max(width - 1, 0)) + u'…';
}

Console::Console(const CliEnvironment &environment, bool json) : m_environment(environment), m_json(json) {}

bool Console::asksPeople() const
{
    return m_environment.inIsTerminal && m_environment.outIsTerminal && !m_json;
}

void Console::write(QIODevice *device, const QString &text)
{
    // A reader that left (a closed pipe) must not end the work: what cannot be written is dropped.
    device->write(text.toUtf8());
}

void Console::eraseProgress()
{
    if (m_living)
        write(m_environment.out, u"\r\x1b[K"_s);
    m_living = false;
}

void Console::say(const QString &line)
{
    if (m_json)
        return;
    eraseProgress();
    write(m_environment.out, harmless(line) + u'\n');
}

void Console::ask(const QString &question)
{
    eraseProgress();
    write(m_environment.out, harmless(question));
}

void Console::object(const QJsonObject &object)
{
    if (!m_json)
        return;
    m_environment.out->write(QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n');
}

void Console::logObject(LogLevel level, const QString &text)
{
    object({{u"type"_s, u"log"_s},
            {u"level"_s, logLevelName(level)},
            {u"text"_s, m_environment.secrets->blot(text)}});
}

void Console::tell(const QString &line)
{
    say(line);
    logObject(LogLevel::Info, line);
}

void Console::warn(const QString &line)
{
    eraseProgress();
    write(m_environment.err, harmless(m_environment.secrets->blot(u"Warning: "_s + line)) + u'\n');
    logObject(LogLevel::Warning, line);
}

void Console::problem(const QString &line)
{
    eraseProgress();
    write(m_environment.err, harmless(m_environment.secrets->blot(line)) + u'\n');
    logObject(LogLevel::Problem, line);
}

void Console::problem(const Error &error, const QString &provider)
{
    problem(errorLine(error, provider));
}

void Console::log(const LogEntry &entry)
{
    logObject(entry.level, entry.text);
    // A day's own trouble stands in the table at the end; here only what concerns the whole run.
    if (m_json || entry.level == LogLevel::Info || entry.date.isValid())
        return;
    eraseProgress();
    write(m_environment.err, harmless(m_environment.secrets->blot(entry.text)) + u'\n');
}

void Console::progress(const SyncProgress &progress)
{
    object({{u"type"_s, u"progress"_s},
            {u"done"_s, progress.done},
            {u"total"_s, progress.total},
            {u"eta_s"_s, progress.etaSeconds ? QJsonValue(*progress.etaSeconds) : QJsonValue()}});
    if (m_json)
        return;
    const QString text = harmless(progressText(progress));
    if (text == m_lastProgress)
        return;
    m_lastProgress = text;
    if (!m_environment.outIsTerminal) {
        // A log file of a year's sync wants to be read, too: a line a second, and the first and the last.
        const bool isEdge = progress.done == 0 || progress.done >= progress.total;
        if (!isEdge && m_sinceProgress.isValid() && m_sinceProgress.elapsed() < 1000)
            return;
        m_sinceProgress.start();
        write(m_environment.out, text + u'\n');
        return;
    }
    const int width = m_environment.terminalWidth ? m_environment.terminalWidth() : 80;
    write(m_environment.out, u"\r"_s + fitted(text, width - 1) + u"\x1b[K"_s);
    m_living = true;
}

} // namespace wristkeep
