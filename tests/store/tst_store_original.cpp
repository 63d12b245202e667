// SPDX-License-Identifier: GPL-3.0-or-later
// A database of the original in either form opens, keeps what it held, and leaves no plain token behind.

#include "store/originals.h"
#include "store/participants.h"
#include "store/storebench.h"
#include "store/tokentable.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace wristkeep;
using namespace wristkeep::test;

namespace {

void noPlainTokenIn(const StorePlace &place)
{
    for (const QByteArray &token : plainTokens())
        QCOMPARE(filesHolding(place.path({}), token), QStringList());
}

} // namespace

class TestStoreOriginal : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void opensTheFirstForm()
    {
        StorePlace place;
        makeFirstForm(place.databaseFile());
        QVERIFY(!filesHolding(place.path({}), "PLAIN-access-churn").isEmpty());
        auto store = place.open();
        const StoredAccount account = **store->tokens().load(fitbit());
        QVERIFY(account.opened);
        QCOMPARE(account.token.accessToken, u"PLAIN-access-first"_s);
        QCOMPARE(account.token.refreshToken, u"PLAIN-refresh-first"_s);
        QCOMPARE(account.token.userId, QString());
        QCOMPARE(account.token.tokenHost, u"api.fitbit.com"_s);
        QCOMPARE(account.token.expiresAt, 1763500503.5);
        QCOMPARE(account.token.scopes, (QStringList{u"activity"_s, u"heartrate"_s, u"sleep"_s}));
        QCOMPARE(account.createdAt, u"2025-11-18 20:15:03.123456"_s);
        QCOMPARE(store->participants().all()->first().id, u"default"_s);
        QCOMPARE(rowsOf(place.databaseFile(),
                        u"SELECT participant_id, fitbit_user_id, nickname FROM fitbit_tokens"_s),
                 {u"default|unknown|mine"_s});
        QCOMPARE(rowsOf(place.databaseFile(), u"SELECT version_num FROM alembic_version"_s), {u"8f2a"_s});
        noPlainTokenIn(place);
        store.reset();
        noPlainTokenIn(place);
        // Only once.
        QVERIFY(place.open()->warnings().isEmpty());
        QVERIFY(!QFile::exists(place.databaseFile() + u".before-wristkeep-2"_s));
    }

    void opensTheSecondForm_data()
    {
        QTest::addColumn<bool>("withLog");
        QTest::newRow("closed properly") << false;
        QTest::newRow("log left over") << true;
    }

    void opensTheSecondForm()
    {
        QFETCH(bool, withLog);
        StorePlace place;
        withLog ? makeSecondFormWithLog(place.databaseFile()) : makeSecondForm(place.databaseFile());
        auto store = place.open();
        QCOMPARE((*store->tokens().load(fitbit(u"p01"_s)))->token.accessToken, u"PLAIN-access-newer"_s);
        QCOMPARE((*store->tokens().load(fitbit(u"p02"_s)))->token.accessToken, u"PLAIN-access-shared"_s);
        QCOMPARE((*store->tokens().load(fitbit(u"../odd id"_s)))->token.accessToken, u"PLAIN-access-odd"_s);
        QCOMPARE(*store->tokens().participantsOf(u"fitbit"_s, u"AAA111"_s),
                 (QStringList{u"p01"_s, u"p02"_s}));
        QCOMPARE(store->participants().find(u"P01"_s)->notes, u"left handed"_s);
        QCOMPARE(rowsOf(place.databaseFile(),
                        u"SELECT participant_id, updated_at FROM fitbit_tokens_superseded"_s),
                 {u"p01|2025-11-18 20:15:03.123456"_s});
        const QString warnings = store->warnings().join(u'\n');
        QVERIFY(warnings.contains(u"p01, p02"_s));
        QVERIFY(warnings.contains(u"several sign-ins"_s));
        QVERIFY(warnings.contains(u".before-wristkeep"_s));
        noPlainTokenIn(place);
        QVERIFY(QFile::exists(place.databaseFile() + u"-wal"_s));
        store.reset();
        noPlainTokenIn(place);
    }

    void copiesTheFileFirst()
    {
        StorePlace place;
        makeSecondFormWithLog(place.databaseFile());
        QVERIFY(place.open());
        const QString copy = place.databaseFile() + u".before-wristkeep"_s;
        QCOMPARE(QFile::permissions(copy) & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
        QCOMPARE(rowsOf(copy, u"SELECT count(*), sum(access_token LIKE 'v1:%') FROM fitbit_tokens"_s),
                 {u"4|4"_s});
        QCOMPARE(rowsOf(copy, u"SELECT name, notes FROM participants WHERE participant_id = 'p01'"_s),
                 {u"Ada|left handed"_s});
        // Put back, it opens again with everything it held.
        QVERIFY(QFile::remove(place.databaseFile()));
        QFile::remove(place.databaseFile() + u"-wal"_s);
        QFile::remove(place.databaseFile() + u"-shm"_s);
        QVERIFY(QFile::rename(copy, place.databaseFile()));
        auto store = place.open();
        QCOMPARE((*store->tokens().load(fitbit(u"p01"_s)))->token.accessToken, u"PLAIN-access-newer"_s);
    }

    void opensOneWithoutTokens()
    {
        StorePlace place;
        makeFirstForm(place.databaseFile());
        runScript(place.databaseFile(), "DELETE FROM fitbit_tokens;");
        auto store = place.open();
        QVERIFY(store->tokens().all()->isEmpty());
        QCOMPARE(store->participants().all()->size(), 1);
        noPlainTokenIn(place);
    }

    void keepsTheColumnsOfTheOriginal()
    {
        StorePlace place;
        makeSecondForm(place.databaseFile());
        QVERIFY(place.open());
        const QStringList columns =
            rowsOf(place.databaseFile(), u"SELECT name FROM pragma_table_info('fitbit_tokens')"_s);
        for (const char *name : {"id", "participant_id", "fitbit_user_id", "access_token", "refresh_token",
                                 "expires_at", "scope", "token_type", "created_at", "updated_at", "provider",
                                 "token_host", "legacy_user_id", "refresh_expires_at"})
            QVERIFY2(columns.contains(QLatin1StringView(name)), name);
        QCOMPARE(
            rowsOf(place.databaseFile(),
                   u"SELECT count(*) FROM sqlite_master WHERE name = 'ix_fitbit_tokens_participant_id'"_s),
            {u"1"_s});
    }

    void refusesWithoutAKeyAndChangesNothing()
    {
        StorePlace place;
        makeFirstForm(place.databaseFile());
        const QByteArray before = bytesOf(place.databaseFile());
        putBytes(place.keyFile(), "too short");
        const auto store = Store::open(place.options(), place.clock);
        QVERIFY(!store);
        QCOMPARE(store.error().kind, ErrorKind::KeyUnusable);
        QCOMPARE(bytesOf(place.databaseFile()), before);
        QVERIFY(!QFile::exists(place.databaseFile() + u".before-wristkeep"_s));
    }
};

QTEST_GUILESS_MAIN(TestStoreOriginal)
#include "tst_store_original.moc"
