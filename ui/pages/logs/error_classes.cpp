// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/logs/error_classes.h"

#include "ui/shell/state_dot.h"
#include "ui/shell/surface.h"
#include "ui/text/error_text.h"
#include "ui/text/format.h"
#include "ui/widgets/badge.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/elided_label.h"
#include "ui/widgets/scroller.h"
#include "ui/widgets/shapes.h"

#include <QtGui/QPainter>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>

namespace infra::ui {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qsizetype kMostClasses = 40;

Health healthOfLevel(log::Level level)
{
    return level >= log::Level::Error ? Health::Critical : Health::Warning;
}

QString classKey(const LogErrorGroup &group)
{
    return group.code + u'|' + group.device + u'|' + group.title;
}

} // namespace

ErrorClassRow::ErrorClassRow(const Theme &theme, const LogErrorGroup &group, QWidget *parent)
    : QAbstractButton(parent)
    , m_theme(theme)
    , m_group(group)
{
    setCheckable(true);
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("%1, %2, %n time(s)", nullptr, group.times).arg(group.title, group.device));
    setToolTip(plainTip(group.newestMessage));
}

QSize ErrorClassRow::sizeHint() const
{
    return {m_theme.px(286), m_theme.px(52)};
}

void ErrorClassRow::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QColor ground = m_theme.color(isChecked()    ? "surface.selected"
                                        : underMouse() ? "surface.hover"
                                                       : "surface.panel");
    painter.fillRect(rect(), ground);
    painter.fillRect(QRect(0, height() - 1, width(), 1), m_theme.color("border.subtle"));
    const Health health = healthOfLevel(m_group.level);
    paintHealth(painter, QRectF(m_theme.px(14), m_theme.px(11), m_theme.px(12), m_theme.px(12)), health, m_theme,
                ground);
    QRect line(m_theme.px(34), m_theme.px(8), width() - m_theme.px(48), m_theme.px(18));
    painter.setFont(m_theme.font(TextStyle::Small));
    painter.setPen(m_theme.color("text.secondary"));
    const QString device = m_group.device.isEmpty() ? m_group.part : m_group.device;
    const int room = line.width() / 3;
    const QString shownDevice = painter.fontMetrics().elidedText(device, Qt::ElideRight, room);
    painter.drawText(line, Qt::AlignVCenter | Qt::AlignRight, shownDevice);
    const int taken = painter.fontMetrics().horizontalAdvance(shownDevice) + m_theme.px(8);
    painter.setFont(m_theme.font(TextStyle::BodyMedium));
    painter.setPen(m_theme.color("text.primary"));
    painter.drawText(line, Qt::AlignVCenter | Qt::AlignLeft,
                     painter.fontMetrics().elidedText(m_group.title, Qt::ElideRight, line.width() - taken));
    line.translate(0, m_theme.px(19));
    painter.setFont(m_theme.font(TextStyle::Small));
    painter.drawText(line, Qt::AlignVCenter | Qt::AlignRight,
                     m_group.times == 1 ? tr("once") : tr("%n times", nullptr, m_group.times));
    // A bar an hour; height by the busiest hour of this class.
    const int most = std::max(1, *std::max_element(m_group.hours.cbegin(), m_group.hours.cend()));
    const int step = m_theme.px(7);
    const int base = line.bottom() - m_theme.px(1);
    for (qsizetype hour = 0; hour < m_group.hours.size(); ++hour) {
        const int left = line.left() + static_cast<int>(hour) * step;
        const int count = m_group.hours.at(hour);
        const int tall = count == 0 ? m_theme.px(3) : m_theme.px(5) + (m_theme.px(14) - m_theme.px(5)) * count / most;
        painter.fillRect(QRect(left, base - tall, m_theme.px(5), tall),
                         count == 0 ? m_theme.color("surface.track") : m_theme.state(health).mark);
    }
}

ErrorClasses::ErrorClasses(const Theme &theme, QWidget *parent)
    : QFrame(parent)
    , m_theme(theme)
{
    setProperty("surface", u"pane"_s);
    setAccessibleName(tr("Errors of the last 24 hours"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(1, 0, 0, 0);
    column->setSpacing(0);
    QFrame *head = makeSurface(u"head"_s, this);
    head->setFixedHeight(theme.px(46));
    auto *row = new QHBoxLayout(head);
    row->setContentsMargins(14, 0, 14, 0);
    row->setSpacing(8);
    row->addWidget(makeLabel(theme, tr("Errors, 24 hours"), TextStyle::BodyStrong, "text.primary", head));
    row->addWidget(new ElidedLabel(theme, tr("by class and device"), TextStyle::Small, "text.secondary", head), 1);
    m_count = new Badge(theme, head);
    row->addWidget(m_count);
    column->addWidget(head);
    m_calm = makeLabel(theme, tr("No error and no warning in 24 hours."), TextStyle::Body, "text.secondary", this);
    m_calm->setWordWrap(true);
    m_calm->setContentsMargins(14, 14, 14, 14);
    column->addWidget(m_calm);
    auto *scroll = makeScroller(this);
    QFrame *inner = makeSurface(u"flat"_s, scroll);
    m_list = new QVBoxLayout(inner);
    m_list->setContentsMargins(0, 0, 0, 0);
    m_list->setSpacing(0);
    scroll->setWidget(inner);
    column->addWidget(scroll, 1);
    m_detail = new QWidget(this);
    auto *detail = new QVBoxLayout(m_detail);
    detail->setContentsMargins(14, 10, 14, 12);
    detail->setSpacing(8);
    auto *line = new QHBoxLayout;
    line->setSpacing(8);
    m_dot = new StateDot(theme, Health::Warning, 12, "surface.panel", m_detail);
    line->addWidget(m_dot);
    m_title = new ElidedLabel(theme, QString(), TextStyle::BodyStrong, "text.primary", m_detail);
    line->addWidget(m_title, 1);
    detail->addLayout(line);
    m_pairs = new KeyValueList(theme, m_detail);
    detail->addWidget(m_pairs);
    QPushButton *show = makeButton(theme, tr("Show these lines"), ButtonKind::Default, {}, m_detail);
    setButtonSize(show, ButtonSize::Small);
    detail->addWidget(show, 0, Qt::AlignLeft);
    connect(show, &QPushButton::clicked, this, [this] {
        for (const LogErrorGroup &group : std::as_const(m_groups)) {
            if (classKey(group) != m_chosen)
                continue;
            QString filter = group.code.isEmpty() ? u"part:"_s + group.part : u"code:"_s + group.code;
            if (!group.device.isEmpty())
                filter += u" device:"_s + group.device;
            emit filterWanted(filter);
        }
    });
    column->addWidget(makeSurface(u"line"_s, this));
    column->addWidget(m_detail);
    m_detail->hide();
}

void ErrorClasses::setGroups(const QList<LogErrorGroup> &groups, Instant now)
{
    m_groups = groups.mid(0, kMostClasses);
    m_now = now;
    while (QLayoutItem *item = m_list->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    int total = 0;
    qsizetype chosen = groups.isEmpty() ? -1 : 0;
    for (qsizetype at = 0; at < m_groups.size(); ++at) {
        const LogErrorGroup &group = m_groups.at(at);
        total += group.times;
        auto *row = new ErrorClassRow(m_theme, group, this);
        m_list->addWidget(row);
        row->show();
        connect(row, &ErrorClassRow::clicked, this, [this, at] { choose(at); });
        if (classKey(group) == m_chosen)
            chosen = at;
    }
    m_list->addStretch(1);
    m_count->setCount(total > 0 ? std::optional(total) : std::nullopt);
    m_calm->setVisible(m_groups.isEmpty());
    m_detail->setVisible(!m_groups.isEmpty());
    if (chosen >= 0)
        choose(chosen);
}

void ErrorClasses::choose(qsizetype index)
{
    for (int at = 0; at < m_list->count(); ++at) {
        if (auto *row = qobject_cast<ErrorClassRow *>(m_list->itemAt(at)->widget()))
            row->setChecked(at == index);
    }
    const LogErrorGroup &group = m_groups.at(index);
    m_chosen = classKey(group);
    m_dot->setHealth(healthOfLevel(group.level));
    m_title->setText(group.title);
    m_pairs->clear();
    m_pairs->set(tr("Class"), group.code.isEmpty() ? group.part : group.code);
    if (!group.device.isEmpty())
        m_pairs->set(tr("Device"), group.device);
    m_pairs->set(tr("Since"), timeShort(group.first, m_now), timeLong(group.first));
    m_pairs->set(tr("Last"), tr("%1, %n time(s)", nullptr, group.times).arg(timeShort(group.last, m_now)),
                 timeLong(group.last));
    m_pairs->set(tr("Last line"), group.newestMessage.left(200));
    if (!group.code.isEmpty()) {
        Error error;
        error.code = errorCodeFromName(group.code);
        const ErrorWords words = errorWords(error);
        m_pairs->set(tr("Why"), words.why);
        m_pairs->set(tr("Do"), words.remedy);
    }
}

} // namespace infra::ui
