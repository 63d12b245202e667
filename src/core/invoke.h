// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Hops between threads by queued calls: work runs where `worker` lives, the answer comes where `context`
// lives.

#include "core/result.h"

#include <QMetaObject>
#include <QObject>
#include <QPointer>

#include <memory>

namespace wristkeep {

/// Runs `work` on worker's thread; `done` runs once on context's thread, unless context is gone by then.
template<typename T, typename Work>
void runOn(QObject *worker, QObject *context, Work work, Callback<T> done)
{
    // The relay lives on the context's thread, so that the guard is read where the context is destroyed.
    std::shared_ptr<QObject> relay(new QObject, [](QObject *object) { object->deleteLater(); });
    relay->moveToThread(context->thread());
    QPointer<QObject> guard(context);
    auto call = std::make_shared<Callback<T>>(std::move(done));
    QMetaObject::invokeMethod(
        worker,
        [work = std::move(work), call, guard, relay]() mutable {
            auto result = std::make_shared<Result<T>>(work());
            QMetaObject::invokeMethod(
                relay.get(),
                [result, call, guard, relay] {
                    if (guard)
                        (*call)(std::move(*result));
                },
                Qt::QueuedConnection);
        },
        Qt::QueuedConnection);
}

} // namespace wristkeep
