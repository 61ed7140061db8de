// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/page_history.h"

namespace infra::ui {

namespace {
constexpr qsizetype kMostSteps = 100;
} // namespace

void PageHistory::visit(const Route &route)
{
    if (m_at >= 0 && m_routes.at(m_at) == route)
        return;
    m_routes.resize(m_at + 1);
    m_routes.append(route);
    if (m_routes.size() > kMostSteps)
        m_routes.removeFirst();
    m_at = m_routes.size() - 1;
}

void PageHistory::replace(const Route &route)
{
    if (m_at >= 0)
        m_routes[m_at] = route;
    else
        visit(route);
}

Route PageHistory::back()
{
    if (canGoBack())
        --m_at;
    return m_at >= 0 ? m_routes.at(m_at) : Route{};
}

Route PageHistory::forward()
{
    if (canGoForward())
        ++m_at;
    return m_at >= 0 ? m_routes.at(m_at) : Route{};
}

std::optional<Route> PageHistory::current() const
{
    if (m_at < 0)
        return std::nullopt;
    return m_routes.at(m_at);
}

void PageHistory::forget(const DeviceId &device)
{
    for (qsizetype step = m_routes.size() - 1; step >= 0; --step) {
        if (m_routes.at(step).device != device || device.isNull())
            continue;
        m_routes.removeAt(step);
        if (step <= m_at)
            --m_at;
    }
    if (m_at < 0 && !m_routes.isEmpty())
        m_at = 0;
}

} // namespace infra::ui
