// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/status_line.h"

#include "ui/shell/state_dot.h"
#include "ui/text/format.h"
#include "ui/widgets/controls.h"

#include <QtCore/QLocale>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>

namespace infra::ui {

using namespace Qt::Literals::StringLiterals;

StatusLine::StatusLine(const Theme &theme, QWidget *parent)
    : QFrame(parent)
    , m_theme(theme)
{
    setProperty("surface", u"status"_s);
    setAccessibleName(tr("Status"));
    m_row = new QHBoxLayout(this);
    m_row->setContentsMargins(12, 0, 12, 0);
    m_row->setSpacing(6);
    m_sessions = addItem(u"plug"_s, false);
    m_cycle = addItem(u"clock"_s, false);
    m_row->addStretch(1);
    m_secrets = addItem(u"key"_s, true);
    m_store = addItem(u"database"_s, true);
    m_clock = addItem({}, true);
    const auto resize = [this] { setFixedHeight(m_theme.px(26)); };
    connect(&theme, &Theme::changed, this, resize);
    resize();
}

QLabel *StatusLine::addItem(const QString &iconName, bool right)
{
    if (right)
        m_row->addSpacing(12);
    if (!iconName.isEmpty())
        m_row->addWidget(new Glyph(m_theme, iconName, 12, "text.secondary", this));
    QLabel *label = makeLabel(m_theme, QString(), TextStyle::Caption, "text.secondary", this);
    m_row->addWidget(label);
    if (!right)
        m_row->addSpacing(12);
    return label;
}

void StatusLine::setShort(bool brief)
{
    m_short = brief;
}

void StatusLine::setStatus(const engine::FleetStatus &status, Instant now)
{
    if (status.sessions == 0)
        m_sessions->setText(status.devices == 1 ? tr("No sessions, this computer is read without SSH")
                                                : tr("No sessions yet"));
    else if (status.sessionsOpenedLastHour == 0)
        m_sessions->setText(tr("%n session(s)", nullptr, status.sessions));
    else
        m_sessions->setText(tr("%n session(s), %1 opened in the last hour", nullptr, status.sessions)
                                .arg(status.sessionsOpenedLastHour));
    if (!status.collecting)
        m_cycle->setText(tr("Collecting is paused"));
    else if (!status.nextCycle)
        m_cycle->setText(tr("No cycle planned"));
    else {
        const QString left =
            age(std::max(milliseconds(0), std::chrono::duration_cast<milliseconds>(*status.nextCycle - now)));
        m_cycle->setText(m_short ? left : tr("Next cycle in %1").arg(left));
    }
    if (status.secretsState == secrets::StoreState::Locked)
        m_secrets->setText(tr("Secrets locked"));
    else if (status.secretsBackend == secrets::Backend::Keyring)
        m_secrets->setText(tr("Secrets in the keyring"));
    else if (status.secretsBackend == secrets::Backend::SealedFile)
        m_secrets->setText(tr("Secrets in a sealed file"));
    else
        m_secrets->setText(tr("No place for secrets"));
    if (!status.storeWritable)
        m_store->setText(tr("Not writing, %1 dropped").arg(count(status.droppedTelemetry)));
    else
        m_store->setText(
            tr("SQLite, %1", "database and its size").arg(bytesDecimal(static_cast<double>(status.storeBytes))));
    const QDateTime local = toDateTime(now).toLocalTime();
    m_clock->setText(local.time().toString(u"HH:mm:ss"_s) + u' ' + local.timeZoneAbbreviation());
    m_clock->setToolTip(timeLong(now));
}

} // namespace infra::ui
