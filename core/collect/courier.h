// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/mailbox.h"

#include <QtCore/QObject>

#include <functional>
#include <memory>
#include <mutex>

namespace infra::collect {

/// Carries values to the thread of a receiver, which may go away while others still send: a Mailbox and Qt's bell, in
/// one place. `put` from any thread; made, closed and drained on the receiver's thread.
template <typename T>
class Courier
{
public:
    Courier(QObject *receiver, std::size_t capacity, std::function<void(T)> handler)
        : m_state(std::make_shared<State>(receiver, capacity, std::move(handler)))
    {
    }
    ~Courier() { close(); }
    Courier(const Courier &) = delete;
    Courier &operator=(const Courier &) = delete;

    /// A copyable way in, valid for ever; false once the receiver is gone or the box is full.
    std::function<bool(T)> entrance() const
    {
        return [state = m_state](T value) { return State::put(state, std::move(value)); };
    }
    bool put(T value) { return State::put(m_state, std::move(value)); }

    void close()
    {
        const std::lock_guard lock(m_state->mutex);
        m_state->receiver = nullptr;
    }

private:
    struct State
    {
        State(QObject *object, std::size_t capacity, std::function<void(T)> function)
            : receiver(object)
            , box(capacity)
            , handler(std::move(function))
        {
        }

        static bool put(const std::shared_ptr<State> &state, T value)
        {
            const std::lock_guard lock(state->mutex);
            if (state->receiver == nullptr)
                return false;
            const auto how = state->box.put(std::move(value));
            if (how == Mailbox<T>::Put::First)
                QMetaObject::invokeMethod(
                    state->receiver, [state] { drain(state); }, Qt::QueuedConnection);
            return how != Mailbox<T>::Put::Full;
        }

        static void drain(const std::shared_ptr<State> &state)
        {
            for (T &value : state->box.takeAll()) {
                {
                    const std::lock_guard lock(state->mutex);
                    if (state->receiver == nullptr)
                        return;
                }
                state->handler(std::move(value));
            }
        }

        std::mutex mutex;
        QObject *receiver;
        Mailbox<T> box;
        const std::function<void(T)> handler;
    };
    std::shared_ptr<State> m_state;
};

} // namespace infra::collect
