// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/fleet_model.h"
#include "ui/models/filter_tokens.h"

#include <QtCore/QHash>

namespace infra::ui {

/// `since:1h source:ui result:error device:atlas op:collect cache:hit -source:schedule word`. What the store can answer
/// goes into the query; the rest is checked here. Pure.
class AuditFilter
{
public:
    AuditFilter() = default;
    AuditFilter(const QString &line, Instant now, const QHash<QString, DeviceId> &idOfName);
    QString problem() const { return m_problem; }
    AuditQuery query() const { return m_query; }
    bool accepts(const AuditEntry &entry) const;

private:
    bool holds(const FilterToken &token, const AuditEntry &entry) const;
    QList<FilterToken> m_tokens;
    QHash<QString, DeviceId> m_idOfName; ///< names in lower case
    AuditQuery m_query;
    QString m_problem;
};

/// Words of a row: "Read 9 sections", "Edit device: tags, group".
QString operationText(const AuditEntry &entry);
/// "Schedule", "mara".
QString actorText(const AuditEntry &entry);
QString sourceText(AuditSource source); ///< "Window", "Command line"
QString resultText(AuditStatus status);
Health resultHealth(AuditStatus status);

} // namespace infra::ui
