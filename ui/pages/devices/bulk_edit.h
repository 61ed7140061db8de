// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/shell/page.h"

#include <functional>

namespace infra::ui {

/// Acts on several devices at once, each told by one toast with one undo. Failures are shown, and what worked is kept.
class BulkEdit : public QObject
{
    Q_OBJECT
public:
    BulkEdit(const PageContext &context, QObject *parent);

    /// @param change alters one device. @param done the toast's words: "Tags of 3 devices changed".
    void edit(const QList<DeviceId> &devices, const std::function<void(Device &)> &change, const QString &done);
    void remove(const QList<DeviceId> &devices, bool withHistory);
    void setPaused(const QList<DeviceId> &devices, bool paused);
    void readNow(const QList<DeviceId> &devices);

private:
    QList<Device> devicesOf(const QList<DeviceId> &ids) const;
    PageContext m_context;
};

} // namespace infra::ui
