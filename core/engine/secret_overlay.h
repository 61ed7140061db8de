// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/device_service.h"
#include "core/secrets/secret_store.h"

#include <map>

namespace infra::engine {

/// The secret store as connections see it: secrets typed for a live test lie over the kept ones and go with the test,
/// so that a test neither needs nor changes the keyring. Engine thread.
class SecretOverlay final : public secrets::SecretStore
{
    Q_OBJECT
public:
    explicit SecretOverlay(secrets::SecretStore &kept);

    void setTemporary(const DeviceId &device, DeviceSecrets secrets);
    void clearTemporary(const DeviceId &device);

    secrets::Backend backend() const override { return m_kept.backend(); }
    secrets::StoreState state() const override { return m_kept.state(); }
    void read(const QString &name, std::function<void(Result<SecretBytes>)> done) override;
    void write(const QString &name, SecretBytes value, std::function<void(Result<void>)> done) override;
    void remove(const QString &name, std::function<void(Result<void>)> done) override;
    void unlock(SecretBytes passphrase, std::function<void(Result<void>)> done) override;

private:
    secrets::SecretStore &m_kept;
    std::map<QString, SecretBytes> m_temporary;
};

} // namespace infra::engine
