// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/tokens.h"

#include <QtWidgets/QProxyStyle>

#include <memory>

class QStyleOptionSlider;

namespace infra::ui {

/// Fusion with our own check boxes, radio buttons, arrows, progress, slider, focus frame and metrics. Set before
/// palette and style sheet; it stays below the sheet and still gets these primitives as long as no rule names an
/// `::indicator`.
class InfraStyle : public QProxyStyle
{
    Q_OBJECT
public:
    explicit InfraStyle(std::shared_ptr<const ThemeValues> values);
    void drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                       const QWidget *widget = nullptr) const override;
    void drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
                     const QWidget *widget = nullptr) const override;
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex *option, QPainter *painter,
                            const QWidget *widget = nullptr) const override;
    int pixelMetric(PixelMetric metric, const QStyleOption *option = nullptr,
                    const QWidget *widget = nullptr) const override;
    int styleHint(StyleHint hint, const QStyleOption *option = nullptr, const QWidget *widget = nullptr,
                  QStyleHintReturn *returnData = nullptr) const override;

private:
    void drawCheck(const QStyleOption &option, QPainter &painter, bool round) const;
    void drawChevron(const QRectF &rect, QPainter &painter, bool up, bool enabled) const;
    void drawSlider(const QStyleOptionSlider &option, QPainter &painter) const;
    std::shared_ptr<const ThemeValues> m_values;
};

} // namespace infra::ui
