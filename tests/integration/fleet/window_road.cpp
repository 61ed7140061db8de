// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/integration/fleet/window_road.h"

#include "core/engine/setting_keys.h"
#include "ui/pages/device/device_factories.h"
#include "ui/shell/page_factories.h"
#include "ui/theme/theme.h"

#include <QtTest/QTest>
#include <QtWidgets/QApplication>

namespace infra::test {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int kReadyMs = 60'000;
constexpr int kBeatMs = 20;

/// An application has one style.
ui::Theme &roadTheme()
{
    static ui::Theme theme(*static_cast<QApplication *>(QApplication::instance()));
    return theme;
}

} // namespace

WindowRoad::WindowRoad()
    : m_state(QString())
{
}

WindowRoad::~WindowRoad()
{
    stop();
}

bool WindowRoad::start()
{
    const app::Profile profile(m_folder.filePath(u"profile"_s));
    if (const Result<void> made = profile.create(); !made) {
        m_error = made.error().message;
        return false;
    }
    app::ServicesOptions options;
    options.listening = false;
    m_host = std::make_unique<app::EngineHost>(profile, std::move(options));
    bool ready = false;
    QObject::connect(m_host.get(), &app::EngineHost::ready, m_host.get(), [&ready] { ready = true; });
    QObject::connect(m_host.get(), &app::EngineHost::failed, m_host.get(),
                     [this](const Error &error) { m_error = error.message; });
    m_host->start();
    if (!QTest::qWaitFor([&] { return ready || !m_error.isEmpty(); }, kReadyMs) || !ready)
        return false;
    app::Services &services = *m_host->services();
    m_client = std::make_unique<engine::EngineClient>(engine::EngineClient::Parts{
        services.engine(), services.devices(), services.store(), services.settings(), services.transport(),
        services.secrets(), services.prompts(), services.registry(), services.workers(), m_clock, m_random,
        engine::keys::declaredSettings(), u"os:tester"_s, profile.logFolder(), profile.folder()});
    ui::PageFactories factories;
    ui::addFleetPages(factories);
    ui::addDevicePages(factories);
    m_window = std::make_unique<ui::MainWindow>(
        ui::MainWindow::Parts{*m_client, roadTheme(), m_clock, m_state, factories, u"0.1.0"_s});
    m_window->start(false);
    m_window->resize(1440, 900);
    std::atomic_bool beating = false;
    m_host->post([this, &beating] {
        m_enginePulse = new Pulse(m_host->services());
        m_enginePulse->begin(kBeatMs);
        beating = true;
    });
    if (!QTest::qWaitFor([&beating] { return beating.load(); }, kReadyMs))
        return false;
    m_guiPulse = std::make_unique<Pulse>();
    m_guiPulse->begin(kBeatMs);
    return true;
}

bool WindowRoad::addAll(const Lab &lab, int intervalS)
{
    for (const LabHost &host : lab.hosts()) {
        Device device;
        device.name = host.name;
        device.address = host.address;
        device.port = static_cast<quint16>(host.port);
        device.user = host.user;
        device.auth = {AuthMethod::KeyFile};
        device.keyFile = lab.clientKey();
        device.hostKey = host.hostKey;
        device.intervalS = intervalS;
        const auto added = m_client->addDevice(device, {});
        if (!QTest::qWaitFor([&added] { return added.isFinished(); }, kReadyMs) || !added.result()) {
            m_error = added.isFinished() && added.resultCount() > 0 ? added.result().error().message : u"not added"_s;
            return false;
        }
    }
    return true;
}

void WindowRoad::stop()
{
    if (!m_host)
        return;
    m_guiPulse.reset();
    m_window.reset();
    if (m_client)
        m_client->close();
    if (m_host->isRunning()) {
        m_host->shutDown();
        (void)QTest::qWaitFor([this] { return m_host->isFinished(); }, kReadyMs);
        m_host->wait();
    }
    m_client.reset();
    m_host.reset();
}

} // namespace infra::test
