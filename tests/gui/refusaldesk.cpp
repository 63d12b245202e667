// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/refusaldesk.h"

#include "gui/dashboardstart.h"

#include <QTest>

using namespace Qt::StringLiterals;

namespace wristkeep {

QByteArray rpcError(int code, const QByteArray &name, const QByteArray &message, const QByteArray &reason)
{
    QByteArray details;
    if (!reason.isEmpty())
        details = R"(,"details":[{"@type":"type.googleapis.com/google.rpc.Help","links":[]},)"
                  R"({"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":")" +
                  reason + R"(","domain":"health.googleapis.com","metadata":{}}])";
    return R"({"error":{"code":)" + QByteArray::number(code) + R"(,"message":")" + message +
           R"(","status":")" + name + '"' + details + "}}";
}

QByteArray oauthError(const QByteArray &error, const QByteArray &description, const QByteArray &more)
{
    return R"({"error":")" + error + R"(","error_description":")" + description + '"' + more + '}';
}

bool RefusalDesk::open()
{
    m_world.clock->set(QDateTime({2026, 11, 23}, {9, 12}, Qt::UTC));
    if (!m_world.start())
        return false;
    const QString base = m_world.simulator->baseUrl().toString(QUrl::RemovePath | QUrl::StripTrailingSlash);
    SettingsSources sources;
    sources.environment = {
        {u"GOOGLE_HEALTH_CLIENT_ID"_s, SimulatorOptions().googleClientId},
        {u"GOOGLE_HEALTH_CLIENT_SECRET"_s, u"GOCSPX-0123456789abcdef01234567"_s},
        {u"GOOGLE_HEALTH_API_URL"_s, base},
        {u"GOOGLE_AUTHORIZE_URL"_s, base + u"/o/oauth2/v2/auth"_s},
        {u"GOOGLE_TOKEN_URL"_s, base + u"/token"_s},
        {u"GOOGLE_REVOKE_URL"_s, base + u"/revoke"_s},
        {u"GOOGLE_HEALTH_DATA_DIR"_s, m_world.dataDir()},
        {u"DATABASE_URL"_s, u"sqlite:///"_s + m_world.folder.filePath(u"kept.db"_s)},
        {u"WRISTKEEP_SECRET_KEY"_s, QString(64, u'7')},
    };
    sources.places = {m_world.folder.filePath(u"data"_s), m_world.folder.filePath(u"config"_s),
                      m_world.folder.path()};
    const Result<Settings> settings = resolveSettings(sources);
    if (!settings)
        return false;
    m_world.settings = *settings;
    m_world.worker = m_world.makeWorker();
    m_link.attach(m_world.worker.get());
    DashboardFacts facts = firstFacts(*settings, u"google-health"_s, false);
    facts.account.participant = u"default"_s;
    m_model = std::make_unique<DashboardModel>(facts, &m_link, m_world.clock);
    listen();
    m_model->openAgain();
    return settled(0);
}

void RefusalDesk::heal()
{
    m_world.control(u"clear-faults"_s);
}

void RefusalDesk::tell(const std::optional<Notification> &notification)
{
    if (notification)
        m_told << *notification;
}

/// As the window's program does it.
void RefusalDesk::listen()
{
    QObject::connect(m_model.get(), &DashboardModel::browserWanted, m_model.get(),
                     [this](const QUrl &url) { m_world.playBrowser(url, {}); });
    QObject::connect(&m_link, &WorkerLink::statusRead, m_model.get(),
                     [this](const QList<AccountStatus> &accounts) {
                         ++m_statusReads;
                         tell(m_attention.hear(accounts, m_model->nowUtc(), false));
                     });
    QObject::connect(&m_link, &WorkerLink::syncFinished, m_model.get(),
                     [this](const SyncReport &report) { tell(m_attention.hear(report, false)); });
}

bool RefusalDesk::settled(int statusReads) const
{
    return QTest::qWaitFor(
        [this, statusReads] {
            const DashboardFacts &facts = m_model->facts();
            return !facts.connecting && !facts.syncing && m_statusReads > statusReads;
        },
        20'000);
}

bool RefusalDesk::connectAccount()
{
    const int before = m_statusReads;
    m_model->connectAccount();
    return settled(before);
}

bool RefusalDesk::sync(const QStringList &types)
{
    SyncRequest wish;
    wish.dataTypes = types;
    wish.askSettledAgain = true;
    const int before = m_statusReads;
    m_model->sync(wish);
    return settled(before);
}

void RefusalDesk::refuse(const Refusal &refusal)
{
    if (refusal.access == Access::Refused)
        m_world.control(u"expire"_s);
    else if (refusal.access == Access::RunOut)
        m_world.clock->advance(2 * 3600);
    m_world.control(u"fault"_s, {{u"kind"_s, u"status"_s},
                                 {u"path"_s, refusal.path},
                                 {u"status"_s, refusal.status},
                                 {u"body"_s, QString::fromUtf8(refusal.body)},
                                 {u"times"_s, -1}});
}

ReportText RefusalDesk::card() const
{
    const DashboardFacts &facts = m_model->facts();
    return facts.report ? reportInWords(*facts.report, dataTitles(), facts.provider, m_model->nowUtc())
                        : ReportText();
}

QStringList RefusalDesk::cells() const
{
    QStringList lines;
    for (const ReportCell &cell : m_model->facts().report.value_or(SyncReport()).cells) {
        QString line = cell.key.dataType + u": "_s;
        line += cell.state ? cellStateName(*cell.state) : u"never asked"_s;
        if (cell.triedAndFailed)
            line += u", tried"_s;
        if (cell.waitsForQuota)
            line += u", waits"_s;
        lines << line;
    }
    return lines;
}

} // namespace wristkeep
