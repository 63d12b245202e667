// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/envfile.h"

#include <QFile>
#include <QFileInfo>
#include <QStringDecoder>

#include <optional>

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 largestFile = 1024 * 1024;

bool isBreak(QChar c)
{
    return c == u'\n' || c == u'\r';
}

/// Walks the text once; the steps are those of python-dotenv's grammar, one function for each.
class Reader
{
public:
    explicit Reader(QStringView text) : m_text(text) {}

    [[nodiscard]] bool atEnd() const { return m_at >= m_text.size(); }
    [[nodiscard]] QChar peek() const { return atEnd() ? QChar() : m_text.at(m_at); }
    [[nodiscard]] int line() const { return m_line; }

    void skipSpaceAndBreaks()
    {
        while (!atEnd() && peek().isSpace())
            step();
    }

    void skipSpace()
    {
        while (!atEnd() && peek().isSpace() && !isBreak(peek()))
            step();
    }

    void skipExport()
    {
        constexpr QStringView word = u"export";
        const QStringView rest = m_text.mid(m_at);
        if (rest.startsWith(word) && rest.size() > word.size() && rest.at(word.size()).isSpace() &&
            !isBreak(rest.at(word.size()))) {
            m_at += word.size();
            skipSpace();
        }
    }

    /// Empty when there is no key here.
    QString key()
    {
        if (peek() == u'\'')
            return quoted(u'\'').value_or(QString());
        const qsizetype start = m_at;
        while (!atEnd() && !peek().isSpace() && peek() != u'=' && peek() != u'#')
            step();
        return m_text.mid(start, m_at - start).toString();
    }

    bool take(QChar c)
    {
        if (peek() != c || atEnd())
            return false;
        step();
        return true;
    }

    std::optional<QString> value()
    {
        if (atEnd() || isBreak(peek()))
            return QString();
        if (peek() == u'\'' || peek() == u'"')
            return quoted(peek());
        const qsizetype start = m_at;
        skipToBreak();
        return withoutComment(m_text.mid(start, m_at - start)).toString();
    }

    /// True when nothing but a comment stands before the end of the line; goes beyond it.
    bool endOfLine()
    {
        skipSpace();
        if (peek() == u'#')
            skipToBreak();
        if (!atEnd() && !isBreak(peek()))
            return false;
        skipBreak();
        return true;
    }

    void skipLine()
    {
        skipToBreak();
        skipBreak();
    }

private:
    void step()
    {
        const QChar c = m_text.at(m_at++);
        if (c == u'\n' || (c == u'\r' && peek() != u'\n'))
            ++m_line;
    }

    void skipToBreak()
    {
        while (!atEnd() && !isBreak(peek()))
            step();
    }

    void skipBreak()
    {
        if (take(u'\r'))
            take(u'\n');
        else
            take(u'\n');
    }

    std::optional<QString> quoted(QChar quote)
    {
        const qsizetype start = m_at + 1;
        qsizetype end = m_text.indexOf(quote, start);
        qsizetype escapedQuote = -1;
        while (end >= 0 && end > start && m_text.at(end - 1) == u'\\') {
            escapedQuote = end;
            end = m_text.indexOf(quote, end + 1);
        }
        // Nothing closes it later, so the backslash was an ordinary one: 'C:\data\'.
        if (end < 0)
            end = escapedQuote;
        if (end < 0)
            return std::nullopt;
        const QStringView raw = m_text.mid(start, end - start);
        while (m_at <= end)
            step();
        return unescaped(raw, quote);
    }

    static QString unescaped(QStringView raw, QChar quote)
    {
        constexpr QStringView names = u"abfnrtv";
        constexpr QStringView meant = u"\a\b\f\n\r\t\v";
        QString text;
        for (qsizetype i = 0; i < raw.size(); ++i) {
            const QChar next = i + 1 < raw.size() ? raw.at(i + 1) : QChar();
            if (raw.at(i) != u'\\') {
                text += raw.at(i);
            } else if (next == u'\\' || next == u'\'' || (next == u'"' && quote == u'"')) {
                text += next;
                ++i;
            } else if (const qsizetype name = names.indexOf(next); quote == u'"' && name >= 0) {
                text += meant.at(name);
                ++i;
            } else {
                text += raw.at(i);
            }
        }
        return text;
    }

    /// Only a # after white space begins a comment: passwords may hold one.
    static QStringView withoutComment(QStringView value)
    {
        for (qsizetype i = 1; i < value.size(); ++i) {
            if (value.at(i) == u'#' && value.at(i - 1).isSpace())
                return value.left(i).trimmed();
        }
        return value.trimmed();
    }

    QStringView m_text;
    qsizetype m_at = 0;
    int m_line = 1;
};

/// ${NAME} and ${NAME:-default}; a name nobody set becomes nothing.
QString filledIn(const QString &value, const QHash<QString, QString> &own,
                 const QHash<QString, QString> &environment)
{
    QString text;
    qsizetype at = 0;
    while (true) {
        const qsizetype open = value.indexOf(u"${"_s, at);
        const qsizetype close = open < 0 ? -1 : value.indexOf(u'}', open);
        if (close < 0)
            return text.append(QStringView(value).mid(at));
        const QStringView inside = QStringView(value).mid(open + 2, close - open - 2);
        const qsizetype colon = inside.indexOf(u':');
        if (colon >= 0 && !inside.mid(colon).startsWith(u":-")) {
            text += QStringView(value).mid(at, open + 2 - at);
            at = open + 2;
            continue;
        }
        const QString name = (colon < 0 ? inside : inside.left(colon)).toString();
        const QString fallback = colon < 0 ? QString() : inside.mid(colon + 2).toString();
        text += QStringView(value).mid(at, open - at);
        text += own.contains(name) ? own.value(name) : environment.value(name, fallback);
        at = close + 1;
    }
}

Result<QString> decoded(QByteArray bytes)
{
    if (bytes.startsWith("\xEF\xBB\xBF"))
        bytes.remove(0, 3);
    const auto notText = [] {
        return failure(ErrorKind::BadConfiguration, u"it is not a text file in UTF-8"_s);
    };
    if (bytes.contains('\0'))
        return notText();
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    QString text = decoder.decode(bytes);
    if (decoder.hasError())
        return notText();
    return text;
}

} // namespace

Result<EnvFile> parseEnv(const QByteArray &bytes, const QHash<QString, QString> &environment)
{
    const Result<QString> text = decoded(bytes);
    if (!text)
        return failure(text.error());

    EnvFile file;
    QHash<QString, QString> own;
    Reader reader(*text);
    for (reader.skipSpaceAndBreaks(); !reader.atEnd(); reader.skipSpaceAndBreaks()) {
        const int line = reader.line();
        if (reader.peek() == u'#') {
            reader.skipLine();
            continue;
        }
        reader.skipExport();
        const QString key = reader.key();
        reader.skipSpace();
        std::optional<QString> value = QString();
        const bool assigned = reader.take(u'=');
        if (assigned) {
            reader.skipSpace();
            value = reader.value();
        }
        if (key.isEmpty() || !value || !reader.endOfLine()) {
            file.badLines.append(line);
            reader.skipLine();
            continue;
        }
        const QString filled = filledIn(*value, own, environment);
        own.insert(key, filled);
        if (filled.isEmpty())
            file.entries.remove(key);
        else
            file.entries.insert(key, {filled, line});
    }
    return file;
}

Result<EnvFile> readEnvFile(const QString &path, const QHash<QString, QString> &environment)
{
    const auto refuse = [&path](const QString &why, const QString &remedy) {
        Error error;
        error.kind = ErrorKind::BadConfiguration;
        error.detail = u"The file %1 cannot be used: %2."_s.arg(path, why);
        error.nextStep = remedy;
        return failure(error);
    };
    QFile file(path);
    if (!file.exists())
        return refuse(u"it does not exist"_s, u"Check the name after --env-file."_s);
    if (QFileInfo(path).isDir())
        return refuse(u"it is a folder"_s, u"Name the .env file inside it."_s);
    if (!file.open(QIODevice::ReadOnly))
        return refuse(file.errorString(), u"Make it readable for your user."_s);
    const QByteArray bytes = file.read(largestFile + 1);
    if (file.error() != QFileDevice::NoError)
        return refuse(file.errorString(), u"Make it readable for your user."_s);
    if (bytes.size() > largestFile)
        return refuse(u"it is larger than 1 MB"_s, u"Check that it is the file you mean."_s);
    Result<EnvFile> parsed = parseEnv(bytes, environment);
    if (!parsed)
        return refuse(parsed.error().detail, u"Save it as plain text in UTF-8, one KEY=value a line."_s);
    return parsed;
}

} // namespace wristkeep
