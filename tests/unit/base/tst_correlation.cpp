// SPDX-License-Identifier: GPL-3.0-or-later
// labels: threads
#include "core/base/correlation.h"
#include "core/base/timer_service.h"
#include "tests/support/test_registry.h"

#include <QtCore/QSet>
#include <QtTest/QTest>

#include <thread>

using namespace infra;
using namespace Qt::Literals::StringLiterals;

class TestCorrelation : public QObject
{
    Q_OBJECT
private slots:
    void aUlidHasTwentySixCharactersOfItsAlphabet();
    void aUlidCarriesItsTime();
    void laterUlidsSortBehind();
    void ulidsOfOneMillisecondDiffer();
    void theSameSeedGivesTheSameSequence();
    void systemRandomDoesNotRepeat();
    void unitStaysBelowOne();
    void bytesHaveTheLengthThatIsAsked();
    void aDeviceIdIsMarked();
    void scopesNestAndEnd();
    void eachThreadHasItsOwn();
};

void TestCorrelation::aUlidHasTwentySixCharactersOfItsAlphabet()
{
    const ManualTime time(fromMs(1'795'496'400'000));
    SystemRandom random;
    for (int i = 0; i < 1000; ++i) {
        const QString ulid = makeUlid(time, random);
        QCOMPARE(ulid.size(), 26);
        for (const QChar c : ulid)
            QVERIFY(u"0123456789ABCDEFGHJKMNPQRSTVWXYZ"_s.contains(c));
    }
}

void TestCorrelation::aUlidCarriesItsTime()
{
    // The example of the specification's own tests: 1469918176385 ms is 01ARYZ6S41.
    const ManualTime time(fromMs(1'469'918'176'385));
    SeededRandom random(1);
    QCOMPARE(makeUlid(time, random).left(10), u"01ARYZ6S41"_s);
}

void TestCorrelation::laterUlidsSortBehind()
{
    ManualTime time(fromMs(1'795'496'400'000));
    SystemRandom random;
    QString last;
    for (int i = 0; i < 200; ++i) {
        const QString ulid = makeUlid(time, random);
        QVERIFY(last < ulid);
        last = ulid;
        time.advance(milliseconds(7));
    }
}

void TestCorrelation::ulidsOfOneMillisecondDiffer()
{
    const ManualTime time(fromMs(0));
    SystemRandom random;
    QSet<QString> seen;
    for (int i = 0; i < 10'000; ++i)
        seen.insert(makeUlid(time, random));
    QCOMPARE(seen.size(), 10'000);
}

void TestCorrelation::theSameSeedGivesTheSameSequence()
{
    SeededRandom a(42);
    SeededRandom b(42);
    SeededRandom c(43);
    bool differs = false;
    for (int i = 0; i < 100; ++i) {
        const quint64 value = a.next();
        QCOMPARE(b.next(), value);
        differs = differs || c.next() != value;
    }
    QVERIFY(differs);
    // The first value of splitmix64 for seed 0, from its reference program.
    SeededRandom zero(0);
    QCOMPARE(zero.next(), 0xE220A8397B1DCDAFULL);
}

void TestCorrelation::systemRandomDoesNotRepeat()
{
    SystemRandom random;
    QSet<quint64> seen;
    for (int i = 0; i < 1000; ++i)
        seen.insert(random.next());
    QCOMPARE(seen.size(), 1000);
}

void TestCorrelation::unitStaysBelowOne()
{
    SeededRandom random(7);
    double least = 1;
    double most = 0;
    for (int i = 0; i < 10'000; ++i) {
        const double value = random.unit();
        QVERIFY(value >= 0 && value < 1);
        least = std::min(least, value);
        most = std::max(most, value);
    }
    QVERIFY(least < 0.01 && most > 0.99);
}

void TestCorrelation::bytesHaveTheLengthThatIsAsked()
{
    SeededRandom random(7);
    for (const int count : {0, 1, 7, 8, 9, 16, 33})
        QCOMPARE(random.bytes(count).size(), count);
    QVERIFY(random.bytes(16) != random.bytes(16));
}

void TestCorrelation::aDeviceIdIsMarked()
{
    const ManualTime time(fromMs(1'795'496'400'000));
    SeededRandom random(1);
    const DeviceId id = makeDeviceId(time, random);
    QVERIFY(id.toString().startsWith(u"d_"));
    QCOMPARE(id.toString().size(), 28);
    QCOMPARE(makeCorrelationId(time, random).toString().size(), 26);
}

void TestCorrelation::scopesNestAndEnd()
{
    QVERIFY(CorrelationScope::current().isNull());
    {
        const CorrelationScope outer(CorrelationId(u"outer"_s));
        QCOMPARE(CorrelationScope::current().toString(), u"outer"_s);
        {
            const CorrelationScope inner(CorrelationId(u"inner"_s));
            QCOMPARE(CorrelationScope::current().toString(), u"inner"_s);
        }
        QCOMPARE(CorrelationScope::current().toString(), u"outer"_s);
    }
    QVERIFY(CorrelationScope::current().isNull());
}

void TestCorrelation::eachThreadHasItsOwn()
{
    const CorrelationScope here(CorrelationId(u"here"_s));
    QString there = u"unset"_s;
    std::thread([&there] {
        there = CorrelationScope::current().toString();
        const CorrelationScope scope(CorrelationId(u"there"_s));
        there += CorrelationScope::current().toString();
    }).join();
    QCOMPARE(there, u"there"_s);
    QCOMPARE(CorrelationScope::current().toString(), u"here"_s);
}

INFRA_TEST(TestCorrelation)
#include "tst_correlation.moc"
