// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/containers/container_pane.h"

#include "core/base/redaction.h"
#include "ui/text/format.h"
#include "ui/widgets/shapes.h"

#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QScrollArea>
#include <QtWidgets/QVBoxLayout>

namespace infra::ui {

using namespace Qt::Literals::StringLiterals;

namespace {

QString memoryText(const Container &container)
{
    const auto real = [](const std::optional<qint64> &value) { return value ? std::optional(static_cast<double>(*value)) : std::nullopt; };
    const QString used = bytesBinary(real(container.memoryBytes));
    return container.memoryLimitBytes ? ContainerPane::tr("%1 of %2").arg(used, bytesBinary(real(container.memoryLimitBytes))) : used;
}

QStringList portLines(const Container &container)
{
    QStringList lines;
    for (const PortMapping &port : container.ports) {
        lines.append(port.host == 0 ? ContainerPane::tr("%1/%2, not published").arg(port.container).arg(port.protocol)
                                    : ContainerPane::tr("%1 to %2/%3").arg(port.host).arg(port.container).arg(port.protocol));
    }
    return lines;
}

QStringList mountLines(const Container &container)
{
    QStringList lines;
    for (const ContainerMount &mount : container.mounts)
        lines.append(ContainerPane::tr("%1 to %2, %3").arg(displayText(mount.source, 200), displayText(mount.target, 200), displayText(mount.type, 20)));
    return lines;
}

QStringList labelLines(const Container &container)
{
    QStringList lines;
    for (auto it = container.labels.constBegin(); it != container.labels.constEnd(); ++it)
        lines.append(displayText(redacted(it.key() + u'=' + it.value()), 240));
    return lines;
}

} // namespace

ContainerPane::ContainerPane(const PageContext &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_title(makeLabel(context.theme, {}, TextStyle::Title, "text.primary"))
    , m_where(makeLabel(context.theme, {}, TextStyle::Small, "text.secondary"))
    , m_facts(new KeyValueList(context.theme))
    , m_content(new QWidget)
{
    auto *column = new QVBoxLayout(m_content);
    column->setContentsMargins(16, 14, 16, 14);
    column->setSpacing(10);
    column->addWidget(m_title);
    column->addWidget(m_where);
    column->addWidget(m_facts);
    m_sections = new QVBoxLayout;
    m_sections->setSpacing(6);
    column->addLayout(m_sections);
    m_openDevice = makeButton(context.theme, tr("Open device"), ButtonKind::Default, u"hdd-stack"_s, m_content);
    column->addWidget(m_openDevice, 0, Qt::AlignLeft);
    column->addStretch(1);
    auto *scroll = new QScrollArea(this);
    scroll->setWidget(m_content);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(scroll);
    m_cover = new StateCover(context.theme, this);
    connect(m_openDevice, &QPushButton::clicked, this, [this] { m_context.navigator.open({u"device"_s, m_device, u"containers"_s}); });
    showNothing();
}

void ContainerPane::showNothing()
{
    m_cover->showEmpty(tr("No container chosen"), tr("Choose one in the table to see its ports, mounts and labels."));
}

void ContainerPane::clearSections()
{
    while (QLayoutItem *item = m_sections->takeAt(0)) {
        if (QWidget *widget = item->widget()) {
            widget->hide();
            widget->deleteLater();
        }
        delete item;
    }
}

void ContainerPane::addSection(const QString &title, const QString &quiet, const QStringList &lines)
{
    if (lines.isEmpty())
        return;
    m_sections->addWidget(makeLabel(m_context.theme, quiet.isEmpty() ? title : QString(title + u"  "_s + quiet), TextStyle::BodyStrong, "text.primary", m_content));
    for (const QString &line : lines.mid(0, 30)) {
        QLabel *label = makeLabel(m_context.theme, line, TextStyle::Small, "text.secondary", m_content);
        label->setWordWrap(true);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
        m_sections->addWidget(label);
    }
    if (lines.size() > 30)
        m_sections->addWidget(makeLabel(m_context.theme, tr("and %n more", nullptr, static_cast<int>(lines.size() - 30)), TextStyle::Small, "text.secondary", m_content));
}

void ContainerPane::showContainer(const ContainerRow &row)
{
    const Container &container = row.container;
    m_device = row.device;
    m_title->setText(displayText(container.composeService.isEmpty() ? container.name : container.composeService, 80));
    m_where->setText(container.composeProject.isEmpty() ? tr("on %1").arg(displayText(row.deviceName, 64)) : tr("%1 on %2").arg(displayText(container.composeProject, 64), displayText(row.deviceName, 64)));
    const Instant now = m_context.clock.now();
    m_facts->set(tr("Name"), displayText(container.name, 120));
    m_facts->set(tr("Image"), displayText(container.image, 200));
    m_facts->set(tr("State"), displayText(container.status.isEmpty() ? container.state : container.status, 80));
    m_facts->set(tr("Health"), healthText(container));
    m_facts->set(tr("Restarts"), count(container.restarts));
    m_facts->set(tr("CPU"), container.cpuPercent ? tr("%1 of one core").arg(percent(container.cpuPercent)) : missing());
    m_facts->set(tr("Memory"), memoryText(container));
    m_facts->set(tr("Started"), container.started ? timeShort(*container.started, now) : missing(), container.started ? timeLong(*container.started) : QString());
    m_facts->set(tr("Engine"), container.engine);
    m_facts->set(tr("Id"), displayText(container.id.left(12), 16), displayText(container.id, 80));
    m_facts->set(tr("Read"), tr("%1 ago").arg(age(row.readAt, now)));
    clearSections();
    addSection(tr("Ports"), QString::number(container.ports.size()), portLines(container));
    addSection(tr("Mounts"), QString::number(container.mounts.size()), mountLines(container));
    addSection(tr("Labels"), QString::number(container.labels.size()), labelLines(container));
    m_cover->showContent();
}

} // namespace infra::ui
