// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/common/control_client.h"
#include "app/common/read_secret.h"
#include "app/infrastructor/arguments.h"
#include "app/infrastructor/fatal_box.h"
#include "app/infrastructor/headless_application.h"
#include "app/infrastructor/signal_watch.h"
#include "app/infrastructor/window_application.h"
#include "core/base/logging.h"

#include <QtWidgets/QApplication>

#include <cstdio>

namespace {

using namespace infra;
using namespace Qt::Literals::StringLiterals;

constexpr milliseconds kPatience{10'000};
constexpr milliseconds kRetry{100};

int complain(const Error &error, int status)
{
    std::fprintf(stderr, "infrastructor: %s\n", qUtf8Printable(error.message));
    if (!error.rule.isEmpty())
        std::fprintf(stderr, "  %s: %s\n", qUtf8Printable(error.field), qUtf8Printable(error.rule));
    else
        std::fprintf(stderr, "  %s\n", qUtf8Printable(error.remedyText()));
    return status;
}

/// Takes the profile, or does what is right when somebody else has it: a second window raises the first and ends with
/// 0; a second `--headless` ends with 1; a command line is waited for, up to 10 s.
class Start : public QObject
{
public:
    Start(const app::Profile &profile, bool headless)
        : m_profile(profile)
        , m_headless(headless)
        , m_timers(m_clock)
        , m_giveUp(m_clock.monotonic() + kPatience)
    {
    }

    /// Later calls back with the lock, or ends the event loop with a status.
    void take(std::function<void(std::unique_ptr<app::ProfileLock>)> taken)
    {
        m_taken = std::move(taken);
        // From the event loop: what it decides may be to end it.
        m_retry = m_timers.after(milliseconds(0), [this] { attempt(); });
    }

private:
    void attempt()
    {
        Result<std::unique_ptr<app::ProfileLock>> lock = app::ProfileLock::take(
            m_profile.lockFile(), m_headless ? app::OwnerKind::Headless : app::OwnerKind::Window);
        if (lock) {
            m_taken(std::move(*lock));
            return;
        }
        const std::optional<app::OwnerInfo> owner = app::ProfileLock::owner(m_profile.lockFile());
        if (lock.error().code == ErrorCode::Busy && !m_headless && owner && owner->kind == app::OwnerKind::Window) {
            raise();
            return;
        }
        const bool passing =
            lock.error().code == ErrorCode::Busy && (!owner || owner->kind == app::OwnerKind::CommandLine);
        if (passing && m_clock.monotonic() < m_giveUp) {
            m_retry = m_timers.after(kRetry, [this] { attempt(); });
            return;
        }
        complain(lock.error(), 1);
        if (m_headless || lock.error().code == ErrorCode::Busy)
            QCoreApplication::exit(1);
        else
            app::showFatalBox(lock.error());
    }

    void raise()
    {
        const Result<QString> socket = m_profile.ownerSocket();
        if (!socket) {
            QCoreApplication::exit(complain(socket.error(), 1));
            return;
        }
        engine::ControlRequest request;
        request.command = u"app.raise"_s;
        m_client = std::make_unique<app::ControlClient>(m_timers);
        m_client->ask(*socket, request, kPatience, [this](const Result<engine::ControlReply> &reply) {
            if (reply) {
                QCoreApplication::exit(0);
            } else if (m_clock.monotonic() < m_giveUp) {
                m_retry = m_timers.after(kRetry, [this] { attempt(); });
            } else {
                QCoreApplication::exit(complain(reply.error(), 1));
            }
        });
    }

    const app::Profile &m_profile;
    const bool m_headless;
    SystemClock m_clock;
    EventLoopTimerService m_timers;
    const MonotonicTime m_giveUp;
    TimerHandle m_retry;
    std::unique_ptr<app::ControlClient> m_client;
    std::function<void(std::unique_ptr<app::ProfileLock>)> m_taken;
};

QStringList wordsOf(int argc, char **argv)
{
    QStringList words;
    for (int i = 1; i < argc; ++i)
        words.append(QString::fromLocal8Bit(argv[i]));
    return words;
}

Result<app::Profile> openProfile(const app::Arguments &arguments)
{
    const QString folder = !arguments.profile.isEmpty() ? arguments.profile
                           : arguments.demoHosts        ? app::Profile::demoFolder()
                                                        : app::Profile::defaultFolder();
    const app::Profile asked(folder);
    if (Result<void> created = asked.create(); !created)
        return fail(created.error());
    return app::Profile(asked.folder());
}

int run(QCoreApplication &application, const app::Arguments &arguments, app::SignalWatch &signalWatch)
{
    const Result<app::Profile> profile = openProfile(arguments);
    if (!profile) {
        complain(profile.error(), 1);
        if (arguments.headless)
            return 1;
        // Nobody reads the error stream of a program that was started from a menu.
        signalWatch.begin();
        QObject::connect(&signalWatch, &app::SignalWatch::terminate, &application, [] { QCoreApplication::exit(1); });
        app::showFatalBox(profile.error());
        return QCoreApplication::exec();
    }
    SecretBytes passphrase;
    if (arguments.secretsDescriptor) {
        Result<SecretBytes> read = app::readSecret(*arguments.secretsDescriptor);
        if (!read)
            return complain(read.error(), 2);
        passphrase = std::move(*read);
    }
    if (Result<void> logging = log::start({profile->logFolder(), arguments.headless}); !logging)
        complain(logging.error(), 0);

    std::unique_ptr<app::HeadlessApplication> headless;
    std::unique_ptr<app::WindowApplication> window;
    signalWatch.begin();
    QObject::connect(&signalWatch, &app::SignalWatch::terminate, &application, [&headless, &application] {
        if (headless)
            headless->quit();
        else
            QMetaObject::invokeMethod(&application, &QCoreApplication::quit, Qt::QueuedConnection);
    });
    Start start(*profile, arguments.headless);
    start.take([&](std::unique_ptr<app::ProfileLock> lock) {
        if (arguments.headless) {
            headless =
                std::make_unique<app::HeadlessApplication>(*profile, arguments, std::move(passphrase), std::move(lock));
            if (Result<void> started = headless->start(); !started)
                QMetaObject::invokeMethod(
                    &application, [error = started.error()] { QCoreApplication::exit(complain(error, 1)); },
                    Qt::QueuedConnection);
        } else {
            window = std::make_unique<app::WindowApplication>(static_cast<QApplication &>(application), *profile,
                                                              arguments, std::move(passphrase), std::move(lock));
            window->start();
        }
    });
    const int status = QCoreApplication::exec();
    window.reset();
    headless.reset();
    log::stop();
    return status;
}

} // namespace

int main(int argc, char **argv)
{
    const Result<app::Arguments> arguments = app::parseArguments(wordsOf(argc, argv));
    if (!arguments)
        return complain(arguments.error(), 2);
    if (arguments->help || arguments->version) {
        const QString text = arguments->help ? app::argumentsHelp()
                                             : QString(u"infrastructor "_s + QStringLiteral(INFRA_VERSION) + u'\n');
        std::fputs(qUtf8Printable(text), stdout);
        return 0;
    }
    app::SignalWatch signalWatch;
    QCoreApplication::setApplicationName(u"infrastructor"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(INFRA_VERSION));
    QGuiApplication::setDesktopFileName(u"io.github.infrastructor"_s);
    if (arguments->headless) {
        QCoreApplication application(argc, argv);
        return run(application, *arguments, signalWatch);
    }
    QApplication application(argc, argv);
    application.setQuitOnLastWindowClosed(false);
    return run(application, *arguments, signalWatch);
}
