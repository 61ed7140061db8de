// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/correlation.h"
#include "core/base/timer_service.h"
#include "core/secrets/keyring.h"
#include "core/secrets/secret_store.h"

#include <memory>

namespace infra::secrets {

/// AtOnce: the keyring is tried when the store is made. WhenNeeded: with the first secret that a person wants kept or
/// opened, so that a start raises no prompt of a keyring that does not exist yet; a profile that never kept a secret
/// answers reads with SecretNotFound.
enum class Probe
{
    AtOnce,
    WhenNeeded
};

/// The profile's store of secrets: the keyring where it works, else the sealed file `secrets.sealed` in the profile's
/// folder, which is Locked until `unlock`. A sealed file that is there is always used. Once a secret went to the
/// keyring the profile stays with it (marker `secrets.keyring`), even while it is locked or away. Which it is shows
/// after a test of the keyring that begins at once; calls before wait for it. `backend` is None and `state` Unavailable
/// until then; `stateChanged` tells. Make and use it on the engine thread.
/// @param profileName tells profiles apart in the keyring: the hash of the profile's path.
std::unique_ptr<SecretStore> makeSecretStore(const QString &profileFolder, const QString &profileName,
                                             TimerService &timers, Random &random, Probe probe = Probe::AtOnce);

/// The same over a given keyring.
std::unique_ptr<SecretStore> makeSecretStore(const QString &profileFolder, std::unique_ptr<Keyring> keyring,
                                             TimerService &timers, Random &random, Probe probe = Probe::AtOnce);

} // namespace infra::secrets
