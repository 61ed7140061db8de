// SPDX-License-Identifier: GPL-3.0-or-later
// labels: threads
#include "core/secrets/sealed_file_store.h"
#include "tests/support/test_registry.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

using namespace infra;
using namespace infra::secrets;
using namespace Qt::Literals::StringLiterals;

class TestSealedFile : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void itIsLockedUntilAPassphraseComes();
    void aSecretIsThereAfterAReopen();
    void theFileHoldsNoSecretInClear();
    void theFileIsOnlyOurs();
    void aWrongPassphraseIsLocked();
    void everyEditedByteIsNoticed();
    void everyTruncationIsNoticed();
    void anEditWithACorrectedSumIsStillNoticed();
    void costsOutOfBoundsAreRefused();
    void aShortNewPassphraseIsRefused();
    void aRemovedSecretIsGone();
    void anUnknownNameIsNotFound();
    void aFolderThatCannotBeWrittenIsToldAndChangesNothing();
    void aSecondUnlockWaitsItsTurn();
    void theCallerIsNotHeldUp();
    void namesOfADeviceDiffer();
    void itMayGoWhileTheKeyIsMade();

private:
    std::unique_ptr<SealedFileStore> makeStore() const;
    Result<void> unlock(SealedFileStore &store, const char *passphrase);
    Result<void> write(SealedFileStore &store, const QString &name, const QByteArray &value);
    Result<QByteArray> read(SealedFileStore &store, const QString &name);
    QByteArray fileBytes() const;
    void put(const QByteArray &bytes) const;

    QString m_path;
    std::unique_ptr<QTemporaryDir> m_dir;
};

namespace {

/// The least that libsodium takes: the tests are about the file, not about the cost.
KdfParameters cheap()
{
    return {1, 8192, {}};
}

template <typename T>
Result<T> awaited(const std::optional<Result<T>> &slot)
{
    if (!QTest::qWaitFor([&slot] { return slot.has_value(); }, 10'000))
        return fail(ErrorCode::Timeout, u"no callback came"_s);
    if constexpr (std::is_void_v<T>)
        return *slot;
    else
        return *slot;
}

} // namespace

void TestSealedFile::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
    m_path = m_dir->filePath(u"secrets.sealed"_s);
}

std::unique_ptr<SealedFileStore> TestSealedFile::makeStore() const
{
    return std::make_unique<SealedFileStore>(m_path, cheap());
}

Result<void> TestSealedFile::unlock(SealedFileStore &store, const char *passphrase)
{
    std::optional<Result<void>> slot;
    store.unlock(SecretBytes(QByteArrayView(passphrase)), [&slot](Result<void> result) { slot = std::move(result); });
    return awaited(slot);
}

Result<void> TestSealedFile::write(SealedFileStore &store, const QString &name, const QByteArray &value)
{
    std::optional<Result<void>> slot;
    store.write(name, SecretBytes(value), [&slot](Result<void> result) { slot = std::move(result); });
    return awaited(slot);
}

Result<QByteArray> TestSealedFile::read(SealedFileStore &store, const QString &name)
{
    std::optional<Result<QByteArray>> slot;
    store.read(name, [&slot](Result<SecretBytes> result) {
        if (result)
            slot = result->view().toByteArray();
        else
            slot = fail(std::move(result.error()));
    });
    return awaited(slot);
}

QByteArray TestSealedFile::fileBytes() const
{
    QFile file(m_path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void TestSealedFile::put(const QByteArray &bytes) const
{
    QFile file(m_path);
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
    QCOMPARE(file.write(bytes), bytes.size());
}

void TestSealedFile::itIsLockedUntilAPassphraseComes()
{
    const auto store = makeStore();
    QCOMPARE(store->state(), StoreState::Locked);
    QCOMPARE(store->backend(), Backend::None);
    QCOMPARE(read(*store, u"a"_s).error().code, ErrorCode::SecretsLocked);
    QCOMPARE(write(*store, u"a"_s, "x").error().code, ErrorCode::SecretsLocked);
    QSignalSpy changed(store.get(), &SecretStore::stateChanged);
    QVERIFY(unlock(*store, "correct horse").has_value());
    QCOMPARE(store->state(), StoreState::Ready);
    QCOMPARE(store->backend(), Backend::SealedFile);
    QCOMPARE(changed.count(), 1);
}

void TestSealedFile::aSecretIsThereAfterAReopen()
{
    const QByteArray binary("a\0b\xff\n", 5);
    {
        const auto store = makeStore();
        QVERIFY(unlock(*store, "correct horse").has_value());
        QVERIFY(write(*store, u"device/d_1/login-password"_s, "hunter2").has_value());
        QVERIFY(write(*store, u"bïnary"_s, binary).has_value());
        QVERIFY(write(*store, u"empty"_s, "").has_value());
        QVERIFY(write(*store, u"device/d_1/login-password"_s, "hunter3").has_value());
    }
    const auto store = makeStore();
    QCOMPARE(store->backend(), Backend::SealedFile);
    QCOMPARE(store->state(), StoreState::Locked);
    QVERIFY(unlock(*store, "correct horse").has_value());
    QCOMPARE(*read(*store, u"device/d_1/login-password"_s), QByteArray("hunter3"));
    QCOMPARE(*read(*store, u"bïnary"_s), binary);
    QCOMPARE(*read(*store, u"empty"_s), QByteArray());
}

void TestSealedFile::theFileHoldsNoSecretInClear()
{
    const auto store = makeStore();
    QVERIFY(unlock(*store, "correct horse").has_value());
    QVERIFY(write(*store, u"device/d_1/login-password"_s, "Canary4711").has_value());
    for (const QFileInfo &info : QDir(m_dir->path()).entryInfoList(QDir::Files)) {
        QFile file(info.filePath());
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray bytes = file.readAll();
        QVERIFY(!bytes.contains("Canary4711"));
        QVERIFY(!bytes.contains("login-password"));
        QVERIFY(!bytes.contains("correct horse"));
    }
    // The same contents sealed again look different: the nonce is new.
    const QByteArray before = fileBytes();
    QVERIFY(write(*store, u"device/d_1/login-password"_s, "Canary4711").has_value());
    QVERIFY(fileBytes() != before);
    QCOMPARE(fileBytes().size(), before.size());
}

void TestSealedFile::theFileIsOnlyOurs()
{
    const auto store = makeStore();
    QVERIFY(unlock(*store, "correct horse").has_value());
    QVERIFY(write(*store, u"a"_s, "x").has_value());
    const auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
    QVERIFY(!(QFile::permissions(m_path) & others));
}

void TestSealedFile::aWrongPassphraseIsLocked()
{
    {
        const auto store = makeStore();
        QVERIFY(unlock(*store, "correct horse").has_value());
        QVERIFY(write(*store, u"a"_s, "x").has_value());
    }
    const QByteArray before = fileBytes();
    const auto store = makeStore();
    for (const char *wrong : {"wrong horse", "correct hors", "correct horse ", ""}) {
        const Result<void> opened = unlock(*store, wrong);
        QVERIFY(!opened);
        QCOMPARE(opened.error().code, ErrorCode::SecretsLocked);
        QCOMPARE(store->state(), StoreState::Locked);
    }
    QCOMPARE(fileBytes(), before);
    QVERIFY(unlock(*store, "correct horse").has_value());
    QCOMPARE(*read(*store, u"a"_s), QByteArray("x"));
}

void TestSealedFile::everyEditedByteIsNoticed()
{
    const KdfParameters parameters{1, 8192, QByteArray(16, 's')};
    const auto key = sealed::deriveKey(SecretBytes(QByteArrayView("passphrase")), parameters);
    SecretMap map;
    map.emplace(u"a"_s, SecretBytes(QByteArrayView("value")));
    const QByteArray file = sealed::seal(map, parameters, *key);
    QVERIFY(sealed::open(file, *key).has_value());
    for (qsizetype i = 0; i < file.size(); ++i) {
        QByteArray edited = file;
        edited[i] = static_cast<char>(edited[i] ^ 0x01);
        const auto opened = sealed::open(edited, *key);
        QVERIFY(!opened);
        QCOMPARE(opened.error().code, ErrorCode::SecretsCorrupt);
    }
}

void TestSealedFile::everyTruncationIsNoticed()
{
    const auto store = makeStore();
    QVERIFY(unlock(*store, "correct horse").has_value());
    const QByteArray file = fileBytes();
    for (qsizetype cut = 0; cut < file.size(); ++cut) {
        const auto parameters = sealed::readParameters(file.left(cut));
        QVERIFY(!parameters);
        QCOMPARE(parameters.error().code, ErrorCode::SecretsCorrupt);
    }
    put(file.chopped(1));
    const auto again = makeStore();
    const Result<void> opened = unlock(*again, "correct horse");
    QCOMPARE(opened.error().code, ErrorCode::SecretsCorrupt);
    QCOMPARE(fileBytes(), file.chopped(1)); // nothing is put over what a person may still save
}

void TestSealedFile::anEditWithACorrectedSumIsStillNoticed()
{
    const KdfParameters parameters{1, 8192, QByteArray(16, 's')};
    const auto key = sealed::deriveKey(SecretBytes(QByteArrayView("passphrase")), parameters);
    const auto otherKey = sealed::deriveKey(SecretBytes(QByteArrayView("another one")), parameters);
    SecretMap map;
    map.emplace(u"a"_s, SecretBytes(QByteArrayView("value")));
    SecretMap other;
    other.emplace(u"a"_s, SecretBytes(QByteArrayView("VALUE")));
    const QByteArray file = sealed::seal(map, parameters, *key);
    // Another file of another key has a right sum, and its body is not taken for ours.
    QCOMPARE(sealed::open(sealed::seal(other, parameters, *otherKey), *key).error().code, ErrorCode::SecretsLocked);
    QVERIFY(sealed::open(file, *key).has_value());
}

void TestSealedFile::costsOutOfBoundsAreRefused()
{
    const auto key = sealed::deriveKey(SecretBytes(QByteArrayView("passphrase")), {1, 8192, QByteArray(16, 's')});
    for (const KdfParameters &parameters :
         {KdfParameters{0, 8192, QByteArray(16, 's')}, KdfParameters{17, 8192, QByteArray(16, 's')},
          KdfParameters{1, 1, QByteArray(16, 's')}, KdfParameters{1, 1ULL << 40, QByteArray(16, 's')}}) {
        // Whole files with a right sum: only the bounds can refuse them.
        const auto read = sealed::readParameters(sealed::seal({}, parameters, *key));
        QVERIFY(!read);
        QCOMPARE(read.error().code, ErrorCode::SecretsCorrupt);
    }
    const KdfParameters made = sealed::newParameters();
    QVERIFY(made.salt.size() == 16 && made.salt != sealed::newParameters().salt);
    QVERIFY(made.operations >= 3 && made.memoryBytes >= 64ULL * 1024 * 1024);
}

void TestSealedFile::aShortNewPassphraseIsRefused()
{
    const auto store = makeStore();
    const Result<void> made = unlock(*store, "short");
    QVERIFY(!made);
    QCOMPARE(made.error().field, u"passphrase"_s);
    QVERIFY(!made.error().message.contains(u"short"));
    QVERIFY(!QFile::exists(m_path));
}

void TestSealedFile::aRemovedSecretIsGone()
{
    const auto store = makeStore();
    QVERIFY(unlock(*store, "correct horse").has_value());
    QVERIFY(write(*store, u"a"_s, "x").has_value());
    std::optional<Result<void>> slot;
    store->remove(u"a"_s, [&slot](Result<void> result) { slot = std::move(result); });
    QVERIFY(awaited(slot).has_value());
    slot.reset();
    store->remove(u"a"_s, [&slot](Result<void> result) { slot = std::move(result); });
    QVERIFY(awaited(slot).has_value()); // gone is gone
    QCOMPARE(read(*store, u"a"_s).error().code, ErrorCode::SecretNotFound);
}

void TestSealedFile::anUnknownNameIsNotFound()
{
    const auto store = makeStore();
    QVERIFY(unlock(*store, "correct horse").has_value());
    QCOMPARE(read(*store, u"none"_s).error().code, ErrorCode::SecretNotFound);
    QCOMPARE(write(*store, u"big"_s, QByteArray(100'000, 'x')).error().code, ErrorCode::InvalidArgument);
}

void TestSealedFile::aFolderThatCannotBeWrittenIsToldAndChangesNothing()
{
    QVERIFY(QDir().mkpath(m_dir->filePath(u"gone"_s)));
    m_path = m_dir->filePath(u"gone/secrets.sealed"_s);
    const auto store = makeStore();
    QVERIFY(unlock(*store, "correct horse").has_value());
    QVERIFY(write(*store, u"a"_s, "x").has_value());
    QVERIFY(QDir(m_dir->filePath(u"gone"_s)).removeRecursively());
    const Result<void> written = write(*store, u"a"_s, "y");
    QVERIFY(!written);
    QCOMPARE(written.error().code, ErrorCode::FileUnwritable);
    QCOMPARE(*read(*store, u"a"_s), QByteArray("x"));
}

void TestSealedFile::aSecondUnlockWaitsItsTurn()
{
    const auto store = makeStore();
    std::optional<Result<void>> first;
    std::optional<Result<void>> second;
    store->unlock(SecretBytes(QByteArrayView("correct horse")), [&first](Result<void> r) { first = std::move(r); });
    store->unlock(SecretBytes(QByteArrayView("correct horse")), [&second](Result<void> r) { second = std::move(r); });
    QVERIFY(awaited(first).has_value());
    QCOMPARE(awaited(second).error().code, ErrorCode::Conflict);
}

void TestSealedFile::theCallerIsNotHeldUp()
{
    SealedFileStore store(m_path, {3, 64ULL * 1024 * 1024, {}});
    std::optional<Result<void>> slot;
    int turns = 0;
    store.unlock(SecretBytes(QByteArrayView("correct horse")),
                 [&slot](Result<void> result) { slot = std::move(result); });
    QVERIFY(!slot.has_value());
    // The event loop goes on turning while the key is made on its own thread.
    QVERIFY(QTest::qWaitFor([&] { return ++turns > 0 && slot.has_value(); }, 20'000));
    QVERIFY(slot->has_value());
    QVERIFY(turns > 3);
}

void TestSealedFile::namesOfADeviceDiffer()
{
    const DeviceId device(u"d_1"_s);
    QCOMPARE(loginPasswordName(device), u"device/d_1/login-password"_s);
    QVERIFY(keyPassphraseName(device) != sudoPasswordName(device));
    QVERIFY(loginPasswordName(device) != loginPasswordName(DeviceId(u"d_2"_s)));
}

void TestSealedFile::itMayGoWhileTheKeyIsMade()
{
    bool called = false;
    {
        SealedFileStore store(m_path, {1, 8ULL * 1024 * 1024, {}});
        store.unlock(SecretBytes(QByteArrayView("correct horse")), [&called](const Result<void> &) { called = true; });
    }
    QCoreApplication::processEvents();
    QVERIFY(!called);
}

INFRA_TEST(TestSealedFile)
#include "tst_sealed_file.moc"
