// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtCore/QBasicTimer>
#include <QtCore/QJsonObject>
#include <QtCore/QObject>
#include <QtCore/QString>

namespace infra::ui {

/// What the window remembers of itself: geometry, pane widths, saved filters, chosen columns. One small JSON file in
/// the profile
/// ("ui.json"), replaced whole; it is a convenience and never an error: an unreadable one starts empty, an unwritable
/// one is logged. GUI thread. Writes are gathered for a second and at the end.
class UiState : public QObject
{
    Q_OBJECT
public:
    /// @param path empty: kept in memory only.
    explicit UiState(QString path, QObject *parent = nullptr);
    ~UiState() override;

    QJsonValue value(const QString &key) const { return m_values.value(key); }
    void set(const QString &key, const QJsonValue &value);
    void save();

protected:
    void timerEvent(QTimerEvent *event) override;

private:
    QString m_path;
    QJsonObject m_values;
    QBasicTimer m_timer;
    bool m_changed = false;
};

} // namespace infra::ui
