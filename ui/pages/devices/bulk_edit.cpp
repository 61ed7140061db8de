// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/devices/bulk_edit.h"

namespace infra::ui {

BulkEdit::BulkEdit(const PageContext &context, QObject *parent)
    : QObject(parent)
    , m_context(context)
{
}

QList<Device> BulkEdit::devicesOf(const QList<DeviceId> &ids) const
{
    QList<Device> devices;
    for (const engine::DeviceRow &row : m_context.client.devices()) {
        if (ids.contains(row.device.id))
            devices.append(row.device);
    }
    return devices;
}

void BulkEdit::edit(const QList<DeviceId> &ids, const std::function<void(Device &)> &change, const QString &done)
{
    struct Work
    {
        qsizetype open = 0;
        QList<Device> before; ///< of those that were changed
        bool told = false;
    };
    auto work = std::make_shared<Work>();
    for (const Device &device : devicesOf(ids)) {
        Device changed = device;
        change(changed);
        if (changed == device)
            continue;
        ++work->open;
        m_context.client.editDevice(changed, {}).then(this, [this, work, device, done](const Result<Device> &result) {
            if (result)
                work->before.append(device);
            else if (!std::exchange(work->told, true))
                m_context.navigator.showError(result.error());
            if (--work->open > 0 || work->before.isEmpty())
                return;
            m_context.navigator.toast(done, [this, before = work->before] {
                for (const Device &old : before) {
                    m_context.client.editDevice(old, {}).then(this, [this](const Result<Device> &back) {
                        if (!back)
                            m_context.navigator.showError(back.error());
                    });
                }
            });
        });
    }
}

void BulkEdit::remove(const QList<DeviceId> &ids, bool withHistory)
{
    struct Work
    {
        qsizetype open = 0;
        QList<DeviceId> gone;
        QString name;
        bool told = false;
    };
    auto work = std::make_shared<Work>();
    for (const Device &device : devicesOf(ids)) {
        if (device.isLocal())
            continue;
        ++work->open;
        work->name = device.name;
        m_context.client.removeDevice(device.id, withHistory)
            .then(this, [this, work, id = device.id](const Result<void> &result) {
                if (result)
                    work->gone.append(id);
                else if (!std::exchange(work->told, true))
                    m_context.navigator.showError(result.error());
                if (--work->open > 0 || work->gone.isEmpty())
                    return;
                const QString words = work->gone.size() == 1
                                          ? tr("%1 removed").arg(work->name)
                                          : tr("%n devices removed", nullptr, static_cast<int>(work->gone.size()));
                m_context.navigator.toast(words, [this, gone = work->gone] {
                    for (const DeviceId &back : gone) {
                        m_context.client.undoRemove(back).then(this, [this](const Result<void> &undone) {
                            if (!undone)
                                m_context.navigator.showError(undone.error());
                        });
                    }
                });
            });
    }
}

void BulkEdit::setPaused(const QList<DeviceId> &ids, bool paused)
{
    m_context.client.setPaused(ids, paused);
    const int number = static_cast<int>(ids.size());
    m_context.navigator.toast(paused ? tr("%n device(s) paused", nullptr, number)
                                     : tr("%n device(s) read again", nullptr, number),
                              [this, ids, paused] { m_context.client.setPaused(ids, !paused); });
}

void BulkEdit::readNow(const QList<DeviceId> &ids)
{
    for (const DeviceId &id : ids)
        m_context.client.readNow(id, {});
}

} // namespace infra::ui
