// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/mailbox.h"
#include "core/secrets/sealed_file.h"
#include "core/secrets/secret_store.h"

#include <thread>

namespace infra::secrets {

/// Secrets in one file sealed by a passphrase, for machines without a keyring. Locked until `unlock`; the key is made
/// on a thread of its own. The file has mode 0600 and is replaced whole at each change. Engine thread.
class SealedFileStore final : public SecretStore
{
    Q_OBJECT
public:
    /// Reads nothing yet. @param cost for tests: the cost of a new file's key.
    explicit SealedFileStore(QString path, KdfParameters cost = {});
    ~SealedFileStore() override;

    bool fileExists() const;
    /// None while there is no file.
    Backend backend() const override;
    StoreState state() const override { return m_state; }
    void read(const QString &name, std::function<void(Result<SecretBytes>)> done) override;
    void write(const QString &name, SecretBytes value, std::function<void(Result<void>)> done) override;
    void remove(const QString &name, std::function<void(Result<void>)> done) override;
    /// Errors: InvalidArgument (a new passphrase under 8 bytes), SecretsLocked (wrong one), SecretsCorrupt,
    /// FileUnwritable, Conflict (another attempt runs).
    void unlock(SecretBytes passphrase, std::function<void(Result<void>)> done) override;

private:
    struct Derived
    {
        Result<SecretBytes> key;
        KdfParameters parameters;
    };
    void takeDerived();
    Result<void> useKey(Derived derived);
    Result<void> save(const SecretMap &secrets, const KdfParameters &parameters, const SecretBytes &key);
    Result<QByteArray> readFile() const;
    void later(std::function<void()> function);
    Result<void> replace(SecretMap next);
    SecretMap copied() const;

    const QString m_path;
    const KdfParameters m_cost;
    StoreState m_state = StoreState::Locked;
    KdfParameters m_parameters;
    SecretBytes m_key;
    SecretMap m_secrets;
    std::function<void(Result<void>)> m_unlocking;
    Mailbox<Derived> m_derived{4};
    std::jthread m_thread; ///< last: joined before what it uses goes
};

} // namespace infra::secrets
