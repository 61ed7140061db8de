// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtCore/QRectF>
#include <QtCore/QString>
#include <QtCore/QStringList>

class QWidget;

namespace infra::test {

/// A run of text as a widget painted it, whatever it was painted with (label, style, delegate or paintEvent).
struct DrawnText
{
    QString text;
    QRectF box;  ///< where the glyphs stand, in the widget's coordinates
    QRectF clip; ///< what its painter, its widget and the ancestors let through
    const QWidget *widget = nullptr;
    bool code = false; ///< in the face of commands, ids and paths
};

/// Every visible widget below `window` (itself too) is painted once more into a device that keeps texts instead of
/// pixels.
QList<DrawnText> drawnTexts(QWidget &window);

/// One line a text that is cut off: by its painter's clip, by the edge of its widget or of an ancestor, by a label or
/// button smaller than its words, or elided where nothing may be (tabs, segments, buttons). "QLabel 'Storage' needs
/// 60×18, has 41×18 in Panel". Rows that a view scrolls and words that are made to give way (ElidedLabel, cells of
/// tables) are no faults.
QStringList clippedTexts(QWidget &window);

/// One line a text that lies over another of the same widget.
QStringList overlaidTexts(QWidget &window);

/// Both of these at once, and words such as "device(s)", which have no plural form.
QStringList textFaults(QWidget &window);

} // namespace infra::test
