// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtCore/QtGlobal>

#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

namespace infra {

/// The way a value crosses threads: a bounded queue under a mutex. Qt only rings the bell (`QMetaObject::invokeMethod`
/// after a `put` that returned First), so that TSan sees the hand-over. Any thread puts; one thread takes.
template <typename T>
class Mailbox
{
public:
    enum class Put
    {
        First,
        Queued,
        Full
    };

    explicit Mailbox(std::size_t capacity)
        : m_capacity(capacity)
    {
    }

    /// First: the box was empty since the last take: ring the bell. Full: not taken, `value` is untouched.
    Put put(T &&value)
    {
        const std::lock_guard lock(m_mutex);
        if (m_items.size() >= m_capacity) {
            ++m_refused;
            return Put::Full;
        }
        m_items.push_back(std::move(value));
        m_ready.notify_one();
        return m_items.size() == 1 ? Put::First : Put::Queued;
    }

    /// Latest wins: at capacity the oldest item goes, and is counted as dropped.
    Put putLatest(T &&value)
    {
        const std::lock_guard lock(m_mutex);
        if (m_items.size() >= m_capacity) {
            m_items.pop_front();
            ++m_dropped;
        }
        m_items.push_back(std::move(value));
        m_ready.notify_one();
        return m_items.size() == 1 ? Put::First : Put::Queued;
    }

    std::vector<T> takeAll()
    {
        const std::lock_guard lock(m_mutex);
        std::vector<T> all(std::make_move_iterator(m_items.begin()), std::make_move_iterator(m_items.end()));
        m_items.clear();
        return all;
    }

    /// Waits for an item; nothing after `close()` once the box is empty.
    std::optional<T> takeOne()
    {
        std::unique_lock lock(m_mutex);
        m_ready.wait(lock, [this] { return m_closed || !m_items.empty(); });
        if (m_items.empty())
            return std::nullopt;
        std::optional<T> item(std::move(m_items.front()));
        m_items.pop_front();
        return item;
    }

    void close()
    {
        const std::lock_guard lock(m_mutex);
        m_closed = true;
        m_ready.notify_all();
    }

    std::size_t size() const
    {
        const std::lock_guard lock(m_mutex);
        return m_items.size();
    }
    quint64 dropped() const
    {
        const std::lock_guard lock(m_mutex);
        return m_dropped;
    }
    quint64 refused() const
    {
        const std::lock_guard lock(m_mutex);
        return m_refused;
    }

private:
    mutable std::mutex m_mutex;
    std::condition_variable m_ready;
    std::deque<T> m_items;
    const std::size_t m_capacity;
    quint64 m_dropped = 0;
    quint64 m_refused = 0;
    bool m_closed = false;
};

} // namespace infra
