// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtCore/QtGlobal>

#include <algorithm>
#include <functional>
#include <memory>
#include <typeindex>
#include <unordered_map>
#include <vector>

namespace infra::events {

/// Keeps a subscription alive; letting go ends it.
using Subscription = std::shared_ptr<void>;

/// Typed publish and subscribe inside the engine thread. Handlers run at once, in the order of subscription; one may
/// subscribe or let go while an event is being delivered. Other threads send by Mailbox first.
class EventBus
{
public:
    template <typename Event>
    [[nodiscard]] Subscription subscribe(std::function<void(const Event &)> handler)
    {
        auto held = std::make_shared<std::function<void(const Event &)>>(std::move(handler));
        m_handlers[std::type_index(typeid(Event))].push_back(held);
        return held;
    }

    template <typename Event>
    void publish(const Event &event)
    {
        const auto found = m_handlers.find(std::type_index(typeid(Event)));
        if (found == m_handlers.end())
            return;
        const std::vector<std::weak_ptr<void>> handlers = found->second;
        for (const std::weak_ptr<void> &weak : handlers) {
            if (const std::shared_ptr<void> strong = weak.lock())
                (*static_cast<std::function<void(const Event &)> *>(strong.get()))(event);
        }
        std::erase_if(m_handlers[std::type_index(typeid(Event))], [](const auto &weak) { return weak.expired(); });
    }

private:
    std::unordered_map<std::type_index, std::vector<std::weak_ptr<void>>> m_handlers;
};

} // namespace infra::events
