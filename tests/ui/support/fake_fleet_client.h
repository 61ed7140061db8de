// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/fleet_client.h"
#include "tests/ui/support/fake_fleet.h"

#include <QtCore/QTemporaryDir>

namespace infra::test {

/// The window's whole view of the core, made up: the fleet of the design in one of its modes. Acts change it at once,
/// leave an audit row and are listed in `calls` ("removeDevice atlas"), so that tests can see what a page asked for.
class FakeFleetClient final : public engine::FleetClient
{
    Q_OBJECT
public:
    explicit FakeFleetClient(FleetMode mode, const Clock &clock);

    /// What was asked of the core, oldest first.
    QStringList calls;
    /// Every question after this fails with it.
    std::optional<Error> failWith;

    void setMode(FleetMode mode); ///< tells all that changed
    void changeRow(const engine::DeviceRow &row);
    void raisePrompt(const ssh::PromptBroker::Prompt &prompt);

    QList<engine::DeviceRow> devices() const override { return m_rows; }
    engine::FleetStatus status() const override { return m_status; }
    std::shared_ptr<void> watchDetails(const DeviceId &device) override;
    std::optional<engine::DeviceDetails> details(const DeviceId &device) const override;
    std::shared_ptr<void> watchLive(const DeviceId &device) override;
    QFuture<Result<HistoryResult>> history(HistoryQuery query, CancelToken cancel) override;
    QFuture<Result<AuditPage>> audit(AuditQuery query, CancelToken cancel) override;
    QFuture<Result<store::StoreStatus>> storeStatus() override;
    QFuture<Result<QList<engine::SshConfigHost>>> sshConfigHosts() override;
    QString commandsShown(const DeviceId &device) const override;
    QString sudoersLines(const DeviceId &device) const override;
    SettingsStore &settings() override { return *m_settings; }
    QString logFolder() const override { return m_folder.path(); }
    QString profileFolder() const override { return m_folder.path(); }
    QFuture<Result<Device>> addDevice(Device device, engine::DeviceSecrets secrets) override;
    QFuture<Result<Device>> editDevice(Device device, engine::DeviceSecrets secrets) override;
    QFuture<Result<void>> removeDevice(DeviceId device, bool withHistory) override;
    QFuture<Result<void>> undoRemove(DeviceId device) override;
    QFuture<ssh::ConnectionReport> testDevice(Device device, engine::DeviceSecrets secrets,
                                              CancelToken cancel) override;
    QFuture<Result<void>> acceptHostKey(DeviceId device, QString fingerprint) override;
    QFuture<collect::CollectResult> readNow(DeviceId device, QList<Kind> kinds) override;
    void readAllNow() override { calls.append(QStringLiteral("readAllNow")); }
    void setCollecting(bool on) override;
    void setPaused(const QList<DeviceId> &devices, bool paused) override;
    QFuture<Result<void>> setSetting(QString name, QJsonValue value) override;
    QFuture<Result<void>> unlockSecrets(SecretBytes passphrase) override;
    void answerPrompt(quint64 id, std::optional<QByteArray> answer) override;
    QFuture<Result<void>> connectInteractively(DeviceId device) override;

private:
    template <typename T>
    QFuture<T> answer(T value);
    template <typename T>
    QFuture<Result<T>> answerOr(T value);
    QFuture<Result<void>> done();
    QString nameOf(const DeviceId &id) const;
    engine::DeviceRow *rowOf(const DeviceId &id);
    void note(const QString &operation, const DeviceId &device, const QString &detail);

    const Clock &m_clock;
    FleetMode m_mode;
    QTemporaryDir m_folder;
    QList<engine::DeviceRow> m_rows;
    engine::FleetStatus m_status;
    QList<AuditEntry> m_audit;
    std::unique_ptr<SettingsStore> m_settings;
    QHash<DeviceId, engine::DeviceRow> m_removed;
    std::vector<std::shared_ptr<void>> m_unanswered;
    quint64 m_nextPrompt = 1;
};

} // namespace infra::test
