// SPDX-License-Identifier: GPL-3.0-or-later
// timeout: 900
#include "tests/integration/app/shape.h"
#include "tests/support/app_run.h"
#include "tests/support/lab.h"
#include "tests/support/test_registry.h"

#include <QtCore/QFile>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtTest/QTest>

using namespace infra::test;
using namespace Qt::Literals::StringLiterals;

/// The command line's shapes, field by field, as others rely on them (tests/data/contract/shapes.json), asked of a
/// running application that reads recorded hosts.
class TestContract : public QObject
{
    Q_OBJECT
private slots:
    void initTestCase();
    void cleanupTestCase();
    void theShapesAreCheckedAtAll();
    void anAnswerHasItsShape_data();
    void anAnswerHasItsShape();
    void everySeriesOfTheContractIsAnswered_data();
    void everySeriesOfTheContractIsAnswered();
    void aFailureHasItsShapeAndItsExitCode_data();
    void aFailureHasItsShapeAndItsExitCode();
    void oneObjectIsPrintedAndNothingElse();
    void aDeviceIsAddedEditedAndRemoved();
    void oneMessageReadsAllFastKinds();
    void aSlowKindCostsOneMessageMore();
    void theAuditIsPagedByItsCursor();
    void anUnreachableDeviceIsExitFiveAndAMixIsNot();
    void aNewConnectionIsToldAndIsNoMessage();

private:
    QJsonValue shapeOf(const QString &name) const;
    QJsonValue expanded(const QJsonValue &shape) const;

    Lab m_lab;
    AppRun m_app;
    QJsonObject m_shapes;
};

#define VERIFY_SHAPE(value, name)                                                                                      \
    do {                                                                                                               \
        const QStringList wrongHere = compareShape(value, shapeOf(name));                                              \
        QVERIFY2(wrongHere.isEmpty(), qPrintable(wrongHere.join(u'\n').left(4000)));                                   \
    } while (false)

QJsonValue TestContract::expanded(const QJsonValue &shape) const
{
    if (shape.isString() && shape.toString().startsWith(u'@'))
        return shapeOf(shape.toString().mid(1));
    if (shape.isArray()) {
        QJsonArray list = shape.toArray();
        list[0] = expanded(list.first());
        return list;
    }
    if (shape.isObject()) {
        QJsonObject object = shape.toObject();
        for (auto key = object.begin(); key != object.end(); ++key)
            key.value() = expanded(key.value());
        return object;
    }
    return shape;
}

QJsonValue TestContract::shapeOf(const QString &name) const
{
    if (!m_shapes.contains(name))
        qFatal("no shape %s", qPrintable(name));
    return expanded(m_shapes.value(name));
}

void TestContract::initTestCase()
{
    if (const QString why = Lab::missing(true); !why.isEmpty())
        QSKIP(qPrintable(why));
    QFile file(QStringLiteral(INFRA_SOURCE_DIR "/tests/data/contract/shapes.json"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    m_shapes = QJsonDocument::fromJson(file.readAll()).object();
    QVERIFY(m_shapes.size() > 20);
    QVERIFY2(m_lab.start(6), qPrintable(m_lab.error()));
    QVERIFY2(m_app.start(), m_app.text().constData());
    for (const LabHost &host : m_lab.hosts()) {
        const CtlAnswer added = m_app.ctl({u"devices"_s, u"add"_s, host.hostname, u"--host"_s, host.address,
                                           u"--port"_s, QString::number(host.port), u"--user"_s, host.user, u"--key"_s,
                                           m_lab.clientKey(), u"--host-key"_s, host.hostKey, u"--environment"_s,
                                           u"lab"_s, u"--tag"_s, u"recorded"_s, u"--group"_s, u"racks"_s});
        QVERIFY2(added.exitCode == 0, added.text().constData());
        VERIFY_SHAPE(added.body, u"devices show"_s);
    }
    // Twice: rates and percentages need two readings.
    for (int number = 0; number < 2; ++number)
        QCOMPARE(m_app.ctl({u"collect"_s, u"--all"_s, u"--force"_s}).exitCode, 0);
}

void TestContract::cleanupTestCase()
{
    if (!m_shapes.isEmpty() && m_app.process().state() == QProcess::Running)
        QCOMPARE(m_app.stop(), 0);
}

void TestContract::theShapesAreCheckedAtAll()
{
    const auto wrong = [](const char *value, const char *shape) {
        return compareShape(QJsonDocument::fromJson(value).array().first(),
                            QJsonDocument::fromJson(shape).array().first())
            .size();
    };
    QCOMPARE(wrong(R"([{"a":1}])", R"([{"a":"int"}])"), 0);
    QCOMPARE(wrong(R"([{"a":1.5}])", R"([{"a":"int"}])"), 1);
    QCOMPARE(wrong(R"([{}])", R"([{"a":"int?"}])"), 1);
    QCOMPARE(wrong(R"([{"a":null}])", R"([{"a":"int?"}])"), 0);
    QCOMPARE(wrong(R"([{"a":null}])", R"([{"a":"int"}])"), 1);
    QCOMPARE(wrong(R"([["x",1]])", R"([["string"]])"), 1);
    QCOMPARE(wrong(R"([[]])", R"([["string","filled"]])"), 1);
    QCOMPARE(wrong(R"(["2026-11-24T05:00:00Z"])", R"(["time"])"), 1);
    QCOMPARE(wrong(R"(["c"])", R"(["a|b"])"), 1);
}

void TestContract::anAnswerHasItsShape_data()
{
    QTest::addColumn<QStringList>("words");
    QTest::addColumn<QString>("shape");
    const auto row = [](const char *words, const QString &shape) {
        QTest::newRow(words) << QString::fromLatin1(words).split(u' ') << shape;
    };
    row("devices list", u"devices list"_s);
    row("devices show web1", u"devices show"_s);
    row("devices show d_local", u"devices show"_s);
    row("devices test web1", u"devices test"_s);
    row("devices test d_local", u"devices test"_s);
    row("collect web1", u"collect"_s);
    row("collect web1 tower", u"collect"_s);
    row("collect --all", u"collect"_s);
    row("collect web1 --kinds filesystems,updates --force", u"collect"_s);
    row("containers", u"containers"_s);
    row("containers web1", u"containers"_s);
    for (const char *kind :
         {"system", "filesystems", "services", "processes", "ports", "users", "interfaces", "temperatures", "updates"})
        row(qPrintable(QString(QLatin1String(kind) + u" web1")), QString::fromLatin1(kind));
    for (const char *host : {"tower", "pve1", "vault", "db1", "desk-wsl", "d_local"}) {
        row(qPrintable(QString(u"system "_s + QLatin1String(host))), u"system"_s);
        row(qPrintable(QString(u"filesystems "_s + QLatin1String(host))), u"filesystems"_s);
        row(qPrintable(QString(u"processes "_s + QLatin1String(host))), u"processes"_s);
        row(qPrintable(QString(u"interfaces "_s + QLatin1String(host))), u"interfaces"_s);
    }
    row("audit", u"audit"_s);
    row("audit --source ctl --device web1 --since 2026-01-01T00:00:00Z", u"audit"_s);
    row("db status", u"db status"_s);
    row("db status --check", u"db status"_s);
    row("settings list", u"settings list"_s);
    row("settings get ui.theme", u"settings get"_s);
    row("doctor", u"doctor"_s);
}

void TestContract::anAnswerHasItsShape()
{
    QFETCH(QStringList, words);
    QFETCH(QString, shape);
    const CtlAnswer answer = m_app.ctl(words);
    QVERIFY2(answer.exitCode == 0, answer.text().constData());
    QCOMPARE(answer.body.value("ok"_L1), QJsonValue(true));
    VERIFY_SHAPE(answer.body, shape);
}

void TestContract::everySeriesOfTheContractIsAnswered_data()
{
    QTest::addColumn<QString>("series");
    QTest::addColumn<QString>("label");
    QTest::addColumn<QString>("unit");
    for (const auto &[series, label, unit] :
         std::initializer_list<std::tuple<const char *, const char *, const char *>>{{"cpu.total", "", "percent"},
                                                                                     {"cpu.core", "core", "percent"},
                                                                                     {"load.1", "", ""},
                                                                                     {"mem.total", "", "bytes"},
                                                                                     {"mem.used", "", "bytes"},
                                                                                     {"mem.available", "", "bytes"},
                                                                                     {"swap.used", "", "bytes"},
                                                                                     {"fs.used", "mount", "bytes"},
                                                                                     {"fs.size", "mount", "bytes"},
                                                                                     {"net.rx", "if", ""},
                                                                                     {"net.tx", "if", ""},
                                                                                     {"disk.read", "dev", ""},
                                                                                     {"disk.write", "dev", ""},
                                                                                     {"temp", "sensor", ""},
                                                                                     {"uptime", "", ""}})
        QTest::newRow(series) << QString::fromLatin1(series) << QString::fromLatin1(label) << QString::fromLatin1(unit);
}

void TestContract::everySeriesOfTheContractIsAnswered()
{
    QFETCH(QString, series);
    QFETCH(QString, label);
    QFETCH(QString, unit);
    for (const QStringList &more :
         {QStringList(), QStringList{u"--from"_s, u"2026-01-01T00:00:00Z"_s, u"--max-points"_s, u"50"_s}}) {
        // The store has it after the writer's next batch.
        CtlAnswer answer;
        QTRY_VERIFY2_WITH_TIMEOUT(
            (answer = m_app.ctl(QStringList{u"metrics"_s, u"web1"_s, u"--series"_s, series} + more),
             !answer.list("series").isEmpty()),
            answer.out.constData(), 20'000);
        QCOMPARE(answer.exitCode, 0);
        VERIFY_SHAPE(answer.body, u"metrics"_s);
        for (const QJsonValue &value : answer.list("series")) {
            const QJsonObject one = value.toObject();
            QCOMPARE(one.value("name"_L1).toString(), series);
            if (!unit.isEmpty())
                QCOMPARE(one.value("unit"_L1).toString(), unit);
        }
        const QJsonArray all = answer.list("series");
        const auto isLabelled = [&label](const QJsonValue &one) {
            return one.toObject().value("labels"_L1).toObject().contains(label);
        };
        QVERIFY(label.isEmpty() || std::any_of(all.begin(), all.end(), isLabelled));
    }
}

void TestContract::aFailureHasItsShapeAndItsExitCode_data()
{
    QTest::addColumn<QStringList>("words");
    QTest::addColumn<int>("exitCode");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("field");
    const auto row = [](const char *words, int exitCode, const char *code, const char *field) {
        QTest::newRow(words) << QString::fromLatin1(words).split(u' ', Qt::SkipEmptyParts) << exitCode
                             << QString::fromLatin1(code) << QString::fromLatin1(field);
    };
    row("blah", 2, "input.invalid", "command");
    row("devices", 2, "input.invalid", "command");
    row("devices show nobody", 1, "input.not_found", "id");
    row("system nobody", 1, "input.not_found", "id");
    row("collect nobody", 1, "input.not_found", "id");
    row("collect", 2, "input.invalid", "ID");
    row("collect web1 --kinds moon", 2, "input.invalid", "kinds");
    row("metrics web1 --series nope", 2, "input.invalid", "series");
    row("metrics web1", 2, "input.invalid", "series");
    row("metrics web1 --series cpu.total --from yesterday", 2, "input.invalid", "from");
    row("metrics web1 --series cpu.total --max-points 0", 2, "input.invalid", "max-points");
    row("metrics web1 --series cpu.total --from 2026-02-01T00:00:00Z --to 2026-01-01T00:00:00Z", 2, "input.invalid",
        "to");
    row("audit --source moon", 2, "input.invalid", "source");
    row("audit --cursor x", 2, "input.invalid", "cursor");
    row("audit --since never", 2, "input.invalid", "since");
    row("settings set ui.theme mauve", 2, "input.invalid", "ui.theme");
    row("settings set no.such 1", 2, "input.invalid", "name");
    row("devices add x", 2, "input.invalid", "key");
    row("devices add x --host h --user u --agent --port 0 --host-key SHA256:x", 2, "input.invalid", "host-key");
    row("devices import --ssh-config /nonexistent", 2, "input.invalid", "ssh-config");
    row("unlock", 2, "input.invalid", "passphrase-fd");
}

void TestContract::aFailureHasItsShapeAndItsExitCode()
{
    QFETCH(QStringList, words);
    QFETCH(int, exitCode);
    QFETCH(QString, code);
    QFETCH(QString, field);
    const CtlAnswer answer = m_app.ctl(words);
    QVERIFY2(answer.exitCode == exitCode, answer.text().constData());
    VERIFY_SHAPE(answer.body, u"error"_s);
    QCOMPARE(answer.body.value("ok"_L1), QJsonValue(false));
    QCOMPARE(answer.code(), code);
    QVERIFY2(answer.error().value("field"_L1).toString() == field, answer.out.constData());
    QVERIFY(!answer.error().value("rule"_L1).toString().isEmpty());
}

void TestContract::oneObjectIsPrintedAndNothingElse()
{
    for (const char *words : {"devices list", "blah", "doctor"}) {
        const CtlAnswer answer = m_app.ctl(QString::fromLatin1(words).split(u' '));
        QCOMPARE(answer.out.count('\n'), 1);
        QVERIFY(answer.out.endsWith("}\n"));
        QVERIFY2(answer.err.isEmpty(), answer.err.constData());
    }
}

void TestContract::aDeviceIsAddedEditedAndRemoved()
{
    const QString hostKey = u"SHA256:"_s + QString(43, u'Q');
    const CtlAnswer added =
        m_app.ctl({u"devices"_s,    u"add"_s,     u"extra"_s,      u"--host"_s, u"192.0.2.9"_s,     u"--user"_s,
                   u"u"_s,          u"--agent"_s, u"--jump"_s,     u"web1"_s,   u"--type"_s,        u"proxmox"_s,
                   u"--tag"_s,      u"a"_s,       u"--tag"_s,      u"b"_s,      u"--environment"_s, u"staging"_s,
                   u"--host-key"_s, hostKey,      u"--interval"_s, u"86400"_s});
    QVERIFY2(added.exitCode == 0, added.text().constData());
    VERIFY_SHAPE(added.body, u"devices show"_s);
    const QJsonObject device = added.body.value("device"_L1).toObject();
    QCOMPARE(device.value("port"_L1).toInt(), 22);
    QCOMPARE(device.value("type"_L1).toString(), u"proxmox"_s);
    QCOMPARE(device.value("type_source"_L1).toString(), u"set"_s);
    QCOMPARE(device.value("environment"_L1).toString(), u"staging"_s);
    QCOMPARE(device.value("tags"_L1).toArray(), (QJsonArray{u"a"_s, u"b"_s}));
    QVERIFY(device.value("jump"_L1).toString().startsWith("d_"_L1));
    QVERIFY(device.value("last_seen"_L1).isNull());
    const CtlAnswer edited =
        m_app.ctl({u"devices"_s, u"edit"_s, u"extra"_s, u"--jump"_s, u"none"_s, u"--name"_s, u"other"_s, u"--pause"_s});
    QVERIFY2(edited.exitCode == 0, edited.text().constData());
    QCOMPARE(edited.body.value("device"_L1).toObject().value("state"_L1).toString(), u"paused"_s);
    QVERIFY(edited.body.value("device"_L1).toObject().value("jump"_L1).isNull());
    const CtlAnswer removed = m_app.ctl({u"devices"_s, u"remove"_s, device.value("id"_L1).toString()});
    QCOMPARE(removed.exitCode, 0);
    VERIFY_SHAPE(removed.body, u"devices show"_s);
    QCOMPARE(removed.body.value("device"_L1).toObject().value("name"_L1).toString(), u"other"_s);
    QCOMPARE(m_app.ctl({u"devices"_s, u"show"_s, u"other"_s}).exitCode, 1);
}

void TestContract::oneMessageReadsAllFastKinds()
{
    const CtlAnswer answer = m_app.ctl({u"collect"_s, u"web1"_s, u"d_local"_s, u"--force"_s});
    QCOMPARE(answer.exitCode, 0);
    for (const QJsonValue &value : answer.list("results")) {
        const QJsonObject result = value.toObject();
        QCOMPARE(result.value("round_trips"_L1).toInt(), 1);
        QCOMPARE(result.value("sections"_L1).toArray().size(), 10);
        QVERIFY(result.value("bytes_in"_L1).toInt() > 1000);
        QVERIFY(result.value("bytes_out"_L1).toInt() > 100);
    }
}

void TestContract::aSlowKindCostsOneMessageMore()
{
    const CtlAnswer answer =
        m_app.ctl({u"collect"_s, u"web1"_s, u"--kinds"_s, u"system_metrics,updates"_s, u"--force"_s});
    QCOMPARE(answer.exitCode, 0);
    const QJsonObject result = answer.list("results").first().toObject();
    QCOMPARE(result.value("round_trips"_L1).toInt(), 2);
    QCOMPARE(result.value("sections"_L1).toArray().size(), 2);
}

void TestContract::aNewConnectionIsToldAndIsNoMessage()
{
    QCOMPARE(m_app.stop(), 0); // last: a command line alone has no connection yet
    const CtlAnswer answer = m_app.ctl({u"collect"_s, u"web1"_s, u"--force"_s});
    QVERIFY2(answer.exitCode == 0, answer.text().constData());
    const QJsonObject result = answer.list("results").first().toObject();
    QCOMPARE(result.value("connected"_L1).toBool(), true);
    QCOMPARE(result.value("round_trips"_L1).toInt(), 1);
}

void TestContract::theAuditIsPagedByItsCursor()
{
    const CtlAnswer first = m_app.ctl({u"audit"_s, u"--limit"_s, u"3"_s});
    QCOMPARE(first.list("entries").size(), 3);
    QVERIFY(first.body.value("total"_L1).toInt() > 3);
    const QJsonValue next = first.body.value("next"_L1);
    QVERIFY(!next.isNull());
    const CtlAnswer second = m_app.ctl({u"audit"_s, u"--limit"_s, u"3"_s, u"--cursor"_s, next.toVariant().toString()});
    QCOMPARE(second.exitCode, 0);
    QVERIFY(second.list("entries").first().toObject().value("seq"_L1).toInteger() <
            first.list("entries").last().toObject().value("seq"_L1).toInteger());
}

void TestContract::anUnreachableDeviceIsExitFiveAndAMixIsNot()
{
    const CtlAnswer added =
        m_app.ctl({u"devices"_s, u"add"_s, u"gone"_s, u"--host"_s, u"127.1.0.99"_s, u"--port"_s, u"9"_s, u"--user"_s,
                   u"u"_s, u"--key"_s, m_lab.clientKey(), u"--host-key"_s, QString(u"SHA256:"_s + QString(43, u'Z'))});
    QVERIFY2(added.exitCode == 0, added.text().constData());
    const CtlAnswer alone = m_app.ctl({u"collect"_s, u"gone"_s, u"--force"_s});
    QCOMPARE(alone.exitCode, 5);
    VERIFY_SHAPE(alone.body, u"error"_s);
    QCOMPARE(alone.code(), u"ssh.network.refused"_s);
    QCOMPARE(m_app.ctl({u"system"_s, u"gone"_s}).exitCode, 5);
    const CtlAnswer test = m_app.ctl({u"devices"_s, u"test"_s, u"gone"_s});
    QCOMPARE(test.exitCode, 5);
    VERIFY_SHAPE(test.body, u"error"_s);
    VERIFY_SHAPE(test.body, u"devices test"_s);
    const CtlAnswer mixed = m_app.ctl({u"collect"_s, u"gone"_s, u"web1"_s, u"--force"_s});
    QCOMPARE(mixed.exitCode, 0);
    QCOMPARE(mixed.list("results").size(), 2);
    QTRY_COMPARE_WITH_TIMEOUT(
        m_app.ctl({u"devices"_s, u"show"_s, u"gone"_s}).body.value("device"_L1).toObject().value("state"_L1).toString(),
        u"unreachable"_s, 20'000);
    QCOMPARE(m_app.ctl({u"devices"_s, u"remove"_s, u"gone"_s}).exitCode, 0);
}

INFRA_TEST(TestContract)
#include "tst_contract.moc"
