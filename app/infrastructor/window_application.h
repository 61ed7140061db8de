// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/common/engine_host.h"
#include "app/common/profile_lock.h"
#include "app/infrastructor/arguments.h"
#include "app/infrastructor/demo_lab.h"
#include "core/engine/engine_client.h"
#include "ui/tables/ui_state.h"
#include "ui/theme/font_warmer.h"
#include "ui/theme/theme.h"

#include <QtCore/QObject>
#include <QtCore/QTranslator>

class QApplication;

namespace infra::ui {
class MainWindow;
class StallWatchdog;
class TrayController;
} // namespace infra::ui

namespace infra::app {

/// The composition root of the window: theme, engine thread, client, window and tray; and the order in which they end.
/// GUI thread.
class WindowApplication : public QObject
{
    Q_OBJECT
public:
    WindowApplication(QApplication &application, const Profile &profile, const Arguments &arguments,
                      SecretBytes secretsPassphrase, std::unique_ptr<ProfileLock> lock);
    ~WindowApplication() override;

    void start();
    EngineHost &engineHost() { return m_host; }

private:
    void openWindow();
    void startDemo();
    void followSettings();
    void applySetting(const QString &name);
    void showFatal(const Error &error);
    void quit();

    QApplication &m_application;
    const Profile m_profile;
    const Arguments m_arguments;
    std::unique_ptr<ProfileLock> m_lock;
    QTranslator m_translator;
    SystemClock m_clock;
    SystemRandom m_random;
    EventLoopTimerService m_timers;
    ui::Theme m_theme;
    ui::UiState m_state;
    EngineHost m_host;
    std::unique_ptr<engine::EngineClient> m_client;
    std::unique_ptr<ui::MainWindow> m_window;
    std::unique_ptr<ui::TrayController> m_tray;
    std::unique_ptr<ui::FontWarmer> m_fonts;
    TimerHandle m_warmUp;
    std::unique_ptr<ui::StallWatchdog> m_watchdog;
    DemoLab *m_demo = nullptr; ///< on the engine thread, which deletes it
    bool m_raiseAsked = false; ///< by another start, since this one
    bool m_quitting = false;
};

} // namespace infra::app
