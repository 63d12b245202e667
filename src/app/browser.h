// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Opens an address in the person's browser by xdg-open, which honours $BROWSER, and tells when that failed.

#include <QObject>
#include <QProcess>
#include <QUrl>

#include <functional>
#include <memory>

namespace wristkeep {

class Browser : public QObject
{
    Q_OBJECT
public:
    explicit Browser(QObject *parent = nullptr);
    ~Browser() override;

    /// False at once when there is nothing to open it with; `failed` is called when it turns out later.
    bool open(const QUrl &url, std::function<void()> failed);

private:
    std::unique_ptr<QProcess> m_opener;
};

} // namespace wristkeep
