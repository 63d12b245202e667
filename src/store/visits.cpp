// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/visits.h"

#include <algorithm>

namespace wristkeep {

using namespace Qt::StringLiterals;

namespace {

/// With the scope's two names bound first.
const QByteArray isInScope = "(?1 = '' OR d.participant = ?1) AND (?2 = '' OR d.provider = ?2)";

const QByteArray everyAnswer =
    "SELECT d.id, d.fetched_at FROM documents d WHERE " + isInScope + " ORDER BY d.id";

const QByteArray cameAgain =
    "SELECT d.id, l.fetched_at FROM ledger l JOIN documents d ON d.id = l.document "
    "WHERE l.fetched_at <> d.fetched_at AND " +
    isInScope +
    " UNION "
    // Of a fetch in pages only the last one tells of the moment.
    "SELECT d.id, h.new_fetched_at FROM history h JOIN documents d ON d.id = h.document "
    "WHERE h.new_fetched_at <> d.fetched_at AND " +
    isInScope +
    " AND NOT EXISTS (SELECT 1 FROM documents p WHERE p.participant = d.participant "
    "AND p.provider = d.provider AND p.data_type = d.data_type AND p.first = d.first "
    "AND p.last = d.last AND p.page_number > d.page_number)";

Outcome collect(Statement &statement, const RebuildScope &scope, std::vector<Visit> &visits)
{
    statement.with(scope.participant, scope.provider);
    for (;;) {
        const auto row = statement.step();
        if (!row)
            return failure(row.error());
        if (!*row)
            return {};
        visits.push_back({statement.integer(0), statement.integer(1)});
    }
}

/// For each moment, how many of the answers in `firsts` count before it. Computers' clocks are put back now
/// and then, so the order of the rows, not their instants, is that of the answers.
class Places
{
public:
    explicit Places(const std::vector<Visit> &firsts)
    {
        for (size_t i = 0; i < firsts.size(); ++i)
            m_marks.emplace_back(firsts[i].atUtc, i + 1);
        std::sort(m_marks.begin(), m_marks.end());
        size_t furthest = 0;
        for (auto &mark : m_marks)
            mark.second = furthest = std::max(furthest, mark.second);
    }

    [[nodiscard]] size_t before(qint64 atUtc) const
    {
        const auto after = std::upper_bound(m_marks.cbegin(), m_marks.cend(), atUtc,
                                            [](qint64 at, const auto &mark) { return at < mark.first; });
        return after == m_marks.cbegin() ? 0 : std::prev(after)->second;
    }

private:
    std::vector<std::pair<qint64, size_t>> m_marks;
};

struct Placed
{
    size_t place = 0;
    Visit visit;
};

} // namespace

Result<std::vector<Visit>> visitsInOrder(sqlite3 *kept, sqlite3 *rebuilt, const RebuildScope &scope)
{
    std::vector<Visit> known;
    std::vector<Visit> others;
    Statement ofKept(kept, everyAnswer.constData());
    Statement again(kept, cameAgain.constData());
    if (auto done = collect(ofKept, scope, known).and_then([&] { return collect(again, scope, others); });
        !done)
        return failure(done.error());
    const qint64 lastKnown = known.empty() ? 0 : known.back().document;
    Statement ofRebuilt(rebuilt, everyAnswer.constData());
    std::vector<Visit> all;
    if (auto done = collect(ofRebuilt, scope, all); !done)
        return failure(done.error());
    const std::vector<qint64> knownRows = [&] {
        std::vector<qint64> rows;
        rows.reserve(known.size());
        for (const Visit &visit : known)
            rows.push_back(visit.document);
        return rows;
    }();
    for (const Visit &visit : all) {
        if (visit.document > lastKnown ||
            !std::binary_search(knownRows.begin(), knownRows.end(), visit.document))
            others.push_back(visit);
    }

    const Places places(known);
    std::vector<Placed> placed;
    for (const Visit &visit : others) {
        const auto row = std::lower_bound(knownRows.begin(), knownRows.end(), visit.document);
        const bool isKnown = row != knownRows.end() && *row == visit.document;
        const size_t notBefore = isKnown ? size_t(row - knownRows.begin()) + 1 : 0;
        placed.push_back({std::max(notBefore, places.before(visit.atUtc)), visit});
    }
    std::stable_sort(placed.begin(), placed.end(), [](const Placed &a, const Placed &b) {
        return std::tie(a.place, a.visit.atUtc, a.visit.document) <
               std::tie(b.place, b.visit.atUtc, b.visit.document);
    });

    std::vector<Visit> visits;
    visits.reserve(known.size() + placed.size());
    auto next = placed.cbegin();
    for (size_t i = 0; i <= known.size(); ++i) {
        for (; next != placed.cend() && next->place <= i; ++next)
            visits.push_back(next->visit);
        if (i < known.size())
            visits.push_back(known[i]);
    }
    return visits;
}

DocumentReader::DocumentReader(sqlite3 *database)
    : m_read(database, "SELECT participant, provider, data_type, first, last, page, sha256, url, fetched_at, "
                       "language, zone, zone_source, origin, page_number, bytes FROM documents WHERE id = ?"),
      m_before(database,
               "SELECT max(p.id) FROM documents d JOIN documents p ON p.participant = d.participant "
               "AND p.provider = d.provider AND p.data_type = d.data_type AND p.first = d.first "
               "AND p.last = d.last AND p.page_number = d.page_number - 1 "
               "AND p.fetched_at <= ?2 WHERE d.id = ?1")
{
}

Result<KeptDocument> DocumentReader::read(qint64 id)
{
    const auto found = m_read.with(id).step();
    if (!found)
        return failure(found.error());
    if (!*found)
        return failure(ErrorKind::Internal, u"A row of documents is gone."_s);
    KeptDocument kept;
    Answer &answer = kept.answer;
    answer.task = {{m_read.text(0), m_read.text(1)}, m_read.text(2), m_read.date(3), m_read.date(4), {}};
    kept.page = m_read.text(5);
    kept.document = {id, m_read.text(6).toLatin1(), m_read.integer(8), true};
    answer.url = QUrl(m_read.text(7));
    kept.fileName = answer.url.fileName();
    answer.fetchedAtUtc = kept.document.fetchedAtUtc;
    answer.language = m_read.text(9);
    answer.zone.zone = QTimeZone(m_read.text(10).toLatin1());
    answer.zone.source = zoneSourceFromName(m_read.text(11)).value_or(ZoneSource::Computer);
    answer.origin = m_read.text(12);
    answer.pageNumber = int(m_read.integer(13));
    kept.bytes = m_read.integer(14);
    m_read.reset();
    return kept;
}

Result<std::optional<qint64>> DocumentReader::pageBefore(qint64 id, qint64 atUtc)
{
    const auto found = m_before.with(id, atUtc).step();
    if (!found)
        return failure(found.error());
    std::optional<qint64> before;
    if (*found && !m_before.isNull(0))
        before = m_before.integer(0);
    m_before.reset();
    return before;
}

} // namespace wristkeep
