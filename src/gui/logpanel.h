// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The sync log: filter, copy, save, clear, details of a row. Follows new rows unless the person has scrolled
// away. Clear hides what is there and can be undone; the kept file stays.

#include "gui/logfiltermodel.h"

#include <QWidget>

#include <functional>
#include <memory>

namespace wristkeep {

class SyncLogModel;

namespace Ui {
class LogPanel;
}

class LogPanel : public QWidget
{
    Q_OBJECT
public:
    explicit LogPanel(QWidget *parent = nullptr);
    ~LogPanel() override;

    void setModel(SyncLogModel *model);
    /// The participant column tells nothing while there is just one.
    void setSeveralParticipants(bool several);

public Q_SLOTS:
    /// Asks for a file of that name: commas for "*.csv", tabs for any other.
    void saveTo(const QString &path);

Q_SIGNALS:
    /// `text` makes the file's bytes and may run on any thread.
    void saveRequested(const QString &path, const std::function<QByteArray()> &text);
    void firstShown();

protected:
    void showEvent(QShowEvent *event) override;

private:
    void buildTable();
    void onScrolled();
    void onRangeChanged();
    void onRowsInserted(int first, int last);
    void onRowsRemoved(int first, int last);
    void onRowsChanged();
    void keepInPlace(int rowsAbove);
    void renewFilter();
    void goToNewest();
    void presentNewest();
    [[nodiscard]] QList<LogEntry> chosenEntries() const;
    void copy();
    void save();
    void clear();
    void showDetails();

    std::unique_ptr<Ui::LogPanel> m_ui;
    SyncLogModel *m_model = nullptr;
    LogFilterModel m_shown;
    bool m_follows = true;
    bool m_keeping = false; ///< scrolling by itself, to keep what is read in its place
    bool m_wasShown = false;
};

} // namespace wristkeep
