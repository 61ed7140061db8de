// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/causes.h"

#include "ui/models/finding_text.h"
#include "ui/text/error_text.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QHash>

#include <algorithm>

namespace infra::ui {

using namespace Qt::Literals::StringLiterals;

namespace {

QString sayCause(const char *text)
{
    return QCoreApplication::translate("Causes", text);
}

/// Gathers lines by key, in the order of their first device.
class CauseList
{
public:
    void add(const QString &key, const Cause &cause)
    {
        const auto known = m_at.constFind(key);
        if (known == m_at.cend()) {
            m_at.insert(key, m_causes.size());
            m_causes.append(cause);
            return;
        }
        Cause &line = m_causes[*known];
        line.names += cause.names;
        line.devices += cause.devices;
        line.since = std::min(line.since, cause.since);
        if (worseThan(cause.severity, line.severity)) {
            line.severity = cause.severity;
            line.title = cause.title;
            line.detail = cause.detail;
        }
    }

    QList<Cause> take()
    {
        std::stable_sort(m_causes.begin(), m_causes.end(), [](const Cause &a, const Cause &b) {
            if (a.severity != b.severity)
                return worseThan(a.severity, b.severity);
            return a.devices.size() != b.devices.size() ? a.devices.size() > b.devices.size() : a.since > b.since;
        });
        return m_causes;
    }

private:
    QHash<QString, qsizetype> m_at;
    QList<Cause> m_causes;
};

bool needsPerson(const engine::DeviceRow &row)
{
    return row.state == DeviceState::NeedsYou || row.state == DeviceState::HostKey || row.state == DeviceState::Auth;
}

bool isUnread(const engine::DeviceRow &row)
{
    return row.state == DeviceState::Unreachable || row.state == DeviceState::Stale;
}

Cause causeOf(const engine::DeviceRow &row)
{
    Cause cause;
    cause.severity = row.health;
    cause.names = {row.device.name};
    cause.devices = {row.device.id};
    cause.target = {u"device"_s, row.device.id, {}};
    return cause;
}

} // namespace

QList<Cause> attentionCauses(const QList<engine::DeviceRow> &rows, Instant now)
{
    CauseList list;
    for (const engine::DeviceRow &row : rows) {
        if (row.state == DeviceState::Paused || row.state == DeviceState::Asleep || row.state == DeviceState::New ||
            needsPerson(row))
            continue;
        if (isUnread(row)) {
            Cause cause = causeOf(row);
            cause.title = stateTitle(row, now);
            cause.since = row.unreachableSince.value_or(row.readAt.value_or(now));
            if (row.error) {
                const ErrorWords words = errorWords(*row.error);
                cause.title = words.what;
                cause.detail = words.why;
            }
            const QString why = row.error ? row.error->name() : toName(row.state);
            // Machines behind the same jump host share its silence.
            const QString route =
                row.error && row.error->code == ErrorCode::JumpFailed ? row.error->message : QString();
            list.add(u"unread|"_s + why + u'|' + route, cause);
            continue;
        }
        for (const Finding &finding : row.findings) {
            Cause cause = causeOf(row);
            cause.severity = finding.severity;
            cause.title = findingTitle(finding);
            cause.detail = findingDetail(finding);
            cause.since = finding.since;
            list.add(finding.rule + u'|' + finding.object + u'|' + finding.detail, cause);
        }
    }
    return list.take();
}

QList<Cause> waitingCauses(const QList<engine::DeviceRow> &rows, const engine::FleetStatus &status, Instant now)
{
    CauseList list;
    std::optional<Cause> locked; // first: others wait for it
    if (status.secretsState == secrets::StoreState::Locked) {
        Cause cause;
        cause.severity = Health::Critical;
        cause.title = sayCause("Secrets are locked");
        cause.detail = sayCause("Machines with a stored password wait");
        cause.since = now;
        cause.icon = u"lock"_s;
        cause.target = {u"settings"_s, {}, u"secrets"_s};
        locked = cause;
    }
    for (const engine::DeviceRow &row : rows) {
        if (!needsPerson(row))
            continue;
        Cause cause = causeOf(row);
        cause.title = stateTitle(row, now);
        cause.icon = row.state == DeviceState::HostKey ? u"fingerprint"_s : u"key"_s;
        cause.since = row.readAt.value_or(now);
        if (row.error)
            cause.detail = errorWords(*row.error).remedy;
        list.add(toName(row.state) + u'|' + (row.error ? row.error->name() : QString()), cause);
    }
    QList<Cause> causes = list.take();
    if (locked)
        causes.prepend(*locked);
    return causes;
}

QString namesText(const QStringList &names)
{
    if (names.size() <= 3)
        return names.join(u", "_s);
    return QCoreApplication::translate("Causes", "%1 and %n more", nullptr, static_cast<int>(names.size() - 1))
        .arg(names.constFirst());
}

} // namespace infra::ui
