// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtCore/QString>
#include <QtGui/QColor>
#include <QtGui/QIcon>
#include <QtGui/QPixmap>

namespace infra::ui {

class Theme;

/// A glyph of bootstrap-icons (names in resources/icons/icons.txt), recoloured, cached by (name, size, colour, dpr).
QPixmap iconPixmap(const QString &name, int size, const QColor &color, qreal dpr);
/// With normal, disabled and selected modes from the theme; made anew after `Theme::changed`.
QIcon icon(const Theme &theme, const QString &name, int size = 16);
/// The same in one colour of the theme, for buttons on a filled ground: "text.onAccent".
QIcon iconIn(const Theme &theme, const QString &name, const char *colorPath);
/// The program's mark and application icon (own drawing).
QPixmap markPixmap(int size, qreal dpr);

} // namespace infra::ui
