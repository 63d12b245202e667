// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/settingsfile.h"

#include <QStringDecoder>

#include <algorithm>
#include <optional>

using namespace Qt::StringLiterals;

namespace wristkeep {

namespace {

constexpr auto ownSection = "[General]"_L1;
constexpr auto sealedMark = "v1:"_L1;

/// What stands between quotes; none when the closing one is missing or something follows it.
std::optional<QString> unquoted(const QString &text)
{
    QString value;
    for (qsizetype i = 1; i < text.size(); ++i) {
        const QChar c = text.at(i);
        if (c == u'"')
            return i + 1 == text.size() ? std::optional(value) : std::nullopt;
        if (c != u'\\') {
            value += c;
            continue;
        }
        if (++i == text.size())
            return std::nullopt;
        value += text.at(i) == u'n' ? QChar(u'\n') : text.at(i) == u'r' ? QChar(u'\r') : text.at(i);
    }
    return std::nullopt;
}

bool needsQuotes(const QString &value)
{
    return value != value.trimmed() || std::any_of(value.begin(), value.end(), [](QChar c) {
               return c == u'"' || c == u'\\' || c == u'\n' || c == u'\r' || c == u',' || c == u';';
           });
}

QString quoted(const QString &value)
{
    if (!needsQuotes(value))
        return value;
    QString text = u"\""_s;
    for (const QChar c : value) {
        if (c == u'"' || c == u'\\')
            text += u'\\';
        if (c == u'\n')
            text += u"\\n"_s;
        else if (c == u'\r')
            text += u"\\r"_s;
        else
            text += c;
    }
    return text + u'"';
}

} // namespace

Result<SettingsFile::Line> SettingsFile::parseLine(const QString &text, int number)
{
    const QString content = text.trimmed();
    if (content.isEmpty() || content.startsWith(u';') || content.startsWith(u'#'))
        return Line{text, {}, {}};
    const qsizetype equals = content.indexOf(u'=');
    const QString key = content.left(equals).trimmed();
    if (equals <= 0 || key.isEmpty() || key.contains(u' '))
        return failure(ErrorKind::BadConfiguration, u"line %1 is not KEY=value"_s.arg(number));
    QString value = content.mid(equals + 1).trimmed();
    if (value.startsWith(u'"')) {
        const std::optional<QString> inner = unquoted(value);
        if (!inner) {
            return failure(ErrorKind::BadConfiguration,
                           u"line %1 has a quotation mark without its other half"_s.arg(number));
        }
        value = *inner;
    }
    return Line{text, key, value};
}

Result<SettingsFile> SettingsFile::parse(const QByteArray &bytes)
{
    QStringDecoder decoder(QStringDecoder::Utf8);
    const QString all = decoder(bytes);
    if (decoder.hasError() || bytes.contains('\0'))
        return failure(ErrorKind::BadConfiguration, u"it is not a text file"_s);
    SettingsFile file;
    QStringList texts = all.split(u'\n');
    if (texts.last().isEmpty())
        texts.removeLast();
    bool own = true;
    for (qsizetype i = 0; i < texts.size(); ++i) {
        QString text = texts.at(i);
        if (text.endsWith(u'\r'))
            text.chop(1);
        const QString content = text.trimmed();
        const bool header = content.startsWith(u'[') && content.endsWith(u']');
        if (header)
            own = content.compare(ownSection, Qt::CaseInsensitive) == 0;
        if (header || !own) {
            file.m_lines.append({text, {}, {}});
        } else {
            const Result<Line> line = parseLine(text, int(i) + 1);
            if (!line)
                return failure(line.error());
            file.m_lines.append(*line);
        }
        if (own)
            file.m_ownEnd = file.m_lines.size();
    }
    return file;
}

QByteArray SettingsFile::bytes() const
{
    QByteArray bytes;
    for (const Line &line : m_lines)
        bytes += line.text.toUtf8() + '\n';
    return bytes;
}

QString SettingsFile::value(const QString &key) const
{
    const auto found = std::find_if(m_lines.crbegin(), m_lines.crend(),
                                    [&key](const Line &line) { return line.key == key; });
    return found == m_lines.crend() ? QString() : found->value;
}

void SettingsFile::setValue(const QString &key, const QString &value)
{
    qsizetype place = m_ownEnd;
    for (qsizetype i = m_lines.size() - 1; i >= 0; --i) {
        if (m_lines.at(i).key != key)
            continue;
        m_lines.removeAt(i);
        m_ownEnd -= i < m_ownEnd ? 1 : 0;
        place = i;
    }
    if (value.isEmpty())
        return;
    m_lines.insert(place, {key + u'=' + quoted(value), key, value});
    ++m_ownEnd;
}

bool SettingsFile::isSealed(const QString &value)
{
    return value.startsWith(sealedMark);
}

} // namespace wristkeep
