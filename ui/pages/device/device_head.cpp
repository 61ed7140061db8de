// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/device/device_head.h"

#include "core/base/redaction.h"
#include "ui/shell/state_dot.h"
#include "ui/text/format.h"
#include "ui/theme/icons.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/shapes.h"

#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>
#include <QtGui/QPainter>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QMenu>
#include <QtWidgets/QVBoxLayout>

namespace infra::ui {

using namespace Qt::Literals::StringLiterals;

namespace {

/// State shape in front of the name and the environment's tag behind it, drawn at their places.
class HeadShape : public QWidget
{
public:
    HeadShape(const Theme &theme, QWidget *parent)
        : QWidget(parent)
        , m_theme(theme)
    {
        setFixedSize(theme.px(16), theme.px(16));
    }
    void setHealth(Health health)
    {
        m_health = health;
        setAccessibleName(healthWord(health));
        setToolTip(healthWord(health));
        update();
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        paintHealth(painter, QRectF(rect()), m_health, m_theme, m_theme.color("surface.window"));
    }

private:
    const Theme &m_theme;
    Health m_health = Health::Unknown;
};

class EnvironmentTag : public QWidget
{
public:
    EnvironmentTag(const Theme &theme, QWidget *parent)
        : QWidget(parent)
        , m_theme(theme)
    {
        setFixedHeight(theme.px(18));
    }
    void setEnvironment(Environment environment)
    {
        m_environment = environment;
        setVisible(environment != Environment::None);
        setAccessibleName(environmentWord(environment));
        const QFontMetrics metrics(m_theme.font(TextStyle::Small));
        setFixedWidth(metrics.horizontalAdvance(environmentWord(environment)) + m_theme.px(22));
        update();
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        paintEnvironment(painter, rect(), m_environment, true, m_theme);
    }

private:
    const Theme &m_theme;
    Environment m_environment = Environment::None;
};

} // namespace

DeviceHead::DeviceHead(const PageContext &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
    , m_menu(new QMenu(this))
{
    const Theme &theme = context.theme;
    m_up = makeButton(theme, tr("Devices"), ButtonKind::Link, {}, this);
    m_up->setProperty("quiet", true);
    m_up->setToolTip(tr("To the list of devices"));
    auto *shape = new HeadShape(theme, this);
    shape->setObjectName(u"shape"_s);
    m_name = makeLabel(theme, {}, TextStyle::Heading, "text.primary", this);
    auto *environment = new EnvironmentTag(theme, this);
    environment->setObjectName(u"environment"_s);
    m_read = makeIconButton(theme, u"arrow-clockwise"_s, tr("Read now"), this);
    m_more = makeIconButton(theme, u"three-dots"_s, tr("More actions for this device"), this);
    m_more->setMenu(m_menu);

    auto *line = new QHBoxLayout;
    line->setSpacing(8);
    line->addWidget(m_up);
    line->addWidget(makeLabel(theme, u"›"_s, TextStyle::Body, "text.secondary", this));
    line->addWidget(shape);
    line->addWidget(m_name);
    line->addWidget(environment);
    line->addStretch(1);
    auto *texts = new QVBoxLayout;
    texts->setSpacing(4);
    texts->addLayout(line);
    auto *facts = new QHBoxLayout;
    facts->setSpacing(6);
    m_system = addFact(facts, u"pc-display"_s);
    m_address = addFact(facts, u"plug"_s);
    m_route = addFact(facts, u"signpost-split"_s);
    m_age = addFact(facts, u"clock"_s);
    m_cost = addFact(facts, u"cpu"_s);
    facts->addStretch(1);
    texts->addLayout(facts);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, theme.px(8), 0, theme.px(8));
    layout->setSpacing(8);
    layout->addLayout(texts, 1);
    layout->addWidget(m_read);
    layout->addWidget(m_more);

    connect(m_up, &QPushButton::clicked, this, [this] { m_context.navigator.open({u"devices"_s, {}, {}}); });
    connect(m_read, &QPushButton::clicked, this, &DeviceHead::readRequested);
    connect(m_menu, &QMenu::aboutToShow, this, &DeviceHead::fillMenu);
}

DeviceHead::Fact DeviceHead::addFact(QHBoxLayout *line, const QString &iconName)
{
    Fact fact;
    fact.glyph = new Glyph(m_context.theme, iconName, 12, "text.secondary", this);
    fact.words = new ElidedLabel(m_context.theme, {}, TextStyle::Small, "text.secondary", this);
    line->addWidget(fact.glyph);
    line->addWidget(fact.words);
    line->addSpacing(10);
    return fact;
}

void DeviceHead::tell(const Fact &fact, const QString &text)
{
    fact.words->setText(text);
    fact.words->setVisible(!text.isEmpty());
    fact.glyph->setVisible(!text.isEmpty());
}

QString DeviceHead::addressText() const
{
    const Device &device = m_row.device;
    if (device.isLocal())
        return tr("Local, no SSH");
    const QString target = device.port == 22 ? u"%1@%2"_s.arg(device.user, device.address)
                                             : u"%1@%2:%3"_s.arg(device.user, device.address).arg(device.port);
    return displayText(target, 120);
}

QString DeviceHead::routeText() const
{
    if (!m_row.session || m_row.device.isLocal())
        return {};
    const QString up = age(m_row.session->connectedAt, m_context.clock.now());
    if (m_row.session->route == "direct"_L1 || m_row.session->route.isEmpty())
        return tr("Direct, %1, up %2").arg(displayText(m_row.session->authUsed, 60), up);
    return tr("Through %1, %2, up %3")
        .arg(displayText(m_row.session->route, 60), displayText(m_row.session->authUsed, 60), up);
}

QString DeviceHead::systemText() const
{
    if (!m_row.system)
        return typeWord(m_row.device.type);
    const SystemInfo &system = *m_row.system;
    const QString os = systemName(system.os, system.osVersion);
    const QString kernel = displayText(system.kernel, 60);
    return kernel.isEmpty() ? os : tr("%1, kernel %2").arg(os, kernel);
}

void DeviceHead::setRow(const engine::DeviceRow &row)
{
    m_row = row;
    m_name->setText(displayText(row.device.name, 64));
    static_cast<HeadShape *>(findChild<QWidget *>(u"shape"_s))->setHealth(row.health);
    static_cast<EnvironmentTag *>(findChild<QWidget *>(u"environment"_s))->setEnvironment(row.device.environment);
    m_system.glyph->setIcon(typeIcon(row.device.type, row.device.isLocal()));
    tell(m_system, systemText());
    tell(m_address, addressText());
    tell(m_route, routeText());
    tell(m_age, row.reading  ? tr("Reading now")
                : row.readAt ? tr("Read %1 ago").arg(age(row.readAt, m_context.clock.now()))
                             : tr("Not read yet"));
    tell(m_cost, row.hostCpuMs ? tr("%1 ms of its CPU a reading").arg(number(row.hostCpuMs, 2)) : QString());
}

void DeviceHead::fillMenu()
{
    m_menu->clear();
    const DeviceId id = m_row.device.id;
    m_menu->addAction(icon(m_context.theme, u"arrow-clockwise"_s), tr("Read now"), this, &DeviceHead::readRequested);
    if (!m_row.device.isLocal())
        m_menu->addAction(icon(m_context.theme, u"pencil"_s), tr("Edit…"), this,
                          [this, id] { m_context.navigator.openEditDevice(id); });
    const bool paused = m_row.device.paused;
    m_menu->addAction(icon(m_context.theme, paused ? u"play"_s : u"pause"_s),
                      paused ? tr("Resume collecting") : tr("Pause collecting"), this,
                      [this, id, paused] { m_context.client.setPaused({id}, !paused); });
    m_menu->addAction(icon(m_context.theme, u"terminal"_s), tr("Show the commands that run here"), this,
                      &DeviceHead::commandsRequested);
    m_menu->addAction(icon(m_context.theme, u"files"_s), tr("Copy address"), this, [this] {
        QGuiApplication::clipboard()->setText(m_row.device.isLocal() ? u"localhost"_s : m_row.device.address);
    });
    if (!m_row.device.isLocal()) {
        m_menu->addSeparator();
        m_menu->addAction(icon(m_context.theme, u"trash"_s), tr("Remove…"), this, &DeviceHead::removeRequested);
    }
}

} // namespace infra::ui
