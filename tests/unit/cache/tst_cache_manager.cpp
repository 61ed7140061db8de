// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/timer_service.h"
#include "core/cache/cache_manager.h"
#include "tests/support/test_registry.h"

#include <QtTest/QTest>

using namespace infra;
using namespace infra::cache;
using namespace Qt::Literals::StringLiterals;

namespace {

Section sectionOf(Kind kind)
{
    Section section;
    section.kind = kind;
    section.status = SectionStatus::Ok;
    return section;
}

} // namespace

class TestCacheManager : public QObject
{
    Q_OBJECT
    const DeviceId m_a{u"d_a"_s};
    const DeviceId m_b{u"d_b"_s};

private slots:
    void an_entry_is_a_hit_until_it_is_older_than_asked()
    {
        ManualTime time(fromMs(1'000'000));
        CacheManager cache(time);
        QVERIFY(cache.find(m_a, Kind::Users, seconds(60)) == nullptr);
        cache.store(m_a, sectionOf(Kind::Users), time.now(), 100);
        time.advance(seconds(60));
        QVERIFY(cache.find(m_a, Kind::Users, seconds(60)) != nullptr);
        time.advance(milliseconds(1));
        QVERIFY(cache.find(m_a, Kind::Users, seconds(60)) == nullptr);
        QVERIFY(cache.peek(m_a, Kind::Users) != nullptr);
        QCOMPARE(cache.stats().hits, 1u);
        QCOMPARE(cache.stats().misses, 2u);
    }

    void an_entry_from_the_future_is_no_hit()
    {
        ManualTime time(fromMs(1'000'000));
        CacheManager cache(time);
        cache.store(m_a, sectionOf(Kind::Users), time.now(), 100);
        time.stepWallClock(-seconds(10));
        QVERIFY(cache.find(m_a, Kind::Users, seconds(60)) == nullptr);
    }

    void the_least_recently_used_goes_first()
    {
        ManualTime time(fromMs(1'000'000));
        CacheManager cache(time, {.entries = 2, .bytes = 1'000});
        cache.store(m_a, sectionOf(Kind::Users), time.now(), 10);
        cache.store(m_b, sectionOf(Kind::Users), time.now(), 10);
        QVERIFY(cache.find(m_a, Kind::Users, seconds(1)) != nullptr);
        cache.store(m_b, sectionOf(Kind::Ports), time.now(), 10);
        QVERIFY(cache.peek(m_a, Kind::Users) != nullptr);
        QVERIFY(cache.peek(m_b, Kind::Users) == nullptr);
        QCOMPARE(cache.stats().evictions, 1u);
        QCOMPARE(cache.stats().entries, 2);
    }

    void the_bound_in_bytes_holds()
    {
        ManualTime time(fromMs(1'000'000));
        CacheManager cache(time, {.entries = 100, .bytes = 1'000});
        for (int i = 0; i < 50; ++i) {
            cache.store(DeviceId(QString::number(i)), sectionOf(Kind::Users), time.now(), 300);
            QVERIFY(cache.stats().bytes <= 1'000);
        }
        QCOMPARE(cache.stats().entries, 3);
        cache.store(m_a, sectionOf(Kind::Users), time.now(), 1'001);
        QVERIFY(cache.peek(m_a, Kind::Users) == nullptr);
        QCOMPARE(cache.stats().entries, 3);
    }

    void storing_anew_counts_the_bytes_once()
    {
        ManualTime time(fromMs(1'000'000));
        CacheManager cache(time);
        cache.store(m_a, sectionOf(Kind::Users), time.now(), 500);
        cache.store(m_a, sectionOf(Kind::Users), time.now(), 700);
        QCOMPARE(cache.stats().bytes, 700);
        QCOMPARE(cache.stats().entries, 1);
    }

    void an_invalidation_leaves_its_reason_in_the_metadata()
    {
        ManualTime time(fromMs(1'000'000));
        CacheManager cache(time);
        cache.store(m_a, sectionOf(Kind::Users), time.now(), 500, seconds(30));
        cache.store(m_b, sectionOf(Kind::Users), time.now(), 500);
        QVERIFY(cache.find(m_a, Kind::Users, seconds(60)) != nullptr);
        const QJsonObject kept = cache.metadata().last();
        QCOMPARE(kept.value(u"key"_s).toString(), cache.metadata().size() == 2 ? u"d_b/users"_s : QString());
        cache.invalidate(m_a, u"the device was changed"_s);
        QVERIFY(cache.peek(m_a, Kind::Users) == nullptr);
        QCOMPARE(cache.stats().invalidations, 1u);
        const QList<QJsonObject> rows = cache.metadata();
        QCOMPARE(rows.size(), 2);
        QCOMPARE(rows[0].value(u"expires"_s).toInteger() - rows[0].value(u"made"_s).toInteger(), 60'000);
        QCOMPARE(rows[1].value(u"device"_s).toString(), u"d_a"_s);
        QCOMPARE(rows[1].value(u"reason"_s).toString(), u"the device was changed"_s);
        cache.store(m_a, sectionOf(Kind::Users), time.now(), 500);
        QCOMPARE(cache.metadata().size(), 2);
        QVERIFY(cache.metadata()[0].value(u"reason"_s).isNull());
    }
};

INFRA_TEST(TestCacheManager)
#include "tst_cache_manager.moc"
