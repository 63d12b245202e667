// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// One request on its way through the door, from sending to the one end: a complete answer or an error.

#include "core/http.h"
#include "core/result.h"
#include "net/httpdoor.h"

#include <QElapsedTimer>
#include <QNetworkReply>
#include <QObject>
#include <QTimer>

#include <functional>
#include <memory>
#include <optional>

class QNetworkAccessManager;

namespace wristkeep {

class HttpExchange final : public QObject
{
    Q_OBJECT
public:
    HttpExchange(HttpRequest request, HttpLimits limits, QObject *parent);
    ~HttpExchange() override;

    /// `onEnd` is called once, from the event loop; not at all when this object is destroyed first.
    void start(QNetworkAccessManager &manager, const QString &bearer,
               std::function<void(Result<HttpResponse>)> onEnd);
    void cancel();

private:
    void put(QNetworkReply *reply);
    void onReadyRead();
    void onFinished();
    [[nodiscard]] bool wasTakenAlong() const;
    void onSign();
    void stop(Error why);
    [[nodiscard]] Result<HttpResponse> answer() const;

    struct DeleteLater
    {
        void operator()(QNetworkReply *reply) const { reply->deleteLater(); }
    };

    HttpRequest m_request;
    HttpLimits m_limits;
    std::function<void(Result<HttpResponse>)> m_onEnd;
    std::unique_ptr<QNetworkReply, DeleteLater> m_reply;
    std::function<void()> m_putAgain;
    int m_puts = 0; ///< how often the request was put again, unsent
    QByteArray m_raw;
    std::optional<Error> m_stopped; ///< why we ended it ourselves
    QTimer m_silence;
    QTimer m_total;
    QElapsedTimer m_elapsed;
};

} // namespace wristkeep
