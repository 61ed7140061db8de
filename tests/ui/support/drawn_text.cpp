// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/support/drawn_text.h"

#include "ui/widgets/elided_label.h"

#include <QtGui/QAction>
#include <QtGui/QPaintEngine>
#include <QtGui/QPainter>
#include <QtGui/QTextDocumentFragment>
#include <QtWidgets/QAbstractItemView>
#include <QtWidgets/QAbstractScrollArea>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLabel>
#include <QtWidgets/QMenu>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QScrollBar>

namespace infra::test {

using namespace Qt::Literals::StringLiterals;

namespace {

const QAbstractScrollArea *areaOf(const QWidget *widget)
{
    const auto *area = qobject_cast<const QAbstractScrollArea *>(widget->parentWidget());
    return area != nullptr && area->viewport() == widget ? area : nullptr;
}

/// The part of a widget that its ancestors let through; where one of them scrolls, what it hides can be reached.
QRectF partWithin(const QWidget *widget)
{
    constexpr int kFar = 100'000;
    QRect part = widget->rect();
    QPoint offset;
    bool sideways = false;
    bool upright = false;
    for (const QWidget *at = widget; !at->isWindow() && at->parentWidget() != nullptr; at = at->parentWidget()) {
        offset += at->pos();
        const QWidget *parent = at->parentWidget();
        QRect room = parent->rect().translated(-offset);
        if (const QAbstractScrollArea *area = areaOf(parent)) {
            sideways = sideways || area->horizontalScrollBar()->maximum() > 0;
            upright = upright || area->verticalScrollBar()->maximum() > 0;
        }
        room.adjust(sideways ? -kFar : 0, upright ? -kFar : 0, sideways ? kFar : 0, upright ? kFar : 0);
        part &= room;
    }
    return part;
}

class TextEngine final : public QPaintEngine
{
public:
    TextEngine()
        : QPaintEngine(AllFeatures)
    {
    }
    bool begin(QPaintDevice *) override { return true; }
    bool end() override { return true; }
    void updateState(const QPaintEngineState &) override {}
    void drawPixmap(const QRectF &, const QPixmap &, const QRectF &) override {}
    void drawPath(const QPainterPath &) override {}
    using QPaintEngine::drawPolygon;
    void drawPolygon(const QPointF *, int, PolygonDrawMode) override {}
    void drawTextItem(const QPointF &at, const QTextItem &item) override
    {
        if (item.text().trimmed().isEmpty())
            return;
        const QTransform transform = painter()->combinedTransform();
        DrawnText drawn;
        drawn.text = item.text();
        // What shows of a line are its letters: from the ascent of capitals to the descent, not the whole line height.
        drawn.box = transform.mapRect(
            QRectF(at.x(), at.y() - item.ascent() * 0.8, item.width(), item.ascent() * 0.8 + item.descent() * 0.4));
        drawn.clip = area;
        if (painter()->hasClipping())
            drawn.clip &= transform.mapRect(painter()->clipBoundingRect());
        drawn.widget = widget;
        drawn.code = item.font().family().contains(u"Mono");
        keep(drawn);
    }
    Type type() const override { return User; }

    const QWidget *widget = nullptr;
    QRectF area;
    QList<DrawnText> texts;

private:
    /// A line that its neighbours paint piece by piece (the head of a group, every cell its part) is one text.
    void keep(const DrawnText &drawn)
    {
        for (auto before = texts.rbegin(); before != texts.rend() && before->widget == widget; ++before) {
            if (before->text == drawn.text && before->box == drawn.box) {
                before->clip |= drawn.clip;
                return;
            }
        }
        texts.append(drawn);
    }
};

class TextDevice final : public QPaintDevice
{
public:
    QPaintEngine *paintEngine() const override { return &m_engine; }
    TextEngine &engine() const { return m_engine; }
    void take(QWidget *widget)
    {
        m_size = widget->size();
        m_engine.widget = widget;
        m_engine.area = partWithin(widget);
        widget->render(this, {}, {}, {});
    }

protected:
    int metric(PaintDeviceMetric metric) const override
    {
        constexpr int kDotsPerInch = 96;
        switch (metric) {
        case PdmWidth:
            return m_size.width();
        case PdmHeight:
            return m_size.height();
        case PdmDevicePixelRatio:
            return 1;
        case PdmDevicePixelRatioScaled:
            return static_cast<int>(devicePixelRatioFScale());
        case PdmDpiX:
        case PdmDpiY:
        case PdmPhysicalDpiX:
        case PdmPhysicalDpiY:
            return kDotsPerInch;
        case PdmNumColors:
            return 1 << 24;
        case PdmDepth:
            return 32;
        default:
            return 0;
        }
    }

private:
    mutable TextEngine m_engine;
    QSize m_size;
};

QString whereIs(const QWidget *widget)
{
    QStringList names;
    for (const QWidget *at = widget->parentWidget(); at != nullptr && names.size() < 4; at = at->parentWidget())
        names.append(QString::fromLatin1(at->metaObject()->className()));
    return names.join(u" < "_s);
}

QString line(const QWidget *widget, const QString &text, const QSizeF &needs, const QSizeF &has)
{
    return u"%1 '%2' needs %3×%4, has %5×%6 in %7"_s
        .arg(QString::fromLatin1(widget->metaObject()->className()), text.left(60))
        .arg(needs.width(), 0, 'f', 0)
        .arg(needs.height(), 0, 'f', 0)
        .arg(has.width(), 0, 'f', 0)
        .arg(has.height(), 0, 'f', 0)
        .arg(whereIs(widget));
}

bool isSeen(const QWidget *widget)
{
    return widget->isVisible() && !widget->visibleRegion().isEmpty();
}

/// A view that can be scrolled sideways shows part of a column at its edge.
bool scrollsSideways(const QWidget *widget)
{
    const QAbstractScrollArea *area = areaOf(widget);
    if (area == nullptr)
        return false;
    if (qobject_cast<const QHeaderView *>(area) != nullptr)
        area = qobject_cast<const QAbstractScrollArea *>(area->parentWidget());
    return area != nullptr && area->horizontalScrollBar()->maximum() > 0;
}

bool mayGiveWay(const QWidget *widget)
{
    return qobject_cast<const ui::ElidedLabel *>(widget) != nullptr ||
           (areaOf(widget) != nullptr && qobject_cast<const QHeaderView *>(areaOf(widget)) == nullptr);
}

/// What a text had to give up is told by the tooltip of its widget.
bool isToldInFull(const QWidget *widget, const QString &drawn)
{
    if (const auto *header = qobject_cast<const QHeaderView *>(areaOf(widget))) {
        for (int section = 0; section < header->count(); ++section) {
            if (header->model()
                    ->headerData(section, header->orientation(), Qt::ToolTipRole)
                    .toString()
                    .startsWith(drawn.section(u'…', 0, 0).trimmed()))
                return true;
        }
        return false;
    }
    const QString told = Qt::mightBeRichText(widget->toolTip())
                             ? QTextDocumentFragment::fromHtml(widget->toolTip()).toPlainText()
                             : widget->toolTip();
    for (const QString &part : drawn.split(u'…')) {
        if (!told.contains(part.trimmed()))
            return false;
    }
    return true;
}

/// Words that end in an ellipsis of their own: "Add device…" on a button, a placeholder, an entry of a menu.
bool endsSo(const QWidget *widget, const QString &drawn)
{
    if (const auto *button = qobject_cast<const QAbstractButton *>(widget))
        return QString(button->text()).remove(u'&').contains(drawn);
    if (const auto *label = qobject_cast<const QLabel *>(widget))
        return label->text().contains(drawn);
    if (qobject_cast<const QMenu *>(widget) != nullptr) {
        for (const QAction *action : widget->actions()) {
            if (action->text().contains(drawn))
                return true;
        }
    }
    return widget->property("placeholderText").toString().contains(drawn) || widget->accessibleName().contains(drawn);
}

void clippedLabels(QWidget &window, QStringList &clipped)
{
    for (const QLabel *label : window.findChildren<QLabel *>()) {
        // Quiet facts may give way on purpose: their policy says so.
        if (!isSeen(label) || label->text().isEmpty() || label->sizePolicy().horizontalPolicy() == QSizePolicy::Ignored)
            continue;
        const QMargins margins = label->contentsMargins();
        const int width = label->width() - margins.left() - margins.right();
        const int height = label->height() - margins.top() - margins.bottom();
        if (label->textFormat() == Qt::RichText) {
            // Its words are not its text; a label knows how high they stand in a width.
            if (label->wordWrap() && label->heightForWidth(label->width()) > label->height() + 2)
                clipped.append(
                    line(label, label->text(), QSize(width, label->heightForWidth(label->width())), label->size()));
            continue;
        }
        const int flags = label->wordWrap() ? Qt::TextWordWrap : 0;
        const QRect needs = label->fontMetrics().boundingRect(QRect(0, 0, label->wordWrap() ? width : 10000, 10000),
                                                              flags, label->text());
        if (needs.width() > width + 1 || needs.height() > height + 2)
            clipped.append(line(label, label->text(), needs.size(), label->size()));
    }
}

void clippedButtons(QWidget &window, QStringList &clipped)
{
    for (const QAbstractButton *button : window.findChildren<QAbstractButton *>()) {
        const bool words =
            qobject_cast<const QPushButton *>(button) != nullptr || qobject_cast<const QCheckBox *>(button) != nullptr;
        if (!words || !isSeen(button) || button->text().isEmpty())
            continue;
        const QSize needs = button->sizeHint();
        if (button->width() < needs.width() - 2 || button->height() < button->fontMetrics().height())
            clipped.append(line(button, button->text(), needs, button->size()));
    }
}

QStringList clippedAmong(const QList<DrawnText> &texts, QWidget &window)
{
    QStringList clipped;
    clippedLabels(window, clipped);
    clippedButtons(window, clipped);
    for (const DrawnText &drawn : texts) {
        const QRectF seen = drawn.box & drawn.clip;
        // What lies wholly outside is scrolled away, not cut.
        if (seen.width() < 1 || seen.height() < 1)
            continue;
        const bool wide = seen.width() < drawn.box.width() - 1.5 && !scrollsSideways(drawn.widget);
        const bool high = seen.height() < drawn.box.height() - 1.5 && areaOf(drawn.widget) == nullptr;
        const bool elided = drawn.text.contains(u'…') && !mayGiveWay(drawn.widget) &&
                            !endsSo(drawn.widget, drawn.text) && !isToldInFull(drawn.widget, drawn.text);
        if (wide || high || elided)
            clipped.append(line(drawn.widget, drawn.text, drawn.box.size(), seen.size()));
    }
    clipped.removeDuplicates();
    return clipped;
}

QStringList overlaidAmong(const QList<DrawnText> &texts)
{
    QStringList overlaid;
    for (qsizetype i = 0; i < texts.size(); ++i) {
        for (qsizetype j = i + 1; j < texts.size() && texts.at(j).widget == texts.at(i).widget; ++j) {
            const QRectF common = (texts.at(i).box & texts.at(i).clip) & (texts.at(j).box & texts.at(j).clip);
            if (common.width() > 2 && common.height() > 3 && texts.at(i).box != texts.at(j).box)
                overlaid.append(u"'%1' over '%2' in %3 < %4"_s.arg(
                    texts.at(j).text, texts.at(i).text,
                    QString::fromLatin1(texts.at(i).widget->metaObject()->className()), whereIs(texts.at(i).widget)));
        }
    }
    return overlaid;
}

} // namespace

QList<DrawnText> drawnTexts(QWidget &window)
{
    TextDevice device;
    QList<QWidget *> widgets = window.findChildren<QWidget *>();
    widgets.prepend(&window);
    for (QWidget *widget : std::as_const(widgets)) {
        if (isSeen(widget))
            device.take(widget);
    }
    return device.engine().texts;
}

QStringList clippedTexts(QWidget &window)
{
    return clippedAmong(drawnTexts(window), window);
}

QStringList overlaidTexts(QWidget &window)
{
    return overlaidAmong(drawnTexts(window));
}

QStringList textFaults(QWidget &window)
{
    const QList<DrawnText> texts = drawnTexts(window);
    QStringList faults = clippedAmong(texts, window) + overlaidAmong(texts);
    for (const DrawnText &drawn : texts) {
        if (drawn.text.contains(u"(s)"))
            faults.append(u"'%1' is no plural"_s.arg(drawn.text));
    }
    return faults;
}

} // namespace infra::test
