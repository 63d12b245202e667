// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The configuration with the settings file's secrets opened, and the one place that writes that file. Secrets
// are sealed with the key that seals the tokens, bound to the name of their setting.

#include "core/settings.h"
#include "core/settingseditor.h"

#include <memory>

namespace wristkeep {

class SettingsStore
{
public:
    /// `sources` as processSources() gives them.
    explicit SettingsStore(SettingsSources sources);

    /// resolveSettings() with the sealed values opened. A value that cannot be opened counts as not set, with
    /// a warning that names the remedy; the file keeps it.
    [[nodiscard]] Result<Settings> load() const;

    /// Whether the next start would accept the value.
    [[nodiscard]] Outcome check(const QString &key, const QString &value) const;

    /// Writes all changes or none: durable, 0600, everything else in the file as it was. The sealing key is
    /// made when there is none yet. BadConfiguration, KeyUnusable, Storage; BadUsage in the demo.
    Outcome save(const SettingsChanges &changes);

private:
    SettingsSources m_sources;
};

/// The same as functions, for a page.
SettingsEditor editorOf(const std::shared_ptr<SettingsStore> &store);

} // namespace wristkeep
