// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/theme_palette.h"

namespace infra::ui {

QPalette makePalette(const ThemeValues &values)
{
    const struct
    {
        QPalette::ColorRole role;
        const char *path;
    } rows[] = {
        {QPalette::Window, "surface.window"},
        {QPalette::WindowText, "text.primary"},
        {QPalette::Base, "surface.panel"},
        {QPalette::AlternateBase, "surface.panel"},
        {QPalette::Text, "text.primary"},
        {QPalette::Button, "surface.raised"},
        {QPalette::ButtonText, "text.primary"},
        {QPalette::BrightText, "text.onAccent"},
        {QPalette::Highlight, "accent.solid"},
        {QPalette::HighlightedText, "text.onAccent"},
        {QPalette::PlaceholderText, "text.secondary"},
        {QPalette::ToolTipBase, "surface.raised"},
        {QPalette::ToolTipText, "text.primary"},
        {QPalette::Link, "text.link"},
        {QPalette::LinkVisited, "text.link"},
        {QPalette::Light, "surface.hover"},
        {QPalette::Midlight, "border.subtle"},
        {QPalette::Mid, "border.default"},
        {QPalette::Dark, "border.strong"},
        {QPalette::Shadow, "surface.rail"},
    };
    QPalette palette;
    for (const auto &row : rows) {
        for (const QPalette::ColorGroup group : {QPalette::Active, QPalette::Inactive, QPalette::Disabled})
            palette.setColor(group, row.role, values.color(row.path));
    }
    const QColor disabled = values.color("text.disabled");
    for (const QPalette::ColorRole role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText,
                                           QPalette::PlaceholderText, QPalette::HighlightedText, QPalette::Link})
        palette.setColor(QPalette::Disabled, role, disabled);
    palette.setColor(QPalette::Disabled, QPalette::Highlight, values.color("surface.selectedInactive"));
    return palette;
}

} // namespace infra::ui
