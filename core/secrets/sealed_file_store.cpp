// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/secrets/sealed_file_store.h"

#include <QtCore/QFile>
#include <QtCore/QSaveFile>

#include <utility>

namespace infra::secrets {

namespace {

constexpr std::size_t shortestPassphrase = 8;
constexpr std::size_t largestSecret = 64 * 1024;
constexpr std::size_t mostSecrets = 10'000;
constexpr qint64 largestSealedRead = 8 * 1024 * 1024;

Error lockedError(bool fileExists)
{
    Error error{.code = ErrorCode::SecretsLocked,
                .message = QStringLiteral("The sealed file of passwords is not open")};
    if (!fileExists) {
        error.message = QStringLiteral("There is no place for passwords yet");
        error.cause = QStringLiteral("No keyring can be used here, and no sealed file has been made.");
        error.remedy = QStringLiteral(
            "Choose a passphrase for a sealed file in the window, or with: infrastructorctl unlock --passphrase-fd N");
        return error;
    }
    error.remedy =
        QStringLiteral("Give its passphrase in the window, or with: infrastructorctl unlock --passphrase-fd N");
    return error;
}

} // namespace

SealedFileStore::SealedFileStore(QString path, KdfParameters cost)
    : m_path(std::move(path))
    , m_cost(std::move(cost))
{
}

SealedFileStore::~SealedFileStore() = default;

bool SealedFileStore::fileExists() const
{
    return QFile::exists(m_path);
}

Backend SealedFileStore::backend() const
{
    return fileExists() ? Backend::SealedFile : Backend::None;
}

void SealedFileStore::read(const QString &name, std::function<void(Result<SecretBytes>)> done)
{
    later([this, name, done = std::move(done)] {
        if (m_state != StoreState::Ready) {
            done(fail(lockedError(fileExists())));
            return;
        }
        const auto found = m_secrets.find(name);
        if (found == m_secrets.end())
            done(fail(ErrorCode::SecretNotFound, QStringLiteral("The sealed file has no such entry")));
        else
            done(found->second.clone());
    });
}

void SealedFileStore::write(const QString &name, SecretBytes value, std::function<void(Result<void>)> done)
{
    const auto held = std::make_shared<SecretBytes>(std::move(value));
    later([this, name, held, done = std::move(done)] {
        if (m_state != StoreState::Ready) {
            done(fail(lockedError(fileExists())));
            return;
        }
        if (held->size() > largestSecret || m_secrets.size() >= mostSecrets) {
            done(invalid(QStringLiteral("secret"), QStringLiteral("%1 bytes").arg(held->size()),
                         QStringLiteral("at most 64 KiB each and 10000 in all")));
            return;
        }
        SecretMap next = copied();
        next.insert_or_assign(name, std::move(*held));
        done(replace(std::move(next)));
    });
}

void SealedFileStore::remove(const QString &name, std::function<void(Result<void>)> done)
{
    later([this, name, done = std::move(done)] {
        if (m_state != StoreState::Ready) {
            done(fail(lockedError(fileExists())));
            return;
        }
        if (!m_secrets.contains(name)) {
            done({});
            return;
        }
        SecretMap next = copied();
        next.erase(name);
        done(replace(std::move(next)));
    });
}

void SealedFileStore::unlock(SecretBytes passphrase, std::function<void(Result<void>)> done)
{
    const auto refuse = [this](std::function<void(Result<void>)> to, Error error) {
        later([to = std::move(to), error = std::move(error)] { to(fail(error)); });
    };
    if (m_unlocking) {
        refuse(std::move(done),
               {.code = ErrorCode::Conflict, .message = QStringLiteral("The sealed file is being opened already")});
        return;
    }
    KdfParameters parameters = sealed::newParameters();
    parameters.operations = m_cost.operations;
    parameters.memoryBytes = m_cost.memoryBytes;
    if (fileExists()) {
        const auto file = readFile();
        const auto kept = file ? sealed::readParameters(*file) : Result<KdfParameters>(fail(file.error()));
        if (!kept) {
            refuse(std::move(done), kept.error());
            return;
        }
        parameters = *kept;
    } else if (passphrase.size() < shortestPassphrase) {
        refuse(std::move(done),
               invalid(QStringLiteral("passphrase"), QString(), QStringLiteral("at least 8 characters")).value());
        return;
    }
    m_unlocking = std::move(done);
    // Argon2id is made to be slow: not on a thread that serves devices.
    const auto held = std::make_shared<SecretBytes>(std::move(passphrase));
    m_thread = std::jthread([this, held, parameters] {
        m_derived.put({sealed::deriveKey(*held, parameters), parameters});
        QMetaObject::invokeMethod(
            this, [this] { takeDerived(); }, Qt::QueuedConnection);
    });
}

void SealedFileStore::takeDerived()
{
    for (Derived &derived : m_derived.takeAll()) {
        const auto done = std::exchange(m_unlocking, nullptr);
        const Result<void> used = useKey(std::move(derived));
        if (done)
            done(used);
    }
}

Result<void> SealedFileStore::useKey(Derived derived)
{
    if (!derived.key)
        return fail(std::move(derived.key.error()));
    SecretMap secrets;
    if (fileExists()) {
        const auto file = readFile();
        if (!file)
            return fail(file.error());
        auto opened = sealed::open(*file, *derived.key);
        if (!opened)
            return fail(std::move(opened.error()));
        secrets = std::move(*opened);
    } else if (const auto saved = save(secrets, derived.parameters, *derived.key); !saved) {
        return saved;
    }
    m_key = std::move(*derived.key);
    m_parameters = derived.parameters;
    m_secrets = std::move(secrets);
    if (m_state != StoreState::Ready) {
        m_state = StoreState::Ready;
        emit stateChanged();
    }
    return {};
}

Result<QByteArray> SealedFileStore::readFile() const
{
    QFile file(m_path);
    if (!file.open(QIODevice::ReadOnly)) {
        Error error{.code = ErrorCode::FileUnreadable,
                    .message = QStringLiteral("The sealed file %1 cannot be read").arg(m_path)};
        error.cause = file.errorString();
        return fail(std::move(error));
    }
    return file.read(largestSealedRead);
}

Result<void> SealedFileStore::save(const SecretMap &secrets, const KdfParameters &parameters, const SecretBytes &key)
{
    const QByteArray bytes = sealed::seal(secrets, parameters, key);
    QSaveFile file(m_path);
    const bool opened = file.open(QIODevice::WriteOnly) && file.setPermissions(QFile::ReadOwner | QFile::WriteOwner);
    if (opened && file.write(bytes) == bytes.size() && file.commit())
        return {};
    Error error{.code = ErrorCode::FileUnwritable,
                .message = QStringLiteral("The sealed file %1 cannot be written").arg(m_path)};
    error.cause = file.errorString();
    return fail(std::move(error));
}

void SealedFileStore::later(std::function<void()> function)
{
    QMetaObject::invokeMethod(this, std::move(function), Qt::QueuedConnection);
}

Result<void> SealedFileStore::replace(SecretMap next)
{
    // Written first: what is in memory is always what is on disk.
    if (const auto saved = save(next, m_parameters, m_key); !saved)
        return saved;
    m_secrets = std::move(next);
    return {};
}

SecretMap SealedFileStore::copied() const
{
    SecretMap copy;
    for (const auto &[name, value] : m_secrets)
        copy.emplace(name, value.clone());
    return copy;
}

} // namespace infra::secrets
