// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/correlation.h"
#include "core/base/timer_service.h"
#include "core/secrets/keyring.h"
#include "core/secrets/secret_store.h"

#include <map>

namespace infra::secrets {

/// Secrets in the desktop's keyring, each call with a deadline. Engine thread.
/// After a call that missed its deadline the others fail at once until that one is answered: the keyring serves one at
/// a time.
class KeyringStore final : public SecretStore
{
    Q_OBJECT
public:
    KeyringStore(std::unique_ptr<Keyring> keyring, TimerService &timers, Random &random,
                 milliseconds deadline = milliseconds(10'000));
    ~KeyringStore() override;

    /// Writes a test entry and reads it back, which alone tells a usable keyring from a locked or absent one.
    /// `done` comes when `state` is known.
    void probe(std::function<void()> done);

    Backend backend() const override { return Backend::Keyring; }
    StoreState state() const override { return m_state; }
    void read(const QString &name, std::function<void(Result<SecretBytes>)> done) override;
    void write(const QString &name, SecretBytes value, std::function<void(Result<void>)> done) override;
    void remove(const QString &name, std::function<void(Result<void>)> done) override;
    void unlock(SecretBytes passphrase, std::function<void(Result<void>)> done) override;

private:
    using Answer = std::function<void(Result<KeyringReply>)>;
    using Start = std::function<void(Keyring::Done)>;
    void call(const Start &start, Answer answer);
    void answered(quint64 id, KeyringReply reply);
    void missed(quint64 id);
    void later(std::function<void()> function);
    void setState(StoreState state);
    void readProbe(const QByteArray &expected, std::function<void()> done);

    struct Call
    {
        Answer answer; ///< empty once the deadline passed
        TimerHandle deadline;
    };

    std::unique_ptr<Keyring> m_keyring;
    TimerService &m_timers;
    Random &m_random;
    const milliseconds m_deadline;
    StoreState m_state = StoreState::Unavailable;
    std::map<quint64, Call> m_calls;
    quint64 m_nextCall = 1;
    int m_overdue = 0;
};

} // namespace infra::secrets
