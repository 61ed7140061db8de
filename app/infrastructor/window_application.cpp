// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/infrastructor/window_application.h"

#include "app/infrastructor/autostart.h"
#include "core/base/logging.h"
#include "core/engine/setting_keys.h"
#include "ui/pages/device/device_factories.h"
#include "ui/shell/main_window.h"
#include "ui/shell/page_factories.h"
#include "ui/shell/stall_watchdog.h"
#include "ui/text/error_text.h"
#include "ui/tray/tray_controller.h"

#include <QtWidgets/QApplication>
#include <QtWidgets/QMessageBox>

namespace infra::app {

using namespace Qt::Literals::StringLiterals;
namespace keys = engine::keys;

namespace {

constexpr milliseconds warmAfter{1'500};

ServicesOptions optionsWith(SecretBytes passphrase)
{
    ServicesOptions options;
    options.secretsPassphrase = std::move(passphrase);
    return options;
}

} // namespace

WindowApplication::WindowApplication(QApplication &application, const Profile &profile, const Arguments &arguments,
                                     SecretBytes secretsPassphrase, std::unique_ptr<ProfileLock> lock)
    : m_application(application)
    , m_profile(profile)
    , m_arguments(arguments)
    , m_lock(std::move(lock))
    , m_timers(m_clock)
    , m_theme(application)
    , m_state(profile.uiState())
    , m_host(profile, optionsWith(std::move(secretsPassphrase)))
{
    connect(&m_host, &EngineHost::ready, this, &WindowApplication::openWindow);
    connect(&m_host, &EngineHost::failed, this, &WindowApplication::showFatal);
    connect(&m_host, &EngineHost::raiseRequested, this, [this] {
        log::info("app", u"Another start asked for this window."_s);
        m_raiseAsked = true;
        if (m_window)
            m_window->raiseToFront();
    });
    connect(&m_host, &EngineHost::ended, this, [this] {
        if (m_quitting)
            QCoreApplication::exit(0);
    });
    // Whoever asks to end (signal, session, menu) goes through the orderly stop; the event loop ends when the engine
    // has.
    connect(&application, &QCoreApplication::aboutToQuit, this, [this] { m_state.save(); });
}

WindowApplication::~WindowApplication()
{
    m_warmUp.cancel();
    m_tray.reset();
    m_window.reset();
    m_client.reset();
    if (m_host.isRunning()) {
        m_host.shutDown();
        m_host.wait(5000);
    }
}

void WindowApplication::start()
{
    // A language without a file of its own still needs the plural forms of English.
    if (m_translator.load(QLocale(), u"infrastructor"_s, u"_"_s, u":/infra/translations"_s) ||
        m_translator.load(u":/infra/translations/infrastructor_en.qm"_s))
        QCoreApplication::installTranslator(&m_translator);
#ifndef QT_NO_DEBUG
    m_watchdog = std::make_unique<ui::StallWatchdog>("gui");
#endif
    m_host.start();
}

void WindowApplication::openWindow()
{
    Services &services = *m_host.services();
#ifndef QT_NO_DEBUG
    m_host.post([this] { new ui::StallWatchdog("engine", {}, 50, m_host.services()); });
#endif
    m_client = std::make_unique<engine::EngineClient>(engine::EngineClient::Parts{
        services.engine(), services.devices(), services.store(), services.settings(), services.transport(),
        services.secrets(), services.prompts(), services.registry(), services.workers(), m_clock, m_random,
        keys::declaredSettings(), osActor(), m_profile.logFolder(), m_profile.folder()});
    followSettings();
    ui::PageFactories factories;
    ui::addFleetPages(factories);
    ui::addDevicePages(factories);
    m_window = std::make_unique<ui::MainWindow>(
        ui::MainWindow::Parts{*m_client, m_theme, m_clock, m_state, factories, QCoreApplication::applicationVersion()});
    m_tray = std::make_unique<ui::TrayController>(*m_client, m_theme, m_clock, *m_window);
    m_window->setTrayAvailable(m_tray->isAvailable());
    connect(m_window.get(), &ui::MainWindow::quitRequested, this, &WindowApplication::quit);
    connect(m_tray.get(), &ui::TrayController::quitRequested, this, &WindowApplication::quit);
    // The lab's machines come by themselves: there is nothing to welcome to.
    if (m_arguments.demoHosts)
        m_state.set(u"welcome.done"_s, true);
    // Somebody may have asked for it while it was on its way.
    m_window->start(m_arguments.minimized && !m_raiseAsked);
    // The first picture before what makes later ones quick.
    m_warmUp = m_timers.after(warmAfter, [this] {
        m_fonts = std::make_unique<ui::FontWarmer>(m_theme, nullptr);
        m_window->preparePages();
    });
    if (m_arguments.demoHosts)
        startDemo();
}

void WindowApplication::startDemo()
{
    m_host.post([this] {
        m_demo = new DemoLab(*m_host.services(), *m_arguments.demoHosts, m_host.services());
        connect(m_demo, &DemoLab::failed, this, [this](const Error &error) {
            if (m_window)
                m_window->showError(error);
        });
        m_demo->start();
    });
}

void WindowApplication::followSettings()
{
    for (const SettingKey &key : {keys::theme, keys::textPercent, keys::density, keys::reducedMotion})
        applySetting(QString::fromLatin1(key.name));
    connect(&m_client->settings(), &SettingsStore::changed, this, &WindowApplication::applySetting);
}

void WindowApplication::applySetting(const QString &name)
{
    const SettingsStore &settings = m_client->settings();
    if (name == QLatin1StringView(keys::theme.name))
        m_theme.apply(settings.string(keys::theme));
    else if (name == QLatin1StringView(keys::textPercent.name))
        m_theme.setTextPercent(static_cast<int>(settings.integer(keys::textPercent)));
    else if (name == QLatin1StringView(keys::density.name))
        m_theme.setDensity(settings.string(keys::density));
    else if (name == QLatin1StringView(keys::reducedMotion.name))
        m_theme.setReducedMotion(settings.boolean(keys::reducedMotion));
    else if (name == QLatin1StringView(keys::startAtLogin.name)) {
        const Result<void> done = setStartAtLogin(settings.boolean(keys::startAtLogin), m_profile.folder());
        if (!done && m_window)
            m_window->showError(done.error());
    }
}

void WindowApplication::showFatal(const Error &error)
{
    log::error("app", error);
    const ui::ErrorWords words = ui::errorWords(error);
    auto *box =
        new QMessageBox(QMessageBox::Critical, tr("Infrastructor cannot start"), words.what, QMessageBox::Close);
    box->setTextFormat(Qt::PlainText);
    box->setInformativeText(QString(error.message + u'\n' + words.remedy));
    box->setAttribute(Qt::WA_DeleteOnClose);
    connect(box, &QDialog::finished, this, [] { QCoreApplication::exit(1); });
    box->open();
}

void WindowApplication::quit()
{
    if (m_quitting)
        return;
    m_quitting = true;
    m_state.save();
    if (m_window)
        m_window->hide();
    m_tray.reset();
    if (m_client)
        m_client->close();
    m_host.shutDown();
}

} // namespace infra::app
