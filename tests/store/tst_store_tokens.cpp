// SPDX-License-Identifier: GPL-3.0-or-later
// Tokens: sealed at rest, swapped only against the token they came from, one refresh at a time.

#include "store/secretbox.h"
#include "store/storebench.h"
#include "store/tokentable.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace wristkeep;
using namespace wristkeep::test;

class TestStoreTokens : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sealsAndBindsToItsPlace()
    {
        const SecretBox box(QByteArray(32, 'k'));
        const QByteArray place = SecretBox::associatedData(u"p"_s, u"fitbit"_s, u"access_token"_s);
        const QString sealed = box.seal(u"geheim ä"_s, place);
        QVERIFY(sealed.startsWith(u"v1:"_s));
        QVERIFY(sealed != box.seal(u"geheim ä"_s, place));
        QCOMPARE(*box.open(sealed, place), u"geheim ä"_s);
        QCOMPARE(*box.open(box.seal({}, place), place), QString());
        const QByteArray other = SecretBox::associatedData(u"p"_s, u"fitbit"_s, u"refresh_token"_s);
        QCOMPARE(box.open(sealed, other).error().kind, ErrorKind::KeyUnusable);
        QCOMPARE(SecretBox(QByteArray(32, 'x')).open(sealed, place).error().kind, ErrorKind::KeyUnusable);
        QCOMPARE(box.open(sealed.chopped(4), place).error().kind, ErrorKind::KeyUnusable);
        QCOMPARE(box.open(u"plain"_s, place).error().kind, ErrorKind::KeyUnusable);
        QVERIFY(SecretBox::associatedData(u"a|b"_s, u"c"_s, {}) !=
                SecretBox::associatedData(u"a"_s, u"b|c"_s, {}));
    }

    void keepsEverythingOfAConsent()
    {
        StorePlace place;
        Token token = tokenOf(u"a"_s);
        token.refreshExpiresAt = 1900000000.5;
        token.legacyUserId = u"6CHARS"_s;
        {
            auto store = place.open();
            QVERIFY(*store->tokens().saveConnected(fitbit(), token));
        }
        auto store = place.open();
        const StoredAccount account = **store->tokens().load(fitbit());
        QVERIFY(account.opened && account.usable());
        QCOMPARE(account.token.accessToken, token.accessToken);
        QCOMPARE(account.token.refreshToken, token.refreshToken);
        QCOMPARE(account.token.expiresAt, token.expiresAt);
        QCOMPARE(account.token.scopes, token.scopes);
        QCOMPARE(account.token.userId, token.userId);
        QCOMPARE(account.token.tokenHost, token.tokenHost);
        QCOMPARE(account.token.refreshExpiresAt, token.refreshExpiresAt);
        QCOMPARE(account.token.legacyUserId, token.legacyUserId);
        QCOMPARE(account.updatedAt, u"2026-09-02 12:30:00.000000"_s);
        QVERIFY(!*store->tokens().load(fitbit(u"p01"_s)));
        QCOMPARE(store->tokens().all()->size(), 1);
        QCOMPARE(*store->tokens().participantsOf(u"fitbit"_s, token.userId), {u"default"_s});
        QVERIFY(store->tokens().participantsOf(u"fitbit"_s, {})->isEmpty());
        QCOMPARE(filesHolding(place.path({}), "access-a"), QStringList());
        QCOMPARE(filesHolding(place.path({}), "refresh-a"), QStringList());
    }

    void swapsOnlyAgainstTheOldToken()
    {
        StorePlace place;
        auto store = place.open();
        TokenTable &tokens = store->tokens();
        QVERIFY(!*tokens.saveRefreshed(fitbit(), u"me"_s, u"refresh-old"_s, tokenOf(u"new"_s)));
        QVERIFY(*tokens.saveConnected(fitbit(), tokenOf(u"old"_s)));
        QVERIFY(!*tokens.saveRefreshed(fitbit(), u"me"_s, u"refresh-else"_s, tokenOf(u"new"_s)));
        QCOMPARE((*tokens.load(fitbit()))->token.accessToken, u"access-old"_s);
        Token token = tokenOf(u"new"_s);
        token.scopes.clear(); // A refresh may leave the scope out: the grant stays what it was.
        QVERIFY(*tokens.saveRefreshed(fitbit(), u"me"_s, u"refresh-old"_s, token));
        const StoredAccount account = **tokens.load(fitbit());
        QCOMPARE(account.token.accessToken, u"access-new"_s);
        QCOMPARE(account.token.refreshToken, u"refresh-new"_s);
        QCOMPARE(account.token.scopes, tokenOf({}).scopes);
        QCOMPARE(rowsOf(place.databaseFile(), u"PRAGMA synchronous"_s).size(), 1);
    }

    void leasesToOneAtATime()
    {
        StorePlace place;
        auto store = place.open();
        TokenTable &tokens = store->tokens();
        const qint64 now = place.clock.nowUtc();
        QVERIFY(!tokens.takeRefreshLease(fitbit(), u"a"_s, now + 60)->granted);
        QVERIFY(*tokens.saveConnected(fitbit(), tokenOf(u"old"_s)));
        QVERIFY(tokens.takeRefreshLease(fitbit(), u"a"_s, now + 60)->granted);
        QVERIFY(tokens.takeRefreshLease(fitbit(), u"a"_s, now + 90)->granted);
        const auto refused = tokens.takeRefreshLease(fitbit(), u"b"_s, now + 60);
        QVERIFY(!refused->granted);
        QCOMPARE(refused->heldUntilUtc, now + 90);
        QVERIFY(refused->account.has_value());
        place.clock.advance(91);
        QVERIFY(tokens.takeRefreshLease(fitbit(), u"b"_s, now + 200)->granted);
        QVERIFY(!*tokens.releaseRefreshLease(fitbit(), u"a"_s, u"refresh-old"_s, {}));
        QVERIFY(!tokens.takeRefreshLease(fitbit(), u"c"_s, now + 300)->granted);
        QVERIFY(*tokens.releaseRefreshLease(fitbit(), u"b"_s, u"refresh-old"_s, {}));
        QVERIFY(tokens.takeRefreshLease(fitbit(), u"c"_s, now + 300)->granted);
    }

    void marksARefusalOnlyOnTheTokenItMeant()
    {
        StorePlace place;
        auto store = place.open();
        TokenTable &tokens = store->tokens();
        QVERIFY(*tokens.saveConnected(fitbit(), tokenOf(u"old"_s)));
        QVERIFY(!*tokens.releaseRefreshLease(fitbit(), u"x"_s, u"refresh-other"_s, u"revoked"_s));
        QVERIFY((*tokens.load(fitbit()))->usable());
        QVERIFY(*tokens.releaseRefreshLease(fitbit(), u"x"_s, u"refresh-old"_s, u"revoked"_s));
        QVERIFY(!(*tokens.load(fitbit()))->usable());
        QVERIFY(*tokens.saveConnected(fitbit(), tokenOf(u"again"_s)));
        QVERIFY((*tokens.load(fitbit()))->usable());
        QVERIFY(*tokens.forget(fitbit()));
        QVERIFY(!*tokens.forget(fitbit()));
        QVERIFY(!*tokens.saveRefreshed(fitbit(), u"x"_s, u"refresh-again"_s, tokenOf(u"late"_s)));
    }
};

QTEST_GUILESS_MAIN(TestStoreTokens)
#include "tst_store_tokens.moc"
