// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Where the account's day files are, how many and how large, with the way there.

#include "gui/card.h"

#include <memory>

namespace wristkeep {

/// What lies in a folder; cheap enough to look at after each run.
struct FolderContent
{
    int files = 0;
    qint64 bytes = 0;
    bool operator==(const FolderContent &) const = default;
};

namespace Ui {
class FilesCard;
}

class FilesCard : public Card
{
    Q_OBJECT
public:
    explicit FilesCard(QWidget *parent = nullptr);
    ~FilesCard() override;

    void presentFolder(const QString &folder);
    /// None: not looked at yet.
    void presentContent(const std::optional<FolderContent> &content);

Q_SIGNALS:
    void openFolderRequested();

private:
    std::unique_ptr<Ui::FilesCard> m_ui;
};

} // namespace wristkeep
