// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Hops between threads by queued calls: work runs where `worker` lives, the answer comes where `context`
// lives.

#include "core/result.h"

#include <QMetaObject>
#include <QObject>

#include <memory>
#include <optional>
#include <utility>

namespace wristkeep {

/// Tells another thread that an answer is there. A signal, since Qt cuts it safely when its receiver goes.
class AnswerBell final : public QObject
{
    Q_OBJECT

public:
    /// It belongs to no thread, so that any may let go of it last.
    AnswerBell() { moveToThread(nullptr); }

Q_SIGNALS:
    void rung();
};

/// A callback for any thread: `done` runs once on context's thread, unless context is gone by then.
template<typename T>
Callback<T> relayTo(QObject *context, Callback<T> done)
{
    auto kept = std::make_shared<std::optional<Result<T>>>();
    auto bell = std::make_shared<AnswerBell>();
    QObject::connect(
        bell.get(), &AnswerBell::rung, context,
        [kept, done = std::move(done)] { done(*std::exchange(*kept, std::nullopt)); }, Qt::QueuedConnection);
    return [kept, bell](Result<T> answer) {
        *kept = std::move(answer);
        Q_EMIT bell->rung();
    };
}

/// Runs `work` on worker's thread; `done` runs once on context's thread, unless context is gone by then.
template<typename T, typename Work>
void runOn(QObject *worker, QObject *context, Work work, Callback<T> done)
{
    QMetaObject::invokeMethod(
        worker,
        [work = std::move(work), tell = relayTo<T>(context, std::move(done))]() mutable { tell(work()); },
        Qt::QueuedConnection);
}

} // namespace wristkeep
