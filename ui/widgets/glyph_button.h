// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/theme.h"

#include <QtWidgets/QPushButton>

namespace infra::ui {

/// A button with a glyph and words, 8 px apart; the chevron of a list stands behind the words. The style sheet would
/// put them 4 px apart, by the width of another font than it draws with. GUI thread.
class GlyphButton : public QPushButton
{
    Q_OBJECT
public:
    GlyphButton(const Theme &theme, const QString &text, QWidget *parent = nullptr);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    bool glyphBehind() const;
    int gap() const;
    const Theme &m_theme;
};

} // namespace infra::ui
