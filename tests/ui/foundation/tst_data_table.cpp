// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/test_registry.h"
#include "tests/ui/foundation/gallery.h"

#include "ui/tables/data_table_proxy.h"
#include "ui/tables/table_export.h"
#include "ui/tables/ui_state.h"

#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QTemporaryDir>
#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>
#include <QtTest/QAbstractItemModelTester>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>
#include <QtWidgets/QHeaderView>

using namespace Qt::Literals::StringLiterals;
using namespace infra;
using namespace infra::ui;
using test::FleetTableModel;

class TestDataTable : public QObject
{
    Q_OBJECT
private:
    static QStringList names(const DataTableProxy &proxy)
    {
        QStringList found;
        for (int row = 0; row < proxy.rowCount(); ++row)
            found.append(proxy.index(row, 0).data().toString());
        return found;
    }
    static int column(const FleetTableModel &model, const QString &id) { return model.columnOf(id); }

private slots:
    void worstComesFirstByDefault()
    {
        FleetTableModel model(FleetTableModel::picture());
        DataTableProxy proxy;
        const QAbstractItemModelTester tester(&proxy);
        proxy.setSource(&model);
        QCOMPARE(names(proxy), (QStringList{u"borealis"_s, u"stage1"_s, u"web1"_s, u"vault"_s, u"atlas"_s, u"forge"_s,
                                            u"pve1"_s, u"tern"_s, u"pve3"_s, u"winbox"_s}));
    }
    void missingValuesAreLastInBothOrders()
    {
        FleetTableModel model(FleetTableModel::picture());
        DataTableProxy proxy;
        proxy.setSource(&model);
        for (const Qt::SortOrder order : {Qt::AscendingOrder, Qt::DescendingOrder}) {
            proxy.setSort({{column(model, u"cpu"_s), order}});
            QCOMPARE(names(proxy).mid(8), (QStringList{u"vault"_s, u"winbox"_s}));
        }
        QCOMPARE(names(proxy).first(), u"forge"_s);
    }
    void theSecondKeyOrdersWithinTheFirstAndTheRestIsStable()
    {
        FleetTableModel model(FleetTableModel::picture());
        DataTableProxy proxy;
        proxy.setSource(&model);
        proxy.setSort(
            {{column(model, u"environment"_s), Qt::AscendingOrder}, {column(model, u"cpu"_s), Qt::DescendingOrder}});
        QCOMPARE(names(proxy), (QStringList{u"tern"_s, u"pve1"_s, u"borealis"_s, u"web1"_s, u"atlas"_s, u"pve3"_s,
                                            u"vault"_s, u"stage1"_s, u"forge"_s, u"winbox"_s}));
        proxy.setSort({{column(model, u"environment"_s), Qt::AscendingOrder}});
        QCOMPARE(names(proxy).mid(1, 6),
                 (QStringList{u"atlas"_s, u"borealis"_s, u"vault"_s, u"pve1"_s, u"pve3"_s, u"web1"_s}));
    }
    void groupsHaveHeadsWorstFirstAndCollapse()
    {
        FleetTableModel model(FleetTableModel::picture());
        DataTableProxy proxy;
        const QAbstractItemModelTester tester(&proxy);
        proxy.setSource(&model);
        proxy.setGrouping([&model](int row) { return model.rows().at(row).group; },
                          [](const QString &, const QList<int> &rows) { return u"%1 devices"_s.arg(rows.size()); });
        QCOMPARE(names(proxy).mid(0, 5),
                 (QStringList{u"Storage"_s, u"borealis"_s, u"vault"_s, u"atlas"_s, u"Services"_s}));
        QVERIFY(proxy.index(0, 0).data(GroupRole).toBool());
        QCOMPARE(proxy.index(0, 0).data(SecondaryRole).toString(), u"3 devices"_s);
        QVERIFY(!(proxy.flags(proxy.index(0, 0)) & Qt::ItemIsSelectable));
        proxy.setCollapsed(u"Storage"_s, true);
        QCOMPARE(names(proxy).mid(0, 2), (QStringList{u"Storage"_s, u"Services"_s}));
        proxy.setCollapsed(u"Storage"_s, false);
        QCOMPARE(proxy.rowCount(), 14);
        QCOMPARE(proxy.sourceRows().size(), 10);
    }
    void aFilterHidesRowsAndEmptyGroups()
    {
        FleetTableModel model(FleetTableModel::picture());
        DataTableProxy proxy;
        const QAbstractItemModelTester tester(&proxy);
        proxy.setSource(&model);
        proxy.setGrouping([&model](int row) { return model.rows().at(row).group; }, {});
        proxy.setFilter([&model](int row) { return model.rows().at(row).name.startsWith(u"pve"_s); });
        QCOMPARE(names(proxy), (QStringList{u"Virtualisation"_s, u"pve1"_s, u"pve3"_s}));
        proxy.setFilter({});
        QCOMPARE(proxy.rowCount(), 14);
    }
    void selectionFollowsItsRowThroughUpdatesInsertsAndResets()
    {
        FleetTableModel model(FleetTableModel::picture());
        DataTable table(test::testTheme(), u"t"_s, u"Devices"_s);
        table.setTableModel(&model);
        table.selectSourceRow(0);
        FleetTableModel::Row atlas = model.rows().at(0);
        atlas.health = Health::Critical;
        model.setRow(0, atlas);
        QCOMPARE(table.currentSourceRow(), 0);
        QTRY_COMPARE(table.currentIndex().row(), 0); // now the worst, and before borealis
        model.append({u"new"_s, u"aaa"_s, u"Storage"_s, Health::Critical, Environment::Lab, 1, 1, 1, 1});
        QCOMPARE(table.currentIndex().row(), 1);
        QList<FleetTableModel::Row> turned = model.rows();
        std::reverse(turned.begin(), turned.end());
        model.resetTo(turned);
        QCOMPARE(model.rows().at(table.currentSourceRow()).name, u"atlas"_s);
        QCOMPARE(table.selectedSourceRows(), QList<int>{10});
        model.removeAt(10);
        QVERIFY(table.selectedSourceRows().isEmpty() ||
                model.rows().at(table.selectedSourceRows().first()).name != u"atlas"_s);
    }
    void rowsDoNotMoveWhileTheyAreHeld()
    {
        FleetTableModel model(FleetTableModel::picture());
        DataTableProxy proxy;
        const QAbstractItemModelTester tester(&proxy);
        proxy.setSource(&model);
        const QStringList before = names(proxy);
        proxy.setHeld(true);
        FleetTableModel::Row tern = model.rows().at(9);
        tern.health = Health::Critical;
        model.setRow(9, tern);
        QCOMPARE(names(proxy), before);
        QCOMPARE(proxy.index(7, 0).data(HealthRole).toInt(), int(Health::Critical)); // but the data are new
        model.append({u"new"_s, u"new"_s, {}, Health::Critical, Environment::None, 1, 1, 1, 1});
        QCOMPARE(names(proxy), before + QStringList{u"new"_s});
        model.removeAt(0);
        QVERIFY(!names(proxy).contains(u"atlas"_s));
        proxy.settle();
        QVERIFY(proxy.hasPendingOrder());
        proxy.setHeld(false);
        QCOMPARE(names(proxy).mid(0, 3), (QStringList{u"borealis"_s, u"new"_s, u"tern"_s}));
    }
    void frozenRowsKeepOrderAndIdentity()
    {
        FleetTableModel model(FleetTableModel::picture());
        DataTableProxy proxy;
        proxy.setSource(&model);
        const QStringList before = names(proxy);
        proxy.setFrozen(true);
        model.append({u"new"_s, u"new"_s, {}, Health::Critical, Environment::None, 1, 1, 1, 1});
        proxy.setSort({{column(model, u"cpu"_s), Qt::DescendingOrder}});
        QCOMPARE(names(proxy), before);
        proxy.setFrozen(false);
        QCOMPARE(names(proxy).first(), u"forge"_s);
        QCOMPARE(proxy.rowCount(), 11);
    }
    void aNarrowTableDropsColumnsByPriority()
    {
        FleetTableModel model(FleetTableModel::picture());
        DataTable table(test::testTheme(), u"t"_s, u"Devices"_s);
        table.setTableModel(&model);
        const auto hidden = [&](const QString &id) {
            return table.horizontalHeader()->isSectionHidden(column(model, id));
        };
        table.resize(900, 300);
        table.show();
        QVERIFY(!hidden(u"load"_s) && !hidden(u"age"_s));
        QVERIFY2(hidden(u"state"_s), "hidden by default");
        table.resize(500, 300);
        QVERIFY(hidden(u"load"_s) && !hidden(u"cpu"_s) && !hidden(u"name"_s));
        table.resize(240, 300);
        QVERIFY(hidden(u"cpu"_s) && !hidden(u"name"_s) && !hidden(u"age"_s));
        table.resize(900, 300);
        QVERIFY(!hidden(u"load"_s));
        QCOMPARE(table.horizontalHeader()->length(), table.viewport()->width());
    }
    void columnsAndSortingAreRemembered()
    {
        QTemporaryDir folder;
        const QString path = folder.filePath(u"ui-state.json"_s);
        FleetTableModel model(FleetTableModel::picture());
        {
            UiState state(path);
            DataTable table(test::testTheme(), u"fleet"_s, u"Devices"_s);
            table.setState(&state);
            table.setTableModel(&model);
            table.resize(900, 300);
            table.show();
            table.horizontalHeader()->moveSection(4, 1);
            QTest::mouseClick(table.horizontalHeader()->viewport(), Qt::LeftButton, {},
                              QPoint(table.horizontalHeader()->sectionViewportPosition(2) + 20, 10));
        }
        UiState state(path);
        DataTable table(test::testTheme(), u"fleet"_s, u"Devices"_s);
        table.setTableModel(&model);
        table.setState(&state);
        QCOMPARE(table.horizontalHeader()->visualIndex(4), 1);
        QCOMPARE(model.rows().at(table.model()->rowCount() > 0 ? 7 : 0).name, u"forge"_s);
        QCOMPARE(table.model()->index(0, 0).data().toString(), u"forge"_s); // CPU, greatest first
        QFile broken(path);
        QVERIFY(broken.open(QIODevice::WriteOnly));
        broken.write("{\"table.fleet\": [1,");
        broken.close();
        UiState none(path);
        QVERIFY(none.value(u"table.fleet"_s).isUndefined());
    }
    void exportsDefuseFormulasAndHoldExactValues()
    {
        QCOMPARE(csvField(u"=HYPERLINK(\"http://x\")"_s), u"\"'=HYPERLINK(\"\"http://x\"\")\""_s);
        for (const QString &start : {u"=1"_s, u"+1+2"_s, u"@SUM(1)"_s, u"-1-2"_s})
            QVERIFY2(csvField(start).startsWith(u'\''), qPrintable(start));
        QCOMPARE(csvField(u"-3.5"_s), u"-3.5"_s);
        QCOMPARE(csvField(u"a,b"_s), u"\"a,b\""_s);
        QList<FleetTableModel::Row> rows = FleetTableModel::picture().mid(0, 1);
        rows[0].name = u"=cmd"_s;
        rows[0].cpu = 11.0625;
        FleetTableModel model(rows);
        DataTable table(test::testTheme(), u"t"_s, u"Devices"_s);
        table.setTableModel(&model);
        table.resize(900, 300);
        table.show();
        QVERIFY(table.toCsv().startsWith("Device,Environment,\"CPU, 1 h\""));
        QVERIFY(table.toCsv().contains("'=cmd,production,11.0625,46,0.84,12"));
        const QJsonArray json = QJsonDocument::fromJson(table.toJsonRows()).array();
        QCOMPARE(json.at(0)[u"cpu"_s].toDouble(), 11.0625);
        table.copySelection(u"text"_s);
        QVERIFY(QGuiApplication::clipboard()->text().startsWith(u"=cmd\tproduction\t"_s));
    }
    void cellsSpeakASentence()
    {
        FleetTableModel model(FleetTableModel::picture());
        DataTableProxy proxy;
        proxy.setSource(&model);
        QCOMPARE(proxy.index(0, 0).data(Qt::AccessibleTextRole).toString(),
                 u"borealis, Critical, Production, CPU 23\u00A0%"_s);
        QCOMPARE(proxy.index(0, 4).data(Qt::AccessibleTextRole).toString(), u"Load: 3.12"_s);
    }
    void keysOpenRowsAndFoldGroups()
    {
        FleetTableModel model(FleetTableModel::picture());
        DataTable table(test::testTheme(), u"t"_s, u"Devices"_s);
        table.setTableModel(&model);
        table.setGrouping([&model](int row) { return model.rows().at(row).group; }, {});
        table.resize(900, 400);
        table.show();
        QSignalSpy opened(&table, &DataTable::activatedRow);
        table.selectSourceRow(1);
        QTest::keyClick(&table, Qt::Key_Return);
        QCOMPARE(opened.value(0).value(0).toInt(), 1);
        QTest::keyClick(&table, Qt::Key_Up);
        QCOMPARE(table.currentSourceRow(), -1); // on the head
        QTest::keyClick(&table, Qt::Key_Left);
        QCOMPARE(table.visibleRowCount(), 7);
        QTest::keyClick(&table, Qt::Key_Right);
        QCOMPARE(table.visibleRowCount(), 10);
    }
    void aThousandRowsStaySmooth()
    {
        FleetTableModel model(FleetTableModel::thousand());
        DataTable table(test::testTheme(), u"t"_s, u"Devices"_s);
        table.setTableModel(&model);
        table.setGrouping([&model](int row) { return model.rows().at(row).group; }, {});
        table.resize(1200, 800);
        table.show();
        QCOMPARE(table.visibleRowCount(), 1000);
        const qint64 start = test::threadCpuUs();
        for (int i = 0; i < 5; ++i)
            model.setRow(i * 100, model.rows().at(i * 100));
        table.grab();
        const qint64 used = test::threadCpuUs() - start;
        qInfo("five updates and a paint: %lld us", static_cast<long long>(used));
        QVERIFY(used < 2'000'000);
    }
    void manyChangesOfATurnAreOneOrderAndTouchOnlyTheirRows()
    {
        FleetTableModel model(FleetTableModel::thousand());
        DataTableProxy proxy;
        proxy.setSource(&model);
        proxy.setSort({{column(model, u"cpu"_s), Qt::DescendingOrder}});
        int asked = 0;
        proxy.setFilter([&asked](int) {
            ++asked;
            return true;
        });
        QSignalSpy arranged(&proxy, &DataTableProxy::arranged);
        asked = 0;
        for (int i = 0; i < 300; ++i) {
            FleetTableModel::Row row = model.rows().at(i * 3);
            row.cpu = 100.0 - i / 10.0;
            model.setRow(i * 3, row);
        }
        QCOMPARE(asked, 300); // not 300 times a thousand
        QCOMPARE(arranged.count(), 0);
        QTRY_COMPARE(arranged.count(), 1);
        QCOMPARE(proxy.index(0, 0).data().toString(), model.rows().at(0).name);
        for (int row = 1; row < 300; ++row)
            QVERIFY(proxy.index(row - 1, column(model, u"cpu"_s)).data(SortRole).toDouble() >=
                    proxy.index(row, column(model, u"cpu"_s)).data(SortRole).toDouble());
        // A change that moves nothing asks for no order at all.
        arranged.clear();
        model.setRow(0, model.rows().at(0));
        QCoreApplication::processEvents();
        QCOMPARE(arranged.count(), 0);
    }
};

INFRA_TEST(TestDataTable)
#include "tst_data_table.moc"
