// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The files the original program left in fitbit_data/<participant>/: which they are by name, and what is
// in them (docs/PROVIDERS.md, "Files of the original"). Pure: whoever calls reads the disk.

#include "core/records.h"
#include "core/result.h"

#include <QDate>
#include <QString>

#include <cstdint>
#include <optional>

namespace wristkeep {

struct ParseContext;

struct OriginalFile
{
    enum class Kind : std::uint8_t {
        Steps,
        HeartRate1Min,
        HeartRateDaily,
        HeartRateError,
        Sleep,
        Weight,
        UserProfile
    };
    Kind kind = Kind::Steps;
    QDate date;       ///< invalid for the profile
    QString dataType; ///< whose ledger cell it fills; empty for the profile
    bool operator==(const OriginalFile &) const = default;
};

/// By name without folder, e.g. "2025-11-18_steps_summary.json"; none for every other name.
std::optional<OriginalFile> recognise(const QString &fileName);

/// The rows of one file. `context` needs the zone alone: days and data type come from the file's name.
/// A HeartRateError file has no rows: it is always a failure, with its own reason. The profile is an empty
/// batch: read it by Provider::parseProfile.
Result<Batch> parseOriginal(const OriginalFile &file, const QByteArray &bytes, const ParseContext &context);

/// The reason out of a HeartRateError file: its first paragraph, blotted and short.
Error originalFailure(const QByteArray &bytes);

} // namespace wristkeep
