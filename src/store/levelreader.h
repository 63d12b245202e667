// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Reads the levels of a series for plots of weeks and years, through a connection that can only read
// (docs/adr/0013). Cheap to make; lives on any thread.

#include "core/ids.h"
#include "core/result.h"

#include <QDate>
#include <QString>

#include <cstdint>
#include <vector>

namespace wristkeep {

enum class LevelWidth : std::uint8_t { Minute, Hour, Day };

/// What the samples of one minute, hour or civil day were.
struct LevelPoint
{
    qint64 utc = 0; ///< its first instant, Unix seconds
    QDate date;     ///< of a civil day alone
    int n = 0;      ///< how many samples; a stretch without any has no point
    double min = 0;
    double mean = 0;
    double max = 0;
    bool operator==(const LevelPoint &) const = default;
};

class LevelReader
{
public:
    explicit LevelReader(QString databaseFile);

    /// Those that begin in [firstUtc, endUtc), ascending. Of a series that has a reading a minute at most,
    /// its readings are the minutes. No database yet: none. Errors: Storage, BadConfiguration.
    [[nodiscard]] Result<std::vector<LevelPoint>> points(const AccountKey &account, const QString &type,
                                                         LevelWidth width, qint64 firstUtc,
                                                         qint64 endUtc) const;

private:
    QString m_file;
};

} // namespace wristkeep
