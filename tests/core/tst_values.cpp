// SPDX-License-Identifier: GPL-3.0-or-later
// The small values of the core: checked JSON, gzip, participant ids, redaction, headers.

#include "core/gzip.h"
#include "core/http.h"
#include "core/ids.h"
#include "core/json.h"
#include "core/oauthclient.h"
#include "core/redaction.h"

#include <QTest>

using namespace wristkeep;
using namespace Qt::StringLiterals;

class TestValues : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aMissingMemberIsAnErrorWithItsPath()
    {
        const auto root = JsonNode::parse(R"({"a":[{"b":1}]})");
        QVERIFY(root.has_value());
        const auto items = root->member(u"a"_s)->items();
        const auto missing = items->first().member(u"c"_s);
        QVERIFY(!missing);
        QCOMPARE(missing.error().kind, ErrorKind::NotUnderstood);
        QCOMPARE(missing.error().detail, u"$.a[0].c is missing."_s);
    }

    void aMistypedMemberIsNeverASilentZero()
    {
        const auto root = JsonNode::parse(R"({"n":"12","t":3,"x":"1,234","y":"12kg","nul":null,"f":2.5})");
        QVERIFY(!root->member(u"n"_s)->number());
        QVERIFY(!root->member(u"t"_s)->text());
        QVERIFY(!root->member(u"x"_s)->numberOrText());
        QVERIFY(!root->member(u"y"_s)->numberOrText());
        QVERIFY(!root->member(u"nul"_s));
        QVERIFY(!root->member(u"f"_s)->integer());
        QCOMPARE(root->member(u"n"_s)->numberOrText().value(), 12.0);
    }

    void numbersAndDatesIgnoreTheLocale()
    {
        const auto root = JsonNode::parse(R"({"v":"6.4","d":"2024-02-30","t":"25:00:00"})");
        QCOMPARE(root->member(u"v"_s)->numberOrText().value(), 6.4);
        QVERIFY(!root->member(u"d"_s)->date());
        QVERIFY(!root->member(u"t"_s)->time());
    }

    void whatIsNotJsonIsSaidInWords()
    {
        QVERIFY(JsonNode::parse("<html>busy</html>").error().detail.contains(u"web page"));
        QVERIFY(JsonNode::parse("").error().detail.contains(u"empty"));
        QVERIFY(JsonNode::parse("{\"a\":[1,2").error().detail.contains(u"not valid JSON"));
    }

    void gzipUndoesItselfAndNoticesDamage()
    {
        const QByteArray plain = QByteArray("heart rate ").repeated(10'000);
        const QByteArray packed = gzipCompress(plain, 1);
        QVERIFY(packed.size() < plain.size() / 20);
        QCOMPARE(gzipDecompress(packed, 1'000'000).value(), plain);
        QCOMPARE(gzipDecompress(packed, 1'000).error().kind, ErrorKind::NotUnderstood);
        for (qsizetype length = 0; length < packed.size(); length += 7)
            QVERIFY2(!gzipDecompress(packed.left(length), 1'000'000), "a truncated stream must not pass");
        QVERIFY(!gzipDecompress(packed + "x", 1'000'000));
        QByteArray damaged = packed;
        damaged[damaged.size() - 6] = char(damaged.at(damaged.size() - 6) ^ 0x55);
        QVERIFY(!gzipDecompress(damaged, 1'000'000));
        QCOMPARE(gzipDecompress(gzipCompress({}), 10).value(), QByteArray());
    }

    void participantIdsFollowTheirRule()
    {
        for (const char *good : {"default", "P01", "a", "9x", "study-3_b.2"})
            QVERIFY2(checkParticipantId(QString::fromLatin1(good)), good);
        for (const char *bad : {"", "../x", ".x", "-x", "a b", "exports", "Exports", "a/b", "caf\xc3\xa9"})
            QVERIFY2(!checkParticipantId(QString::fromUtf8(bad)), bad);
        QVERIFY(checkParticipantId(QString(64, u'a')));
        QVERIFY(!checkParticipantId(QString(65, u'a')));
        QVERIFY(sameParticipant(u"Anna"_s, u"anna"_s));
    }

    void importedIdsGetAFolderThatCannotEscapeOrCollide()
    {
        QCOMPARE(participantFolder(u"P01"_s), u"P01"_s);
        const QString up = participantFolder(u"../x"_s);
        QVERIFY(!up.contains(u'/') && !up.startsWith(u'.'));
        QVERIFY(checkParticipantId(up));
        QVERIFY(participantFolder(u"a b"_s) != participantFolder(u"a/b"_s));
    }

    void longTokenRunsAreBlotted()
    {
        const QString blotted =
            blotProviderText(u"Access token expired: eyJhbGciOiJIUzI1NiJ9.x.y_z-123456 Visit us"_s);
        QVERIFY(!blotted.contains(u"eyJ"_s));
        QVERIFY(blotted.startsWith(u"Access token expired: "_s));
        QVERIFY(blotted.endsWith(u" Visit us"_s));
    }

    void knownSecretsAreBlottedInEveryForm()
    {
        SecretRegister secrets;
        secrets.add(u"s3cr+t/va=lue"_s);
        const QString base64 = QString::fromLatin1(QByteArray("s3cr+t/va=lue").toBase64());
        const QString text = secrets.blot(u"plain s3cr+t/va=lue, encoded s3cr%2Bt%2Fva%3Dlue, "_s + base64 +
                                          u", Authorization: Bearer abc.def"_s);
        QVERIFY(!text.contains(u"s3cr"_s));
        QVERIFY(!text.contains(base64));
        QVERIFY(!text.contains(u"abc.def"_s));
    }

    void headersAreFoundWithoutCase()
    {
        HttpResponse response;
        response.headers = {{"Fitbit-rate-limit-Remaining", "12"}};
        QCOMPARE(response.header("fitbit-rate-limit-remaining"), QByteArray("12"));
        QCOMPARE(response.header("missing"), QByteArray());
    }

    void tokenHostsNameAPortOnlyWhenItIsUnusual()
    {
        QCOMPARE(tokenHostOf(QUrl(u"https://API.fitbit.com/oauth2/token"_s)), u"api.fitbit.com"_s);
        QCOMPARE(tokenHostOf(QUrl(u"https://api.fitbit.com:443/x"_s)), u"api.fitbit.com"_s);
        QCOMPARE(tokenHostOf(QUrl(u"http://127.0.0.1:8123/x"_s)), u"127.0.0.1:8123"_s);
    }
};

QTEST_APPLESS_MAIN(TestValues)
#include "tst_values.moc"
