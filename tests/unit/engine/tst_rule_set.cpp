// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/rule_set.h"
#include "core/schema/schema_catalogue.h"
#include "tests/support/test_registry.h"

#include <QtCore/QFile>
#include <QtTest/QTest>

using namespace infra;
using namespace infra::engine;
using namespace Qt::Literals::StringLiterals;

namespace {

QByteArray starterFile()
{
    QFile file(QStringLiteral(INFRA_SOURCE_DIR "/resources/rules/starter.json"));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

Section sectionWith(Kind kind, SectionData data)
{
    Section section;
    section.kind = kind;
    section.status = SectionStatus::Ok;
    section.data = std::move(data);
    return section;
}

Filesystem filesystem(const QString &mount, qint64 percent, qint64 inodePercent = 1)
{
    Filesystem fs;
    fs.mount = mount;
    fs.sizeBytes = 100;
    fs.usedBytes = percent;
    fs.availableBytes = 100 - percent;
    fs.inodesTotal = 100;
    fs.inodesUsed = inodePercent;
    return fs;
}

} // namespace

class TestRuleSet : public QObject
{
    Q_OBJECT
    RuleSet m_rules;
    const Instant m_now = fromMs(1'000'000);

private slots:
    void initTestCase()
    {
        const Result<RuleSet> rules = RuleSet::parse(starterFile());
        QVERIFY2(rules, qPrintable(rules ? QString() : QString(rules.error().field + u' ' + rules.error().rule)));
        m_rules = *rules;
        QVERIFY(m_rules.rules().size() >= 11);
    }

    void the_file_keeps_to_its_schema()
    {
        const auto catalogue = schema::SchemaCatalogue::load(QStringLiteral(INFRA_SOURCE_DIR "/resources/schemas"));
        QVERIFY2(catalogue, qPrintable(catalogue ? QString() : catalogue.error().message));
        const auto parsed = catalogue->parse(u"rules", starterFile());
        QVERIFY2(parsed, qPrintable(parsed ? QString() : QString(parsed.error().field + u' ' + parsed.error().rule)));
    }

    void file_systems_by_space_and_inodes_data()
    {
        QTest::addColumn<int>("space");
        QTest::addColumn<int>("inodes");
        QTest::addColumn<QString>("health");
        QTest::newRow("below") << 84 << 84 << u"ok"_s;
        QTest::newRow("at 85") << 85 << 1 << u"warning"_s;
        QTest::newRow("below 95") << 94 << 1 << u"warning"_s;
        QTest::newRow("at 95") << 95 << 1 << u"critical"_s;
        QTest::newRow("inodes at 85") << 1 << 85 << u"warning"_s;
        QTest::newRow("inodes at 95") << 1 << 95 << u"critical"_s;
    }
    void file_systems_by_space_and_inodes()
    {
        QFETCH(int, space);
        QFETCH(int, inodes);
        QFETCH(QString, health);
        RuleEvaluator evaluator(m_rules);
        evaluator.read(sectionWith(Kind::Filesystems, QList<Filesystem>{filesystem(u"/"_s, space, inodes)}), {}, m_now);
        QCOMPARE(toName(evaluator.health(true)), health);
        if (health != u"ok") {
            QCOMPARE(evaluator.findings(true).first().object, u"/"_s);
        }
        Filesystem image = filesystem(u"/snap/x"_s, 100);
        image.readOnly = true;
        RuleEvaluator other(m_rules);
        other.read(sectionWith(Kind::Filesystems, QList<Filesystem>{image}), {}, m_now);
        QCOMPARE(toName(other.health(true)), u"ok"_s);
    }

    void memory_by_what_is_available_data()
    {
        QTest::addColumn<qint64>("available");
        QTest::addColumn<QString>("health");
        QTest::newRow("10 %") << qint64(100) << u"ok"_s;
        QTest::newRow("under 10 %") << qint64(99) << u"warning"_s;
        QTest::newRow("5 %") << qint64(50) << u"warning"_s;
        QTest::newRow("under 5 %") << qint64(49) << u"critical"_s;
    }
    void memory_by_what_is_available()
    {
        QFETCH(qint64, available);
        QFETCH(QString, health);
        RawSystem raw;
        raw.memTotalBytes = 1000;
        raw.memAvailableBytes = available;
        RuleEvaluator evaluator(m_rules);
        evaluator.read(sectionWith(Kind::SystemMetrics, raw), SystemInfo(), m_now);
        QCOMPARE(toName(evaluator.health(true)), health);
    }

    void clocks_in_both_directions()
    {
        for (const auto &[offset, health] : {std::pair(30.0, u"ok"_s), {30.1, u"warning"_s}, {-31.0, u"warning"_s}}) {
            SystemInfo info;
            info.clockOffsetS = offset;
            RuleEvaluator evaluator(m_rules);
            evaluator.read(sectionWith(Kind::SystemMetrics, RawSystem()), info, m_now);
            QCOMPARE(toName(evaluator.health(true)), health);
        }
    }

    void units_containers_and_sensors()
    {
        RuleEvaluator evaluator(m_rules);
        ServiceUnit unit;
        unit.name = u"backup.service"_s;
        unit.active = u"failed"_s;
        ServiceUnit fine = unit;
        fine.name = u"ssh.service"_s;
        fine.active = u"active"_s;
        evaluator.read(sectionWith(Kind::Services, QList<ServiceUnit>{fine, unit}), {}, m_now);
        Container sick;
        sick.name = u"web"_s;
        sick.health = u"unhealthy"_s;
        Container looping;
        looping.name = u"db"_s;
        looping.state = u"restarting"_s;
        evaluator.read(sectionWith(Kind::Containers, QList<Container>{sick, looping}), {}, m_now);
        QCOMPARE(evaluator.findings(true).size(), 3);
        QCOMPARE(toName(evaluator.health(true)), u"warning"_s);
        SensorReadings sensors;
        sensors.temperatures = {{u"coretemp"_s, u"Core 0"_s, 91, 90.0, 100.0},
                                {u"coretemp"_s, u"Core 1"_s, 101, 90.0, 100.0},
                                {u"acpitz"_s, u"temp1"_s, 60, {}, {}},
                                {u"nvme"_s, u"x"_s, 60, 0.0, -273.0}};
        evaluator.read(sectionWith(Kind::Temperatures, sensors), {}, m_now);
        const QList<Finding> findings = evaluator.findings(true);
        QCOMPARE(findings.size(), 5);
        QVERIFY(findings[0].severity == Health::Critical);
        QCOMPARE(findings[0].object, u"coretemp/Core 1"_s);
        QCOMPARE(*findings[0].threshold, 100.0);
    }

    void states_of_a_device_data()
    {
        QTest::addColumn<DeviceState>("state");
        QTest::addColumn<int>("failures");
        QTest::addColumn<int>("error");
        QTest::addColumn<QString>("health");
        const int none = -1;
        QTest::newRow("ok") << DeviceState::Ok << 0 << none << u"ok"_s;
        QTest::newRow("new") << DeviceState::New << 0 << none << u"info"_s;
        QTest::newRow("needs you") << DeviceState::NeedsYou << 9 << none << u"info"_s;
        QTest::newRow("paused") << DeviceState::Paused << 0 << none << u"maintenance"_s;
        QTest::newRow("asleep") << DeviceState::Asleep << 9 << none << u"asleep"_s;
        QTest::newRow("stale") << DeviceState::Stale << 9 << none << u"unknown"_s;
        QTest::newRow("unreachable twice") << DeviceState::Unreachable << 2 << int(ErrorCode::Refused) << u"unknown"_s;
        QTest::newRow("unreachable thrice")
            << DeviceState::Unreachable << 3 << int(ErrorCode::Refused) << u"critical"_s;
        QTest::newRow("login refused once")
            << DeviceState::Auth << 1 << int(ErrorCode::AuthKeyRejected) << u"unknown"_s;
        QTest::newRow("login refused thrice")
            << DeviceState::Auth << 3 << int(ErrorCode::AuthKeyRejected) << u"critical"_s;
        QTest::newRow("unknown key") << DeviceState::HostKey << 5 << int(ErrorCode::HostKeyUnknown) << u"unknown"_s;
        QTest::newRow("changed key") << DeviceState::HostKey << 1 << int(ErrorCode::HostKeyChanged) << u"critical"_s;
    }
    void states_of_a_device()
    {
        QFETCH(DeviceState, state);
        QFETCH(int, failures);
        QFETCH(int, error);
        QFETCH(QString, health);
        DeviceFacts facts{state, {}, failures};
        if (error >= 0)
            facts.error = Error{.code = static_cast<ErrorCode>(error), .message = u"x"_s};
        RuleEvaluator evaluator(m_rules);
        evaluator.device(facts, m_now);
        QCOMPARE(toName(evaluator.health(false)), health);
    }

    void since_is_kept_while_it_holds_and_goes_with_it()
    {
        RuleEvaluator evaluator(m_rules);
        const auto read = [&](int percent, qint64 ms) {
            evaluator.read(sectionWith(Kind::Filesystems, QList<Filesystem>{filesystem(u"/"_s, percent)}), {},
                           fromMs(ms));
        };
        read(90, 1000);
        read(97, 2000);
        QCOMPARE(evaluator.findings(true)[0].since, fromMs(1000));
        Section unread = sectionWith(Kind::Filesystems, std::monostate());
        unread.status = SectionStatus::Error;
        evaluator.read(unread, {}, fromMs(2500));
        QCOMPARE(evaluator.findings(true).size(), 1);
        read(10, 3000);
        QVERIFY(evaluator.findings(true).isEmpty());
        read(90, 4000);
        QCOMPARE(evaluator.findings(true)[0].since, fromMs(4000));
        QVERIFY(evaluator.findings(false).isEmpty());
    }

    void a_broken_file_is_refused_by_field_data()
    {
        QTest::addColumn<QByteArray>("rule");
        QTest::addColumn<QString>("field");
        const auto row = [](const char *name, const char *text, const QString &field) {
            QTest::newRow(name) << QByteArray(text) << field;
        };
        row("kind", R"({"id":"a","kind":"nonsense","metric":"used_percent","compare":"above","warning":1,"cycles":1})",
            u"rules[0].kind"_s);
        row("metric", R"({"id":"a","kind":"filesystems","metric":"x","compare":"above","warning":1,"cycles":1})",
            u"rules[0].metric"_s);
        row("compare",
            R"({"id":"a","kind":"filesystems","metric":"used_percent","compare":"over","warning":1,"cycles":1})",
            u"rules[0].compare"_s);
        row("order",
            R"({"id":"a","kind":"filesystems","metric":"used_percent","compare":"above","warning":9,"critical":5,"cycles":1})",
            u"rules[0].critical"_s);
        row("no threshold", R"({"id":"a","kind":"filesystems","metric":"used_percent","compare":"above","cycles":1})",
            u"rules[0].warning"_s);
        row("cycles",
            R"({"id":"a","kind":"filesystems","metric":"used_percent","compare":"above","warning":1,"cycles":0})",
            u"rules[0].cycles"_s);
        row("unknown key",
            R"({"id":"a","kind":"filesystems","metric":"used_percent","compare":"above","warning":1,"cycles":1,"colour":1})",
            u"rules[0].colour"_s);
        row("words", R"({"id":"a","kind":"services","metric":"active","compare":"is","warning":"failed","cycles":1})",
            u"rules[0].warning"_s);
        row("states",
            R"({"id":"a","kind":"device","states":["x"],"metric":"failures","compare":"above","warning":1,"cycles":1})",
            u"rules[0].states"_s);
    }
    void a_broken_file_is_refused_by_field()
    {
        QFETCH(QByteArray, rule);
        QFETCH(QString, field);
        const auto parsed = RuleSet::parse(QByteArray(R"({"format":1,"rules":[)") + rule + "]}");
        QVERIFY(!parsed);
        QCOMPARE(parsed.error().field, field);
        QVERIFY(!RuleSet::parse("{"));
        QVERIFY(!RuleSet::parse(R"({"format":2,"rules":[]})"));
    }
};

INFRA_TEST(TestRuleSet)
#include "tst_rule_set.moc"
