// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/browser.h"

#include "app/process.h"

#include <QStandardPaths>

namespace wristkeep {

using namespace Qt::StringLiterals;

Browser::Browser(QObject *parent) : QObject(parent) {}

Browser::~Browser()
{
    // xdg-open may be the browser's parent for as long as it runs: it outlives us, so it is not ended here.
    if (m_opener && m_opener->state() != QProcess::NotRunning) {
        m_opener->disconnect(this);
        static_cast<void>(m_opener.release());
    }
}

bool Browser::open(const QUrl &url, std::function<void()> failed)
{
    const QString program = QStandardPaths::findExecutable(u"xdg-open"_s);
    const bool somewhereToShow = hasDisplay() || !qEnvironmentVariableIsEmpty("BROWSER");
    if (program.isEmpty() || !somewhereToShow)
        return false;
    m_opener = std::make_unique<QProcess>();
    m_opener->setChildProcessModifier(softenChild());
    m_opener->setStandardInputFile(QProcess::nullDevice());
    m_opener->setStandardOutputFile(QProcess::nullDevice());
    m_opener->setStandardErrorFile(QProcess::nullDevice());
    connect(m_opener.get(), &QProcess::finished, this, [failed](int status, QProcess::ExitStatus ended) {
        if (status != 0 || ended != QProcess::NormalExit)
            failed();
    });
    connect(m_opener.get(), &QProcess::errorOccurred, this, [failed](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            failed();
    });
    m_opener->start(program, {QString::fromLatin1(url.toEncoded())});
    return true;
}

} // namespace wristkeep
