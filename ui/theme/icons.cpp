// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/icons.h"

#include "ui/theme/theme.h"
#include "ui/theme/tokens.h"

#include <QtCore/QFile>
#include <QtGui/QIconEngine>
#include <QtGui/QPainter>
#include <QtGui/QPixmapCache>
#include <QtSvg/QSvgRenderer>

namespace infra::ui {

using namespace Qt::Literals::StringLiterals;

namespace {

QPixmap renderSvg(const QByteArray &svg, int size, qreal dpr)
{
    QSvgRenderer renderer(svg);
    const int pixels = std::max(1, qRound(size * dpr));
    QImage image(pixels, pixels, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    {
        QPainter painter(&image);
        painter.setRenderHint(QPainter::Antialiasing);
        renderer.render(&painter, QRectF(0, 0, pixels, pixels));
    }
    QPixmap pixmap = QPixmap::fromImage(image);
    pixmap.setDevicePixelRatio(dpr);
    return pixmap;
}

QByteArray svgSource(const QString &name)
{
    ensureResources();
    QFile file(u":/infra/icons/%1.svg"_s.arg(name));
    if (!file.open(QIODevice::ReadOnly)) {
        qWarning("icons: no glyph \"%s\" in icons.txt", qUtf8Printable(name));
        return {};
    }
    return file.readAll();
}

/// A glyph in the colours of one moment; asked at the size and scale at which it is drawn, so it is never scaled.
class GlyphEngine : public QIconEngine
{
public:
    GlyphEngine(QString name, QColor normal, QColor disabled, QColor selected)
        : m_name(std::move(name))
        , m_normal(normal)
        , m_disabled(disabled)
        , m_selected(selected)
    {
    }
    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State) override { return make(size, mode, 1); }
    QPixmap scaledPixmap(const QSize &size, QIcon::Mode mode, QIcon::State, qreal scale) override
    {
        // Here Qt 6.4 hands the size in device pixels.
        return make(QSize(qRound(size.width() / scale), qRound(size.height() / scale)), mode, scale);
    }
    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State) override
    {
        const QPixmap glyph = make(rect.size(), mode, painter->device()->devicePixelRatio());
        const QSize logical = glyph.deviceIndependentSize().toSize();
        painter->drawPixmap(rect.left() + (rect.width() - logical.width()) / 2,
                            rect.top() + (rect.height() - logical.height()) / 2, glyph);
    }
    QIconEngine *clone() const override { return new GlyphEngine(*this); }
    QString iconName() override { return m_name; }

private:
    QPixmap make(const QSize &size, QIcon::Mode mode, qreal dpr) const
    {
        const QColor color = mode == QIcon::Disabled ? m_disabled : mode == QIcon::Selected ? m_selected : m_normal;
        return iconPixmap(m_name, std::min(size.width(), size.height()), color, dpr);
    }
    QString m_name;
    QColor m_normal, m_disabled, m_selected;
};

} // namespace

QPixmap iconPixmap(const QString &name, int size, const QColor &color, qreal dpr)
{
    const QString key = u"infra/%1/%2/%3/%4"_s.arg(name).arg(size).arg(color.rgba(), 8, 16).arg(dpr);
    QPixmap pixmap;
    if (QPixmapCache::find(key, &pixmap))
        return pixmap;
    // QtSvg draws currentColor in black: the text is replaced before it is read.
    QByteArray svg = svgSource(name);
    svg.replace("currentColor", color.name().toLatin1());
    pixmap = renderSvg(svg, size, dpr);
    QPixmapCache::insert(key, pixmap);
    return pixmap;
}

QIcon icon(const Theme &theme, const QString &name, int size)
{
    Q_UNUSED(size); // the engine draws at the size it is asked for
    return QIcon(
        new GlyphEngine(name, theme.color("text.primary"), theme.color("text.disabled"), theme.color("text.primary")));
}

QIcon iconIn(const Theme &theme, const QString &name, const char *colorPath)
{
    return QIcon(new GlyphEngine(name, theme.color(colorPath), theme.color("text.disabled"), theme.color(colorPath)));
}

QPixmap markPixmap(int size, qreal dpr)
{
    const QString key = u"infra/mark/%1/%2"_s.arg(size).arg(dpr);
    QPixmap pixmap;
    if (!QPixmapCache::find(key, &pixmap)) {
        pixmap = renderSvg(svgSource(u"infrastructor"_s), size, dpr);
        QPixmapCache::insert(key, pixmap);
    }
    return pixmap;
}

} // namespace infra::ui
