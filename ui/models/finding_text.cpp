// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/finding_text.h"

#include "ui/text/error_text.h"
#include "ui/text/format.h"
#include "ui/widgets/shapes.h"

#include <QtCore/QCoreApplication>

namespace infra::ui {

using namespace Qt::Literals::StringLiterals;

namespace {

QString say(const char *text)
{
    return QCoreApplication::translate("Findings", text);
}

/// The part of a rule's id before the dot, and after it.
struct RuleParts
{
    QString area, what;
};

RuleParts partsOf(const Finding &finding)
{
    const qsizetype dot = finding.rule.indexOf(u'.');
    return {finding.rule.left(dot), dot < 0 ? QString() : finding.rule.mid(dot + 1)};
}

bool isArea(const RuleParts &parts, std::initializer_list<const char *> names)
{
    for (const char *name : names) {
        if (parts.area == QLatin1String(name))
            return true;
    }
    return false;
}

} // namespace

QString findingTitle(const Finding &finding)
{
    const RuleParts parts = partsOf(finding);
    const QString value = percent(finding.value);
    if (isArea(parts, {"fs", "filesystem", "filesystems"}))
        return parts.what.contains(u"inode") ? say("%1 has used %2 of its inodes").arg(finding.object, value)
                                             : say("%1 is %2 full").arg(finding.object, value);
    if (isArea(parts, {"mem", "memory"}))
        return say("Only %1 of memory is available").arg(value);
    if (isArea(parts, {"unit", "service", "services"}))
        return say("%1 failed").arg(finding.object);
    if (isArea(parts, {"container", "containers"}))
        return parts.what.contains(u"restart") ? say("Container %1 keeps restarting").arg(finding.object)
                                               : say("Container %1 is unhealthy").arg(finding.object);
    if (isArea(parts, {"sensor", "temp", "temperature"}))
        return say("%1 is at %2").arg(finding.object, celsius(finding.value));
    if (isArea(parts, {"clock"}))
        return finding.value ? say("The clock is off by %1")
                                   .arg(age(milliseconds(static_cast<qint64>(std::abs(*finding.value) * 1000))))
                             : say("The clock is wrong");
    if (finding.rule.contains(u"host_key") || finding.rule.contains(u"hostkey"))
        return say("The host key has changed");
    if (isArea(parts, {"device", "reach", "reachability", "unreachable"}))
        return finding.rule.contains(u"refused") ? say("The machine refuses the connection")
                                                 : say("The machine cannot be reached");
    const QString object = finding.object.isEmpty() ? finding.rule : finding.object;
    return finding.detail.isEmpty() ? object : QString(object + u": "_s + finding.detail);
}

QString findingShort(const Finding &finding)
{
    const RuleParts parts = partsOf(finding);
    if (isArea(parts, {"fs", "filesystem", "filesystems"}))
        return parts.what.contains(u"inode") ? say("%1 inodes %2").arg(finding.object, percent(finding.value))
                                             : say("%1 %2 full").arg(finding.object, percent(finding.value));
    if (isArea(parts, {"unit", "service", "services"})) {
        QString name = finding.object;
        if (name.endsWith(u".service"))
            name.chop(8);
        return say("%1 failed").arg(name);
    }
    if (isArea(parts, {"container", "containers"}))
        return parts.what.contains(u"restart") ? say("%1 restarting").arg(finding.object)
                                               : say("%1 unhealthy").arg(finding.object);
    return findingTitle(finding);
}

QString findingDetail(const Finding &finding)
{
    if (finding.threshold && finding.value && finding.metric.contains(u"percent"))
        return finding.value >= finding.threshold ? say("The rule is %1 or more").arg(percent(finding.threshold))
                                                  : say("The rule is less than %1").arg(percent(finding.threshold));
    if (finding.threshold && finding.metric.contains(u"celsius"))
        return say("Its own limit is %1").arg(celsius(finding.threshold));
    // The bare word of the state stands in the title already.
    if (finding.detail == u"failed")
        return say("systemd marks it as failed");
    if (finding.detail == u"unhealthy")
        return say("Its own health check fails");
    return finding.detail;
}

QString stateTitle(const engine::DeviceRow &row, Instant now)
{
    switch (row.state) {
    case DeviceState::Ok:
        return {};
    case DeviceState::New:
        return say("Not read yet");
    case DeviceState::Stale:
        return row.readAt ? say("Last read %1 ago").arg(age(row.readAt, now)) : say("Not read yet");
    case DeviceState::Unreachable: {
        const QString what = row.error ? errorWords(*row.error).what : say("Cannot be reached");
        return what;
    }
    case DeviceState::Auth:
        return row.error ? errorWords(*row.error).what : say("Login refused");
    case DeviceState::HostKey:
        return row.error ? errorWords(*row.error).what : say("The host key is not the accepted one");
    case DeviceState::NeedsYou:
        return say("Needs you to log in");
    case DeviceState::Asleep:
        return say("Asleep, as expected");
    case DeviceState::Paused:
        return say("Paused");
    }
    return {};
}

} // namespace infra::ui
