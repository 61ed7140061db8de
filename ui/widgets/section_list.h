// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/theme.h"

#include <QtWidgets/QListWidget>

namespace infra::ui {

/// The sections of a page that has many, one below the other as in the rail: glyph and word, the chosen one filled.
/// Arrows move.
class SectionList : public QListWidget
{
    Q_OBJECT
public:
    SectionList(const Theme &theme, const QString &accessibleName, QWidget *parent = nullptr);
    void addSection(const QString &id, const QString &iconName, const QString &text);
    QString current() const;
    void setCurrent(const QString &id); ///< an id that is not there changes nothing

signals:
    void currentSectionChanged(const QString &id);

private:
    const Theme &m_theme;
};

} // namespace infra::ui
