// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QtCore/QBasicTimer>
#include <QtCore/QJsonObject>
#include <QtCore/QObject>

namespace infra::ui {

/// How the user left the window: columns, widths, splitters, geometry. One JSON file in the profile ("ui-state.json"),
/// replaced whole, written a second after the last change and when it goes away. GUI thread. A file that cannot be read
/// counts as empty: nothing of value is in it.
class UiState : public QObject
{
    Q_OBJECT
public:
    /// @param path empty: kept in memory only.
    explicit UiState(QString path, QObject *parent = nullptr);
    ~UiState() override;
    QJsonValue value(const QString &name) const { return m_values.value(name); }
    void set(const QString &name, const QJsonValue &value);
    /// Writes what is not written yet. Errors: FileUnwritable.
    Result<void> save();

signals:
    void saveFailed(const Error &error);

protected:
    void timerEvent(QTimerEvent *event) override;

private:
    QString m_path;
    QJsonObject m_values;
    QBasicTimer m_timer;
    bool m_dirty = false;
};

} // namespace infra::ui
