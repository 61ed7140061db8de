// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/base/secret_bytes.h"
#include "core/base/strong_id.h"

#include <QtCore/QObject>
#include <QtCore/QString>

#include <functional>

namespace infra::secrets {

/// Where secrets are kept, told to the user.
enum class Backend
{
    Keyring,
    SealedFile,
    None
};
enum class StoreState
{
    Ready,
    Locked,
    Unavailable
};

/// Keeps passwords and passphrases by name. Engine thread; callbacks come on it, later, with a deadline inside (10 s):
/// a keyring that never answers is SecretsUnavailable. A locked keyring reads as "no such entry": callers that know
/// that an entry must exist treat SecretNotFound as SecretsLocked.
class SecretStore : public QObject
{
    Q_OBJECT
public:
    virtual Backend backend() const = 0;
    virtual StoreState state() const = 0;
    virtual void read(const QString &name, std::function<void(Result<SecretBytes>)> done) = 0;
    virtual void write(const QString &name, SecretBytes value, std::function<void(Result<void>)> done) = 0;
    virtual void remove(const QString &name, std::function<void(Result<void>)> done) = 0;
    /// Makes the sealed file where there is none, else opens it. SecretsUnavailable where a keyring is in use.
    virtual void unlock(SecretBytes passphrase, std::function<void(Result<void>)> done) = 0;

signals:
    void stateChanged();
};

/// Names of a device's secrets.
QString loginPasswordName(const DeviceId &device);
QString keyPassphraseName(const DeviceId &device);
QString sudoPasswordName(const DeviceId &device);

} // namespace infra::secrets
