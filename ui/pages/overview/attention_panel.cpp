// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/overview/attention_panel.h"

#include "ui/shell/surface.h"
#include "ui/text/format.h"
#include "ui/theme/icons.h"
#include "ui/widgets/badge.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/scroller.h"
#include "ui/widgets/shapes.h"

#include <QtGui/QKeyEvent>
#include <QtGui/QPainter>
#include <QtGui/QTextLayout>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QVBoxLayout>

#include <cmath>

namespace infra::ui {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr qsizetype kMostCauses = 20;
constexpr int kMostLines = 2;

/// Draws at most `most` lines, the last one elided; returns how many it took. Without a painter it only counts.
int wrapped(QPainter *painter, const QRect &area, const QString &text, const QFont &font, int lineHeight, int most,
            qsizetype strong = 0, const QColor &strongColor = {})
{
    QTextLayout layout(text, font);
    if (strong > 0) {
        QTextLayout::FormatRange range;
        range.start = 0;
        range.length = static_cast<int>(strong);
        range.format.setFontWeight(QFont::Medium);
        if (painter != nullptr)
            range.format.setForeground(strongColor);
        layout.setFormats({range});
    }
    layout.beginLayout();
    int lines = 0;
    for (QTextLine line = layout.createLine(); line.isValid() && lines < most; line = layout.createLine()) {
        line.setLineWidth(area.width());
        const bool cut = lines == most - 1 && line.textStart() + line.textLength() < text.size();
        if (painter != nullptr && cut) {
            const QString rest =
                QFontMetrics(font).elidedText(text.mid(line.textStart()), Qt::ElideRight, area.width());
            painter->setFont(font);
            painter->drawText(QRect(area.left(), area.top() + lines * lineHeight, area.width(), lineHeight),
                              Qt::AlignVCenter | Qt::AlignLeft, rest);
        } else if (painter != nullptr) {
            line.draw(painter,
                      QPointF(area.left(), area.top() + lines * lineHeight + (lineHeight - line.height()) / 2));
        }
        ++lines;
    }
    layout.endLayout();
    return lines;
}

} // namespace

CauseRow::CauseRow(const Theme &theme, const Cause &cause, Instant now, QWidget *parent)
    : QAbstractButton(parent)
    , m_theme(theme)
    , m_cause(cause)
{
    m_age = cause.icon.isEmpty() || cause.since < now ? age(std::optional(cause.since), now) : QString();
    m_second = namesText(cause.names);
    if (!cause.detail.isEmpty())
        m_second += m_second.isEmpty() ? cause.detail : QString(u"  "_s + cause.detail);
    setAccessibleName(healthWord(cause.severity) + u", "_s + cause.title + u", "_s + namesText(cause.names));
    setAccessibleDescription(cause.detail);
    // The whole of what two lines may cut.
    QStringList whole = {cause.title};
    if (cause.names.size() > 3)
        whole += cause.names.mid(0, 40).join(u", "_s);
    if (!cause.detail.isEmpty())
        whole += cause.detail;
    setToolTip(plainTip(whole.join(u'\n')));
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    setAttribute(Qt::WA_Hover);
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

int CauseRow::detailLines(int width) const
{
    if (m_second.isEmpty())
        return 0;
    return wrapped(nullptr, QRect(0, 0, width - m_theme.px(32 + 12), 0), m_second, m_theme.font(TextStyle::Small),
                   m_theme.px(16), kMostLines);
}

int CauseRow::heightForWidth(int width) const
{
    return m_theme.px(11 + 18 + 11) + detailLines(width) * m_theme.px(16) + 1;
}

QSize CauseRow::sizeHint() const
{
    return {m_theme.px(286), heightForWidth(width() > 0 ? width() : m_theme.px(286))};
}

void CauseRow::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QColor ground = m_theme.color(underMouse() ? "surface.hover" : "surface.panel");
    painter.fillRect(rect(), ground);
    painter.fillRect(QRect(0, height() - 1, width(), 1), m_theme.color("border.subtle"));
    const bool mark = m_cause.icon.isEmpty();
    if (mark && m_cause.severity == Health::Critical)
        painter.fillRect(QRect(0, 0, 3, height() - 1), m_theme.state(Health::Critical).solid);
    const int glyph = m_theme.px(mark ? 12 : 14);
    const QRect sign(m_theme.px(12), m_theme.px(mark ? 14 : 13), glyph, glyph);
    if (mark)
        paintHealth(painter, sign, m_cause.severity, m_theme, ground);
    else
        painter.drawPixmap(sign.topLeft(),
                           iconPixmap(m_cause.icon, glyph, m_theme.color("accent.fg"), devicePixelRatioF()));
    QRect line(m_theme.px(32), m_theme.px(10), width() - m_theme.px(32 + 12), m_theme.px(18));
    painter.setFont(m_theme.font(TextStyle::Small));
    painter.setPen(m_theme.color("text.secondary"));
    painter.drawText(line, Qt::AlignVCenter | Qt::AlignRight, m_age);
    const int taken = m_age.isEmpty() ? 0 : painter.fontMetrics().horizontalAdvance(m_age) + m_theme.px(8);
    painter.setFont(m_theme.font(TextStyle::BodyMedium));
    painter.setPen(m_theme.color("text.primary"));
    painter.drawText(line, Qt::AlignVCenter | Qt::AlignLeft,
                     painter.fontMetrics().elidedText(m_cause.title, Qt::ElideRight, line.width() - taken));
    painter.setPen(m_theme.color("text.secondary"));
    wrapped(&painter, QRect(line.left(), line.bottom() + 1, line.width(), height()), m_second,
            m_theme.font(TextStyle::Small), m_theme.px(16), kMostLines, namesText(m_cause.names).size(),
            m_theme.color("text.primary"));
}

void CauseRow::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        click();
    else
        QAbstractButton::keyPressEvent(event);
}

AttentionPanel::AttentionPanel(const Theme &theme, QWidget *parent)
    : QFrame(parent)
    , m_theme(theme)
{
    setProperty("surface", u"panel"_s);
    setAccessibleName(tr("Needs attention"));
    setFocusPolicy(Qt::NoFocus);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(1, 1, 1, 1);
    column->setSpacing(0);
    const auto head = [&](const QString &title, QLabel **quiet, Badge **badge, QWidget *parentWidget) {
        QFrame *frame = makeSurface(u"head"_s, parentWidget);
        auto *row = new QHBoxLayout(frame);
        row->setContentsMargins(12, 0, 12, 0);
        row->setSpacing(8);
        row->addWidget(makeLabel(theme, title, TextStyle::BodyStrong, "text.primary", frame));
        if (quiet != nullptr) {
            *quiet = makeLabel(theme, QString(), TextStyle::Small, "text.secondary", frame);
            row->addWidget(*quiet);
        }
        row->addStretch(1);
        *badge = new Badge(theme, frame);
        row->addWidget(*badge);
        const auto resize = [frame, this] { frame->setFixedHeight(m_theme.px(40)); };
        connect(&theme, &Theme::changed, frame, resize);
        resize();
        return frame;
    };
    column->addWidget(head(tr("Needs attention"), &m_quiet, &m_count, this));
    auto *scroll = makeScroller(this);
    auto *inner = makeSurface(u"flat"_s, scroll);
    m_list = new QVBoxLayout(inner);
    m_list->setContentsMargins(0, 0, 0, 0);
    m_list->setSpacing(0);
    scroll->setWidget(inner);
    m_calm = makeLabel(theme, {}, TextStyle::Body, "text.secondary", this);
    m_calm->setWordWrap(true);
    m_calm->setContentsMargins(12, 12, 12, 12);
    column->addWidget(m_calm);
    column->addWidget(scroll, 1);
    m_all = makeButton(theme, tr("All causes"), ButtonKind::Link, {}, this);
    m_all->hide();
    column->addWidget(m_all, 0, Qt::AlignLeft);
    m_waitBox = new QWidget(this);
    auto *waitColumn = new QVBoxLayout(m_waitBox);
    waitColumn->setContentsMargins(0, 0, 0, 0);
    waitColumn->setSpacing(0);
    waitColumn->addWidget(makeSurface(u"line"_s, m_waitBox));
    waitColumn->addWidget(head(tr("Waiting for you"), nullptr, &m_waitCount, m_waitBox));
    m_waitList = new QVBoxLayout;
    m_waitList->setSpacing(0);
    waitColumn->addLayout(m_waitList);
    column->addWidget(m_waitBox);
    connect(m_all, &QPushButton::clicked, this, [this] {
        m_showAll = !m_showAll;
        fill(m_list, m_attention, m_showAll ? m_attention.size() : kMostCauses, m_now);
        m_all->setText(m_showAll ? tr("The worst %1 only").arg(kMostCauses)
                                 : tr("All %1 causes").arg(m_attention.size()));
    });
}

void AttentionPanel::setCauses(const QList<Cause> &attention, const QList<Cause> &waiting, Instant now, bool loading)
{
    m_attention = attention;
    m_now = now;
    const bool many = attention.size() > kMostCauses;
    m_quiet->setText(many && !m_showAll ? tr("%1 of %2 causes").arg(kMostCauses).arg(attention.size())
                                        : tr("by cause"));
    const Health worst = attention.isEmpty() ? Health::Ok : attention.constFirst().severity;
    m_count->setCount(attention.isEmpty() ? std::nullopt : std::optional(static_cast<int>(attention.size())),
                      toneOf(worst));
    m_calm->setText(waiting.isEmpty() ? tr("Nothing needs you. All that is read is well.")
                                      : tr("Nothing else needs you. What waits for you is below."));
    m_calm->setVisible(attention.isEmpty() && !loading);
    m_all->setVisible(many);
    m_all->setText(m_showAll ? tr("The worst %1 only").arg(kMostCauses) : tr("All %1 causes").arg(attention.size()));
    fill(m_list, attention, m_showAll ? attention.size() : kMostCauses, now);
    m_waitBox->setVisible(!waiting.isEmpty());
    m_waitCount->setCount(waiting.isEmpty() ? std::nullopt : std::optional(static_cast<int>(waiting.size())),
                          BadgeTone::Accent);
    fill(m_waitList, waiting, 4, now);
}

void AttentionPanel::fill(QVBoxLayout *list, const QList<Cause> &causes, qsizetype most, Instant now)
{
    // The row that had the focus keeps it by its place.
    int focused = -1;
    for (int at = 0; at < list->count(); ++at) {
        if (QWidget *row = list->itemAt(at)->widget(); row != nullptr && row->hasFocus())
            focused = at;
    }
    while (QLayoutItem *item = list->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (const Cause &cause : causes.mid(0, most)) {
        auto *row = new CauseRow(m_theme, cause, now, this);
        list->addWidget(row);
        row->show();
        connect(row, &CauseRow::clicked, this, [this, target = cause.target] { emit chosen(target); });
        if (list->count() - 1 == focused)
            row->setFocus(Qt::OtherFocusReason);
    }
    if (list == m_list)
        list->addStretch(1);
}

} // namespace infra::ui
