// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/fleet_model.h"
#include "ui/theme/theme.h"

#include <QtWidgets/QAbstractButton>
#include <QtWidgets/QScrollArea>

namespace infra::ui {

/// One machine as a tile: state and name, CPU of the hour, memory, disk; the foot says the cause or what is up. Only
/// warning and critical have a coloured edge. A button; painted.
class DeviceTile : public QAbstractButton
{
    Q_OBJECT
public:
    DeviceTile(const Theme &theme, const Clock &clock, QWidget *parent);
    void setRow(const engine::DeviceRow &row);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void paintHead(QPainter &painter, const QRect &line) const;
    void paintUse(QPainter &painter, const QRect &line, const QString &word, std::optional<double> value,
                  std::optional<Health> health) const;
    void paintFoot(QPainter &painter, const QRect &line) const;

    const Theme &m_theme;
    const Clock &m_clock;
    engine::DeviceRow m_row;
};

/// Tiles, worst first, for at most 200 machines.
class TilesView : public QScrollArea
{
    Q_OBJECT
public:
    static constexpr int kMostTiles = 200;
    TilesView(const Theme &theme, const Clock &clock, QWidget *parent = nullptr);
    void setRows(QList<engine::DeviceRow> rows);

signals:
    void opened(const infra::DeviceId &device);

private:
    const Theme &m_theme;
    const Clock &m_clock;
    class FlowLayout *m_flow = nullptr;
    QWidget *m_inner = nullptr;
    QList<DeviceTile *> m_tiles;
    QList<DeviceId> m_ids;
};

} // namespace infra::ui
