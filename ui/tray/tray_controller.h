// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/fleet_client.h"
#include "ui/theme/theme.h"

#include <QtGui/QIcon>

class QAction;
class QMenu;
class QSystemTrayIcon;

namespace infra::ui {

class MainWindow;

/// The icon in the panel: the program's mark with the fleet's worst state as shape and colour, the numbers in its
/// tooltip; a menu with the five worst causes, pause, open and quit. Where the desktop has no tray there is no icon,
/// and the window is told to stay.
class TrayController : public QObject
{
    Q_OBJECT
public:
    TrayController(engine::FleetClient &client, Theme &theme, const Clock &clock, MainWindow &window);
    ~TrayController() override;

    bool isAvailable() const;
    /// What the menu says now, for tests.
    QStringList menuTexts() const;
    static QIcon iconFor(Health worst, bool paused, bool waiting, const Theme &theme);

signals:
    void quitRequested();

private:
    void refresh();
    void fillMenu();
    QString summary() const;

    engine::FleetClient &m_client;
    Theme &m_theme;
    const Clock &m_clock;
    MainWindow &m_window;
    std::unique_ptr<QMenu> m_menu;
    QSystemTrayIcon *m_icon = nullptr;
    std::optional<Health> m_told; ///< last worst state that was notified
};

} // namespace infra::ui
