// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Which data a sync asks for: the usual kinds, everything, or kinds ticked one by one in its menu.

#include "gui/syncchoice.h"

#include <QPushButton>

namespace wristkeep {

class SyncTypesButton : public QPushButton
{
    Q_OBJECT
public:
    explicit SyncTypesButton(QWidget *parent = nullptr);

    void setTypes(const QList<DataType> &types);
    /// Kinds whose scope is missing are marked; empty: unknown, so nothing is.
    void setGranted(const QStringList &scopes);
    [[nodiscard]] const DataChoice &choice() const { return m_choice; }
    void setChoice(const DataChoice &choice);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

Q_SIGNALS:
    void chosen();
    /// A kind was ticked that the permission does not cover.
    void permissionMissing(const wristkeep::DataType &type);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void fillMenu();
    void choose(DataChoice::Which which);
    void toggle(const QString &type, bool on);
    void present();
    [[nodiscard]] bool isAllowed(const DataType &type) const;

    QList<DataType> m_types;
    QStringList m_granted;
    DataChoice m_choice;
    QAction *m_usual = nullptr;
    QAction *m_everything = nullptr;
    QHash<QString, QAction *> m_actions; ///< by type id
};

} // namespace wristkeep
