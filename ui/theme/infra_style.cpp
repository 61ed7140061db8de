// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/infra_style.h"

#include <QtGui/QPainter>
#include <QtGui/QPainterPath>
#include <QtWidgets/QStyleOption>
#include <QtWidgets/QWidget>

namespace infra::ui {

using namespace Qt::Literals::StringLiterals;

InfraStyle::InfraStyle(std::shared_ptr<const ThemeValues> values)
    : QProxyStyle(u"Fusion"_s)
    , m_values(std::move(values))
{
}

void InfraStyle::drawCheck(const QStyleOption &option, QPainter &painter, bool round) const
{
    const bool on = option.state & State_On;
    const bool some = option.state & State_NoChange;
    const bool enabled = option.state & State_Enabled;
    const int side = std::min(option.rect.width(), option.rect.height());
    QRectF box(0, 0, side - 1, side - 1);
    box.moveCenter(QRectF(option.rect).center());
    box.moveTopLeft(QPointF(std::floor(box.left()) + 0.5, std::floor(box.top()) + 0.5));
    const QColor fill =
        on || some ? m_values->color(enabled ? "accent.solid" : "surface.track") : m_values->color("surface.input");
    const QColor edge = !enabled ? m_values->color("border.default")
                        : on || some
                            ? m_values->color(option.state & State_MouseOver ? "accent.solidHover" : "accent.solid")
                        : option.state & State_MouseOver ? m_values->color("text.secondary")
                                                         : m_values->color("border.control");
    const QColor sign = m_values->color(enabled ? "text.onAccent" : "text.disabled");
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(edge, 1));
    painter.setBrush(fill);
    const qreal unit = side / 16.0;
    if (round) {
        painter.drawEllipse(box);
        if (on) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(sign);
            painter.drawEllipse(box.center(), 3 * unit, 3 * unit);
        }
    } else {
        painter.drawRoundedRect(box, 3.5 * unit, 3.5 * unit);
        painter.setPen(QPen(sign, 1.7 * unit, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        const QPointF middle = box.center();
        if (some) {
            painter.drawLine(middle + QPointF(-3.4, 0) * unit, middle + QPointF(3.4, 0) * unit);
        } else if (on) {
            const QPointF tick[] = {middle + QPointF(-3.6, 0.2) * unit, middle + QPointF(-1.1, 2.7) * unit,
                                    middle + QPointF(3.7, -2.6) * unit};
            painter.drawPolyline(tick, 3);
        }
    }
    painter.restore();
}

void InfraStyle::drawChevron(const QRectF &rect, QPainter &painter, bool up, bool enabled) const
{
    const qreal unit = m_values->textPercent / 100.0;
    const QPointF middle = rect.center();
    const qreal turn = up ? -1 : 1;
    const QPointF points[] = {middle + QPointF(-3.5, -1.6 * turn) * unit, middle + QPointF(0, 1.9 * turn) * unit,
                              middle + QPointF(3.5, -1.6 * turn) * unit};
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(m_values->color(enabled ? "text.secondary" : "text.disabled"), 1.2 * unit, Qt::SolidLine,
                        Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(Qt::NoBrush);
    painter.drawPolyline(points, 3);
    painter.restore();
}

void InfraStyle::drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                               const QWidget *widget) const
{
    switch (element) {
    case PE_IndicatorCheckBox:
    case PE_IndicatorItemViewItemCheck:
        return drawCheck(*option, *painter, false);
    case PE_IndicatorRadioButton:
        return drawCheck(*option, *painter, true);
    case PE_IndicatorArrowDown:
    case PE_IndicatorSpinDown:
        return drawChevron(option->rect, *painter, false, option->state & State_Enabled);
    case PE_IndicatorArrowUp:
    case PE_IndicatorSpinUp:
        return drawChevron(option->rect, *painter, true, option->state & State_Enabled);
    case PE_FrameFocusRect:
        return; // the ring outside of the control tells it, for keyboard focus only
    case PE_PanelTipLabel:
        painter->fillRect(option->rect, m_values->color("border.strong"));
        painter->fillRect(option->rect.adjusted(1, 1, -1, -1), m_values->color("surface.raised"));
        return;
    default:
        QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
}

void InfraStyle::drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
                             const QWidget *widget) const
{
    const auto *progress = qstyleoption_cast<const QStyleOptionProgressBar *>(option);
    if (element == CE_FocusFrame) {
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(QPen(m_values->color("border.focus"), 2));
        painter->setBrush(Qt::NoBrush);
        painter->drawRoundedRect(QRectF(option->rect).adjusted(1, 1, -1, -1), 8, 8);
        painter->restore();
        return;
    }
    if ((element == CE_ProgressBarGroove || element == CE_ProgressBarContents) && progress != nullptr) {
        const int height = m_values->px(6);
        QRectF track(option->rect.left(), option->rect.center().y() - height / 2 + 1, option->rect.width(), height);
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(Qt::NoPen);
        if (element == CE_ProgressBarContents) {
            const qint64 span = qint64(progress->maximum) - progress->minimum;
            // Without a known end a third is shown and does not move: nothing moves by itself.
            const qreal part = span > 0 ? qreal(qint64(progress->progress) - progress->minimum) / qreal(span) : 1 / 3.0;
            track.setWidth(track.width() * std::clamp(part, 0.0, 1.0));
        }
        painter->setBrush(m_values->color(element == CE_ProgressBarGroove ? "surface.track" : "accent.solid"));
        painter->drawRoundedRect(track, 2, 2);
        painter->restore();
        return;
    }
    QProxyStyle::drawControl(element, option, painter, widget);
}

void InfraStyle::drawSlider(const QStyleOptionSlider &option, QPainter &painter) const
{
    const QRectF groove = proxy()->subControlRect(CC_Slider, &option, SC_SliderGroove);
    const QRectF handle = proxy()->subControlRect(CC_Slider, &option, SC_SliderHandle);
    const bool enabled = option.state & State_Enabled;
    const qreal thick = m_values->px(4);
    QRectF track = groove;
    QRectF done;
    if (option.orientation == Qt::Horizontal) {
        track = QRectF(groove.left(), groove.center().y() - thick / 2, groove.width(), thick);
        done = track;
        if (option.upsideDown)
            done.setLeft(handle.center().x());
        else
            done.setRight(handle.center().x());
    } else {
        track = QRectF(groove.center().x() - thick / 2, groove.top(), thick, groove.height());
        done = track;
        done.setTop(handle.center().y());
    }
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_values->color("surface.track"));
    painter.drawRoundedRect(track, 2, 2);
    painter.setBrush(m_values->color(enabled ? "accent.solid" : "text.disabled"));
    painter.drawRoundedRect(done, 2, 2);
    painter.setPen(QPen(m_values->color("surface.panel"), 2));
    const qreal radius = m_values->px(7);
    painter.drawEllipse(handle.center(), radius, radius);
    painter.restore();
}

void InfraStyle::drawComplexControl(ComplexControl control, const QStyleOptionComplex *option, QPainter *painter,
                                    const QWidget *widget) const
{
    if (control == CC_Slider) {
        if (const auto *slider = qstyleoption_cast<const QStyleOptionSlider *>(option))
            return drawSlider(*slider, *painter);
    }
    QProxyStyle::drawComplexControl(control, option, painter, widget);
}

int InfraStyle::pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const
{
    switch (metric) {
    case PM_IndicatorWidth:
    case PM_IndicatorHeight:
    case PM_ExclusiveIndicatorWidth:
    case PM_ExclusiveIndicatorHeight:
    case PM_SmallIconSize:
        return m_values->px(16);
    case PM_ButtonIconSize:
        return m_values->px(14);
    case PM_CheckBoxLabelSpacing:
    case PM_RadioButtonLabelSpacing:
        return m_values->px(6);
    case PM_LayoutHorizontalSpacing:
    case PM_LayoutVerticalSpacing:
        return m_values->px(8);
    case PM_LayoutLeftMargin:
    case PM_LayoutRightMargin:
    case PM_LayoutTopMargin:
    case PM_LayoutBottomMargin:
        return m_values->px(12);
    case PM_FocusFrameHMargin:
    case PM_FocusFrameVMargin:
        return 3; // 1 px of air and the ring of 2
    case PM_SliderThickness:
    case PM_SliderControlThickness:
    case PM_SliderLength:
        return m_values->px(18);
    case PM_DefaultFrameWidth:
    case PM_SplitterWidth:
        return 1;
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int InfraStyle::styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                          QStyleHintReturn *returnData) const
{
    switch (hint) {
    case SH_DialogButtonBox_ButtonsHaveIcons:
    case SH_EtchDisabledText:
    case SH_FocusFrame_Mask:
    case SH_ItemView_ArrowKeysNavigateIntoChildren:
        return 0;
    case SH_FocusFrame_AboveWidget:
        return 1;
    case SH_Widget_Animate:
    case SH_Widget_Animation_Duration:
        return m_values->reducedMotion ? 0 : QProxyStyle::styleHint(hint, option, widget, returnData);
    case SH_ComboBox_Popup:
        return 0;
    case SH_UnderlineShortcut:
        return 1;
    default:
        return QProxyStyle::styleHint(hint, option, widget, returnData);
    }
}

} // namespace infra::ui
