// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/secrets/keyring_store.h"
#include "core/secrets/make_secret_store.h"
#include "tests/support/test_registry.h"

#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

using namespace infra;
using namespace infra::secrets;
using namespace std::chrono_literals;
using namespace Qt::Literals::StringLiterals;

namespace {

using Outcome = KeyringReply::Outcome;

/// A keyring moved by hand: answers at once, later, or never.
class FakeKeyring final : public Keyring
{
public:
    struct Shared
    {
        std::map<QString, QByteArray> entries;
        Outcome outcome = Outcome::Done; ///< other than Done: what every call says
        bool silent = false;
        std::vector<std::function<void()>> held; ///< answers of a silent one
        int calls = 0;
    };
    explicit FakeKeyring(std::shared_ptr<Shared> shared)
        : m_shared(std::move(shared))
    {
    }
    void read(const QString &name, Done done) override
    {
        answer(std::move(done), [name](Shared &shared, KeyringReply &reply) {
            const auto found = shared.entries.find(name);
            if (found == shared.entries.end())
                reply.outcome = Outcome::NotFound;
            else
                reply.value = SecretBytes(found->second);
        });
    }
    void write(const QString &name, const SecretBytes &value, Done done) override
    {
        answer(std::move(done), [name, bytes = value.view().toByteArray()](Shared &shared, KeyringReply &) {
            shared.entries[name] = bytes;
        });
    }
    void remove(const QString &name, Done done) override
    {
        answer(std::move(done), [name](Shared &shared, KeyringReply &reply) {
            reply.outcome = shared.entries.erase(name) > 0 ? Outcome::Done : Outcome::NotFound;
        });
    }

private:
    void answer(Done done, const std::function<void(Shared &, KeyringReply &)> &act)
    {
        ++m_shared->calls;
        KeyringReply reply;
        reply.outcome = m_shared->outcome;
        if (reply.outcome == Outcome::Done)
            act(*m_shared, reply);
        const auto held = std::make_shared<KeyringReply>(std::move(reply));
        auto say = [done = std::move(done), held] { done(std::move(*held)); };
        if (m_shared->silent)
            m_shared->held.emplace_back(std::move(say));
        else
            say();
    }

    std::shared_ptr<Shared> m_shared;
};

} // namespace

class TestKeyringStore : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void theProbeTellsReadyLockedAndAbsent();
    void aSecretComesBack();
    void aLockedKeyringReadsAsNoSuchEntry();
    void aSilentKeyringIsUnavailableAfterItsDeadline();
    void afterASilentCallOthersFailAtOnceUntilItSpeaks();
    void unlockIsNotForAKeyring();
    void theKeyringIsPreferred();
    void withoutOneTheSealedFileWaitsForItsPassphrase();
    void callsBeforeTheChoiceWaitForIt();
    void aProfileThatUsedTheKeyringStaysWithIt();
    void aSealedFileThatIsThereIsUsed();

private:
    std::unique_ptr<KeyringStore> makeStore()
    {
        return std::make_unique<KeyringStore>(std::make_unique<FakeKeyring>(m_shared), *m_time, m_random);
    }
    std::unique_ptr<SecretStore> makeChosen()
    {
        return makeSecretStore(m_dir->path(), std::make_unique<FakeKeyring>(m_shared), *m_time, m_random);
    }

    std::shared_ptr<FakeKeyring::Shared> m_shared;
    std::unique_ptr<ManualTime> m_time;
    std::unique_ptr<QTemporaryDir> m_dir;
    SeededRandom m_random{1};
};

void TestKeyringStore::init()
{
    m_shared = std::make_shared<FakeKeyring::Shared>();
    m_time = std::make_unique<ManualTime>(fromMs(0));
    m_dir = std::make_unique<QTemporaryDir>();
}

void TestKeyringStore::theProbeTellsReadyLockedAndAbsent()
{
    for (const auto &[outcome, state] :
         {std::pair(Outcome::Done, StoreState::Ready), std::pair(Outcome::Locked, StoreState::Locked),
          std::pair(Outcome::Unavailable, StoreState::Unavailable)}) {
        m_shared->outcome = outcome;
        const auto store = makeStore();
        bool done = false;
        store->probe([&done] { done = true; });
        QVERIFY(done);
        QCOMPARE(store->state(), state);
    }
}

void TestKeyringStore::aSecretComesBack()
{
    const auto store = makeStore();
    Result<void> written = fail(ErrorCode::Internal, u"not called"_s);
    store->write(u"a"_s, SecretBytes(QByteArrayView("hunter2")),
                 [&written](Result<void> r) { written = std::move(r); });
    QVERIFY(written.has_value());
    QCOMPARE(store->state(), StoreState::Ready);
    QByteArray value;
    store->read(u"a"_s, [&value](Result<SecretBytes> r) { value = r ? r->view().toByteArray() : QByteArray("error"); });
    QCOMPARE(value, QByteArray("hunter2"));
    bool removed = false;
    store->remove(u"a"_s, [&removed](const Result<void> &r) { removed = r.has_value(); });
    QVERIFY(removed);
    store->remove(u"a"_s, [&removed](const Result<void> &r) { removed = !r.has_value(); });
    QVERIFY(!removed); // gone is gone
}

void TestKeyringStore::aLockedKeyringReadsAsNoSuchEntry()
{
    const auto store = makeStore();
    std::optional<ErrorCode> code;
    store->read(u"a"_s, [&code](const Result<SecretBytes> &r) { code = r ? ErrorCode::Internal : r.error().code; });
    QCOMPARE(code, std::optional(ErrorCode::SecretNotFound));
    m_shared->outcome = Outcome::Locked;
    store->write(u"a"_s, SecretBytes(QByteArrayView("x")),
                 [&code](const Result<void> &r) { code = r ? ErrorCode::Internal : r.error().code; });
    QCOMPARE(code, std::optional(ErrorCode::SecretsLocked));
    QCOMPARE(store->state(), StoreState::Locked);
}

void TestKeyringStore::aSilentKeyringIsUnavailableAfterItsDeadline()
{
    m_shared->silent = true;
    const auto store = makeStore();
    std::optional<ErrorCode> code;
    store->read(u"a"_s, [&code](const Result<SecretBytes> &r) { code = r ? ErrorCode::Internal : r.error().code; });
    m_time->advance(9'999ms);
    QVERIFY(!code.has_value());
    m_time->advance(1ms);
    QCOMPARE(code, std::optional(ErrorCode::SecretsUnavailable));
    QCOMPARE(store->state(), StoreState::Unavailable);
}

void TestKeyringStore::afterASilentCallOthersFailAtOnceUntilItSpeaks()
{
    m_shared->silent = true;
    const auto store = makeStore();
    int answers = 0;
    store->read(u"a"_s, [&answers](const Result<SecretBytes> &) { ++answers; });
    m_time->advance(10s);
    QCOMPARE(answers, 1);
    std::optional<ErrorCode> code;
    store->read(u"a"_s, [&code](const Result<SecretBytes> &r) { code = r ? ErrorCode::Internal : r.error().code; });
    QTRY_COMPARE(code, std::optional(ErrorCode::SecretsUnavailable));
    QCOMPARE(m_shared->calls, 1); // it was not asked again
    m_shared->silent = false;
    for (const auto &say : m_shared->held)
        say();
    QCOMPARE(answers, 1); // the late answer reaches nobody
    store->write(u"a"_s, SecretBytes(QByteArrayView("x")),
                 [&answers](const Result<void> &r) { answers += r ? 10 : 100; });
    QCOMPARE(answers, 11);
    QCOMPARE(store->state(), StoreState::Ready);
}

void TestKeyringStore::unlockIsNotForAKeyring()
{
    const auto store = makeStore();
    std::optional<ErrorCode> code;
    store->unlock(SecretBytes(QByteArrayView("passphrase")),
                  [&code](const Result<void> &r) { code = r ? ErrorCode::Internal : r.error().code; });
    QTRY_COMPARE(code, std::optional(ErrorCode::SecretsUnavailable));
}

void TestKeyringStore::theKeyringIsPreferred()
{
    const auto store = makeChosen();
    QCOMPARE(store->backend(), Backend::Keyring);
    QCOMPARE(store->state(), StoreState::Ready);
    QVERIFY(!QFile::exists(m_dir->filePath(u"secrets.sealed"_s)));
}

void TestKeyringStore::withoutOneTheSealedFileWaitsForItsPassphrase()
{
    m_shared->outcome = Outcome::Unavailable;
    const auto store = makeChosen();
    QCOMPARE(store->backend(), Backend::None);
    QCOMPARE(store->state(), StoreState::Locked);
    std::optional<ErrorCode> code;
    store->write(u"a"_s, SecretBytes(QByteArrayView("x")),
                 [&code](const Result<void> &r) { code = r ? ErrorCode::Internal : r.error().code; });
    QTRY_COMPARE(code, std::optional(ErrorCode::SecretsLocked));
    bool open = false;
    store->unlock(SecretBytes(QByteArrayView("correct horse")),
                  [&open](const Result<void> &r) { open = r.has_value(); });
    QTRY_VERIFY_WITH_TIMEOUT(open, 30'000);
    QCOMPARE(store->backend(), Backend::SealedFile);
    QCOMPARE(store->state(), StoreState::Ready);
}

void TestKeyringStore::callsBeforeTheChoiceWaitForIt()
{
    m_shared->silent = true;
    const auto store = makeChosen();
    QCOMPARE(store->state(), StoreState::Unavailable);
    bool written = false;
    store->write(u"a"_s, SecretBytes(QByteArrayView("x")),
                 [&written](const Result<void> &r) { written = r.has_value(); });
    QVERIFY(!written);
    QSignalSpy changed(store.get(), &SecretStore::stateChanged);
    m_shared->silent = false;
    const auto held = std::exchange(m_shared->held, {});
    for (const auto &say : held)
        say();
    QVERIFY(written);
    QVERIFY(changed.count() >= 1);
    QCOMPARE(m_shared->entries.at(u"a"_s), QByteArray("x"));
}

void TestKeyringStore::aProfileThatUsedTheKeyringStaysWithIt()
{
    {
        const auto store = makeChosen();
        store->write(u"a"_s, SecretBytes(QByteArrayView("x")), [](const Result<void> &) {});
        QVERIFY(QFile::exists(m_dir->filePath(u"secrets.keyring"_s)));
    }
    m_shared->outcome = Outcome::Locked;
    const auto store = makeChosen();
    QCOMPARE(store->backend(), Backend::Keyring);
    QCOMPARE(store->state(), StoreState::Locked);
}

void TestKeyringStore::aSealedFileThatIsThereIsUsed()
{
    QFile file(m_dir->filePath(u"secrets.sealed"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.close();
    const auto store = makeChosen();
    QCOMPARE(store->backend(), Backend::SealedFile);
    QCOMPARE(store->state(), StoreState::Locked);
    QCOMPARE(m_shared->calls, 0);
}

INFRA_TEST(TestKeyringStore)
#include "tst_keyring_store.moc"
