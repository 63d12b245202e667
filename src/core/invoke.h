// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Hops between threads by queued calls: work runs where `worker` lives, the answer comes where `context`
// lives.

#include "core/result.h"

#include <QCoreApplication>
#include <QMetaObject>
#include <QObject>
#include <QPointer>

#include <memory>

namespace wristkeep {

/// A callback for any thread: `done` runs once on context's thread, unless context is gone by then.
template<typename T>
Callback<T> relayTo(QObject *context, Callback<T> done)
{
    // The relay lives on the context's thread, so that the guard is read where the context is destroyed.
    std::shared_ptr<QObject> relay(new QObject, [](QObject *object) {
        // An answer still queued when the program ends is dropped with Qt's queue locked: nothing may be
        // queued then, and nobody would come to delete it.
        std::unique_ptr<QObject> last(object);
        if (QCoreApplication::instance() != nullptr)
            last.release()->deleteLater();
    });
    relay->moveToThread(context->thread());
    QPointer<QObject> guard(context);
    auto call = std::make_shared<Callback<T>>(std::move(done));
    return [call, guard, relay](Result<T> answer) {
        auto result = std::make_shared<Result<T>>(std::move(answer));
        QMetaObject::invokeMethod(
            relay.get(),
            [result, call, guard, relay] {
                if (guard)
                    (*call)(std::move(*result));
            },
            Qt::QueuedConnection);
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
