// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/secrets/make_secret_store.h"

#include "core/base/logging.h"
#include "core/secrets/keyring_store.h"
#include "core/secrets/sealed_file_store.h"

#include <QtCore/QDir>
#include <QtCore/QFile>

#include <vector>

namespace infra::secrets {

namespace {

/// Chooses between keyring and sealed file, once, and hands everything on to the chosen one.
class ChosenStore final : public SecretStore
{
public:
    ChosenStore(const QString &profileFolder, std::unique_ptr<Keyring> keyring, TimerService &timers, Random &random,
                Probe probe)
        : m_marker(QDir(profileFolder).filePath(QStringLiteral("secrets.keyring")))
        , m_keyring(std::move(keyring), timers, random)
        , m_sealed(QDir(profileFolder).filePath(QStringLiteral("secrets.sealed")))
    {
        connect(&m_keyring, &SecretStore::stateChanged, this, [this] { forward(&m_keyring); });
        connect(&m_sealed, &SecretStore::stateChanged, this, [this] { forward(&m_sealed); });
        if (m_sealed.fileExists())
            choose(&m_sealed);
        else if (probe == Probe::AtOnce || hasMarker())
            startProbe();
    }

    Backend backend() const override { return m_chosen != nullptr ? m_chosen->backend() : Backend::None; }
    StoreState state() const override
    {
        // Nothing kept and nobody asked yet: nothing is in the way.
        if (m_chosen == nullptr)
            return m_probing ? StoreState::Unavailable : StoreState::Ready;
        return m_chosen->state();
    }

    void read(const QString &name, std::function<void(Result<SecretBytes>)> done) override
    {
        if (m_chosen == nullptr && !m_probing) {
            const auto answer = [done = std::move(done)] {
                done(fail(ErrorCode::SecretNotFound, QStringLiteral("This profile has not kept a secret yet.")));
            };
            QMetaObject::invokeMethod(this, answer, Qt::QueuedConnection);
            return;
        }
        whenChosen([this, name, done = std::move(done)] { m_chosen->read(name, done); });
    }

    void write(const QString &name, SecretBytes value, std::function<void(Result<void>)> done) override
    {
        const auto held = std::make_shared<SecretBytes>(std::move(value));
        whenChosen([this, name, held, done = std::move(done)] {
            m_chosen->write(name, std::move(*held), [this, done](Result<void> result) {
                if (result && m_chosen == &m_keyring)
                    setMarker();
                done(std::move(result));
            });
        });
    }

    void remove(const QString &name, std::function<void(Result<void>)> done) override
    {
        whenChosen([this, name, done = std::move(done)] { m_chosen->remove(name, done); });
    }

    void unlock(SecretBytes passphrase, std::function<void(Result<void>)> done) override
    {
        const auto held = std::make_shared<SecretBytes>(std::move(passphrase));
        whenChosen([this, held, done = std::move(done)] { m_chosen->unlock(std::move(*held), done); });
    }

private:
    bool hasMarker() const { return QFile::exists(m_marker); }

    void setMarker()
    {
        if (hasMarker())
            return;
        QFile file(m_marker);
        if (!file.open(QIODevice::WriteOnly))
            log::warning("secrets", QStringLiteral("The marker %1 cannot be written").arg(m_marker));
    }

    void startProbe()
    {
        m_probing = true;
        m_keyring.probe([this] { chooseAfterProbe(); });
    }

    void chooseAfterProbe()
    {
        // What this profile put into the keyring is not elsewhere: a locked one is waited for, not replaced.
        if (m_keyring.state() == StoreState::Ready || hasMarker())
            choose(&m_keyring);
        else
            choose(&m_sealed);
    }

    void choose(SecretStore *store)
    {
        m_chosen = store;
        const bool keyring = store == &m_keyring;
        log::info("secrets", keyring ? QStringLiteral("Passwords are kept in the keyring")
                                     : QStringLiteral("Passwords are kept in the sealed file"));
        const std::vector<std::function<void()>> waiting = std::exchange(m_waiting, {});
        for (const std::function<void()> &call : waiting)
            call();
        emit stateChanged();
    }

    void forward(const SecretStore *from)
    {
        if (m_chosen == from)
            emit stateChanged();
    }

    void whenChosen(std::function<void()> call)
    {
        if (m_chosen != nullptr)
            call();
        else {
            m_waiting.push_back(std::move(call));
            if (!m_probing)
                startProbe();
        }
    }

    const QString m_marker;
    KeyringStore m_keyring;
    SealedFileStore m_sealed;
    SecretStore *m_chosen = nullptr;
    bool m_probing = false;
    std::vector<std::function<void()>> m_waiting;
};

} // namespace

std::unique_ptr<SecretStore> makeSecretStore(const QString &profileFolder, std::unique_ptr<Keyring> keyring,
                                             TimerService &timers, Random &random, Probe probe)
{
    return std::make_unique<ChosenStore>(profileFolder, std::move(keyring), timers, random, probe);
}

std::unique_ptr<SecretStore> makeSecretStore(const QString &profileFolder, const QString &profileName,
                                             TimerService &timers, Random &random, Probe probe)
{
    return makeSecretStore(profileFolder, makeQtKeyring(QString(u"infrastructor/" + profileName)), timers, random,
                           probe);
}

} // namespace infra::secrets
