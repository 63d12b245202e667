// SPDX-License-Identifier: GPL-3.0-or-later
// Answers that wait together are kept together, and none pays for another's trouble.

#include "core/gzip.h"
#include "providers/registry.h"
#include "store/archive.h"
#include "store/ledger.h"
#include "store/storebench.h"
#include "sync/keepanswer.h"
#include "sync/storethread.h"

#include <QCryptographicHash>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace wristkeep;
using namespace wristkeep::test;

class TestKeepTogether : public QObject
{
    Q_OBJECT

private:
    const Provider *m_provider = findProvider(u"fitbit"_s).value_or(nullptr);

    AnswerToKeep steps(int day, const QByteArray &body = {}) const
    {
        Fetch fetch;
        fetch.date = QDate(2026, 3, day);
        const CommitRequest request = fetch.steps(1000 + day);
        AnswerToKeep work{request.answer, m_provider, request.settleDays, request.today};
        if (!body.isNull())
            work.answer.body = body;
        return work;
    }

    /// The three stages in a row; each answer ends with its own result, whichever stage it ends in.
    static QList<Result<KeptAnswer>> keepAnswers(StorePlace &place, Store &store,
                                                 const QList<AnswerToKeep> &works)
    {
        QList<Result<KeptAnswer>> results;
        QList<ArchivedAnswer> archived;
        QList<qsizetype> goesOn;
        for (const auto &one : archiveAnswers(Archive(place.options().dataDirs), works)) {
            if (one) {
                archived.append(*one);
                goesOn.append(results.size());
            }
            results.append(one ? Result<KeptAnswer>() : Result<KeptAnswer>(failure(one.error())));
        }
        QList<CommittedAnswer> committed;
        for (const auto &one : commitAnswers(store, archived)) {
            if (!one)
                qFatal("%s", qUtf8Printable(one.error().detail));
            committed.append(*one);
        }
        const auto shown = showAnswers(committed);
        for (qsizetype i = 0; i < shown.size(); ++i)
            results[goesOn.at(i)] = shown.at(i);
        return results;
    }

    static Cell cellOf(Store &store, int day)
    {
        return store.ledger().cell({fitbit(), u"steps"_s, QDate(2026, 3, day)})->value();
    }

private Q_SLOTS:
    void keepsAGroup()
    {
        StorePlace place;
        auto store = place.open();
        const auto results =
            keepAnswers(place, *store, {steps(1), steps(2), steps(3, "{\"what\":1}"), steps(4)});
        QCOMPARE(results.size(), 4);
        for (const auto &result : results)
            QVERIFY(result.has_value());
        QVERIFY(results.at(2)->notUnderstood && !results.at(2)->broken);
        QVERIFY(!results.at(3)->notUnderstood);
        QCOMPARE(results.at(3)->stats.filesWritten.size(), 1);
        QCOMPARE(results.at(3)->stats.cells.first().key.date, QDate(2026, 3, 4));
        QCOMPARE(rowsOf(place.databaseFile(), u"SELECT count(*) FROM documents"_s), {u"4"_s});
        QCOMPARE(rowsOf(place.databaseFile(), u"SELECT date, value FROM daily_values ORDER BY date"_s),
                 (QStringList{u"2026-03-01|1001"_s, u"2026-03-02|1002"_s, u"2026-03-04|1004"_s}));
        QCOMPARE(bytesOf(place.dataDir() + u"/.archive/default/index.jsonl"_s).count('\n'), 4);
        for (const int day : {1, 2, 4})
            QCOMPARE(bytesOf(place.dataDir() + u"/default/2026-03-0%1_steps.json"_s.arg(day)),
                     steps(day).answer.body);
    }

    void keepsEqualBytesOfTwoRequests()
    {
        StorePlace place;
        auto store = place.open();
        const QByteArray empty = "{\"activities-steps\":[]}";
        const auto results = keepAnswers(place, *store, {steps(1, empty), steps(2, empty), steps(2, empty)});
        for (const auto &result : results)
            QVERIFY(result.has_value());
        QCOMPARE(rowsOf(place.databaseFile(), u"SELECT count(*) FROM documents"_s), {u"2"_s});
        QCOMPARE(bytesOf(place.dataDir() + u"/.archive/default/index.jsonl"_s).count('\n'), 2);
    }

    void theTroubleOfOneIsNotThatOfAll()
    {
        StorePlace place;
        auto store = place.open();
        AnswerToKeep homeless = steps(2);
        homeless.answer.task.account.provider = u"nobody"_s;
        const auto results = keepAnswers(place, *store, {steps(1), homeless, steps(3)});
        QVERIFY(results.at(0).has_value());
        QVERIFY(!results.at(1).has_value());
        QVERIFY(results.at(2).has_value());
        QCOMPARE(results.at(2)->stats.added, 1);
        QCOMPARE(rowsOf(place.databaseFile(), u"SELECT sum(value) FROM daily_values"_s), {u"2004"_s});
    }

    void archivesTheGzipStreamAsItCame()
    {
        StorePlace place;
        auto store = place.open();
        AnswerToKeep work = steps(1);
        work.answer.gzipBody = gzipCompress(work.answer.body, 9);
        QVERIFY(keepAnswers(place, *store, {work}).first());
        const Archive archive(place.options().dataDirs);
        const QByteArray hash =
            QCryptographicHash::hash(work.answer.body, QCryptographicHash::Sha256).toHex();
        QCOMPARE(
            bytesOf(place.dataDir() + u"/.archive/default/"_s + QString::fromLatin1(hash) + u".json.gz"_s),
            work.answer.gzipBody);
        QCOMPARE(*archive.body(u"fitbit"_s, u"default"_s, hash), work.answer.body);
    }

    void ofTwoAnswersForADayTheLaterHolds()
    {
        StorePlace place;
        auto store = place.open();
        AnswerToKeep later = steps(1);
        later.answer.body.replace("1001", "1234");
        // The other day stands between them: a group is committed by days, not by arrival.
        const auto results = keepAnswers(place, *store, {steps(1), steps(2), later});
        QCOMPARE(results.at(2)->stats.changed, 1);
        QCOMPARE(rowsOf(place.databaseFile(), u"SELECT value FROM daily_values ORDER BY date"_s),
                 (QStringList{u"1234"_s, u"1002"_s}));
        QCOMPARE(bytesOf(place.dataDir() + u"/default/2026-03-01_steps.json"_s), later.answer.body);
    }

    void everyAnswerEndsOnceAndBeforeWhatComesAfter()
    {
        StorePlace place;
        auto clock = std::make_shared<FixedClock>(place.clock.now());
        StoreThread thread(clock);
        QObject context;
        int opened = 0;
        thread.open(place.options(), &context, [&](Result<bool> done) { opened += done ? 1 : 100; });
        QTRY_COMPARE(opened, 1);
        QList<int> ends(8);
        int present = -1;
        for (int i = 0; i < 8; ++i)
            thread.keep(&context, steps(i + 1),
                        [&, i](Result<KeptAnswer> kept) { ends[i] += kept ? 1 : 100; });
        thread.run<int>(
            &context,
            [](Store &store) -> Result<int> {
                int cells = 0;
                for (int day = 1; day <= 8; ++day)
                    cells += store.ledger().cell({fitbit(), u"steps"_s, QDate(2026, 3, day)})->has_value();
                return cells;
            },
            [&](Result<int> cells) { present = cells.value_or(-2); });
        bool isShut = false;
        thread.keep(&context, steps(9), [&](Result<KeptAnswer> kept) { ends.append(kept ? 1 : 100); });
        thread.shut(&context, [&](Result<bool>) { isShut = true; });
        QTRY_VERIFY(isShut);
        QCOMPARE(present, 8);
        QCOMPARE(ends, QList<int>(9, 1));
        bool isRefused = false;
        thread.keep(&context, steps(9), [&](Result<KeptAnswer> kept) { isRefused = !kept; });
        QTRY_VERIFY(isRefused);
    }
};

QTEST_GUILESS_MAIN(TestKeepTogether)
#include "tst_keeptogether.moc"
