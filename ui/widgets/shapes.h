// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/finding.h"
#include "ui/theme/theme.h"

#include <QtCore/QRectF>

class QPainter;

namespace infra::ui {

/// The seven state shapes, drawn with QPainter (ui.md §5). `background`: what they stand on, for the cut-out sign.
void paintHealth(QPainter &painter, const QRectF &rect, Health health, const Theme &theme, const QColor &background);
/// A use bar, 6 px high: track, fill in `fill`.
void paintBar(QPainter &painter, const QRectF &rect, std::optional<double> percent, const QColor &fill,
              const Theme &theme);
/// 60 values, oldest first; gaps stay empty; own maximum but at least 20.
void paintSparkline(QPainter &painter, const QRectF &rect, const QList<std::optional<float>> &values,
                    const QColor &line, const Theme &theme);
/// Environment: a 3 px bar and the word; tinted when `strong`. Returns the width used.
int paintEnvironment(QPainter &painter, const QRect &rect, Environment environment, bool strong, const Theme &theme);
/// A rounded tag, 18 px high. Returns the width used.
int paintTag(QPainter &painter, const QPoint &topLeft, const QString &text, const QColor &foreground,
             const QColor &background, const Theme &theme);

/// Words: "Ok", "Critical", "Production", "Unreachable" … through tr().
QString healthWord(Health health);
QString environmentWord(Environment environment);
QString stateWord(DeviceState state);
QString typeWord(DeviceType type);
QString typeIcon(DeviceType type, bool local); ///< icon name

} // namespace infra::ui
