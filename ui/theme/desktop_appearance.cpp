// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/desktop_appearance.h"

#include <QtDBus/QDBusConnection>
#include <QtDBus/QDBusMessage>
#include <QtDBus/QDBusPendingCallWatcher>
#include <QtDBus/QDBusPendingReply>
#include <QtDBus/QDBusVariant>

namespace infra::ui {

using namespace Qt::Literals::StringLiterals;

namespace {
constexpr auto kPortalService = "org.freedesktop.portal.Desktop"_L1;
constexpr auto kPortalPath = "/org/freedesktop/portal/desktop"_L1;
constexpr auto kPortalInterface = "org.freedesktop.portal.Settings"_L1;
constexpr auto kAppearanceGroup = "org.freedesktop.appearance"_L1;
} // namespace

DesktopAppearance::DesktopAppearance(QObject *parent)
    : QObject(parent)
{
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        return;
    bus.connect(kPortalService, kPortalPath, kPortalInterface, u"SettingChanged"_s, this,
                SLOT(settingChanged(QString, QString, QDBusVariant)));
    read(u"color-scheme"_s);
    read(u"contrast"_s);
}

void DesktopAppearance::read(const QString &key)
{
    QDBusMessage call = QDBusMessage::createMethodCall(kPortalService, kPortalPath, kPortalInterface, u"Read"_s);
    call << QString(kAppearanceGroup) << key;
    auto *watcher = new QDBusPendingCallWatcher(QDBusConnection::sessionBus().asyncCall(call), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, key](QDBusPendingCallWatcher *finished) {
        const QDBusPendingReply<QDBusVariant> reply = *finished;
        // No portal, or one without this key, is no error: the start palette decides then.
        if (!reply.isError())
            take(key, reply.value().variant());
        finished->deleteLater();
    });
}

void DesktopAppearance::settingChanged(const QString &group, const QString &key, const QDBusVariant &value)
{
    if (group == kAppearanceGroup)
        take(key, value.variant());
}

void DesktopAppearance::take(const QString &key, QVariant value)
{
    // `Read` wraps its answer in a second variant, the signal does not.
    while (value.canConvert<QDBusVariant>())
        value = value.value<QDBusVariant>().variant();
    const uint number = value.toUInt();
    if (key == u"color-scheme") {
        const std::optional<bool> dark = number == 1   ? std::optional(true)
                                         : number == 2 ? std::optional(false)
                                                       : std::nullopt;
        if (dark == m_dark)
            return;
        m_dark = dark;
    } else if (key == u"contrast") {
        if (m_contrast == (number == 1))
            return;
        m_contrast = number == 1;
    } else {
        return;
    }
    emit changed();
}

} // namespace infra::ui
