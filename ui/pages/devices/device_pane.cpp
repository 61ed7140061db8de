// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/devices/device_pane.h"

#include "ui/models/device_table_model.h"
#include "ui/models/device_text.h"
#include "ui/models/finding_text.h"
#include "ui/shell/state_dot.h"
#include "ui/shell/surface.h"
#include "ui/text/format.h"
#include "ui/widgets/badge.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/scroller.h"
#include "ui/widgets/shapes.h"

#include <QtCore/QRegularExpression>
#include <QtCore/QUrl>
#include <QtGui/QDesktopServices>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QVBoxLayout>

namespace infra::ui {

using namespace Qt::Literals::StringLiterals;

namespace {
constexpr qsizetype kMostLinks = 10;
} // namespace

QStringList linksIn(const QString &notes)
{
    static const QRegularExpression link(u"\\b(?:https?|ssh|rdp|vnc|sftp)://[^\\s<>\"']{1,400}"_s);
    QStringList links;
    for (auto it = link.globalMatch(notes); it.hasNext() && links.size() < kMostLinks;) {
        QString found = it.next().captured();
        while (found.endsWith(u'.') || found.endsWith(u',') || found.endsWith(u')'))
            found.chop(1);
        if (!links.contains(found))
            links.append(found);
    }
    return links;
}

DevicePane::DevicePane(const PageContext &context, QWidget *parent)
    : QFrame(parent)
    , m_context(context)
{
    const Theme &theme = context.theme;
    setProperty("surface", u"pane"_s);
    setAccessibleName(tr("The chosen device"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(1, 0, 0, 0);
    column->setSpacing(0);
    m_nothing =
        makeLabel(theme, tr("Choose a device to see how it is reached."), TextStyle::Body, "text.secondary", this);
    m_nothing->setWordWrap(true);
    m_nothing->setContentsMargins(14, 14, 14, 14);
    column->addWidget(m_nothing, 0, Qt::AlignTop);
    m_content = new QWidget(this);
    column->addWidget(m_content, 1);
    auto *inner = new QVBoxLayout(m_content);
    inner->setContentsMargins(0, 0, 0, 0);
    inner->setSpacing(0);
    QFrame *head = makeSurface(u"head"_s, m_content);
    head->setFixedHeight(theme.px(46));
    auto *headRow = new QHBoxLayout(head);
    headRow->setContentsMargins(14, 0, 14, 0);
    headRow->setSpacing(8);
    m_dot = new StateDot(theme, Health::Unknown, 12, "surface.panel", head);
    headRow->addWidget(m_dot);
    m_name = new ElidedLabel(theme, QString(), TextStyle::BodyStrong, "text.primary", head);
    m_name->setMinimumWidth(theme.px(24));
    headRow->addWidget(m_name, 1);
    m_environment = new TagLabel(theme, QString(), head);
    headRow->addWidget(m_environment);
    m_position = makeLabel(theme, QString(), TextStyle::Small, "text.secondary", head);
    headRow->addWidget(m_position);
    m_open = makeButton(theme, tr("Open"), ButtonKind::Default, {}, head);
    setButtonSize(m_open, ButtonSize::Small);
    headRow->addWidget(m_open);
    inner->addWidget(head);

    auto *scroll = makeScroller(m_content);
    QFrame *page = makeSurface(u"flat"_s, scroll);
    auto *sections = new QVBoxLayout(page);
    sections->setContentsMargins(0, 0, 0, 0);
    sections->setSpacing(0);
    QVBoxLayout *body = nullptr;
    section(tr("Reached by"), sections, &body);
    m_reach = new KeyValueList(theme, page);
    body->addWidget(m_reach);
    m_foundBox = new QWidget(page);
    m_found = new FlowLayout(m_foundBox, theme.px(5));
    body->addWidget(m_foundBox);
    section(tr("Reading"), sections, &body);
    m_cost = new KeyValueList(theme, page);
    body->addWidget(m_cost);
    m_notesBox = section(tr("Notes"), sections, &body);
    m_notes = makeLabel(theme, QString(), TextStyle::Body, "text.primary", page);
    m_notes->setWordWrap(true);
    letCopy(m_notes, tr("Notes"));
    body->addWidget(m_notes);
    m_linksBox = section(tr("Links"), sections, &body);
    m_links = body;
    sections->addStretch(1);
    scroll->setWidget(page);
    inner->addWidget(scroll, 1);

    inner->addWidget(makeSurface(u"line"_s, m_content));
    auto *footBox = new QWidget(m_content);
    auto *foot = new FlowLayout(footBox, 8); // longer words take a second line
    foot->setContentsMargins(14, 9, 14, 9);
    const auto add = [&](const QString &text, ButtonKind kind) {
        QPushButton *button = makeButton(theme, text, kind, {}, m_content);
        setButtonSize(button, ButtonSize::Small);
        foot->addWidget(button);
        return button;
    };
    QPushButton *read = add(tr("Read now"), ButtonKind::Default);
    m_edit = add(tr("Edit…"), ButtonKind::Default);
    m_pause = add(tr("Pause"), ButtonKind::Default);
    m_remove = add(tr("Remove…"), ButtonKind::Flat);
    inner->addWidget(footBox);
    connect(m_open, &QPushButton::clicked, this, [this] {
        m_context.navigator.open({u"device"_s, m_row->device.id, {}});
    });
    connect(read, &QPushButton::clicked, this, [this] { m_context.client.readNow(m_row->device.id, {}); });
    connect(m_edit, &QPushButton::clicked, this, [this] { m_context.navigator.openEditDevice(m_row->device.id); });
    connect(m_pause, &QPushButton::clicked, this,
            [this] { m_context.client.setPaused({m_row->device.id}, !m_row->device.paused); });
    connect(m_remove, &QPushButton::clicked, this, [this] { emit removeWanted(m_row->device.id); });
    showDevice(std::nullopt, {});
}

QWidget *DevicePane::section(const QString &title, QVBoxLayout *column, QVBoxLayout **body)
{
    auto *box = new QWidget(this);
    auto *outer = new QVBoxLayout(box);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->setSpacing(0);
    auto *inner = new QVBoxLayout;
    inner->setContentsMargins(14, 12, 14, 12);
    inner->setSpacing(6);
    inner->addWidget(makeLabel(m_context.theme, title, TextStyle::BodyStrong, "text.primary", box));
    outer->addLayout(inner);
    outer->addWidget(makeSurface(u"line"_s, box)); // goes with its section
    *body = inner;
    column->addWidget(box);
    return box;
}

void DevicePane::showDevice(const std::optional<engine::DeviceRow> &row, const QString &position)
{
    // The same device in the same state: texts change in place, nothing is made anew each second.
    const bool another = !m_row || !row || m_row->device != row->device || m_row->state != row->state ||
                         m_row->session.has_value() != row->session.has_value() ||
                         m_row->nextTry.has_value() != row->nextTry.has_value();
    m_row = row;
    m_content->setVisible(row.has_value());
    m_nothing->setVisible(!row.has_value());
    if (!row)
        return;
    const Device &device = row->device;
    const Instant now = m_context.clock.now();
    m_dot->setHealth(row->health);
    m_name->setText(device.name);
    m_environment->setText(environmentWord(device.environment));
    m_environment->setEnvironment(device.environment);
    m_environment->setVisible(device.environment != Environment::None);
    m_position->setText(position);
    if (another) {
        m_reach->clear();
        m_cost->clear();
    }
    m_reach->set(tr("Address"), device.isLocal() ? tr("this computer, without SSH") : addressText(device));
    if (!device.isLocal()) {
        m_reach->set(tr("Route"),
                     row->session && row->session->route != u"direct" ? row->session->route : tr("Direct"));
        m_reach->set(tr("Host key"),
                     device.hostKey.isEmpty() ? tr("not accepted yet")
                                              : QString(device.hostKey.left(14) + u"…" + device.hostKey.right(4)),
                     device.hostKey);
        m_reach->set(tr("Signs in with"), row->session ? row->session->authUsed : signInText(device));
        m_reach->set(tr("sudo"), device.sudo == SudoMode::None         ? tr("not used")
                                 : device.sudo == SudoMode::NoPassword ? tr("without a password")
                                                                       : tr("with a password"));
    }
    const QString os = row->system ? systemName(row->system->os, row->system->osVersion) : QString();
    m_reach->set(tr("Found"), os.isEmpty() ? typeWord(device.type) : os);
    if (another)
        fillFound(device.capabilities);
    m_foundBox->setVisible(!device.capabilities.isEmpty());
    m_cost->set(tr("State"), row->state == DeviceState::Ok ? healthWord(row->health) : stateTitle(*row, now));
    m_cost->set(tr("Last read"), row->readAt ? tr("%1 ago").arg(age(row->readAt, now)) : tr("never"),
                row->readAt ? timeLong(*row->readAt) : QString());
    if (row->nextTry)
        m_cost->set(tr("Next try"),
                    tr("in %1").arg(
                        age(std::max(milliseconds(0), std::chrono::duration_cast<milliseconds>(*row->nextTry - now)))));
    m_cost->set(tr("Interval"), age(seconds(device.intervalS)));
    if (row->hostCpuMs)
        m_cost->set(tr("Costs it"), tr("%1 ms CPU a cycle").arg(number(row->hostCpuMs, 2)));
    if (row->session)
        m_cost->set(tr("Session"), tr("for %1, answers in %2 ms")
                                       .arg(age(std::optional(row->session->connectedAt), now))
                                       .arg(row->session->lastRoundTrip.count()));
    m_notes->setText(device.notes);
    m_notes->setAccessibleDescription(device.notes);
    m_notesBox->setVisible(!device.notes.isEmpty());
    if (another)
        fillLinks(device.notes);
    m_pause->setText(device.paused ? tr("Resume") : tr("Pause"));
    m_edit->setVisible(!device.isLocal());
    m_remove->setVisible(!device.isLocal());
}

void DevicePane::fillFound(const QStringList &words)
{
    while (QLayoutItem *item = m_found->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (const QString &word : words) {
        auto *tag = new TagLabel(m_context.theme, word, m_foundBox);
        tag->setState(Health::Unknown);
        m_found->addWidget(tag);
        tag->show();
    }
}

void DevicePane::fillLinks(const QString &notes)
{
    while (m_links->count() > 1) {
        QLayoutItem *item = m_links->takeAt(1);
        delete item->widget();
        delete item;
    }
    const QStringList links = linksIn(notes);
    for (const QString &link : links) {
        const QString shown = fontMetrics().elidedText(link, Qt::ElideMiddle, m_context.theme.px(240));
        QPushButton *button =
            makeButton(m_context.theme, QString(shown).replace(u'&', u"&&"_s), ButtonKind::Link, u"link-45deg"_s, this);
        button->setToolTip(link);
        connect(button, &QPushButton::clicked, this, [link] { QDesktopServices::openUrl(QUrl(link)); });
        m_links->addWidget(button, 0, Qt::AlignLeft);
    }
    m_linksBox->setVisible(!links.isEmpty());
}

} // namespace infra::ui
