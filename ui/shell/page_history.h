// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/shell/page.h"

#include <QtCore/QList>

namespace infra::ui {

/// The way back and forth through pages, as in a browser. At most 100 steps. Pure.
class PageHistory
{
public:
    /// A new place: what lay ahead is forgotten. The same place twice is one step.
    void visit(const Route &route);
    /// The same page told more about where it is (a tab, a filter): the step changes, no new one is made.
    void replace(const Route &route);
    bool canGoBack() const { return m_at > 0; }
    bool canGoForward() const { return m_at + 1 < m_routes.size(); }
    Route back();
    Route forward();
    std::optional<Route> current() const;
    /// A removed device is no longer a place.
    void forget(const DeviceId &device);

private:
    QList<Route> m_routes;
    qsizetype m_at = -1;
};

} // namespace infra::ui
