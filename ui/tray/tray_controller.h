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
class UiState;

/// The icon in the panel: the program's mark with the fleet's worst state as shape and colour, the numbers in its
/// tooltip; a menu with the five worst causes, mute, pause, open and quit. Muted for an hour it says nothing; muted
/// until the morning it still tells what turns critical. Where the desktop has no tray there is no icon, and the window
/// is told to stay.
class TrayController : public QObject
{
    Q_OBJECT
public:
    TrayController(engine::FleetClient &client, Theme &theme, const Clock &clock, MainWindow &window);
    ~TrayController() override;

    bool isAvailable() const;
    QMenu &menu() { return *m_menu; }
    /// Whether a fleet that turned so bad is told now.
    bool tells(Health worst) const;
    /// @param criticalToo also what is critical is kept quiet until then.
    void mute(Instant until, bool criticalToo);
    void unmute();
    /// What the menu says now, for tests.
    QStringList menuTexts() const;
    static QIcon iconFor(Health worst, bool paused, bool waiting, const Theme &theme);

signals:
    void quitRequested();

private:
    void refresh();
    void fillMenu();
    void fillMute();
    Instant morning() const;
    std::optional<Instant> mutedUntil() const;
    QString summary() const;

    engine::FleetClient &m_client;
    Theme &m_theme;
    const Clock &m_clock;
    MainWindow &m_window;
    UiState &m_state;
    std::unique_ptr<QMenu> m_menu;
    QSystemTrayIcon *m_icon = nullptr;
    std::optional<Health> m_told; ///< last worst state that was notified
};

} // namespace infra::ui
