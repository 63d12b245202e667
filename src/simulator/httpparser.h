// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Reads HTTP/1.1 requests out of a growing buffer (RFC 9112). Bounded: a header or body beyond the limits is
// refused with the proper status; requests with a transfer coding are refused with 411.

#include "simulator/simmessage.h"

#include <cstdint>

namespace wristkeep {

class HttpParser
{
public:
    enum class State : std::uint8_t { NeedMore, Complete, Bad };

    static constexpr qsizetype maxHeaderBytes = 32 * 1024;
    static constexpr qint64 maxBodyBytes = 8 * 1024 * 1024;

    /// Takes one request from the front of `buffer`; what follows stays there for the next call.
    State take(QByteArray &buffer, SimRequest &request);

    /// After Bad: the status to answer with before closing.
    [[nodiscard]] int badStatus() const { return m_badStatus; }
    /// True once per request whose sender waits for "100 Continue".
    bool takeExpectsContinue();

private:
    State bad(int status);
    bool parseHead(const QByteArray &head);
    bool parseRequestLine(const QByteArray &line);
    bool parseFields(const QList<QByteArray> &lines);
    bool interpretFields();

    SimRequest m_request;
    bool m_haveHead = false;
    bool m_expectsContinue = false;
    bool m_http10 = false;
    qint64 m_bodyBytes = 0;
    int m_badStatus = 400;
};

} // namespace wristkeep
