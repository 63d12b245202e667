// SPDX-License-Identifier: GPL-3.0-or-later
#include "providers/sourceelements.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

namespace wristkeep {

namespace {

/// Walks over valid JSON, and never past its end, valid or not.
class Walk
{
public:
    explicit Walk(std::string_view text) : m_text(text) {}

    /// The next character that is not space; NUL at the end.
    char peek()
    {
        while (m_at < m_text.size() &&
               std::string_view(" \t\r\n").find(m_text[m_at]) != std::string_view::npos)
            ++m_at;
        return m_at < m_text.size() ? m_text[m_at] : '\0';
    }

    bool take(char expected)
    {
        if (peek() != expected)
            return false;
        ++m_at;
        return true;
    }

    std::string_view takeValue()
    {
        const char first = peek();
        const size_t start = m_at;
        if (first == '"')
            skipString();
        else if (first == '{' || first == '[')
            skipNested();
        else
            m_at = std::min(m_text.find_first_of(",]} \t\r\n", m_at), m_text.size());
        return m_text.substr(start, m_at - start);
    }

private:
    void skipString()
    {
        for (++m_at; m_at < m_text.size() && m_text[m_at] != '"'; ++m_at) {
            if (m_text[m_at] == '\\')
                ++m_at;
        }
        m_at = std::min(m_at + 1, m_text.size());
    }

    void skipNested()
    {
        int depth = 0;
        do {
            const char here = m_text[m_at];
            if (here == '"') {
                skipString();
                continue;
            }
            if (here == '{' || here == '[')
                ++depth;
            else if (here == '}' || here == ']')
                --depth;
            ++m_at;
        } while (depth > 0 && m_at < m_text.size());
    }

    std::string_view m_text;
    size_t m_at = 0;
};

/// Whether a name, with its quotes and as written, is this one: it may be written with escapes.
bool isNamed(std::string_view written, std::string_view member)
{
    if (written.find('\\') == std::string_view::npos)
        return written.substr(1, written.size() - 2) == member;
    const QByteArray list = '[' + QByteArray(written.data(), qsizetype(written.size())) + ']';
    return QJsonDocument::fromJson(list).array().at(0).toString().toStdString() == member;
}

QList<std::string_view> elementsOf(Walk &walk)
{
    QList<std::string_view> elements;
    if (!walk.take('['))
        return elements;
    while (walk.peek() != ']' && walk.peek() != '\0') {
        elements.append(walk.takeValue());
        if (!walk.take(','))
            break;
    }
    return elements;
}

} // namespace

QList<std::string_view> sourceElements(const QByteArray &json, std::string_view member)
{
    Walk walk(std::string_view(json.constData(), size_t(json.size())));
    if (!walk.take('{'))
        return {};
    while (walk.peek() == '"') {
        const std::string_view name = walk.takeValue();
        if (!walk.take(':'))
            break;
        if (isNamed(name, member))
            return elementsOf(walk);
        walk.takeValue();
        if (!walk.take(','))
            break;
    }
    return {};
}

} // namespace wristkeep
