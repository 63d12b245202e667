// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Makes answers of what a person lived (tests/fixtures/rightday) and keeps them as a run does.

#include "sync/rebuildbench.h"

namespace wristkeep::test {

/// A line of a table, by the names in its head.
class Row
{
public:
    Row(const QStringList &names, const QStringList &fields);
    /// Ends the test program when there is no such column.
    QString operator[](const QString &name) const;

private:
    QHash<QString, QString> m_fields;
};

/// Lines that begin with # are remarks; the first other one is the head.
QList<Row> readTable(const QString &file);
QList<Row> livedOf(const QString &name);
/// "2026-03-29T01:00Z"
qint64 utcOf(const QString &text);

class RightDayBench
{
public:
    explicit RightDayBench(QString provider);

    [[nodiscard]] AccountKey account() const { return {QStringLiteral("default"), m_provider}; }
    [[nodiscard]] std::unique_ptr<Store> open() const { return m_bench.open(); }

    /// The case's days, each asked for in the zone it was lived in.
    void keepLived(Store &store, const QString &name) const;
    /// The same, asked for as if the account were in another zone.
    void keepLivedAs(Store &store, const QString &name, const Zone &zone) const;
    /// The case's answers of answers.csv, in their order.
    void keepAnswers(Store &store, const QString &name) const;
    [[nodiscard]] Result<RebuildReport> rebuild(const RebuildRequest &request) const;

    [[nodiscard]] QStringList rows(const QString &query) const;
    /// How many readings a day file holds; -1: it is not there.
    [[nodiscard]] int readingsInFile(const QString &name) const;
    /// Names of the day files that have the text.
    [[nodiscard]] QStringList filesWith(const QString &text) const;

private:
    struct Question
    {
        QString type;
        QDate first;
        QDate last;
        QDate came;
    };
    void keep(Store &store, const Question &question, const QByteArray &body, const Zone &zone) const;
    void keepFitbit(Store &store, const QList<Row> &lived, const Zone &zone) const;
    void keepGoogle(Store &store, const QList<Row> &lived, const Zone &zone) const;
    [[nodiscard]] QString folder() const;

    QString m_provider;
    RebuildBench m_bench;
};

} // namespace wristkeep::test
