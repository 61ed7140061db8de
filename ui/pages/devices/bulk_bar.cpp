// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/devices/bulk_bar.h"

#include "ui/pages/devices/bulk_dialogs.h"
#include "ui/text/format.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/shapes.h"

#include <QtCore/QRegularExpression>
#include <QtGui/QPainter>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QMenu>

namespace infra::ui {

using namespace Qt::Literals::StringLiterals;

namespace {

QStringList tagsIn(const QString &text)
{
    static const QRegularExpression apart(u"[\\s,;]+"_s);
    return text.split(apart, Qt::SkipEmptyParts);
}

} // namespace

BulkBar::BulkBar(const PageContext &context, QWidget *parent)
    : QFrame(parent)
    , m_context(context)
    , m_edit(new BulkEdit(context, this))
{
    const Theme &theme = context.theme;
    setAccessibleName(tr("Acts on the ticked devices"));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(14, 0, 14, 0);
    row->setSpacing(8);
    m_all = new QCheckBox(this);
    m_all->setTristate(true);
    m_all->setAccessibleName(tr("Tick all devices shown"));
    row->addWidget(m_all);
    m_count = makeLabel(theme, QString(), TextStyle::BodyMedium, "text.primary", this);
    row->addWidget(m_count);
    m_quiet = makeLabel(theme, QString(), TextStyle::Small, "text.secondary", this);
    row->addWidget(m_quiet);
    const auto add = [&](const QString &text, const QString &glyph) {
        QPushButton *button = makeButton(theme, text, ButtonKind::Default, glyph, this);
        setButtonSize(button, ButtonSize::Small);
        row->addWidget(button);
        return button;
    };
    connect(add(tr("Tags…"), u"tag"_s), &QPushButton::clicked, this, &BulkBar::askTags);
    connect(add(tr("Group…"), u"folder2"_s), &QPushButton::clicked, this, &BulkBar::askGroup);
    QPushButton *environment = add(tr("Environment"), u"layers"_s);
    connect(environment, &QPushButton::clicked, this, [this, environment] { askEnvironment(environment); });
    QPushButton *interval = add(tr("Interval"), u"stopwatch"_s);
    connect(interval, &QPushButton::clicked, this, [this, interval] { askInterval(interval); });
    m_pause = add(tr("Pause"), u"pause"_s);
    connect(m_pause, &QPushButton::clicked, this, [this] { m_edit->setPaused(m_devices, !m_paused); });
    connect(add(tr("Read now"), u"arrow-clockwise"_s), &QPushButton::clicked, this,
            [this] { m_edit->readNow(m_devices); });
    row->addStretch(1);
    QPushButton *remove = makeButton(theme, tr("Remove…"), ButtonKind::DangerLine, {}, this);
    setButtonSize(remove, ButtonSize::Small);
    remove->setToolTip(tr("One undo brings all of them back"));
    row->addWidget(remove);
    connect(remove, &QPushButton::clicked, this, &BulkBar::askRemove);
    QPushButton *close = makeIconButton(theme, u"x-lg"_s, tr("Untick all"), this);
    close->setProperty("kind", u"flaticon"_s);
    setButtonSize(close, ButtonSize::Small);
    row->addWidget(close);
    connect(close, &QPushButton::clicked, this, &BulkBar::cleared);
    connect(m_all, &QCheckBox::clicked, this, [this] { emit allWanted(m_all->checkState() != Qt::Unchecked); });
    const auto resize = [this] { setFixedHeight(m_context.theme.px(44)); };
    connect(&theme, &Theme::changed, this, resize);
    resize();
}

void BulkBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_context.theme.color("accent.tint"));
    painter.fillRect(QRect(0, height() - 1, width(), 1), m_context.theme.color("border.default"));
}

void BulkBar::setTicked(const QList<DeviceId> &devices, bool all, const QString &quiet)
{
    m_devices = devices;
    m_all->setCheckState(all ? Qt::Checked : Qt::PartiallyChecked);
    m_count->setText(tr("%n selected", nullptr, static_cast<int>(devices.size())));
    m_quiet->setText(quiet);
    m_quiet->setVisible(!quiet.isEmpty());
    m_paused = !devices.isEmpty();
    for (const engine::DeviceRow &row : m_context.client.devices()) {
        if (devices.contains(row.device.id) && !row.device.paused)
            m_paused = false;
    }
    m_pause->setText(m_paused ? tr("Resume") : tr("Pause"));
    m_pause->setAccessibleName(m_pause->text());
}

void BulkBar::askTags()
{
    auto *dialog =
        new SmallDialog(m_context.theme, tr("Tags of %n device(s)", nullptr, static_cast<int>(m_devices.size())), {},
                        tr("Change tags"), false, window());
    QLineEdit *add = dialog->addField(tr("Add"), {}, tr("web, shop"));
    QLineEdit *drop = dialog->addField(tr("Take away"), {}, {});
    connect(dialog, &SmallDialog::confirmed, this, [this, add, drop, devices = m_devices] {
        const QStringList more = tagsIn(add->text());
        const QStringList fewer = tagsIn(drop->text());
        m_edit->edit(
            devices,
            [&](Device &device) {
                for (const QString &tag : more) {
                    if (!device.tags.contains(tag))
                        device.tags.append(tag);
                }
                for (const QString &tag : fewer)
                    device.tags.removeAll(tag);
            },
            tr("Tags of %n device(s) changed", nullptr, static_cast<int>(devices.size())));
    });
    dialog->open();
    add->setFocus(Qt::OtherFocusReason);
}

void BulkBar::askGroup()
{
    auto *dialog =
        new SmallDialog(m_context.theme, tr("Group of %n device(s)", nullptr, static_cast<int>(m_devices.size())), {},
                        tr("Set group"), false, window());
    QLineEdit *group = dialog->addField(tr("Group"), {}, tr("empty: no group"));
    connect(dialog, &SmallDialog::confirmed, this, [this, group, devices = m_devices] {
        const QString name = group->text().trimmed();
        m_edit->edit(
            devices, [&](Device &device) { device.group = name; },
            name.isEmpty() ? tr("%n device(s) without a group", nullptr, static_cast<int>(devices.size()))
                           : tr("%n device(s) put into %1", nullptr, static_cast<int>(devices.size())).arg(name));
    });
    dialog->open();
    group->setFocus(Qt::OtherFocusReason);
}

void BulkBar::askEnvironment(QWidget *button)
{
    auto *menu = new QMenu(button);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const Environment environment :
         {Environment::Production, Environment::Staging, Environment::Lab, Environment::None}) {
        connect(menu->addAction(environmentWord(environment)), &QAction::triggered, this,
                [this, environment, devices = m_devices] {
                    m_edit->edit(
                        devices, [environment](Device &device) { device.environment = environment; },
                        tr("Environment of %n device(s) changed", nullptr, static_cast<int>(devices.size())));
                });
    }
    menu->popup(button->mapToGlobal(QPoint(0, button->height())));
}

void BulkBar::askInterval(QWidget *button)
{
    auto *menu = new QMenu(button);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const int interval : {10, 30, 60, 120, 300, 900, 3600}) {
        connect(menu->addAction(tr("Every %1").arg(age(seconds(interval)))), &QAction::triggered, this,
                [this, interval, devices = m_devices] {
                    m_edit->edit(
                        devices, [interval](Device &device) { device.intervalS = interval; },
                        tr("Interval of %n device(s) changed", nullptr, static_cast<int>(devices.size())));
                });
    }
    menu->popup(button->mapToGlobal(QPoint(0, button->height())));
}

void BulkBar::askRemove()
{
    QStringList names;
    for (const engine::DeviceRow &row : m_context.client.devices()) {
        if (m_devices.contains(row.device.id) && !row.device.isLocal())
            names.append(row.device.name);
    }
    if (names.isEmpty())
        return;
    const QString title = names.size() == 1 ? tr("Remove %1").arg(names.constFirst())
                                            : tr("Remove %n devices", nullptr, static_cast<int>(names.size()));
    auto *dialog = new SmallDialog(m_context.theme, title,
                                   tr("They are no longer read: %1. Nothing changes on the machines themselves.")
                                       .arg(names.mid(0, 12).join(u", "_s)),
                                   names.size() == 1 ? tr("Remove device") : tr("Remove devices"), true, window());
    QCheckBox *history = dialog->addCheck(tr("Delete their history too, after a minute for undo"), false);
    connect(dialog, &SmallDialog::confirmed, this, [this, history, devices = m_devices] {
        m_edit->remove(devices, history->isChecked());
        emit cleared();
    });
    dialog->open();
}

} // namespace infra::ui
