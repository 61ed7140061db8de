// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/rail.h"

#include "ui/shell/state_dot.h"
#include "ui/text/format.h"
#include "ui/theme/icons.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/elided_label.h"

#include <QtGui/QKeyEvent>
#include <QtGui/QPainter>
#include <QtWidgets/QGridLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QVBoxLayout>

namespace infra::ui {

using namespace Qt::Literals::StringLiterals;

RailButton::RailButton(const Theme &theme, const QString &iconName, const QString &text, QWidget *parent)
    : QAbstractButton(parent)
    , m_theme(theme)
    , m_icon(iconName)
{
    setText(text);
    setCheckable(true);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(text);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void RailButton::setCount(const QString &count)
{
    m_count = count;
    setAccessibleDescription(count);
    update();
}

void RailButton::setNarrow(bool narrow)
{
    m_narrow = narrow;
    setToolTip(narrow ? text() : QString());
    updateGeometry();
    update();
}

QSize RailButton::sizeHint() const
{
    return {m_theme.px(m_narrow ? 36 : 188), m_theme.px(30)};
}

void RailButton::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF area = rect();
    if (isChecked() || underMouse()) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(m_theme.color(isChecked() ? "surface.selected" : "surface.hover"));
        painter.drawRoundedRect(area, m_theme.px(6), m_theme.px(6));
    }
    const int glyph = m_theme.px(16);
    const QColor color = m_theme.color(isChecked() ? "accent.fg" : "text.secondary");
    const int left = m_narrow ? (width() - glyph) / 2 : m_theme.px(8);
    painter.drawPixmap(isRightToLeft() ? width() - left - glyph : left, (height() - glyph) / 2,
                       iconPixmap(m_icon, glyph, color, devicePixelRatioF()));
    if (m_narrow)
        return;
    painter.setFont(m_theme.font(TextStyle::BodyMedium));
    painter.setPen(m_theme.color(isChecked() ? "text.primary" : "text.secondary"));
    QRect words = rect().adjusted(m_theme.px(35), 0, -m_theme.px(8), 0);
    if (isRightToLeft())
        words = rect().adjusted(m_theme.px(8), 0, -m_theme.px(35), 0);
    const QFontMetrics small(m_theme.font(TextStyle::Small));
    const int taken = m_count.isEmpty() ? 0 : small.horizontalAdvance(m_count) + m_theme.px(8);
    painter.drawText(words, Qt::AlignVCenter | Qt::AlignLeading,
                     painter.fontMetrics().elidedText(text(), Qt::ElideRight, words.width() - taken));
    if (!m_count.isEmpty()) {
        painter.setFont(m_theme.font(TextStyle::Small));
        painter.setPen(m_theme.color("text.secondary"));
        painter.drawText(words, Qt::AlignVCenter | Qt::AlignTrailing, m_count);
    }
}

void RailButton::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        click();
    else
        QAbstractButton::keyPressEvent(event);
}

Rail::Rail(const Theme &theme, QWidget *parent)
    : QFrame(parent)
    , m_theme(theme)
{
    setProperty("surface", u"rail"_s);
    setAccessibleName(tr("Pages"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(8, 0, 8, 8);
    column->setSpacing(0);

    auto *brand = new QHBoxLayout;
    brand->setContentsMargins(3, 0, 3, 0);
    brand->setSpacing(6);
    m_mark = makeIconButton(theme, u"list"_s, tr("Menu"), this);
    m_mark->setProperty("kind", u"flaticon"_s);
    m_name = makeLabel(theme, u"Infrastructor"_s, TextStyle::BodyStrong, "text.primary", this);
    m_collapse = makeIconButton(theme, u"layout-sidebar"_s, tr("Collapse or open the rail"), this);
    m_collapse->setProperty("kind", u"flaticon"_s);
    brand->addWidget(m_mark);
    brand->addWidget(m_name);
    brand->addStretch(1);
    brand->addWidget(m_collapse);
    auto *brandBox = new QWidget(this);
    brandBox->setLayout(brand);
    brandBox->setObjectName(u"railBrand"_s);
    column->addWidget(brandBox);
    m_wideOnly = {m_name, m_collapse};

    m_pages = new QVBoxLayout;
    m_pages->setSpacing(2);
    column->addLayout(m_pages);
    column->addStretch(1);

    auto *foot = new QFrame(this);
    foot->setObjectName(u"railFoot"_s);
    auto *grid = new ::QGridLayout(foot);
    grid->setContentsMargins(8, 10, 4, 2);
    grid->setHorizontalSpacing(8);
    grid->setVerticalSpacing(2);
    m_dot = new StateDot(theme, Health::Ok, 10, "surface.rail", foot);
    m_state = makeLabel(theme, tr("Collecting"), TextStyle::Body, "text.primary", foot);
    m_live = new ElidedLabel(theme, QString(), TextStyle::Small, "text.secondary", foot);
    m_pause = makeIconButton(theme, u"pause-fill"_s, tr("Pause collecting"), foot);
    m_pause->setProperty("kind", u"flaticon"_s);
    m_pause->setProperty("buttonSize", u"small"_s);
    grid->addWidget(m_dot, 0, 0);
    grid->addWidget(m_state, 0, 1);
    grid->addWidget(m_pause, 0, 2);
    grid->addWidget(m_live, 1, 1, 1, 2);
    grid->setColumnStretch(1, 1);
    column->addWidget(makeLabel(theme, QString(), TextStyle::Caption, "text.secondary", this));
    auto *line = new QFrame(this);
    line->setProperty("surface", u"line"_s);
    column->addWidget(line);
    column->addWidget(foot);
    m_wideOnly << m_state << m_live << m_pause;

    connect(m_mark, &QPushButton::clicked, this, &Rail::menuWanted);
    connect(m_collapse, &QPushButton::clicked, this, &Rail::collapseWanted);
    connect(m_pause, &QPushButton::clicked, this, [this] { emit collectingWanted(!m_collecting); });
    connect(&theme, &Theme::changed, this, &Rail::applySizes);
    applySizes();
}

void Rail::applySizes()
{
    setFixedWidth(m_theme.px(m_narrow ? 52 : 204));
    if (auto *brand = findChild<QWidget *>(u"railBrand"_s))
        brand->setFixedHeight(m_theme.px(52));
    const QPixmap mark = markPixmap(m_theme.px(22), devicePixelRatioF());
    m_mark->setIcon(QIcon(mark));
    m_mark->setIconSize(QSize(m_theme.px(22), m_theme.px(22)));
}

void Rail::addPage(const QString &id, const QString &iconName, const QString &text)
{
    auto *button = new RailButton(m_theme, iconName, text, this);
    m_buttons.insert(id, button);
    m_pages->addWidget(button);
    connect(button, &RailButton::clicked, this, [this, id] {
        // Which one is lit follows the page, not the click.
        m_buttons.value(id)->setChecked(true);
        emit pageChosen(id);
    });
}

void Rail::addSection(const QString &text)
{
    auto *label = makeLabel(m_theme, text, TextStyle::Caption, "text.secondary", this);
    label->setContentsMargins(8, 14, 8, 5);
    m_pages->addWidget(label);
    m_wideOnly << label;
}

void Rail::setCurrent(const QString &pageId)
{
    for (auto it = m_buttons.cbegin(); it != m_buttons.cend(); ++it)
        it.value()->setChecked(it.key() == pageId);
}

void Rail::setCount(const QString &pageId, const QString &count)
{
    if (RailButton *button = m_buttons.value(pageId))
        button->setCount(count);
}

void Rail::setNarrow(bool narrow)
{
    m_narrow = narrow;
    for (QWidget *widget : std::as_const(m_wideOnly))
        widget->setVisible(!narrow);
    for (RailButton *button : std::as_const(m_buttons))
        button->setNarrow(narrow);
    applySizes();
}

void Rail::setStatus(const engine::FleetStatus &status, Instant now)
{
    m_collecting = status.collecting;
    m_dot->setHealth(status.collecting ? Health::Ok : Health::Maintenance);
    m_state->setText(status.collecting ? tr("Collecting") : tr("Paused"));
    QString live;
    if (!status.collecting)
        live = tr("Nothing is read");
    else if (status.devices > 1)
        live = tr("%1 of %2 live", "devices").arg(count(status.live), count(status.devices));
    else if (status.devices == 1)
        live = tr("This computer");
    // Of hundreds one is read every moment; the room is for the numbers.
    constexpr int kManyDevices = 100;
    if (status.collecting && status.nextCycle && status.devices > 0 && status.devices < kManyDevices) {
        const auto left = std::max(milliseconds(0), std::chrono::duration_cast<milliseconds>(*status.nextCycle - now));
        live = tr("%1, next in %2").arg(live, age(left));
    }
    m_live->setText(live);
    const QString act = status.collecting ? tr("Pause collecting") : tr("Go on collecting");
    m_pause->setToolTip(act);
    m_pause->setAccessibleName(act);
    setButtonIcon(m_pause, m_theme, status.collecting ? u"pause-fill"_s : u"play-fill"_s);
}

QWidget *Rail::markButton() const
{
    return m_mark;
}

void Rail::focusCurrent()
{
    for (RailButton *button : std::as_const(m_buttons)) {
        if (button->isChecked()) {
            button->setFocus(Qt::ShortcutFocusReason);
            return;
        }
    }
    m_mark->setFocus(Qt::ShortcutFocusReason);
}

} // namespace infra::ui
