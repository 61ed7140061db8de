// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/fleet_model.h"
#include "ui/models/filter_tokens.h"

namespace infra::ui {

/// The filter line of lists of devices: `state:critical env:lab -tag:x type:proxmox group:Services key:ops web`. Words
/// of one key are alternatives, keys and plain words must all hold. Pure.
class FleetFilter
{
public:
    FleetFilter() = default;
    explicit FleetFilter(const QString &line);

    /// Empty when the line is understood.
    QString problem() const { return m_problem; }
    bool isEmpty() const { return m_tokens.isEmpty(); }
    bool accepts(const engine::DeviceRow &row) const;

private:
    bool holds(const FilterToken &token, const engine::DeviceRow &row) const;
    QList<FilterToken> m_tokens;
    QString m_problem;
};

} // namespace infra::ui
