// SPDX-License-Identifier: GPL-3.0-or-later
// Stored backfills: a database of the form before gets them, a person's word outdates progress, tries are
// kept.

#include "store/backfilljobs.h"
#include "store/participants.h"
#include "store/store.h"
#include "store/storebench.h"

#include <QTest>

using namespace wristkeep;
using namespace wristkeep::test;
using namespace Qt::StringLiterals;

namespace {

const AccountKey Account{u"default"_s, u"fitbit"_s};

BackfillStatus wish()
{
    BackfillStatus status;
    status.account = Account;
    status.state = BackfillState::Running;
    status.first = QDate(2016, 3, 1);
    status.last = QDate(2026, 3, 14);
    status.dataTypes = {u"steps"_s, u"heartrate_1min"_s};
    status.changedUtc = 1'000;
    return status;
}

} // namespace

class TestStoreBackfills : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aDatabaseOfTheFormBeforeGetsThem()
    {
        StorePlace place;
        QVERIFY(place.open());
        runScript(place.databaseFile(), "DELETE FROM wristkeep_schema WHERE version > 3;"
                                        "DROP TABLE backfills;"
                                        "DROP TABLE backfill_tries;");
        auto store = place.open();
        QVERIFY(store);
        QVERIFY(store->backfills().all()->isEmpty());
        QVERIFY(!store->backfills().find(Account)->has_value());
    }

    void comesBackAsItWasStored()
    {
        StorePlace place;
        BackfillJob job = *place.open()->backfills().begin(wish());
        job.status.state = BackfillState::WaitingForQuota;
        job.status.cellsDone = 12;
        job.status.cellsTotal = 7'000;
        job.status.requestsLeft = 3'400;
        job.status.nextWakeUtc = 5'000;
        job.status.reason = u"The limit is used up."_s;
        const BackfillTry failed{u"steps"_s, QDate(2026, 3, 10), 2, 1'500, 88'000, true};
        QVERIFY(*place.open()->backfills().note(job, {failed}));

        auto store = place.open();
        const BackfillJob kept = store->backfills().find(Account)->value();
        QCOMPARE(kept.status.state, BackfillState::WaitingForQuota);
        QCOMPARE(kept.status.first, QDate(2016, 3, 1));
        QCOMPARE(kept.status.dataTypes, wish().dataTypes);
        QCOMPARE(kept.status.cellsDone, 12);
        QCOMPARE(kept.status.requestsLeft, 3'400);
        QCOMPARE(kept.status.nextWakeUtc, 5'000);
        QCOMPARE(kept.status.reason, job.status.reason);
        const QList<BackfillTry> tries = *store->backfills().tries(Account);
        QCOMPARE(tries.size(), 1);
        QCOMPARE(tries.first().tries, 2);
        QCOMPARE(tries.first().nextTryUtc, 88'000);
        QVERIFY(tries.first().denied);
        // One that is begun anew knows nothing of them.
        QVERIFY(store->backfills().begin(wish()));
        QVERIFY(store->backfills().tries(Account)->isEmpty());
        QCOMPARE(store->backfills().find(Account)->value().status.cellsDone, 0);
    }

    void aPersonsWordOutdatesProgress()
    {
        StorePlace place;
        auto store = place.open();
        BackfillJob job = *store->backfills().begin(wish());
        job.status.cellsDone = 5;
        QVERIFY(*store->backfills().note(job, {}));
        const auto paused = store->backfills().setState(Account, BackfillState::Paused, 2'000);
        QCOMPARE(paused->value().status.state, BackfillState::Paused);
        QCOMPARE(paused->value().status.cellsDone, 5);
        job.status.cellsDone = 9;
        const BackfillTry failed{u"steps"_s, QDate(2026, 3, 10), 1, 1'500, 88'000, false};
        QCOMPARE(*store->backfills().note(job, {failed}), false);
        QCOMPARE(store->backfills().find(Account)->value().status.state, BackfillState::Paused);
        QVERIFY(store->backfills().tries(Account)->isEmpty());
        QVERIFY(
            !store->backfills().setState({u"nobody"_s, u"fitbit"_s}, BackfillState::Paused, 1)->has_value());
    }

    void whoWasRemovedIsNotListed()
    {
        StorePlace place;
        auto store = place.open();
        QVERIFY(store->participants().add({u"P02"_s, {}, {}, {}}));
        BackfillStatus theirs = wish();
        theirs.account.participant = u"P02"_s;
        QVERIFY(store->backfills().begin(theirs));
        QCOMPARE(store->backfills().all()->size(), 1);
        QVERIFY(store->participants().remove(u"P02"_s));
        QVERIFY(store->backfills().all()->isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestStoreBackfills)
#include "tst_store_backfills.moc"
