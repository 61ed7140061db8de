// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/fleet_model.h"
#include "ui/theme/theme.h"

#include <QtWidgets/QAbstractButton>
#include <QtWidgets/QFrame>

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace infra::ui {

class ElidedLabel;

/// One place in the rail: glyph, word, count. Painted; the glyph alone with a tooltip while the rail is narrow.
class RailButton : public QAbstractButton
{
    Q_OBJECT
public:
    RailButton(const Theme &theme, const QString &iconName, const QString &text, QWidget *parent);
    void setCount(const QString &count);
    void setNarrow(bool narrow);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    const Theme &m_theme;
    QString m_icon, m_count;
    bool m_narrow = false;
};

/// The mark and the name over it, pages, this program's own pages, and at the foot whether it collects. 204 px, 52 when
/// narrow.
class Rail : public QFrame
{
    Q_OBJECT
public:
    explicit Rail(const Theme &theme, QWidget *parent = nullptr);

    void addPage(const QString &id, const QString &iconName, const QString &text);
    void addSection(const QString &text);
    void setCurrent(const QString &pageId);
    void setCount(const QString &pageId, const QString &count);
    void setNarrow(bool narrow);
    bool isNarrow() const { return m_narrow; }
    void setStatus(const engine::FleetStatus &status, Instant now);
    QWidget *markButton() const;
    void focusCurrent();

signals:
    void pageChosen(const QString &id);
    void menuWanted();
    void collapseWanted();
    void collectingWanted(bool on);

private:
    void applySizes();

    const Theme &m_theme;
    QVBoxLayout *m_pages = nullptr;
    QHash<QString, RailButton *> m_buttons;
    QList<QWidget *> m_wideOnly;
    QPushButton *m_mark = nullptr;
    QLabel *m_name = nullptr;
    QPushButton *m_collapse = nullptr;
    QLabel *m_state = nullptr;
    ElidedLabel *m_live = nullptr;
    class StateDot *m_dot = nullptr;
    QPushButton *m_pause = nullptr;
    bool m_narrow = false;
    bool m_collecting = true;
};

} // namespace infra::ui
