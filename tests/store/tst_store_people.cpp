// SPDX-License-Identifier: GPL-3.0-or-later
// Participants, profiles, quotas, runs and leases.

#include "store/accounts.h"
#include "store/leases.h"
#include "store/participants.h"
#include "store/runs.h"
#include "store/storebench.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace wristkeep;
using namespace wristkeep::test;

class TestStorePeople : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void addsFindsAndRemovesParticipants()
    {
        StorePlace place;
        auto store = place.open();
        Participants &people = store->participants();
        QCOMPARE(people.all()->size(), 1);
        QCOMPARE(people.remove(u"default"_s).error().kind, ErrorKind::BadUsage);
        QVERIFY(people.add({u"Anna"_s, u"Anna A."_s, {}, u"pilot"_s}));
        QCOMPARE(people.add({u"anna"_s, {}, {}, {}}).error().kind, ErrorKind::BadUsage);
        QCOMPARE(people.add({u"../x"_s, {}, {}, {}}).error().kind, ErrorKind::BadUsage);
        QCOMPARE(people.find(u"ANNA"_s)->id, u"Anna"_s);
        const auto unknown = people.find(u"bob"_s);
        QCOMPARE(unknown.error().kind, ErrorKind::BadUsage);
        QVERIFY(unknown.error().nextStep.contains(u"default, Anna"_s));
        QVERIFY(people.remove(u"anna"_s));
        QVERIFY(!people.find(u"Anna"_s));
        QCOMPARE(people.all()->size(), 1);
        QVERIFY(people.add({u"anna"_s, {}, {}, {}}));
        QCOMPARE(people.find(u"anna"_s)->id, u"Anna"_s);
        QCOMPARE(people.find(u"anna"_s)->notes, u"pilot"_s);
    }

    void renamesOnlyTheName()
    {
        StorePlace place;
        auto store = place.open();
        Participants &people = store->participants();
        QVERIFY(people.add({u"Anna"_s, u"Anna A."_s, {}, u"pilot"_s}));
        const auto renamed = people.rename(u"anna"_s, u"Anna B."_s);
        QVERIFY(renamed);
        QCOMPARE(renamed->id, u"Anna"_s);
        QCOMPARE(people.find(u"Anna"_s)->name, u"Anna B."_s);
        QCOMPARE(people.find(u"Anna"_s)->notes, u"pilot"_s);
        QVERIFY(people.find(u"default"_s)->name.isEmpty());
        QVERIFY(people.rename(u"Anna"_s, {}));
        QVERIFY(people.find(u"Anna"_s)->name.isEmpty());
        QCOMPARE(people.rename(u"bob"_s, u"Bob"_s).error().kind, ErrorKind::BadUsage);
        QVERIFY(people.remove(u"Anna"_s));
        QCOMPARE(people.rename(u"Anna"_s, u"x"_s).error().kind, ErrorKind::BadUsage);
    }

    void remembersProfileAndQuota()
    {
        StorePlace place;
        auto store = place.open();
        QVERIFY(!*store->accounts().profile(fitbit()));
        QVERIFY(store->accounts().saveProfile(
            fitbit(), {u"9XY7QZ"_s, zoneOf("Pacific/Chatham"), QDate(2015, 2, 3), 1700000000}));
        const AccountProfile profile = **store->accounts().profile(fitbit());
        QCOMPARE(profile.zone.id(), u"Pacific/Chatham"_s);
        QCOMPARE(profile.zone.source, ZoneSource::Profile);
        QCOMPARE(profile.memberSince, QDate(2015, 2, 3));
        QVERIFY(!store->accounts().quota(fitbit())->left);
        QVERIFY(store->accounts().saveQuota(fitbit(), {150, 0, 1700003600, true}));
        const QuotaState quota = *store->accounts().quota(fitbit());
        QCOMPARE(quota.left, 0);
        QCOMPARE(quota.resetAtUtc, 1700003600);
        QVERIFY(quota.exhausted);
    }

    void remembersTheLastRun()
    {
        StorePlace place;
        auto store = place.open();
        RunRecord run{u"r1"_s, fitbit(), 100, {}, {}, 0, 0};
        QVERIFY(store->runs().begin(run));
        QVERIFY(!(*store->runs().last(fitbit()))->finishedUtc);
        run.finishedUtc = 160;
        run.outcome = u"Done."_s;
        run.good = 2;
        QVERIFY(store->runs().finish(run));
        QVERIFY(store->runs().begin({u"r0"_s, fitbit(), 50, {}, {}, 0, 0}));
        const RunRecord last = **store->runs().last(fitbit());
        QCOMPARE(last.id, u"r1"_s);
        QCOMPARE(last.finishedUtc, 160);
        QCOMPARE(last.good, 2);
        QVERIFY(!*store->runs().last(fitbit(u"p01"_s)));
    }

    void leasesANameToOneOwner()
    {
        StorePlace place;
        auto store = place.open();
        auto second = place.open();
        const qint64 now = place.clock.nowUtc();
        QVERIFY(store->leases().take(u"run/default"_s, u"a"_s, now + 60)->granted);
        const auto held = second->leases().take(u"run/default"_s, u"b"_s, now + 60);
        QVERIFY(!held->granted);
        QCOMPARE(held->owner, u"a"_s);
        QVERIFY(second->leases().release(u"run/default"_s, u"b"_s));
        QVERIFY(!second->leases().take(u"run/default"_s, u"b"_s, now + 60)->granted);
        QVERIFY(store->leases().release(u"run/default"_s, u"a"_s));
        QVERIFY(second->leases().take(u"run/default"_s, u"b"_s, now + 60)->granted);
        place.clock.advance(61);
        QVERIFY(store->leases().take(u"run/default"_s, u"a"_s, now + 200)->granted);
    }
};

QTEST_GUILESS_MAIN(TestStorePeople)
#include "tst_store_people.moc"
