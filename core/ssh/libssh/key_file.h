// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/base/secret_bytes.h"
#include "core/ssh/libssh/session_handle.h"

#include <QtCore/QByteArray>

namespace infra::ssh {

/// What can be told of a private key file without its passphrase. Errors of `inspect`: AuthKeyUnreadable.
struct KeyFileFacts
{
    bool encrypted = false;
    QByteArray publicBlob; ///< wire form, from the file itself or its ".pub"; empty: not told
};
Result<KeyFileFacts> inspectKeyFile(const QString &path);

/// Opens the key. libssh tells no cause, so the evidence is the file's own header. A bcrypt passphrase costs 135 ms of
/// CPU: connect threads only. Errors: AuthKeyUnreadable, AuthKeyPassphrase.
Result<KeyHandle> openKeyFile(const QString &path, const KeyFileFacts &facts, const SecretBytes *passphrase);

/// A public key of its wire form; null when libssh does not know its type.
KeyHandle publicKeyOf(const QByteArray &blob);

} // namespace infra::ssh
