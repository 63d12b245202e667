// SPDX-License-Identifier: GPL-3.0-or-later
#include "sync/storehomes.h"

#include "store/store.h"
#include "sync/storethread.h"

#include <utility>

namespace wristkeep {

namespace {

template<typename T>
QList<T> valuesOf(const QList<OnItsWay<T>> &answers)
{
    QList<T> values;
    for (const OnItsWay<T> &answer : answers)
        values.append(answer.value);
    return values;
}

/// Those that go on, with whom to tell; the others are told their end.
template<typename Out, typename In>
QList<OnItsWay<Out>> goOn(const QList<OnItsWay<In>> &answers, QList<Result<Out>> results)
{
    QList<OnItsWay<Out>> further;
    for (qsizetype i = 0; i < answers.size(); ++i) {
        if (results.at(i))
            further.append({std::move(*results[i]), answers.at(i).done});
        else
            answers.at(i).done(failure(results.at(i).error()));
    }
    return further;
}

template<typename T>
void refuse(const QList<OnItsWay<T>> &answers)
{
    for (const OnItsWay<T> &answer : answers)
        answer.done(failure(StoreThread::notOpen()));
}

} // namespace

FilesHome::FilesHome() = default;
FilesHome::~FilesHome() = default;

void FilesHome::open(const StoreOptions &options)
{
    m_archive.emplace(options.dataDirs);
}

void FilesHome::shut()
{
    m_archive.reset();
}

void FilesHome::keep(OnItsWay<AnswerToKeep> answer)
{
    m_toArchive.append(std::move(answer));
    // Queued behind the answers that arrived while this thread was busy: the first call takes them all.
    if (m_toArchive.size() == 1)
        QMetaObject::invokeMethod(this, &FilesHome::archiveWaiting, Qt::QueuedConnection);
}

void FilesHome::show(const QList<OnItsWay<CommittedAnswer>> &answers)
{
    if (m_toShow.isEmpty())
        QMetaObject::invokeMethod(this, &FilesHome::showWaiting, Qt::QueuedConnection);
    m_toShow.append(answers);
}

void FilesHome::archiveWaiting()
{
    const auto group = std::exchange(m_toArchive, {});
    if (group.isEmpty())
        return;
    if (!m_archive) {
        refuse(group);
        return;
    }
    const auto archived = goOn(group, archiveAnswers(*m_archive, valuesOf(group)));
    QMetaObject::invokeMethod(
        m_next, [next = m_next, archived] { next->commit(archived); }, Qt::QueuedConnection);
}

void FilesHome::showWaiting()
{
    const auto group = std::exchange(m_toShow, {});
    if (group.isEmpty())
        return;
    for (const auto &shown : goOn(group, showAnswers(valuesOf(group))))
        shown.done(shown.value);
}

StoreHome::StoreHome(std::shared_ptr<const Clock> clock) : m_clock(std::move(clock)) {}

StoreHome::~StoreHome() = default;

Result<bool> StoreHome::open(const StoreOptions &options)
{
    Result<std::unique_ptr<Store>> opened = Store::open(options, *m_clock);
    if (!opened)
        return failure(opened.error());
    m_store = std::move(*opened);
    return true;
}

void StoreHome::shut()
{
    commitWaiting();
    m_store.reset();
}

Store *StoreHome::store()
{
    commitWaiting();
    return m_store.get();
}

void StoreHome::commit(const QList<OnItsWay<ArchivedAnswer>> &answers)
{
    if (m_toCommit.isEmpty())
        QMetaObject::invokeMethod(this, &StoreHome::commitWaiting, Qt::QueuedConnection);
    m_toCommit.append(answers);
}

void StoreHome::commitWaiting()
{
    const auto group = std::exchange(m_toCommit, {});
    if (group.isEmpty())
        return;
    if (!m_store) {
        refuse(group);
        return;
    }
    const auto committed = goOn(group, commitAnswers(*m_store, valuesOf(group)));
    QMetaObject::invokeMethod(
        m_next, [next = m_next, committed] { next->show(committed); }, Qt::QueuedConnection);
}

} // namespace wristkeep
