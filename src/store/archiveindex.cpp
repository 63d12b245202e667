// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/archiveindex.h"

#include "core/json.h"
#include "store/statement.h"

#include <QDateTime>
#include <QFile>

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

class IndexReader
{
public:
    IndexReader(sqlite3 *database, IndexReading &reading, std::optional<qint64> lastUtc)
        : m_insert(database,
                   "INSERT OR IGNORE INTO documents (participant, provider, data_type, first, last, "
                   "page, sha256, url, bytes, fetched_at, language, zone, zone_source, origin, "
                   "page_number) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id"),
          m_person(database, "INSERT INTO participants (participant_id, created_at, updated_at) "
                             "SELECT ?1, ?2, ?2 WHERE NOT EXISTS (SELECT 1 FROM participants "
                             "WHERE participant_id = ?1 COLLATE NOCASE)"),
          m_reading(reading), m_lastUtc(lastUtc)
    {
    }

    Outcome read(const QString &path)
    {
        QFile file(path);
        if (!file.open(QIODevice::ReadOnly)) {
            m_reading.problems.append(u"%1 cannot be read: %2."_s.arg(path, file.errorString()));
            return {};
        }
        for (int number = 1; !file.atEnd(); ++number) {
            const QByteArray line = file.readLine();
            const auto object = JsonNode::parse(line);
            if (!object) {
                // A crash may leave a last line without its end: its answer was not kept then.
                if (line.endsWith('\n'))
                    m_reading.problems.append(u"%1, line %2 cannot be read."_s.arg(path).arg(number));
                continue;
            }
            if (auto entered = enter(object->value().toObject()); !entered)
                return entered;
        }
        return {};
    }

private:
    Outcome enter(const QJsonObject &line)
    {
        const auto text = [&line](const QString &name) { return line.value(name).toString(u""_s); };
        const QDateTime at = QDateTime::fromString(text(u"fetched_at"_s), Qt::ISODate);
        if (m_lastUtc && at.toSecsSinceEpoch() > *m_lastUtc)
            return {};
        const auto inserted =
            m_insert
                .with(text(u"participant"_s), text(u"provider"_s), text(u"data"_s), text(u"first"_s),
                      text(u"last"_s), text(u"page"_s), text(u"sha256"_s), text(u"request"_s),
                      line.value(u"bytes"_s).toInteger(), at.toSecsSinceEpoch(), text(u"language"_s),
                      text(u"zone"_s), text(u"zone_source"_s), text(u"origin"_s),
                      line.value(u"page_number"_s).toInteger(1))
                .step();
        if (!inserted)
            return failure(inserted.error());
        m_insert.reset();
        if (!*inserted)
            return {};
        ++m_reading.added;
        const QString created = at.toUTC().toString(u"yyyy-MM-dd HH:mm:ss.zzz000"_s);
        return m_person.with(text(u"participant"_s), created).run();
    }

    Statement m_insert;
    Statement m_person;
    IndexReading &m_reading;
    std::optional<qint64> m_lastUtc;
};

} // namespace

Result<IndexReading> readIndexes(sqlite3 *database, const QStringList &indexFiles,
                                 std::optional<qint64> lastUtc)
{
    IndexReading reading;
    IndexReader reader(database, reading, lastUtc);
    for (const QString &file : indexFiles) {
        if (auto done = reader.read(file); !done)
            return failure(done.error());
    }
    return reading;
}

} // namespace wristkeep
