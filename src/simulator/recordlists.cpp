// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulator/recordlists.h"

#include "simulator/simrandom.h"

#include <QByteArrayList>
#include <QList>

#include <functional>

namespace wristkeep {

namespace {

using Rearrange = std::function<QByteArrayList(const QByteArrayList &)>;

/// The lists an answer is made of are members of its root, or of an object in the root.
constexpr int DeepestList = 2;

/// Walks over JSON text; whatever is no list of records is copied as it stands.
class ListWalk
{
public:
    ListWalk(const QByteArray &json, const Rearrange &rearrange) : m_json(json), m_rearrange(rearrange) {}

    QByteArray run()
    {
        QByteArray out;
        out.reserve(m_json.size() * 2);
        int depth = 0;
        for (qsizetype at = 0; at < m_json.size();) {
            const char c = m_json.at(at);
            if (c == '[' && depth <= DeepestList) {
                const qsizetype end = endOfValue(at);
                out += list(at, end);
                at = end;
                continue;
            }
            const qsizetype next = c == '"' ? endOfValue(at) : at + 1;
            depth += c == '{' ? 1 : (c == '}' ? -1 : 0);
            out += m_json.mid(at, next - at);
            at = next;
        }
        return out;
    }

private:
    /// Behind the text, list or object that begins there.
    [[nodiscard]] qsizetype endOfValue(qsizetype at) const
    {
        int open = 0;
        for (; at < m_json.size(); ++at) {
            const char c = m_json.at(at);
            if (c == '"') {
                for (++at; at < m_json.size() && m_json.at(at) != '"'; ++at)
                    at += m_json.at(at) == '\\' ? 1 : 0;
            } else if (c == '{' || c == '[') {
                ++open;
            } else if (c == '}' || c == ']') {
                --open;
            }
            if (open == 0)
                return at + 1;
        }
        return at;
    }

    [[nodiscard]] QByteArray list(qsizetype begin, qsizetype end) const
    {
        QByteArrayList records;
        for (qsizetype at = begin + 1; at < end - 1;) {
            const char c = m_json.at(at);
            if (c == '{') {
                const qsizetype after = endOfValue(at);
                records.append(m_json.mid(at, after - at));
                at = after;
            } else if (c == ',' || c == ' ' || c == '\n') {
                ++at;
            } else {
                return m_json.mid(begin, end - begin); // no list of records
            }
        }
        return '[' + m_rearrange(records).join(',') + ']';
    }

    const QByteArray &m_json;
    const Rearrange &m_rearrange;
};

} // namespace

QByteArray withRecordsTwice(const QByteArray &json)
{
    return ListWalk(json,
                    [](const QByteArrayList &records) {
                        QByteArrayList told;
                        for (qsizetype i = 0; i < records.size(); ++i) {
                            told.append(records.at(i));
                            if (i % 3 == 0)
                                told.append(records.at(i));
                        }
                        return told;
                    })
        .run();
}

QByteArray withRecordsShuffled(const QByteArray &json)
{
    return ListWalk(json,
                    [](const QByteArrayList &records) {
                        QByteArrayList told = records;
                        SimRandom dice(mixKey({quint64(records.size()), 90}));
                        for (qsizetype i = told.size() - 1; i > 0; --i)
                            told.swapItemsAt(i, dice.below(int(i) + 1));
                        return told;
                    })
        .run();
}

QByteArray withoutRecords(const QByteArray &json)
{
    return ListWalk(json, [](const QByteArrayList &) { return QByteArrayList(); }).run();
}

QByteArray withFewerRecords(const QByteArray &json)
{
    return ListWalk(json,
                    [](const QByteArrayList &records) {
                        return records.first(records.size() - records.size() / 3);
                    })
        .run();
}

QByteArray withThinnerRecords(const QByteArray &json)
{
    return ListWalk(json,
                    [](const QByteArrayList &records) {
                        QByteArrayList told;
                        for (qsizetype i = 0; i < records.size(); ++i) {
                            if (i % 20 != 19)
                                told.append(records.at(i));
                        }
                        return told;
                    })
        .run();
}

} // namespace wristkeep
