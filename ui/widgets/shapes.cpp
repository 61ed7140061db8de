// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/shapes.h"

#include <QtCore/QCoreApplication>
#include <QtGui/QPainter>
#include <QtGui/QPainterPath>

namespace infra::ui {

namespace {

/// Saves and restores a painter whatever way a function ends.
class PainterState
{
public:
    explicit PainterState(QPainter &painter)
        : m_painter(painter)
    {
        m_painter.save();
    }
    ~PainterState() { m_painter.restore(); }
    PainterState(const PainterState &) = delete;
    PainterState &operator=(const PainterState &) = delete;

private:
    QPainter &m_painter;
};

void paintSign(QPainter &painter, const QColor &background, std::initializer_list<QRectF> parts)
{
    painter.setPen(Qt::NoPen);
    for (const QRectF &part : parts)
        painter.fillRect(part, background);
}

/// Filled runs under a line between gaps; `points` are already on the screen.
void paintRun(QPainter &painter, const QList<QPointF> &points, qreal bottom, const QColor &line)
{
    if (points.isEmpty())
        return;
    QList<QPointF> area = points;
    area.append(QPointF(points.last().x(), bottom));
    area.prepend(QPointF(points.first().x(), bottom));
    QColor fill = line;
    fill.setAlphaF(0.14F);
    painter.setPen(Qt::NoPen);
    painter.setBrush(fill);
    painter.drawPolygon(area.constData(), int(area.size()));
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(line, 1.2, Qt::SolidLine, Qt::FlatCap, Qt::RoundJoin));
    if (points.size() == 1)
        painter.drawLine(points.first() - QPointF(0.8, 0), points.first() + QPointF(0.8, 0));
    else
        painter.drawPolyline(points.constData(), int(points.size()));
}

} // namespace

void paintHealth(QPainter &painter, const QRectF &rect, Health health, const Theme &theme, const QColor &background)
{
    const PainterState state(painter);
    const QColor mark = theme.state(health).mark;
    painter.setRenderHint(QPainter::Antialiasing);
    // The drawings are on a grid of 12 units.
    const qreal side = std::min(rect.width(), rect.height());
    painter.translate(rect.center().x() - side / 2, rect.center().y() - side / 2);
    painter.scale(side / 12, side / 12);
    painter.setPen(Qt::NoPen);
    painter.setBrush(mark);
    switch (health) {
    case Health::Ok:
        painter.drawEllipse(QPointF(6, 6), 4, 4);
        return;
    case Health::Info:
        painter.drawRoundedRect(QRectF(1.5, 1.5, 9, 9), 2, 2);
        return paintSign(painter, background, {QRectF(5.3, 5.2, 1.4, 3.6), QRectF(5.3, 3, 1.4, 1.4)});
    case Health::Warning: {
        painter.setPen(QPen(mark, 1, Qt::SolidLine, Qt::FlatCap, Qt::RoundJoin));
        const QPointF triangle[] = {{6, 0.9}, {11.4, 10.8}, {0.6, 10.8}};
        painter.drawPolygon(triangle, 3);
        return paintSign(painter, background, {QRectF(5.35, 4.3, 1.3, 3.4), QRectF(5.35, 8.4, 1.3, 1.3)});
    }
    case Health::Critical: {
        painter.setPen(QPen(mark, 0.8, Qt::SolidLine, Qt::FlatCap, Qt::RoundJoin));
        const QPointF diamond[] = {{6, 0.4}, {11.6, 6}, {6, 11.6}, {0.4, 6}};
        painter.drawPolygon(diamond, 4);
        return paintSign(painter, background, {QRectF(5.3, 3, 1.4, 3.6), QRectF(5.3, 7.6, 1.4, 1.4)});
    }
    case Health::Unknown: {
        QPen pen(mark, 1.6, Qt::CustomDashLine, Qt::FlatCap);
        pen.setDashPattern({3.2 / 1.6, 1.6 / 1.6}); // in widths of the pen
        painter.setPen(pen);
        painter.setBrush(Qt::NoBrush);
        painter.drawEllipse(QPointF(6, 6), 4, 4);
        return;
    }
    case Health::Maintenance:
        painter.drawRoundedRect(QRectF(1.5, 1.5, 9, 9), 2, 2);
        return paintSign(painter, background, {QRectF(3.9, 3.6, 1.5, 4.8), QRectF(6.6, 3.6, 1.5, 4.8)});
    case Health::Asleep: {
        QPainterPath moon;
        moon.addEllipse(QPointF(6, 6.1), 4.6, 4.6);
        QPainterPath shade;
        shade.addEllipse(QPointF(8.7, 4.3), 3.9, 3.9);
        painter.drawPath(moon.subtracted(shade));
        return;
    }
    }
}

void paintBar(QPainter &painter, const QRectF &rect, std::optional<double> percent, const QColor &fill,
              const Theme &theme)
{
    const PainterState state(painter);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    const qreal height = theme.px(6);
    const QRectF track(rect.left(), std::round(rect.center().y() - height / 2), rect.width(), height);
    painter.setBrush(theme.color("surface.track"));
    painter.drawRoundedRect(track, 2, 2);
    if (!percent || !std::isfinite(*percent) || *percent <= 0)
        return;
    QRectF used = track;
    used.setWidth(std::max(1.0, track.width() * std::min(*percent, 100.0) / 100));
    QPainterPath shape;
    shape.addRoundedRect(track, 2, 2);
    painter.setClipPath(shape, Qt::IntersectClip);
    painter.fillRect(used, fill);
}

void paintSparkline(QPainter &painter, const QRectF &rect, const QList<std::optional<float>> &values,
                    const QColor &line, const Theme &theme)
{
    Q_UNUSED(theme);
    if (values.size() < 2)
        return;
    const PainterState state(painter);
    painter.setRenderHint(QPainter::Antialiasing);
    qreal top = 20;
    for (const std::optional<float> &value : values) {
        if (value && std::isfinite(*value))
            top = std::max(top, qreal(*value));
    }
    const qreal step = (rect.width() - 2) / qreal(values.size() - 1);
    const qreal height = rect.height() - 2;
    QList<QPointF> run;
    for (qsizetype i = 0; i < values.size(); ++i) {
        const std::optional<float> &value = values.at(i);
        if (value && std::isfinite(*value)) {
            run.append(QPointF(rect.left() + 1 + step * qreal(i),
                               rect.bottom() - 1 - height * std::max(0.0, qreal(*value)) / top));
        } else {
            paintRun(painter, run, rect.bottom(), line);
            run.clear();
        }
    }
    paintRun(painter, run, rect.bottom(), line);
}

int paintEnvironment(QPainter &painter, const QRect &rect, Environment environment, bool strong, const Theme &theme)
{
    const PainterState state(painter);
    const Theme::EnvironmentColors colors = theme.environment(environment);
    painter.setFont(theme.font(TextStyle::Caption));
    const QString word = environmentWord(environment);
    const int textWidth = painter.fontMetrics().horizontalAdvance(word);
    const int height = theme.px(strong ? 18 : 16);
    const int bar = theme.px(3);
    const int left = theme.px(strong ? 5 : 6);
    const int right = theme.px(6);
    const QRect tag(rect.left(), rect.top() + (rect.height() - height) / 2, bar + left + textWidth + right, height);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    QPainterPath shape;
    shape.addRoundedRect(tag, 4, 4);
    painter.save();
    painter.setClipPath(shape, Qt::IntersectClip);
    if (strong)
        painter.fillRect(tag, colors.tint);
    painter.fillRect(QRect(tag.left(), tag.top(), bar, tag.height()), colors.solid);
    painter.restore();
    painter.setPen(strong ? colors.fg : theme.color("text.secondary"));
    const QRect text(tag.left() + bar + left, rect.top(), std::max(0, rect.right() + 1 - tag.left() - bar - left),
                     rect.height());
    painter.drawText(text, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextSingleLine,
                     painter.fontMetrics().elidedText(word, Qt::ElideRight, text.width()));
    return tag.width();
}

int paintTag(QPainter &painter, const QPoint &topLeft, const QString &text, const QColor &foreground,
             const QColor &background, const Theme &theme)
{
    const PainterState state(painter);
    painter.setFont(theme.font(TextStyle::Caption));
    const int width = painter.fontMetrics().horizontalAdvance(text) + 2 * theme.px(6);
    const QRect tag(topLeft, QSize(width, theme.px(18)));
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(background);
    painter.drawRoundedRect(tag, 4, 4);
    painter.setPen(foreground);
    painter.drawText(tag, Qt::AlignCenter | Qt::TextSingleLine, text);
    return width;
}

} // namespace infra::ui
