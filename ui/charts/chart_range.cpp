// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/history_chart.h"

namespace infra::ui {

namespace {
constexpr std::chrono::seconds kNarrowestRange{10};
} // namespace

ChartRange::ChartRange(QObject *parent)
    : QObject(parent)
{
}

void ChartRange::setRange(Instant from, Instant to, bool live)
{
    if (to <= from)
        return;
    m_baseFrom = m_from = from;
    m_baseTo = m_to = to;
    m_baseLive = m_live = live;
    m_zoomed = false;
    emit rangeChanged();
}

void ChartRange::zoomTo(Instant from, Instant to)
{
    if (to - from < kNarrowestRange) {
        const Instant middle = from + (to - from) / 2;
        from = middle - kNarrowestRange / 2;
        to = middle + kNarrowestRange / 2;
    }
    if (from == m_from && to == m_to)
        return;
    m_from = from;
    m_to = to;
    m_live = false;
    m_zoomed = true;
    emit rangeChanged();
}

void ChartRange::resetZoom()
{
    if (m_zoomed)
        setRange(m_baseFrom, m_baseTo, m_baseLive);
}

void ChartRange::setCrosshair(std::optional<Instant> at)
{
    if (m_crosshair == at)
        return;
    m_crosshair = at;
    emit crosshairChanged();
}

} // namespace infra::ui
