// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A small HTTP/1.1 server on 127.0.0.1 that misbehaves on purpose: every answer is a script of bytes, pauses
// and ends, written by the test. It counts what really arrived. Lives on the test's own thread.

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QObject>
#include <QTcpServer>
#include <QUrl>

#include <functional>

class QTcpSocket;

namespace wristkeep::test {

struct SeenRequest
{
    QByteArray method;
    QByteArray target;                     ///< path and query as sent
    QHash<QByteArray, QByteArray> headers; ///< lower-case names
    QByteArray body;
    int connection = 0;                                 ///< number of the TCP connection it came on
    [[nodiscard]] QHash<QString, QString> form() const; ///< the body as a form, "+" read as a space
};

/// What the server does with one request, step by step.
struct Script
{
    struct Step
    {
        QByteArray bytes;
        int pauseMs = 0; ///< before the bytes
        bool close = false;
        bool reset = false; ///< abort the connection
    };
    QList<Step> steps;

    /// A whole, proper answer.
    static Script answer(int status, const QByteArray &body, const QByteArray &type = "application/json",
                         const QList<QByteArray> &headerLines = {});
    static Script raw(const QByteArray &bytes, bool close = true);
    static Script drop();  ///< closes without a word
    static Script hang();  ///< never answers
    Script &after(int ms); ///< delays the first step
};

class TestServer : public QObject
{
    Q_OBJECT
public:
    using Handler = std::function<Script(const SeenRequest &)>;

    explicit TestServer(QObject *parent = nullptr);
    ~TestServer() override;

    [[nodiscard]] QUrl url(const QString &path) const;
    [[nodiscard]] quint16 port() const;

    /// The next answers, in order; afterwards `otherwise` answers (404 unless set).
    void enqueue(const Script &script);
    void setHandler(Handler handler);

    [[nodiscard]] const QList<SeenRequest> &seen() const { return m_seen; }
    [[nodiscard]] int connections() const { return m_connections; }
    void forgetSeen() { m_seen.clear(); }
    void stopListening();
    /// Closes every open connection, as a server does with idle ones.
    void closeConnections();

Q_SIGNALS:
    void requested(const wristkeep::test::SeenRequest &request);

private:
    void onConnection();
    void onData(QTcpSocket *socket, int number);
    void play(QTcpSocket *socket, const Script &script, qsizetype at);

    Handler m_handler;
    QList<Script> m_queue;
    QList<SeenRequest> m_seen;
    QHash<QTcpSocket *, QByteArray> m_buffers;
    int m_connections = 0;
    QTcpServer m_server; ///< last: its sockets end while the rest is still there
};

} // namespace wristkeep::test
