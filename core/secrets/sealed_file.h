// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"
#include "core/base/secret_bytes.h"

#include <QtCore/QByteArray>

#include <map>

namespace infra::secrets {

/// Names and their secrets, as the sealed file holds them.
using SecretMap = std::map<QString, SecretBytes>;

/// How the key is made from the passphrase (Argon2id); stands in the file's header.
struct KdfParameters
{
    quint64 operations = 3;
    quint64 memoryBytes = 64ULL * 1024 * 1024;
    QByteArray salt; ///< 16 bytes
    bool operator==(const KdfParameters &) const = default;
};

/// The file's layout, little-endian: "INFSEAL1", operations u64, memory u64, salt 16, key check 16, nonce 24,
/// XChaCha20-Poly1305 of the map with all before as associated data, BLAKE2b-128 of all before. The last one tells a
/// damaged file from a wrong passphrase; it protects nothing. Pure functions, any thread.
namespace sealed {

/// Fresh salt, today's cost. Costs read from a file are bounded (1–16 operations, 8 KiB–1 GiB).
KdfParameters newParameters();
/// Takes its time (about 0.2 s) and memory by design: never on a thread that serves others.
Result<SecretBytes> deriveKey(const SecretBytes &passphrase, const KdfParameters &parameters);
/// SecretsCorrupt for a file that is not whole.
Result<KdfParameters> readParameters(const QByteArray &file);
/// SecretsLocked for another passphrase's key, SecretsCorrupt for an edited file.
Result<SecretMap> open(const QByteArray &file, const SecretBytes &key);
QByteArray seal(const SecretMap &secrets, const KdfParameters &parameters, const SecretBytes &key);

} // namespace sealed
} // namespace infra::secrets
