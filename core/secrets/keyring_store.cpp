// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/secrets/keyring_store.h"

#include "core/base/logging.h"

namespace infra::secrets {

namespace {

using Outcome = KeyringReply::Outcome;

QString probeName()
{
    return QStringLiteral("probe");
}

Error keyringError(ErrorCode code, const QString &message, const QString &detail)
{
    Error error{.code = code, .message = message};
    if (!detail.isEmpty())
        error.cause = QStringLiteral("The keyring says: %1").arg(detail.left(300));
    return error;
}

Error errorOf(const KeyringReply &reply)
{
    switch (reply.outcome) {
    case Outcome::Locked:
        return keyringError(ErrorCode::SecretsLocked, QStringLiteral("The keyring is locked"), reply.detail);
    case Outcome::NotFound:
        return keyringError(ErrorCode::SecretNotFound, QStringLiteral("The keyring has no such entry"), reply.detail);
    case Outcome::Done:
    case Outcome::Unavailable:
        break;
    }
    return keyringError(ErrorCode::SecretsUnavailable, QStringLiteral("The keyring cannot be used"), reply.detail);
}

Error silentError()
{
    return keyringError(ErrorCode::SecretsUnavailable, QStringLiteral("The keyring does not answer"), {});
}

} // namespace

KeyringStore::KeyringStore(std::unique_ptr<Keyring> keyring, TimerService &timers, Random &random,
                           milliseconds deadline)
    : m_keyring(std::move(keyring))
    , m_timers(timers)
    , m_random(random)
    , m_deadline(deadline)
{
}

KeyringStore::~KeyringStore() = default;

void KeyringStore::probe(std::function<void()> done)
{
    const QByteArray expected = m_random.bytes(16);
    const auto start = [this, expected](Keyring::Done reply) {
        m_keyring->write(probeName(), SecretBytes(expected), std::move(reply));
    };
    call(start, [this, expected, done = std::move(done)](const Result<KeyringReply> &reply) {
        if (reply && reply->outcome == Outcome::Done) {
            readProbe(expected, done);
            return;
        }
        setState(reply && reply->outcome == Outcome::Locked ? StoreState::Locked : StoreState::Unavailable);
        done();
    });
}

void KeyringStore::readProbe(const QByteArray &expected, std::function<void()> done)
{
    const auto start = [this](Keyring::Done reply) { m_keyring->read(probeName(), std::move(reply)); };
    call(start, [this, expected, done = std::move(done)](const Result<KeyringReply> &reply) {
        const bool same = reply && reply->outcome == Outcome::Done && reply->value.view() == QByteArrayView(expected);
        const bool locked = reply && (reply->outcome == Outcome::NotFound || reply->outcome == Outcome::Locked);
        setState(same ? StoreState::Ready : locked ? StoreState::Locked : StoreState::Unavailable);
        done();
    });
}

void KeyringStore::read(const QString &name, std::function<void(Result<SecretBytes>)> done)
{
    const auto start = [this, name](Keyring::Done reply) { m_keyring->read(name, std::move(reply)); };
    call(start, [this, done = std::move(done)](Result<KeyringReply> reply) {
        if (!reply) {
            done(fail(std::move(reply.error())));
        } else if (reply->outcome == Outcome::Done) {
            setState(StoreState::Ready);
            done(std::move(reply->value));
        } else {
            done(fail(errorOf(*reply)));
        }
    });
}

void KeyringStore::write(const QString &name, SecretBytes value, std::function<void(Result<void>)> done)
{
    const auto held = std::make_shared<SecretBytes>(std::move(value));
    const auto start = [this, name, held](Keyring::Done reply) { m_keyring->write(name, *held, std::move(reply)); };
    call(start, [this, done = std::move(done)](Result<KeyringReply> reply) {
        if (!reply) {
            done(fail(std::move(reply.error())));
        } else if (reply->outcome == Outcome::Done) {
            setState(StoreState::Ready);
            done({});
        } else {
            setState(reply->outcome == Outcome::Locked ? StoreState::Locked : StoreState::Unavailable);
            done(fail(errorOf(*reply)));
        }
    });
}

void KeyringStore::remove(const QString &name, std::function<void(Result<void>)> done)
{
    const auto start = [this, name](Keyring::Done reply) { m_keyring->remove(name, std::move(reply)); };
    call(start, [done = std::move(done)](Result<KeyringReply> reply) {
        if (!reply)
            done(fail(std::move(reply.error())));
        else if (reply->outcome == Outcome::Done || reply->outcome == Outcome::NotFound) // gone is gone
            done({});
        else
            done(fail(errorOf(*reply)));
    });
}

void KeyringStore::unlock(SecretBytes, std::function<void(Result<void>)> done)
{
    later([done = std::move(done)] {
        Error error{.code = ErrorCode::SecretsUnavailable,
                    .message = QStringLiteral("Passwords are kept in the keyring")};
        error.cause = QStringLiteral("A passphrase opens the sealed file, and there is none.");
        error.remedy = QStringLiteral("Unlock the keyring of the desktop.");
        done(fail(std::move(error)));
    });
}

void KeyringStore::call(const Start &start, Answer answer)
{
    if (m_overdue > 0) {
        later([answer = std::move(answer)] { answer(fail(silentError())); });
        return;
    }
    const quint64 id = m_nextCall++;
    m_calls.emplace(id, Call{std::move(answer), m_timers.after(m_deadline, [this, id] { missed(id); })});
    start([this, id](KeyringReply reply) { answered(id, std::move(reply)); });
}

void KeyringStore::answered(quint64 id, KeyringReply reply)
{
    auto call = m_calls.extract(id);
    if (call.empty())
        return;
    if (call.mapped().answer) {
        call.mapped().deadline.cancel();
        call.mapped().answer(std::move(reply));
        return;
    }
    // Late, and its caller has been told already. It shows that the keyring speaks again.
    --m_overdue;
    log::info("secrets.keyring", QStringLiteral("The keyring answers again"));
    if (m_overdue == 0)
        setState(reply.outcome == Outcome::Done ? StoreState::Ready : StoreState::Locked);
}

void KeyringStore::missed(quint64 id)
{
    const auto call = m_calls.find(id);
    if (call == m_calls.end() || !call->second.answer)
        return;
    log::warning("secrets.keyring", QStringLiteral("The keyring did not answer within %1 ms").arg(m_deadline.count()));
    const Answer answer = std::exchange(call->second.answer, nullptr);
    ++m_overdue;
    setState(StoreState::Unavailable);
    answer(fail(silentError()));
}

void KeyringStore::later(std::function<void()> function)
{
    QMetaObject::invokeMethod(this, std::move(function), Qt::QueuedConnection);
}

void KeyringStore::setState(StoreState state)
{
    if (m_state == state)
        return;
    m_state = state;
    emit stateChanged();
}

} // namespace infra::secrets
