// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/foundation/gallery.h"

#include "ui/text/format.h"
#include "ui/widgets/controls.h"

#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QGridLayout>

namespace infra::test {

using namespace Qt::Literals::StringLiterals;
using namespace infra::ui;

std::unique_ptr<QWidget> makeOverviewGallery(Theme &theme, ChartRange &range)
{
    auto page = std::make_unique<QWidget>();
    page->resize(1240, 860);
    auto *column = new QVBoxLayout(page.get());
    column->setContentsMargins(20, 16, 20, 16);
    column->setSpacing(12);
    auto *grid = new QGridLayout;
    grid->setSpacing(12);
    const auto chart = [&](int place, ChartSpec spec, double base, double spread) {
        auto *made = new HistoryChart(theme, range, spec);
        HistoryResult data = sampleHistory(spec.series, range.from(), range.to(), base, spread);
        made->setData(data);
        const Instant from = range.from();
        made->setEvents(
            {{ChartEvent::Kind::Change, from + std::chrono::minutes(168), Health::Info, u"nginx.conf changed"_s},
             {ChartEvent::Kind::Alert, from + std::chrono::minutes(309), Health::Critical, u"Pool degraded"_s},
             {ChartEvent::Kind::Alert, from + std::chrono::minutes(326), Health::Critical, u"Drive faulted"_s},
             {ChartEvent::Kind::Action, from + std::chrono::minutes(336), Health::Info, u"Restarted api"_s}});
        grid->addWidget(made, place / 3, place % 3);
        return made;
    };
    ChartSpec cpu{u"cpu"_s,
                  u"CPU"_s,
                  u"%"_s,
                  {{{u"cpu.user"_s, {}}, u"User"_s, 0},
                   {{u"cpu.system"_s, {}}, u"System"_s, 1},
                   {{u"cpu.iowait"_s, {}}, u"I/O wait"_s, 3}},
                  true,
                  true};
    chart(0, cpu, 7, 2);
    ChartSpec load{
        u"load"_s, u"Load"_s, {}, {{{u"load.1"_s, {}}, u"1 min"_s, 0}, {{u"load.15"_s, {}}, u"15 min"_s, 4}}};
    chart(1, load, 2, 0.4)->setSubtitle(u"16 threads"_s);
    ChartSpec memory{u"memory"_s, u"Memory"_s,
                     u"%"_s,      {{{u"mem.used"_s, {}}, u"Used"_s, 0}, {{u"mem.arc"_s, {}}, u"ZFS cache"_s, 2}},
                     true,        true};
    chart(2, memory, 40, 3)->setSubtitle(u"128 GiB"_s);
    ChartSpec net{u"net"_s,
                  u"Network, bond0"_s,
                  u"MB/s"_s,
                  {{{u"net.rx"_s, {}}, u"In"_s, 0}, {{u"net.tx"_s, {}}, u"Out"_s, 1, true}}};
    chart(3, net, 180, 40);
    ChartSpec disk{u"disk"_s,
                   u"Disk, all pools"_s,
                   u"MB/s"_s,
                   {{{u"disk.read"_s, {}}, u"Read"_s, 0}, {{u"disk.write"_s, {}}, u"Write"_s, 1}}};
    chart(4, disk, 300, 120);
    ChartSpec temp{u"temp"_s, u"Drive temperature"_s, u"°C"_s, {{{u"temp"_s, {}}, u"Hottest, sdh"_s, 0}}};
    temp.warn = 50;
    temp.warnText = u"Warn 50 °C"_s;
    temp.minuteFill = false;
    chart(5, temp, 38, 1.5);
    column->addLayout(grid);
    auto *panel = new Panel(theme, {});
    panel->body()->setContentsMargins(1, 4, 1, 8);
    auto *table = new DataTable(theme, u"overview"_s, u"Devices"_s);
    auto *model = new FleetTableModel(FleetTableModel::picture(), table);
    table->setTableModel(model);
    table->setGrouping([model](int row) { return model->rows().at(row).group; },
                       [](const QString &, const QList<int> &rows) { return u"%1 devices"_s.arg(rows.size()); });
    panel->body()->addWidget(table);
    column->addWidget(panel, 1);
    return page;
}

} // namespace infra::test
