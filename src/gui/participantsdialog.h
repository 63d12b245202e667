// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Whose data is kept here: add, rename, remove. It shows a list and asks; the worker does. Shown by open().

#include "sync/syncworker.h"

#include <QDialog>

#include <memory>

namespace wristkeep {

namespace Ui {
class ParticipantsDialog;
}

class ParticipantsDialog : public QDialog
{
    Q_OBJECT
public:
    /// `provider` is a title: "Fitbit".
    explicit ParticipantsDialog(const QString &provider, QWidget *parent = nullptr);
    ~ParticipantsDialog() override;

public Q_SLOTS:
    /// The list as it is now; the selection stays where it was.
    void setParticipants(const QList<wristkeep::ParticipantEntry> &participants);
    /// How the last request ended.
    void presentDone(const QString &sentence);
    void presentError(const wristkeep::Error &error);

Q_SIGNALS:
    void addRequested(const QString &id, const QString &name);
    void renameRequested(const QString &id, const QString &name);
    /// Asked for and confirmed.
    void removeRequested(const QString &id);

private:
    void onSelected();
    void onNewIdChanged();
    void onAdd();
    void onRename();
    void askRemove();
    void refreshButtons();
    [[nodiscard]] ParticipantEntry selected() const;
    void select(const QString &id);

    std::unique_ptr<Ui::ParticipantsDialog> m_ui;
    QString m_provider;
    QList<ParticipantEntry> m_participants;
    QString m_toSelect; ///< asked for just now, not in the list yet
};

} // namespace wristkeep
