// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/secret_bytes.h"
#include "tests/support/test_registry.h"

#include <QtTest/QTest>

#include <type_traits>

using namespace infra;

static_assert(!std::is_copy_constructible_v<SecretBytes> && !std::is_copy_assignable_v<SecretBytes>);
static_assert(std::is_nothrow_move_constructible_v<SecretBytes> && std::is_nothrow_move_assignable_v<SecretBytes>);
static_assert(!std::is_convertible_v<SecretBytes, QString> && !std::is_convertible_v<QByteArray, SecretBytes>);

class TestSecretBytes : public QObject
{
    Q_OBJECT
private slots:
    void keepsTheBytes();
    void isTerminatedForC();
    void movingEmptiesTheSource();
    void aCloneIsAnother();
    void clearForgets();
    void zerosInsideAreKept();
    void wipeOverwritesABuffer();
};

void TestSecretBytes::keepsTheBytes()
{
    const SecretBytes secret(QByteArrayView("hunter2"));
    QCOMPARE(secret.size(), std::size_t(7));
    QCOMPARE(secret.view(), QByteArrayView("hunter2"));
    QVERIFY(!secret.isEmpty());
    const SecretBytes none;
    QVERIFY(none.isEmpty());
    QCOMPARE(none.view().size(), 0);
    const SecretBytes empty{QByteArrayView()};
    QVERIFY(empty.isEmpty());
}

void TestSecretBytes::isTerminatedForC()
{
    const SecretBytes secret(QByteArrayView("abc"));
    QCOMPARE(qstrcmp(secret.cString(), "abc"), 0);
    QCOMPARE(qstrcmp(SecretBytes().cString(), ""), 0);
    SecretBytes raw = SecretBytes::ofSize(4);
    std::fill(raw.data(), raw.data() + 4, 'x');
    QCOMPARE(qstrcmp(raw.cString(), "xxxx"), 0);
    QVERIFY(SecretBytes::ofSize(0).isEmpty());
}

void TestSecretBytes::movingEmptiesTheSource()
{
    SecretBytes a(QByteArrayView("one"));
    SecretBytes b(std::move(a));
    QVERIFY(a.isEmpty()); // NOLINT(bugprone-use-after-move): that is what is tested
    QCOMPARE(b.view(), QByteArrayView("one"));
    SecretBytes c(QByteArrayView("two"));
    c = std::move(b);
    QCOMPARE(c.view(), QByteArrayView("one"));
    SecretBytes &self = c;
    c = std::move(self);
    QCOMPARE(c.view(), QByteArrayView("one"));
}

void TestSecretBytes::aCloneIsAnother()
{
    SecretBytes a(QByteArrayView("one"));
    const SecretBytes b = a.clone();
    a.data()[0] = 'X';
    QCOMPARE(b.view(), QByteArrayView("one"));
}

void TestSecretBytes::clearForgets()
{
    SecretBytes a(QByteArrayView("one"));
    a.clear();
    QVERIFY(a.isEmpty());
    QCOMPARE(qstrcmp(a.cString(), ""), 0);
    a.clear();
}

void TestSecretBytes::zerosInsideAreKept()
{
    const SecretBytes a(QByteArrayView("a\0b", 3));
    QCOMPARE(a.size(), std::size_t(3));
    QCOMPARE(a.view(), QByteArrayView("a\0b", 3));
}

void TestSecretBytes::wipeOverwritesABuffer()
{
    std::array<char, 6> memory = {'s', 'e', 'c', 'r', 'e', 't'};
    QByteArray buffer("secret");
    buffer.detach();
    wipe(buffer);
    QVERIFY(buffer.isEmpty());
    // A buffer over foreign memory is not ours to overwrite.
    QByteArray foreign = QByteArray::fromRawData(memory.data(), 6);
    wipe(foreign);
    QVERIFY(foreign.isEmpty());
}

INFRA_TEST(TestSecretBytes)
#include "tst_secret_bytes.moc"
