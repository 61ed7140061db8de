// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/containers/container_pane.h"

#include "core/base/redaction.h"
#include "ui/shell/state_dot.h"
#include "ui/shell/surface.h"
#include "ui/text/format.h"
#include "ui/widgets/badge.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/scroller.h"
#include "ui/widgets/shapes.h"

#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QVBoxLayout>

namespace infra::ui {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qsizetype kPaneLines = 30;

QString memoryText(const Container &container)
{
    const auto real = [](const std::optional<qint64> &value) {
        return value ? std::optional(static_cast<double>(*value)) : std::nullopt;
    };
    const QString used = bytesBinary(real(container.memoryBytes));
    return container.memoryLimitBytes
               ? ContainerPane::tr("%1 of %2").arg(used, bytesBinary(real(container.memoryLimitBytes)))
               : used;
}

QStringList portLines(const Container &container)
{
    QStringList lines;
    for (const PortMapping &port : container.ports) {
        lines.append(port.host == 0
                         ? ContainerPane::tr("%1/%2, not published").arg(port.container).arg(port.protocol)
                         : ContainerPane::tr("%1 to %2/%3").arg(port.host).arg(port.container).arg(port.protocol));
    }
    return lines;
}

QStringList mountLines(const Container &container)
{
    QStringList lines;
    for (const ContainerMount &mount : container.mounts)
        lines.append(
            ContainerPane::tr("%1 to %2, %3")
                .arg(displayText(mount.source, 200), displayText(mount.target, 200), displayText(mount.type, 20)));
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
    : QFrame(parent)
    , m_context(context)
    , m_facts(new KeyValueList(context.theme))
    , m_content(new QWidget(this))
{
    const Theme &theme = context.theme;
    setProperty("surface", u"pane"_s);
    setAccessibleName(tr("The chosen container"));
    QFrame *head = makeSurface(u"head"_s, m_content);
    head->setFixedHeight(theme.px(46));
    auto *headRow = new QHBoxLayout(head);
    headRow->setContentsMargins(14, 0, 14, 0);
    headRow->setSpacing(8);
    m_dot = new StateDot(theme, Health::Unknown, 12, "surface.panel", head);
    m_title = makeLabel(theme, {}, TextStyle::BodyStrong, "text.primary", head);
    m_where = new ElidedLabel(theme, {}, TextStyle::Small, "text.secondary", head);
    m_health = new TagLabel(theme, {}, head);
    headRow->addWidget(m_dot);
    headRow->addWidget(m_title);
    headRow->addWidget(m_where, 1);
    headRow->addWidget(m_health);

    QFrame *page = makeSurface(u"flat"_s, this);
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto *facts = new QVBoxLayout;
    facts->setContentsMargins(14, 12, 14, 12);
    facts->addWidget(m_facts);
    column->addLayout(facts);
    m_sections = new QVBoxLayout;
    m_sections->setSpacing(0);
    column->addLayout(m_sections);
    column->addStretch(1);
    auto *scroll = makeScroller(m_content);
    scroll->setWidget(page);
    auto *foot = new QHBoxLayout;
    foot->setContentsMargins(14, 9, 14, 9);
    m_openDevice = makeButton(theme, tr("Open device"), ButtonKind::Default, u"hdd-stack"_s, m_content);
    setButtonSize(m_openDevice, ButtonSize::Small);
    foot->addWidget(m_openDevice);
    foot->addStretch(1);
    auto *inner = new QVBoxLayout(m_content);
    inner->setContentsMargins(0, 0, 0, 0);
    inner->setSpacing(0);
    inner->addWidget(head);
    inner->addWidget(scroll, 1);
    inner->addWidget(makeSurface(u"line"_s, m_content));
    inner->addLayout(foot);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(1, 0, 0, 0);
    layout->addWidget(m_content);
    m_cover = new StateCover(theme, this);
    connect(m_openDevice, &QPushButton::clicked, this, [this] {
        m_context.navigator.open({u"device"_s, m_device, u"containers"_s});
    });
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

void ContainerPane::addSection(const QString &title, const QStringList &lines)
{
    if (lines.isEmpty())
        return;
    const Theme &theme = m_context.theme;
    auto *box = new QWidget(m_content);
    auto *column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeSurface(u"line"_s, box));
    auto *inner = new QVBoxLayout;
    inner->setContentsMargins(14, 10, 14, 12);
    inner->setSpacing(4);
    auto *head = new QHBoxLayout;
    head->addWidget(makeLabel(theme, title, TextStyle::BodyStrong, "text.primary", box), 1);
    head->addWidget(
        makeLabel(theme, count(static_cast<qint64>(lines.size())), TextStyle::Small, "text.secondary", box));
    inner->addLayout(head);
    // One text: it is one stop of Tab and can be selected and copied as a whole.
    QLabel *text = makeLabel(theme, lines.mid(0, kPaneLines).join(u'\n'), TextStyle::Small, "text.secondary", box);
    text->setWordWrap(true);
    letCopy(text, title);
    text->setAccessibleDescription(text->text());
    inner->addWidget(text);
    if (lines.size() > kPaneLines)
        inner->addWidget(makeLabel(theme, tr("and %n more", nullptr, static_cast<int>(lines.size() - kPaneLines)),
                                   TextStyle::Small, "text.secondary", box));
    column->addLayout(inner);
    m_sections->addWidget(box);
}

void ContainerPane::showContainer(const ContainerRow &row)
{
    const Container &container = row.container;
    m_device = row.device;
    m_title->setText(displayText(container.composeService.isEmpty() ? container.name : container.composeService, 80));
    m_where->setText(
        container.composeProject.isEmpty()
            ? tr("on %1").arg(displayText(row.deviceName, 64))
            : tr("%1 on %2").arg(displayText(container.composeProject, 64), displayText(row.deviceName, 64)));
    const Health health = row.stale ? Health::Unknown : healthOf(container);
    m_dot->setHealth(health);
    m_health->setText(healthText(container));
    m_health->setState(health);
    m_health->updateGeometry();
    const Instant now = m_context.clock.now();
    m_facts->set(tr("Name"), displayText(container.name, 120));
    m_facts->set(tr("Image"), displayText(container.image, 200));
    m_facts->set(tr("State"), displayText(container.status.isEmpty() ? container.state : container.status, 80));
    m_facts->set(tr("Health"), healthText(container));
    m_facts->set(tr("Restarts"), count(container.restarts));
    m_facts->set(tr("CPU"), container.cpuPercent ? tr("%1 of one core").arg(percent(container.cpuPercent)) : missing());
    m_facts->set(tr("Memory"), memoryText(container));
    m_facts->set(tr("Started"), container.started ? timeShort(*container.started, now) : missing(),
                 container.started ? timeLong(*container.started) : QString());
    m_facts->set(tr("Engine"), container.engine);
    m_facts->set(tr("Id"), displayText(container.id.left(12), 16), displayText(container.id, 80));
    m_facts->set(tr("Read"), tr("%1 ago").arg(age(row.readAt, now)));
    clearSections();
    addSection(tr("Ports"), portLines(container));
    addSection(tr("Mounts"), mountLines(container));
    addSection(tr("Labels"), labelLines(container));
    m_cover->showContent();
}

} // namespace infra::ui
