// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Two people at two services in a temporary folder, with everything a rebuild has to get right: days read
// twice, changed values, withheld zeros, pages, a file of the earlier program, answers nobody understands.

#include "store/storebench.h"
#include "sync/keepanswer.h"
#include "sync/rebuild.h"

namespace wristkeep::test {

class RebuildBench
{
public:
    RebuildBench();
    explicit RebuildBench(const QString &folder); ///< one that is there already and stays

    [[nodiscard]] StoreOptions options() const;
    [[nodiscard]] std::unique_ptr<Store> open() const;

    /// As a run keeps an answer, failed cells included; gives its row of documents.
    Document keep(Store &store, const AnswerToKeep &work) const;
    /// All of the above.
    void fill() const;

    [[nodiscard]] Result<RebuildReport> rebuild(const RebuildRequest &request = {}) const;
    [[nodiscard]] Result<RebuildReport> swap() const;

    /// What a rebuild makes, row by row, without numbers that mean nothing.
    [[nodiscard]] QStringList contents(const QString &file = {}) const;
    /// Files beside the database.
    [[nodiscard]] QStringList filesBeside() const;

    StorePlace place;

private:
    void fillAnew() const;
};

/// A one-page answer of Fitbit about one day that came at noon of `fetchedOn`.
AnswerToKeep fitbitAnswer(const QString &participant, const QString &type, QDate day, QDate fetchedOn,
                          const QByteArray &body, const Zone &zone = zoneOf("Europe/Berlin"));
QByteArray stepsBody(QDate day, int steps);
/// `minutes` readings from midnight on.
QByteArray heartBody(QDate day, int minutes, int bpm);
/// A page of Google's heart rate by the minute, `minutes` readings from `from` (UTC) on.
QByteArray googleHeartBody(const QDateTime &from, int minutes, int bpm, const QByteArray &nextPage = {});

} // namespace wristkeep::test
