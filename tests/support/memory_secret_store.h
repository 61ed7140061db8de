// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/secrets/secret_store.h"

#include <QtCore/QMap>

#include <map>

namespace infra::test {

/// Secrets in memory; can be locked by hand. Callbacks come later, as with the real ones.
class MemorySecretStore final : public secrets::SecretStore
{
public:
    secrets::Backend backend() const override { return secrets::Backend::Keyring; }
    secrets::StoreState state() const override { return m_state; }

    void read(const QString &name, std::function<void(Result<SecretBytes>)> done) override
    {
        later([this, name, done = std::move(done)] {
            const auto found = m_secrets.find(name);
            if (m_state != secrets::StoreState::Ready)
                done(fail(lockedCode(), QStringLiteral("locked by the test")));
            else if (found == m_secrets.end())
                done(fail(ErrorCode::SecretNotFound, QStringLiteral("no such entry")));
            else
                done(found->second.clone());
        });
    }

    void write(const QString &name, SecretBytes value, std::function<void(Result<void>)> done) override
    {
        const auto held = std::make_shared<SecretBytes>(std::move(value));
        later([this, name, held, done = std::move(done)] {
            if (m_state != secrets::StoreState::Ready) {
                done(fail(lockedCode(), QStringLiteral("locked by the test")));
                return;
            }
            m_secrets.insert_or_assign(name, std::move(*held));
            done({});
        });
    }

    void remove(const QString &name, std::function<void(Result<void>)> done) override
    {
        later([this, name, done = std::move(done)] {
            m_secrets.erase(name);
            done({});
        });
    }

    void unlock(SecretBytes, std::function<void(Result<void>)> done) override
    {
        later([this, done = std::move(done)] {
            setState(secrets::StoreState::Ready);
            done({});
        });
    }

    // for tests
    void setState(secrets::StoreState state)
    {
        if (m_state == state)
            return;
        m_state = state;
        emit stateChanged();
    }
    void put(const QString &name, QByteArrayView value) { m_secrets.insert_or_assign(name, SecretBytes(value)); }
    bool contains(const QString &name) const { return m_secrets.contains(name); }
    std::size_t count() const { return m_secrets.size(); }

private:
    ErrorCode lockedCode() const
    {
        return m_state == secrets::StoreState::Locked ? ErrorCode::SecretsLocked : ErrorCode::SecretsUnavailable;
    }
    void later(std::function<void()> function)
    {
        QMetaObject::invokeMethod(this, std::move(function), Qt::QueuedConnection);
    }

    secrets::StoreState m_state = secrets::StoreState::Ready;
    std::map<QString, SecretBytes> m_secrets;
};

} // namespace infra::test
