// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/overview/tiles_view.h"

#include "ui/models/device_table_model.h"
#include "ui/models/device_text.h"
#include "ui/models/finding_text.h"
#include "ui/text/format.h"
#include "ui/theme/icons.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/shapes.h"

#include <QtGui/QKeyEvent>
#include <QtGui/QPainter>
#include <QtGui/QPainterPath>

#include <algorithm>

namespace infra::ui {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int kTileWidth = 224;
constexpr int kTileHeight = 174;

std::optional<double> memoryUse(const engine::DeviceRow &row)
{
    if (!row.sample.memUsed || !row.sample.memTotal || *row.sample.memTotal <= 0)
        return std::nullopt;
    return *row.sample.memUsed / *row.sample.memTotal * 100;
}

std::optional<Health> ruleFor(const engine::DeviceRow &row, const char *area)
{
    for (const Finding &finding : row.findings) {
        if (finding.rule.startsWith(QLatin1String(area)))
            return finding.severity;
    }
    return std::nullopt;
}

bool isOld(const engine::DeviceRow &row)
{
    return row.state != DeviceState::Ok && row.state != DeviceState::Paused;
}

} // namespace

DeviceTile::DeviceTile(const Theme &theme, const Clock &clock, QWidget *parent)
    : QAbstractButton(parent)
    , m_theme(theme)
    , m_clock(clock)
{
    setFocusPolicy(Qt::StrongFocus);
    setAttribute(Qt::WA_Hover);
    setCursor(Qt::PointingHandCursor);
}

void DeviceTile::setRow(const engine::DeviceRow &row)
{
    m_row = row;
    setAccessibleName(deviceSentence(row));
    update();
}

QSize DeviceTile::sizeHint() const
{
    return {m_theme.px(kTileWidth), m_theme.px(kTileHeight)};
}

void DeviceTile::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        click();
    else
        QAbstractButton::keyPressEvent(event);
}

void DeviceTile::paintHead(QPainter &painter, const QRect &line) const
{
    const QColor ground = m_theme.color("surface.panel");
    const int shape = m_theme.px(12);
    const int glyph = m_theme.px(15);
    painter.setFont(m_theme.font(TextStyle::Caption));
    int right = line.right();
    const bool local = m_row.device.isLocal();
    if (m_row.device.environment != Environment::None || local) {
        const QString word = local ? tr("This computer") : environmentWord(m_row.device.environment);
        const int wide = painter.fontMetrics().horizontalAdvance(word) + m_theme.px(14);
        const QRect tag(right - wide + 1, line.top(), wide, line.height());
        if (local)
            paintTag(painter, QPoint(tag.left(), tag.center().y() - m_theme.px(9)), word,
                     m_theme.color("text.secondary"), m_theme.state(Health::Unknown).tint, m_theme);
        else
            paintEnvironment(painter, tag, m_row.device.environment, true, m_theme);
        right -= wide + m_theme.px(6);
    }
    paintHealth(painter, QRectF(line.left(), line.center().y() - shape / 2.0 + 1, shape, shape), m_row.health, m_theme,
                ground);
    int left = line.left() + shape + m_theme.px(8);
    painter.drawPixmap(
        left, line.center().y() - glyph / 2 + 1,
        iconPixmap(typeIcon(m_row.device.type, local), glyph, m_theme.color("text.secondary"), devicePixelRatioF()));
    left += glyph + m_theme.px(8);
    painter.setFont(m_theme.font(isOld(m_row) ? TextStyle::Body : TextStyle::BodyStrong));
    painter.setPen(m_theme.color(isOld(m_row) ? "text.secondary" : "text.primary"));
    painter.drawText(QRect(left, line.top(), right - left, line.height()), Qt::AlignVCenter | Qt::AlignLeft,
                     painter.fontMetrics().elidedText(m_row.device.name, Qt::ElideRight, right - left));
}

void DeviceTile::paintUse(QPainter &painter, const QRect &line, const QString &word, std::optional<double> value,
                          std::optional<Health> health) const
{
    painter.setFont(m_theme.font(TextStyle::Body));
    painter.setPen(m_theme.color("text.secondary"));
    painter.drawText(line, Qt::AlignVCenter | Qt::AlignLeft, word);
    const bool loud = health && !isOld(m_row);
    painter.setPen(loud ? m_theme.state(*health).fg : m_theme.color(isOld(m_row) ? "text.secondary" : "text.primary"));
    painter.drawText(line, Qt::AlignVCenter | Qt::AlignRight, percent(value));
    const int labels = m_theme.px(58);
    const QRectF bar(line.left() + labels, line.center().y() - m_theme.px(3), line.width() - labels - m_theme.px(44),
                     m_theme.px(6));
    const QColor fill = isOld(m_row) ? m_theme.color("text.disabled")
                        : loud       ? m_theme.state(*health).solid
                                     : m_theme.series(0);
    paintBar(painter, bar, value, fill, m_theme);
}

void DeviceTile::paintFoot(QPainter &painter, const QRect &line) const
{
    const Instant now = m_clock.now();
    const QString old = age(m_row.readAt, now);
    const bool late =
        m_row.readAt && now - *m_row.readAt > seconds(m_row.device.intervalS) * 2 && m_row.state != DeviceState::Asleep;
    painter.setFont(m_theme.font(TextStyle::Small));
    painter.setPen(late ? m_theme.state(Health::Warning).fg : m_theme.color("text.secondary"));
    painter.drawText(line, Qt::AlignVCenter | Qt::AlignRight, old);
    const int room = line.width() - painter.fontMetrics().horizontalAdvance(old) - m_theme.px(8);
    QString cause = stateTitle(m_row, now);
    if (cause.isEmpty() && !m_row.findings.isEmpty())
        cause = findingShort(m_row.findings.constFirst());
    if (cause.isEmpty() && m_row.containersTotal)
        cause = tr("%1 of %2 up", "containers").arg(count(m_row.containersUp), count(*m_row.containersTotal));
    if (cause.isEmpty())
        cause = m_row.system ? tr("Up %1", "since the last boot")
                                   .arg(age(milliseconds(static_cast<qint64>(m_row.sample.uptime.value_or(0) * 1000))))
                             : QString();
    const bool colored =
        m_row.health == Health::Critical || m_row.health == Health::Warning || m_row.health == Health::Maintenance;
    painter.setPen(colored ? m_theme.state(m_row.health).fg : m_theme.color("text.secondary"));
    painter.drawText(line, Qt::AlignVCenter | Qt::AlignLeft,
                     painter.fontMetrics().elidedText(cause, Qt::ElideRight, room));
}

void DeviceTile::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool edge = m_row.health == Health::Critical || m_row.health == Health::Warning;
    painter.setPen(edge ? m_theme.state(m_row.health).solid
                        : m_theme.color(underMouse() ? "border.strong" : "border.default"));
    painter.setBrush(m_theme.color("surface.panel"));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), m_theme.px(8), m_theme.px(8));
    const int pad = m_theme.px(13);
    QRect line(pad, m_theme.px(10), width() - 2 * pad, m_theme.px(20));
    paintHead(painter, line);
    line.translate(0, m_theme.px(24));
    painter.setFont(m_theme.font(TextStyle::Body));
    painter.setPen(m_theme.color("text.secondary"));
    painter.drawText(line, Qt::AlignVCenter | Qt::AlignLeft, tr("CPU, 1 h"));
    painter.setPen(m_theme.color(isOld(m_row) ? "text.secondary" : "text.primary"));
    painter.drawText(line, Qt::AlignVCenter | Qt::AlignRight, percent(m_row.sample.cpuTotal));
    const QRectF spark(pad, line.bottom() + m_theme.px(4), width() - 2 * pad, m_theme.px(30));
    paintSparkline(painter, spark, m_row.cpuHour, isOld(m_row) ? m_theme.color("text.disabled") : m_theme.series(0),
                   m_theme);
    line = QRect(pad, qRound(spark.bottom()) + m_theme.px(4), width() - 2 * pad, m_theme.px(20));
    paintUse(painter, line, tr("Memory"), memoryUse(m_row), ruleFor(m_row, "mem"));
    line.translate(0, m_theme.px(20));
    paintUse(painter, line, tr("Disk"), m_row.fullestPercent, ruleFor(m_row, "fs"));
    const int rule = height() - m_theme.px(36);
    painter.fillRect(QRect(pad, rule, width() - 2 * pad, 1), m_theme.color("border.subtle"));
    paintFoot(painter, QRect(pad, rule + m_theme.px(6), width() - 2 * pad, m_theme.px(22)));
}

TilesView::TilesView(const Theme &theme, const Clock &clock, QWidget *parent)
    : QScrollArea(parent)
    , m_theme(theme)
    , m_clock(clock)
{
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::NoFocus);
    setAccessibleName(tr("Devices as tiles"));
    m_inner = new QWidget(this);
    m_flow = new FlowLayout(m_inner, theme.px(12));
    m_flow->setContentsMargins(0, 0, 0, 0);
    m_flow->setTileWidth(theme.px(kTileWidth));
    setWidget(m_inner);
    connect(&theme, &Theme::changed, this, [this] {
        m_flow->setTileWidth(m_theme.px(kTileWidth));
        for (DeviceTile *tile : std::as_const(m_tiles))
            tile->updateGeometry();
    });
}

void TilesView::setRows(QList<engine::DeviceRow> rows)
{
    std::stable_sort(rows.begin(), rows.end(), [](const engine::DeviceRow &a, const engine::DeviceRow &b) {
        return worseThan(a.health, b.health);
    });
    if (rows.size() > kMostTiles)
        rows.resize(kMostTiles);
    while (m_tiles.size() > rows.size())
        delete m_tiles.takeLast();
    while (m_tiles.size() < rows.size()) {
        auto *tile = new DeviceTile(m_theme, m_clock, m_inner);
        const qsizetype at = m_tiles.size();
        connect(tile, &DeviceTile::clicked, this, [this, at] {
            if (at < m_ids.size())
                emit opened(m_ids.at(at));
        });
        m_flow->addWidget(tile);
        tile->show();
        m_tiles.append(tile);
    }
    m_ids.clear();
    for (qsizetype at = 0; at < rows.size(); ++at) {
        m_tiles.at(at)->setRow(rows.at(at));
        m_ids.append(rows.at(at).device.id);
    }
}

} // namespace infra::ui
