// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tray/tray_controller.h"

#include "ui/models/causes.h"
#include "ui/shell/main_window.h"
#include "ui/tables/ui_state.h"
#include "ui/text/format.h"
#include "ui/theme/icons.h"
#include "ui/widgets/shapes.h"

#include <QtCore/QDateTime>
#include <QtGui/QAction>
#include <QtGui/QPainter>
#include <QtWidgets/QMenu>
#include <QtWidgets/QSystemTrayIcon>

namespace infra::ui {

using namespace Qt::Literals::StringLiterals;

namespace {
constexpr qsizetype kMostProblems = 5;
constexpr int kMorningHour = 7;
constexpr auto kMutedUntil = "tray.mutedUntil"_L1;
constexpr auto kMutedCritical = "tray.mutedCritical"_L1;
} // namespace

TrayController::TrayController(engine::FleetClient &client, Theme &theme, const Clock &clock, MainWindow &window)
    : m_client(client)
    , m_theme(theme)
    , m_clock(clock)
    , m_window(window)
    , m_state(*window.pageContext().state)
    , m_menu(std::make_unique<QMenu>())
{
    connect(m_menu.get(), &QMenu::aboutToShow, this, &TrayController::fillMenu);
    if (QSystemTrayIcon::isSystemTrayAvailable()) {
        m_icon = new QSystemTrayIcon(this);
        m_icon->setContextMenu(m_menu.get());
        connect(m_icon, &QSystemTrayIcon::activated, this, [this](QSystemTrayIcon::ActivationReason reason) {
            if (reason == QSystemTrayIcon::Trigger || reason == QSystemTrayIcon::DoubleClick)
                m_window.raiseToFront();
        });
        connect(m_icon, &QSystemTrayIcon::messageClicked, &m_window, &MainWindow::raiseToFront);
        connect(&m_window, &MainWindow::hiddenToTray, this, [this] {
            m_icon->showMessage(tr("Infrastructor goes on collecting"), tr("The icon here opens the window again."),
                                iconFor(Health::Ok, false, false, m_theme));
        });
    }
    m_window.setTrayAvailable(m_icon != nullptr);
    connect(&client, &engine::FleetClient::statusChanged, this, &TrayController::refresh);
    connect(&client, &engine::FleetClient::devicesChanged, this, &TrayController::refresh);
    connect(&theme, &Theme::changed, this, &TrayController::refresh);
    refresh();
    fillMenu();
    if (m_icon != nullptr)
        m_icon->show();
}

TrayController::~TrayController() = default;

bool TrayController::isAvailable() const
{
    return m_icon != nullptr;
}

QIcon TrayController::iconFor(Health worst, bool paused, bool waiting, const Theme &theme)
{
    QIcon icon;
    for (const int size : {16, 22, 32, 44}) {
        QPixmap pixmap = markPixmap(size, 1);
        const bool shape = paused || waiting || worst == Health::Critical || worst == Health::Warning;
        if (shape) {
            QPainter painter(&pixmap);
            painter.setRenderHint(QPainter::Antialiasing);
            const double side = size * 0.55;
            const QRectF corner(size - side, size - side, side, side);
            // Cut free of the mark, so that the shape reads on any panel.
            painter.setCompositionMode(QPainter::CompositionMode_Clear);
            painter.setPen(Qt::NoPen);
            painter.setBrush(Qt::black);
            painter.drawEllipse(corner.adjusted(-1, -1, 1, 1));
            painter.setCompositionMode(QPainter::CompositionMode_SourceOver);
            const Health shown = paused ? Health::Maintenance
                                 : shape && (worst == Health::Critical || worst == Health::Warning) ? worst
                                                                                                    : Health::Info;
            paintHealth(painter, corner, shown, theme, theme.color("surface.rail"));
        }
        icon.addPixmap(pixmap);
    }
    return icon;
}

QString TrayController::summary() const
{
    const engine::FleetStatus status = m_client.status();
    if (!status.collecting)
        return tr("Collecting is paused");
    QStringList parts;
    if (const int critical = status.counts.value(Health::Critical); critical > 0)
        parts.append(tr("%n critical", nullptr, critical));
    if (const int warnings = status.counts.value(Health::Warning); warnings > 0)
        parts.append(tr("%n warning(s)", nullptr, warnings));
    return parts.isEmpty() ? tr("All well") : parts.join(u", "_s);
}

void TrayController::refresh()
{
    const engine::FleetStatus status = m_client.status();
    const bool waiting = !waitingCauses(m_client.devices(), status, m_clock.now()).isEmpty();
    if (m_icon == nullptr)
        return;
    m_icon->setIcon(iconFor(status.worst, !status.collecting, waiting, m_theme));
    m_icon->setToolTip(
        tr("Infrastructor: %1\n%2 of %3 devices live").arg(summary()).arg(status.live).arg(status.devices));
    // One message when it turns worse, with the cause; never one a device.
    if (m_told && worseThan(status.worst, *m_told) &&
        (status.worst == Health::Critical || status.worst == Health::Warning) && !m_window.isActiveWindow() &&
        tells(status.worst)) {
        const QList<Cause> causes = attentionCauses(m_client.devices(), m_clock.now());
        if (!causes.isEmpty())
            m_icon->showMessage(causes.constFirst().title, namesText(causes.constFirst().names), m_icon->icon());
    }
    m_told = status.worst;
}

void TrayController::fillMenu()
{
    m_menu->clear();
    const engine::FleetStatus status = m_client.status();
    const Instant now = m_clock.now();
    const auto shape = [this](Health health) {
        const int side = m_theme.px(16);
        QPixmap pixmap(side, side);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        painter.setRenderHint(QPainter::Antialiasing);
        paintHealth(painter, QRectF(2, 2, side - 4, side - 4), health, m_theme, m_theme.color("surface.raised"));
        return QIcon(pixmap);
    };
    const Health worst = status.collecting ? status.worst : Health::Maintenance;
    QAction *head = m_menu->addAction(
        shape(worst), tr("%1; %2 of %3 devices live").arg(summary()).arg(status.live).arg(status.devices));
    connect(head, &QAction::triggered, &m_window, &MainWindow::raiseToFront);
    m_menu->addSeparator();
    const auto go = [this](const Route &route) {
        m_window.raiseToFront();
        m_window.open(route);
    };
    const QList<Cause> causes = attentionCauses(m_client.devices(), now);
    for (const Cause &cause : causes.mid(0, kMostProblems)) {
        const QString text = tr("%1: %2\t%3", "device: cause, age")
                                 .arg(namesText(cause.names), cause.title, age(std::optional(cause.since), now));
        connect(m_menu->addAction(shape(cause.severity), QString(text).replace(u'&', u"&&"_s)), &QAction::triggered,
                this, [go, target = cause.target] { go(target); });
    }
    if (causes.size() > kMostProblems)
        connect(m_menu->addAction(tr("All %1 causes").arg(causes.size())), &QAction::triggered, this, [go] {
            go({u"overview"_s, {}, {}});
        });
    if (!causes.isEmpty())
        m_menu->addSeparator();
    if (const QList<Cause> waiting = waitingCauses(m_client.devices(), status, now); !waiting.isEmpty()) {
        connect(m_menu->addAction(icon(m_theme, u"key"_s),
                                  tr("%n wait(s) for you…\tOpen to review", "left and right end of an entry",
                                     static_cast<int>(waiting.size()))),
                &QAction::triggered, this, [go] {
                    go({u"overview"_s, {}, {}});
                });
        m_menu->addSeparator();
    }
    fillMute();
    const bool on = status.collecting;
    connect(m_menu->addAction(icon(m_theme, on ? u"pause"_s : u"play"_s),
                              on ? tr("Pause collecting") : tr("Go on collecting")),
            &QAction::triggered, this, [this, on] { m_client.setCollecting(!on); });
    m_menu->addSeparator();
    connect(m_menu->addAction(icon(m_theme, u"display"_s), tr("Open Infrastructor")), &QAction::triggered, &m_window,
            &MainWindow::raiseToFront);
    connect(m_menu->addAction(icon(m_theme, u"power"_s), tr("Quit")), &QAction::triggered, this,
            &TrayController::quitRequested);
}

void TrayController::fillMute()
{
    if (const std::optional<Instant> until = mutedUntil()) {
        const QString time = timeShort(*until, m_clock.now());
        connect(m_menu->addAction(icon(m_theme, u"bell"_s), tr("Speak again\tmuted until %1").arg(time)),
                &QAction::triggered, this, &TrayController::unmute);
        return;
    }
    connect(m_menu->addAction(icon(m_theme, u"bell-slash"_s), tr("Mute for 1 hour")), &QAction::triggered, this,
            [this] { mute(m_clock.now() + std::chrono::hours(1), true); });
    const QString time = QLocale().toString(QTime(kMorningHour, 0), u"HH:mm"_s);
    connect(m_menu->addAction(icon(m_theme, u"moon"_s), tr("Mute until %1, critical still comes").arg(time)),
            &QAction::triggered, this, [this] { mute(morning(), false); });
}

/// The next seven o'clock of this place.
Instant TrayController::morning() const
{
    const QDateTime now = toDateTime(m_clock.now()).toLocalTime();
    QDateTime wanted(now.date(), QTime(kMorningHour, 0));
    if (wanted <= now)
        wanted = QDateTime(now.date().addDays(1), QTime(kMorningHour, 0));
    return fromMs(wanted.toMSecsSinceEpoch());
}

std::optional<Instant> TrayController::mutedUntil() const
{
    const Instant until = fromMs(static_cast<qint64>(m_state.value(kMutedUntil).toDouble()));
    return until > m_clock.now() ? std::optional(until) : std::nullopt;
}

bool TrayController::tells(Health worst) const
{
    return !mutedUntil() || (worst == Health::Critical && !m_state.value(kMutedCritical).toBool());
}

void TrayController::mute(Instant until, bool criticalToo)
{
    m_state.set(kMutedUntil, static_cast<double>(toMs(until)));
    m_state.set(kMutedCritical, criticalToo);
    fillMenu();
}

void TrayController::unmute()
{
    m_state.set(kMutedUntil, 0);
    fillMenu();
}

QStringList TrayController::menuTexts() const
{
    QStringList texts;
    for (const QAction *action : m_menu->actions()) {
        if (!action->isSeparator())
            texts.append(action->text());
    }
    return texts;
}

} // namespace infra::ui
