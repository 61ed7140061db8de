// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/device/device_summary.h"

#include "core/base/redaction.h"
#include "ui/models/finding_text.h"
#include "ui/text/format.h"
#include "ui/widgets/scroller.h"
#include "ui/widgets/shapes.h"

#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QVBoxLayout>

namespace infra::ui {

using namespace Qt::Literals::StringLiterals;

namespace {

/// What a collector says, as a sentence of its own.
QString sentence(const QString &text)
{
    QString words = displayText(text, 200);
    if (!words.isEmpty())
        words[0] = words.at(0).toUpper();
    return words;
}

} // namespace

DeviceSummary::DeviceSummary(const PageContext &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_system(new KeyValueList(context.theme))
    , m_found(new KeyValueList(context.theme))
{
    auto *content = new QWidget;
    auto *columns = new QHBoxLayout(content);
    columns->setContentsMargins(12, 12, 12, 12);
    columns->setSpacing(12);
    const auto panel = [&](const QString &title, const QString &quiet, QWidget *body) {
        auto *made = new Panel(m_context.theme, title, content);
        made->setTitle(title, quiet);
        made->body()->addWidget(body);
        made->body()->addStretch(1);
        columns->addWidget(made, 1);
        return made;
    };
    panel(tr("What the machine says"), tr("read from its kernel"), m_system);
    panel(tr("What was found"), tr("checked again every hour"), m_found);
    auto *findings = new QWidget;
    m_findings = new QVBoxLayout(findings);
    m_findings->setContentsMargins(0, 0, 0, 0);
    m_findings->setSpacing(8);
    m_findingsPanel = panel(tr("Needs attention"), {}, findings);
    auto *scroll = makeScroller(this, tr("Summary"));
    scroll->setWidget(content);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(scroll);
}

void DeviceSummary::clear()
{
    m_details = {};
    m_system->clear();
    m_found->clear();
    showFindings();
}

void DeviceSummary::setRow(const engine::DeviceRow &row)
{
    m_row = row;
    showSystem(row);
    showFound(row);
    showFindings();
    m_findingsPanel->setCount(
        row.findings.isEmpty() ? std::nullopt : std::optional(static_cast<int>(row.findings.size())), row.health);
}

void DeviceSummary::showFindings()
{
    while (QLayoutItem *item = m_findings->takeAt(0)) {
        if (QWidget *widget = item->widget()) {
            widget->hide();
            widget->deleteLater();
        }
        delete item;
    }
    const Instant now = m_context.clock.now();
    const auto line = [this](const QString &text, TextStyle style, const char *color) {
        QLabel *label = makeLabel(m_context.theme, text, style, color, this);
        label->setWordWrap(true);
        m_findings->addWidget(label);
    };
    for (const Finding &finding : m_row.findings.mid(0, 8)) {
        line(tr("%1: %2").arg(healthWord(finding.severity), findingTitle(finding)), TextStyle::BodyMedium,
             "text.primary");
        line(tr("For %1. %2").arg(age(finding.since, now), findingDetail(finding)), TextStyle::Small, "text.secondary");
    }
    if (m_row.findings.isEmpty())
        line(m_row.readAt ? tr("Nothing. Every rule was looked at.") : tr("Not known before the first reading."),
             TextStyle::Body, "text.secondary");
}

void DeviceSummary::setDetails(const engine::DeviceDetails &details)
{
    m_details = details;
    showFound(m_row);
}

void DeviceSummary::showSystem(const engine::DeviceRow &row)
{
    if (!row.system)
        return;
    const SystemInfo &system = *row.system;
    const Instant now = m_context.clock.now();
    const auto bytes = [](const std::optional<qint64> &value) {
        return bytesBinary(value ? std::optional(static_cast<double>(*value)) : std::nullopt);
    };
    m_system->set(tr("Host name"), displayText(system.hostname, 120));
    m_system->set(tr("System"), displayText(system.os + u' ' + system.osVersion, 120));
    m_system->set(tr("Kernel"), displayText(system.kernel + u' ' + system.arch, 120));
    m_system->set(tr("Processor"), system.cpuCores && system.cpuThreads
                                       ? tr("%n core(s)", nullptr, *system.cpuCores) + u", " +
                                             tr("%n threads", nullptr, *system.cpuThreads)
                                   : system.cpuThreads ? tr("%n threads", nullptr, *system.cpuThreads)
                                                       : missing());
    m_system->set(tr("Memory"), tr("%1 used of %2").arg(bytes(system.memUsedBytes), bytes(system.memTotalBytes)));
    m_system->set(tr("Swap"), system.swapTotalBytes.value_or(0) == 0
                                  ? tr("None")
                                  : tr("%1 used of %2").arg(bytes(system.swapUsedBytes), bytes(system.swapTotalBytes)));
    m_system->set(tr("Started"),
                  system.uptimeS ? tr("%1 ago").arg(age(milliseconds(static_cast<qint64>(*system.uptimeS * 1000))))
                                 : missing(),
                  system.bootTimeS ? timeLong(fromMs(*system.bootTimeS * 1000)) : QString());
    m_system->set(tr("Clock"), system.clockOffsetS
                                   ? std::abs(*system.clockOffsetS) < 1
                                         ? tr("As ours, within a second")
                                         : tr("%1 s %2")
                                               .arg(number(std::abs(*system.clockOffsetS)))
                                               .arg(*system.clockOffsetS > 0 ? tr("ahead of ours") : tr("behind ours"))
                                   : missing());
    m_system->set(tr("Restart"), system.rebootRequired
                                     ? *system.rebootRequired ? tr("Needed, an update says so") : tr("Not needed")
                                     : missing());
    m_system->set(tr("Last read"), row.readAt ? tr("%1 ago").arg(age(row.readAt, now)) : missing(),
                  row.readAt ? timeLong(*row.readAt) : QString());
}

QString DeviceSummary::foundText(Kind kind) const
{
    const auto found = m_details.data.constFind(kind);
    if (found == m_details.data.constEnd())
        return tr("Not read yet");
    const Section &section = found->section;
    if (section.status == SectionStatus::Skipped)
        return section.warnings.isEmpty() ? tr("Not here") : sentence(section.warnings.first());
    if (section.status == SectionStatus::Error && section.error)
        return sentence(section.error->message);
    if (const auto *containers = std::get_if<QList<Container>>(&section.data)) {
        const auto up = std::count_if(containers->begin(), containers->end(),
                                      [](const Container &c) { return c.state == "running"_L1; });
        return tr("%1 of %n containers run", nullptr, static_cast<int>(containers->size())).arg(up);
    }
    if (const auto *services = std::get_if<QList<ServiceUnit>>(&section.data)) {
        const auto failed = std::count_if(services->begin(), services->end(),
                                          [](const ServiceUnit &s) { return s.active == "failed"_L1; });
        return failed == 0 ? tr("%n services, none failed", nullptr, static_cast<int>(services->size()))
                           : tr("%n services, %1 failed", nullptr, static_cast<int>(services->size())).arg(failed);
    }
    if (const auto *sensors = std::get_if<SensorReadings>(&section.data)) {
        QStringList parts;
        if (!sensors->temperatures.isEmpty())
            parts += tr("%n temperature(s)", nullptr, static_cast<int>(sensors->temperatures.size()));
        if (!sensors->fans.isEmpty())
            parts += tr("%n fan(s)", nullptr, static_cast<int>(sensors->fans.size()));
        return parts.isEmpty() ? tr("None that can be read") : parts.join(u", "_s);
    }
    if (const auto *updates = std::get_if<UpdateStatus>(&section.data); updates != nullptr && updates->pending == 0)
        return tr("Nothing waits");
    if (const auto *updates = std::get_if<UpdateStatus>(&section.data))
        return tr("%1 wait, %2 for security")
            .arg(updates->pending ? QString::number(*updates->pending) : missing(),
                 updates->security ? QString::number(*updates->security) : missing());
    return tr("Read");
}

void DeviceSummary::showFound(const engine::DeviceRow &row)
{
    m_found->set(tr("Kind"), row.device.typeSource == TypeSource::Set
                                 ? tr("%1, set by you").arg(typeWord(row.device.type))
                                 : typeWord(row.device.type));
    m_found->set(tr("Services"), foundText(Kind::Services));
    m_found->set(tr("Containers"), foundText(Kind::Containers));
    m_found->set(tr("Sensors"), foundText(Kind::Temperatures));
    m_found->set(tr("Updates"), foundText(Kind::Updates));
    m_found->set(tr("Also there"), row.device.capabilities.isEmpty()
                                       ? missing()
                                       : displayText(row.device.capabilities.join(u", "_s), 200));
    m_found->set(tr("Not collected yet"), tr("Drive health, ZFS pools, guests"));
    if (!row.device.notes.isEmpty())
        m_found->set(tr("Your notes"), displayText(row.device.notes, 400));
}

} // namespace infra::ui
