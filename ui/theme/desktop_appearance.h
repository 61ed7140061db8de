// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtCore/QObject>
#include <QtCore/QVariant>

#include <optional>

class QDBusVariant;

namespace infra::ui {

/// What the desktop wants: dark or light, and more contrast, by the portal's `org.freedesktop.appearance` (documented
/// in xdg-desktop-portal's org.freedesktop.portal.Settings). Never blocks: answers arrive later and are told by
/// `changed`.
class DesktopAppearance : public QObject
{
    Q_OBJECT
public:
    explicit DesktopAppearance(QObject *parent = nullptr);
    /// Nothing while the portal has not answered, is absent, or has no preference.
    std::optional<bool> prefersDark() const { return m_dark; }
    bool highContrast() const { return m_contrast; }

signals:
    void changed();

private slots:
    void settingChanged(const QString &group, const QString &key, const QDBusVariant &value);

private:
    void read(const QString &key);
    void take(const QString &key, QVariant value);
    std::optional<bool> m_dark;
    bool m_contrast = false;
};

} // namespace infra::ui
