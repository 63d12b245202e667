// SPDX-License-Identifier: GPL-3.0-or-later

// The sync log on disk: what is written comes back, broken lines do no harm, it stays bounded and private.

#include "sync/logfile.h"
#include "sync/logkeeper.h"

#include <QFile>
#include <QFileInfo>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;

namespace wristkeep {

namespace {

LogEntry numbered(int number)
{
    LogEntry entry;
    entry.timeUtc = 1795425120000 + number;
    entry.text = u"line %1"_s.arg(number);
    return entry;
}

QList<LogEntry> numbered(int first, int count)
{
    QList<LogEntry> entries;
    for (int i = first; i < first + count; ++i)
        entries << numbered(i);
    return entries;
}

QStringList textsOf(const Result<QList<LogEntry>> &entries)
{
    QStringList texts;
    for (const LogEntry &entry : entries.value_or(QList<LogEntry>()))
        texts << entry.text;
    return texts;
}

} // namespace

class TestLogFile : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }
    void everyPartComesBack();
    void onlyTheOwnerMayRead();
    void brokenLinesAreLeftOut();
    void noFileIsAnEmptyLog();
    void givesTheNewest();
    void staysBounded();
    void keepsOverRestarts();
    void ownLinesAreNotEarlier();
    void troubleIsToldOnce();
    void savesAWholeFile();

private:
    [[nodiscard]] QString path() const { return m_folder->filePath(u"deep/sync-log.jsonl"_s); }

    std::unique_ptr<QTemporaryDir> m_folder;
};

void TestLogFile::everyPartComesBack()
{
    LogEntry entry;
    entry.timeUtc = 1795425120123;
    entry.level = LogLevel::Warning;
    entry.participant = u"ada"_s;
    entry.provider = u"fitbit"_s;
    entry.dataType = u"steps"_s;
    entry.date = QDate(2026, 11, 22);
    entry.result = u"not permitted"_s;
    entry.text = u"Zwölf \"Zeilen\"\nund mehr"_s;
    entry.durationMs = 0;
    entry.bytes = 5'000'000'000;
    entry.request = u"GET https://api.fitbit.com/1/user/-/x.json"_s;
    entry.nextStep = u"Reconnect to grant it."_s;
    QVERIFY(!logLine(entry).contains('\n'));
    const std::optional<LogEntry> back = parseLogLine(logLine(entry));
    QVERIFY(back.has_value());
    QCOMPARE(back->timeUtc, entry.timeUtc);
    QCOMPARE(back->level, entry.level);
    QCOMPARE(back->participant, entry.participant);
    QCOMPARE(back->provider, entry.provider);
    QCOMPARE(back->dataType, entry.dataType);
    QCOMPARE(back->date, entry.date);
    QCOMPARE(back->result, entry.result);
    QCOMPARE(back->text, entry.text);
    QCOMPARE(back->durationMs, entry.durationMs);
    QCOMPARE(back->bytes, entry.bytes);
    QCOMPARE(back->request, entry.request);
    QCOMPARE(back->nextStep, entry.nextStep);
    const std::optional<LogEntry> bare = parseLogLine(logLine(numbered(1)));
    QVERIFY(bare && !bare->date.isValid() && bare->durationMs == -1 && bare->bytes == -1);
}

void TestLogFile::onlyTheOwnerMayRead()
{
    QVERIFY(appendLog(path(), numbered(0, 1)).has_value());
    const QFile::Permissions others =
        QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
    QVERIFY((QFile::permissions(path()) & others) == QFile::Permissions());
}

void TestLogFile::brokenLinesAreLeftOut()
{
    QVERIFY(appendLog(path(), numbered(0, 2)).has_value());
    QFile file(path());
    QVERIFY(file.open(QIODevice::Append));
    file.write("<html>\n[1,2]\n{\"time\":\"x\",\"level\":\"info\"}\n{\"time\":1,\"level\":\"loud\"}\n\n{"
               "\"time\":17954");
    file.close();
    QCOMPARE(textsOf(readLog(path(), 100)), (QStringList{u"line 0"_s, u"line 1"_s}));
    // The next batch begins a line of its own.
    QVERIFY(appendLog(path(), numbered(2, 1)).has_value());
    QCOMPARE(textsOf(readLog(path(), 100)), (QStringList{u"line 0"_s, u"line 1"_s, u"line 2"_s}));
}

void TestLogFile::noFileIsAnEmptyLog()
{
    const Result<QList<LogEntry>> entries = readLog(path(), 100);
    QVERIFY(entries.has_value());
    QVERIFY(entries->isEmpty());
}

void TestLogFile::givesTheNewest()
{
    QVERIFY(appendLog(path(), numbered(0, 10)).has_value());
    QCOMPARE(textsOf(readLog(path(), 2)), (QStringList{u"line 8"_s, u"line 9"_s}));
    QCOMPARE(textsOf(readLog(path(), 2, 3)), (QStringList{u"line 5"_s, u"line 6"_s}));
    QCOMPARE(textsOf(readLog(path(), 2, 50)), QStringList());
}

void TestLogFile::staysBounded()
{
    constexpr qint64 share = 2000;
    for (int i = 0; i < 100; ++i)
        QVERIFY(appendLog(path(), numbered(i * 5, 5), share).has_value());
    const qint64 both = QFileInfo(path()).size() + QFileInfo(path() + u".1"_s).size();
    QVERIFY2(both < 2 * share + 1000, qPrintable(QString::number(both)));
    QVERIFY(both > share);
    // What is left is the newest, without a gap over both files.
    const QStringList texts = textsOf(readLog(path(), 1000));
    QVERIFY(texts.size() > 20);
    for (qsizetype i = 0; i < texts.size(); ++i)
        QCOMPARE(texts.at(i), u"line %1"_s.arg(500 - texts.size() + i));
}

void TestLogFile::keepsOverRestarts()
{
    {
        LogKeeper keeper(path());
        for (int i = 0; i < 2500; ++i)
            keeper.keep(numbered(i));
    }
    LogKeeper keeper(path());
    QStringList texts;
    keeper.readEarlier(3000, this,
                       [&texts](const Result<QList<LogEntry>> &entries) { texts = textsOf(entries); });
    QTRY_COMPARE(texts.size(), 2500);
    QCOMPARE(texts.first(), u"line 0"_s);
    QCOMPARE(texts.last(), u"line 2499"_s);
}

void TestLogFile::ownLinesAreNotEarlier()
{
    QVERIFY(appendLog(path(), numbered(0, 3)).has_value());
    LogKeeper keeper(path());
    for (int i = 3; i < 1500; ++i)
        keeper.keep(numbered(i));
    QStringList texts;
    keeper.readEarlier(100, this,
                       [&texts](const Result<QList<LogEntry>> &entries) { texts = textsOf(entries); });
    QTRY_COMPARE(texts, (QStringList{u"line 0"_s, u"line 1"_s, u"line 2"_s}));
}

void TestLogFile::troubleIsToldOnce()
{
    // A file stands where the folder should be.
    QFile inTheWay(m_folder->filePath(u"deep"_s));
    QVERIFY(inTheWay.open(QIODevice::WriteOnly));
    LogKeeper keeper(path());
    QSignalSpy failed(&keeper, &LogKeeper::writingFailed);
    for (int i = 0; i < 2500; ++i)
        keeper.keep(numbered(i));
    QTRY_COMPARE(failed.size(), 1);
    QCOMPARE(failed.first().first().value<Error>().kind, ErrorKind::Storage);
    keeper.keep(numbered(0));
    bool answered = false;
    keeper.readEarlier(10, this, [&answered](const Result<QList<LogEntry>> &) { answered = true; });
    QTRY_VERIFY(answered);
    QCOMPARE(failed.size(), 1);
}

void TestLogFile::savesAWholeFile()
{
    LogKeeper keeper({});
    keeper.keep(numbered(0));
    const QString target = m_folder->filePath(u"log.csv"_s);
    std::optional<bool> saved;
    keeper.saveAs(
        target, [] { return QByteArray("one\n"); }, this,
        [&saved](const Result<bool> &done) { saved = done.has_value(); });
    QTRY_VERIFY(saved.has_value());
    QVERIFY(*saved);
    QFile file(target);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), QByteArray("one\n"));
    saved.reset();
    keeper.saveAs(
        m_folder->filePath(u"nowhere/log.csv"_s), [] { return QByteArray("one\n"); }, this,
        [&saved](const Result<bool> &done) { saved = done.has_value(); });
    QTRY_VERIFY(saved.has_value());
    QVERIFY(!*saved);
}

} // namespace wristkeep

QTEST_MAIN(wristkeep::TestLogFile)
#include "tst_logfile.moc"
