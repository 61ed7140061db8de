// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/secret_overlay.h"

namespace infra::engine {

SecretOverlay::SecretOverlay(secrets::SecretStore &kept)
    : m_kept(kept)
{
    connect(&kept, &secrets::SecretStore::stateChanged, this, &secrets::SecretStore::stateChanged);
}

void SecretOverlay::setTemporary(const DeviceId &device, DeviceSecrets secrets)
{
    const auto put = [this](const QString &name, std::optional<SecretBytes> &secret) {
        if (secret)
            m_temporary.insert_or_assign(name, std::move(*secret));
    };
    put(secrets::loginPasswordName(device), secrets.loginPassword);
    put(secrets::keyPassphraseName(device), secrets.keyPassphrase);
    put(secrets::sudoPasswordName(device), secrets.sudoPassword);
}

void SecretOverlay::clearTemporary(const DeviceId &device)
{
    for (const QString &name :
         {secrets::loginPasswordName(device), secrets::keyPassphraseName(device), secrets::sudoPasswordName(device)})
        m_temporary.erase(name);
}

void SecretOverlay::read(const QString &name, std::function<void(Result<SecretBytes>)> done)
{
    const auto found = m_temporary.find(name);
    if (found == m_temporary.end()) {
        m_kept.read(name, std::move(done));
        return;
    }
    // As the port promises: the answer comes later, never inside the call.
    auto copy = std::make_shared<SecretBytes>(found->second.clone());
    QMetaObject::invokeMethod(
        this, [copy, done = std::move(done)] { done(std::move(*copy)); }, Qt::QueuedConnection);
}

void SecretOverlay::write(const QString &name, SecretBytes value, std::function<void(Result<void>)> done)
{
    m_kept.write(name, std::move(value), std::move(done));
}

void SecretOverlay::remove(const QString &name, std::function<void(Result<void>)> done)
{
    m_kept.remove(name, std::move(done));
}

void SecretOverlay::unlock(SecretBytes passphrase, std::function<void(Result<void>)> done)
{
    m_kept.unlock(std::move(passphrase), std::move(done));
}

} // namespace infra::engine
