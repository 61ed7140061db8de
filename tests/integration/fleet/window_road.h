// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/common/engine_host.h"
#include "core/engine/engine_client.h"
#include "tests/support/lab.h"
#include "tests/support/pulse.h"
#include "ui/shell/main_window.h"
#include "ui/tables/ui_state.h"

#include <QtCore/QTemporaryDir>

#include <memory>

namespace infra::test {

/// The application's window, engine thread and client, wired as its composition root does, on a profile of its own;
/// with a pulse on both threads. GUI thread. Blocks (a test helper).
class WindowRoad
{
public:
    WindowRoad();
    ~WindowRoad();
    WindowRoad(const WindowRoad &) = delete;
    WindowRoad &operator=(const WindowRoad &) = delete;

    bool start();
    /// Adds every host of the lab as a person would. @param intervalS of each.
    bool addAll(const Lab &lab, int intervalS);
    void stop();
    QString error() const { return m_error; }

    engine::EngineClient &client() { return *m_client; }
    ui::MainWindow &window() { return *m_window; }
    Pulse &guiPulse() { return *m_guiPulse; }
    Pulse &enginePulse() { return *m_enginePulse; }

private:
    QTemporaryDir m_folder;
    QString m_error;
    SystemClock m_clock;
    SystemRandom m_random;
    ui::UiState m_state;
    std::unique_ptr<app::EngineHost> m_host;
    std::unique_ptr<engine::EngineClient> m_client;
    std::unique_ptr<ui::MainWindow> m_window;
    std::unique_ptr<Pulse> m_guiPulse;
    Pulse *m_enginePulse = nullptr; ///< on the engine thread, which deletes it with the services
};

} // namespace infra::test
