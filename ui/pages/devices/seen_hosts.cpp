// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/devices/seen_hosts.h"

#include "core/base/redaction.h"
#include "ui/shell/state_dot.h"
#include "ui/shell/surface.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/elided_label.h"

#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QVBoxLayout>

namespace infra::ui {

using namespace Qt::Literals::StringLiterals;

namespace {
constexpr qsizetype kMostSeen = 4;
} // namespace

Device deviceFromHost(const engine::SshConfigHost &host)
{
    Device device;
    device.name = host.alias;
    device.address = host.address.isEmpty() ? host.alias : host.address;
    device.port = host.port;
    device.user = host.user;
    device.sshAlias = host.alias;
    device.keyFile = host.keyFile;
    device.auth = {AuthMethod::Agent};
    if (!host.keyFile.isEmpty())
        device.auth.append(AuthMethod::KeyFile);
    return device;
}

QString hostAddress(const engine::SshConfigHost &host)
{
    QString text = host.user.isEmpty() ? host.address : QString(host.user + u'@' + host.address);
    if (host.port != 22)
        text += u':' + QString::number(host.port);
    return displayText(text, 300);
}

SeenHosts::SeenHosts(const PageContext &context, QWidget *parent)
    : QFrame(parent)
    , m_context(context)
{
    const Theme &theme = context.theme;
    setProperty("surface", u"flat"_s);
    setAccessibleName(tr("Seen, not added"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(makeSurface(u"line"_s, this));
    auto *head = new QHBoxLayout;
    head->setContentsMargins(14, 6, 14, 4);
    head->setSpacing(8);
    head->addWidget(makeLabel(theme, tr("Seen, not added"), TextStyle::Small, "text.primary", this));
    m_quiet = new ElidedLabel(theme, QString(), TextStyle::Small, "text.secondary", this);
    head->addWidget(m_quiet, 1);
    QPushButton *all = makeButton(theme, tr("Look at all…"), ButtonKind::Link, {}, this);
    setButtonSize(all, ButtonSize::Small);
    connect(all, &QPushButton::clicked, this, [this] { m_context.navigator.open({u"welcome"_s, {}, {}}); });
    head->addWidget(all);
    column->addLayout(head);
    m_rows = new QVBoxLayout;
    m_rows->setSpacing(0);
    column->addLayout(m_rows);
    column->addSpacing(6);
    hide();
}

void SeenHosts::load()
{
    m_context.client.sshConfigHosts().then(this, [this](const Result<QList<engine::SshConfigHost>> &hosts) {
        // Without the file there is nothing to offer; the Welcome page says why.
        show(hosts ? *hosts : QList<engine::SshConfigHost>());
    });
}

void SeenHosts::show(const QList<engine::SshConfigHost> &hosts)
{
    while (QLayoutItem *item = m_rows->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    m_count = 0;
    for (const engine::SshConfigHost &host : hosts) {
        if (host.alreadyAdded)
            continue;
        if (m_count++ < kMostSeen)
            addRow(host);
    }
    m_quiet->setText(tr("%n host(s) of the SSH configuration; none is contacted", nullptr, m_count));
    setVisible(m_count > 0);
}

void SeenHosts::addRow(const engine::SshConfigHost &host)
{
    const Theme &theme = m_context.theme;
    auto *box = new QWidget(this);
    auto *row = new QHBoxLayout(box);
    row->setContentsMargins(20, 0, 14, 0);
    row->setSpacing(10);
    row->addWidget(new StateDot(theme, Health::Info, 12, "surface.panel", box));
    auto *name = new ElidedLabel(theme, displayText(host.alias, 64), TextStyle::BodyMedium, "text.primary", box);
    name->setFixedWidth(theme.px(110));
    row->addWidget(name);
    auto *address = new ElidedLabel(theme, hostAddress(host), TextStyle::Body, "text.secondary", box);
    row->addWidget(address, 2);
    QString note =
        host.jumps.isEmpty() ? tr("Direct") : tr("Through %1").arg(displayText(host.jumps.join(u", "_s), 120));
    if (!host.needsConsent.isEmpty())
        note = tr("Runs a command of its own to connect");
    row->addWidget(new ElidedLabel(theme, note, TextStyle::Body, "text.secondary", box), 2);
    QPushButton *add = makeButton(theme, tr("Add…"), ButtonKind::Link, {}, box);
    setButtonSize(add, ButtonSize::Small);
    add->setAccessibleName(tr("Add %1").arg(host.alias));
    connect(add, &QPushButton::clicked, this,
            [this, host] { m_context.navigator.openAddDevice(deviceFromHost(host)); });
    row->addWidget(add);
    box->setFixedHeight(theme.rowHeight());
    m_rows->addWidget(box);
    box->show();
}

} // namespace infra::ui
