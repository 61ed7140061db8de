// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/test_registry.h"
#include "tests/ui/support/fake_fleet_client.h"

#include "core/base/timer_service.h"
#include "ui/dialogs/palette_sources.h"
#include "ui/models/causes.h"
#include "ui/models/device_table_model.h"
#include "ui/models/fleet_filter.h"
#include "ui/pages/activity/audit_filter.h"
#include "ui/pages/devices/device_pane.h"
#include "ui/pages/logs/log_reader.h"
#include "ui/pages/overview/day_band.h"
#include "ui/pages/overview/fleet_strip.h"

#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>
#include <QtTest/QAbstractItemModelTester>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

using namespace Qt::Literals::StringLiterals;
using namespace std::chrono_literals;
using namespace infra;
using namespace infra::test;
using namespace infra::ui;

class TestFleetModels : public QObject
{
    Q_OBJECT
    static QStringList accepted(const QString &line)
    {
        const FleetFilter filter(line);
        QStringList names;
        for (const engine::DeviceRow &row : fakeRows(FleetMode::Full, pictureTime())) {
            if (filter.accepts(row))
                names.append(row.device.name);
        }
        return names;
    }
    static QByteArray logLine(int secondsAgo, const char *level, const char *text)
    {
        return QStringLiteral("{\"time\":\"%1\",\"level\":\"%2\",\"category\":\"ssh.pool\",\"message\":\"%3\","
                              "\"fields\":{\"device\":\"vault\",\"code\":\"ssh.jump.failed\"}}\n")
            .arg(toRfc3339(pictureTime() - seconds(secondsAgo)), QLatin1String(level), QLatin1String(text))
            .toUtf8();
    }

private slots:
    void filtersSelectDevices_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QStringList>("names");
        QTest::newRow("a state") << u"state:critical"_s << QStringList{u"borealis"_s};
        QTest::newRow("alternatives of one key")
            << u"state:critical state:warning"_s << QStringList{u"borealis"_s, u"web1"_s, u"web2"_s, u"stage1"_s};
        QTest::newRow("keys must all hold") << u"env:lab tag:ci"_s << QStringList{u"forge"_s};
        QTest::newRow("a minus") << u"tag:shop -env:production"_s << QStringList{u"stage1"_s};
        QTest::newRow("a word") << u"pve"_s << QStringList{u"pve1"_s, u"pve2"_s, u"pve3"_s};
        QTest::newRow("quotes") << u"group:\"Workstations and\" type:windows"_s << QStringList{u"winbox"_s};
        QTest::newRow("an address is no key") << u"10.20.0.61"_s << QStringList{u"wsl-dev"_s};
    }
    void filtersSelectDevices()
    {
        QFETCH(QString, line);
        QFETCH(QStringList, names);
        QCOMPARE(accepted(line), names);
    }

    void aLineThatIsNotUnderstoodSaysSoAndHidesNothing()
    {
        QVERIFY(FleetFilter(u"colour:red"_s).problem().contains(u"colour"_s));
        QCOMPARE(accepted(u"colour:red"_s).size(), 14);
        QVERIFY(!FleetFilter(u"tag:"_s).problem().isEmpty());
        QVERIFY(FleetFilter(u"state:ok web"_s).problem().isEmpty());
    }

    void oneCauseOnManyDevicesIsOneLine()
    {
        const QList<Cause> causes = attentionCauses(fakeRows(FleetMode::Thousand, pictureTime()), pictureTime());
        const auto firmware = std::find_if(causes.cbegin(), causes.cend(),
                                           [](const Cause &cause) { return cause.title.contains(u"fwupd"_s); });
        QVERIFY(firmware != causes.cend());
        QCOMPARE(firmware->devices.size(), 23);
        QVERIFY(namesText(firmware->names).endsWith(u"and 22 more"_s));
        for (qsizetype at = 1; at < causes.size(); ++at)
            QVERIFY(!worseThan(causes.at(at).severity, causes.at(at - 1).severity));
    }

    void whatNeedsAPersonWaitsAndIsNoAlert()
    {
        const QList<engine::DeviceRow> rows = fakeRows(FleetMode::NeedsYou, pictureTime());
        const engine::FleetStatus status = fakeStatus(FleetMode::NeedsYou, rows, pictureTime());
        QVERIFY(attentionCauses(rows, pictureTime()).isEmpty());
        const QList<Cause> waiting = waitingCauses(rows, status, pictureTime());
        QCOMPARE(waiting.size(), 3); // secrets, three host keys, ten logins
        QCOMPARE(waiting.constFirst().icon, u"lock"_s);
    }

    void factsThatAreNotKnownAreLeftOut()
    {
        const auto labels = [](const QList<StripFact> &facts) {
            QStringList names;
            for (const StripFact &fact : facts)
                names.append(fact.label);
            return names;
        };
        QList<engine::DeviceRow> rows = fakeRows(FleetMode::Full, pictureTime());
        const engine::FleetStatus status = fakeStatus(FleetMode::Full, rows, pictureTime());
        const QList<StripFact> facts = fleetFacts(rows, status, std::nullopt);
        QVERIFY(!labels(facts).contains(u"Storage"_s));
        QCOMPARE(facts.at(1).figure, u"88"_s);
        QCOMPARE(facts.at(1).of, u"of 99"_s);
        for (engine::DeviceRow &row : rows) {
            row.containersTotal.reset();
            row.sample = {};
            row.hostCpuMs.reset();
        }
        QCOMPARE(labels(fleetFacts(rows, status, std::nullopt)), QStringList{u"Devices"_s});
    }

    void theModelChangesOnlyWhatChanged()
    {
        ManualTime time(pictureTime());
        DeviceTableModel model(DeviceTableModel::overviewColumns(), time);
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QList<engine::DeviceRow> rows = fakeRows(FleetMode::Full, pictureTime());
        model.setRows(rows);
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
        QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        rows[4].sample.cpuTotal = 99;
        rows[6].sample.cpuTotal = 98;
        model.apply({rows[4], rows[6]}, {});
        QCOMPARE(changed.count(), 1);
        QCOMPARE(changed.constFirst().at(0).toModelIndex().row(), 4);
        QCOMPARE(changed.constFirst().at(1).toModelIndex().row(), 6);
        QVERIFY(reset.isEmpty());
        model.apply({}, {rows[0].device.id});
        QCOMPARE(model.rowCount(), 13);
        QCOMPARE(model.rowOf(rows[13].device.id), 12);
    }

    void staleValuesStayAndAreGrey()
    {
        ManualTime time(pictureTime());
        DeviceTableModel model(DeviceTableModel::overviewColumns(), time);
        model.setRows(fakeRows(FleetMode::Stale, pictureTime()));
        const QModelIndex cpu = model.index(0, model.columnOf(u"cpu"_s));
        QVERIFY(cpu.data(MutedRole).toBool());
        QVERIFY(cpu.data(Qt::DisplayRole).toString().startsWith(u"11"_s));
        const QModelIndex old = model.index(0, model.columnOf(u"age"_s));
        QCOMPARE(old.data(Qt::DisplayRole).toString(), QString(u"12"_s + QChar(0xa0) + u"min"_s));
        QCOMPARE(old.data(HealthRole).toInt(), static_cast<int>(Health::Warning));
    }

    void fuzzySearchPrefersWordStartsAndKeepsOrder()
    {
        QVERIFY(fuzzyMatch(u"rapi"_s, u"Restart api"_s).has_value());
        QVERIFY(!fuzzyMatch(u"ipar"_s, u"Restart api"_s).has_value());
        QVERIFY(fuzzyMatch(u"api"_s, u"api-gateway"_s)->score > fuzzyMatch(u"api"_s, u"capital"_s)->score);
        QCOMPARE(fuzzyMatch(u"api"_s, u"shop api"_s)->positions, (QList<int>{5, 6, 7}));
    }

    void theAuditFilterAsksTheStoreAndChecksTheRest()
    {
        const QHash<QString, DeviceId> ids = {{u"atlas"_s, fakeId(u"atlas"_s)}};
        const AuditFilter filter(u"since:1h device:Atlas -source:schedule cache:hit"_s, pictureTime(), ids);
        QCOMPARE(filter.problem(), QString());
        QCOMPARE(*filter.query().since, pictureTime() - 1h);
        QCOMPARE(*filter.query().device, fakeId(u"atlas"_s));
        QVERIFY(!filter.query().source);
        AuditEntry entry;
        entry.time = pictureTime();
        entry.device = fakeId(u"atlas"_s);
        entry.source = AuditSource::Ctl;
        entry.cache = CacheUse::Hit;
        QVERIFY(filter.accepts(entry));
        entry.source = AuditSource::Schedule;
        QVERIFY(!filter.accepts(entry));
        QVERIFY(!AuditFilter(u"device:nowhere"_s, pictureTime(), ids).problem().isEmpty());
    }

    void theLogIsReadWholeThenOnlyWhatWasAddedAlsoOverARotation()
    {
        QTemporaryDir folder;
        const QString path = folder.path() + u"/infrastructor.jsonl"_s;
        const auto append = [&](const QByteArray &bytes) {
            QFile file(path);
            QVERIFY(file.open(QIODevice::Append));
            file.write(bytes);
        };
        append(logLine(600, "error", "one") + "not json\n" + logLine(300, "info", "two") + "{\"half");
        LogPosition position;
        auto lines = readLogFiles(folder.path(), position, true);
        QVERIFY(lines.has_value());
        QCOMPARE(lines->size(), 2);
        QVERIFY(readLogFiles(folder.path(), position, false)->isEmpty());
        // The rest of the cut line comes, then the file is rotated with a line that was not read yet.
        append("\"}\n" + logLine(100, "warning", "three"));
        QVERIFY(QFile::rename(path, folder.path() + u"/infrastructor.1.jsonl"_s));
        append(logLine(50, "info", "four"));
        lines = readLogFiles(folder.path(), position, false);
        QCOMPARE(lines->size(), 2);
        QCOMPARE(lines->at(0).message, u"three"_s);
        QCOMPARE(lines->at(1).message, u"four"_s);
        const QList<LogErrorGroup> groups = errorGroups(*readLogFiles(folder.path(), position, true), pictureTime());
        QCOMPARE(groups.size(), 1);
        QCOMPARE(groups.constFirst().times, 2);
        QCOMPARE(groups.constFirst().level, log::Level::Error);
        QCOMPARE(groups.constFirst().hours.last(), 2);
    }

    void linksOfANoteAreFoundAndNothingElse()
    {
        QCOMPARE(linksIn(u"See https://wiki.example.org/x, rdp://10.0.0.1. javascript:alert(1) file:///etc"_s),
                 (QStringList{u"https://wiki.example.org/x"_s, u"rdp://10.0.0.1"_s}));
    }

    void theBandShowsPersonsAndRulesNotTheSchedule()
    {
        const QList<engine::DeviceRow> rows = fakeRows(FleetMode::Full, pictureTime());
        const QList<BandMark> marks =
            bandMarks(fakeAudit(rows, pictureTime()), rows, pictureTime() - 24h, pictureTime());
        QVERIFY(!marks.isEmpty());
        bool alert = false;
        for (qsizetype at = 0; at < marks.size(); ++at) {
            alert = alert || marks.at(at).sort == BandMark::Sort::Alert;
            QVERIFY(at == 0 || marks.at(at - 1).time <= marks.at(at).time);
        }
        QVERIFY(alert);
        QVERIFY(marks.size() < 200);
    }
};

INFRA_TEST(TestFleetModels)
#include "tst_fleet_models.moc"
