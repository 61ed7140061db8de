// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/device/chart_specs.h"

#include "ui/text/format.h"

#include <QtCore/QCoreApplication>

namespace infra::ui {

using namespace Qt::Literals::StringLiterals;

namespace {

struct ChartText
{
    Q_DECLARE_TR_FUNCTIONS(DeviceCharts)
};

constexpr double kMegabyte = 1e-6;
constexpr double kGibibyte = 1.0 / (1024.0 * 1024.0 * 1024.0);

QString plain(double value)
{
    return number(value);
}

QString gibibytes(double value)
{
    return bytesBinary(value / kGibibyte);
}

ChartSpec chart(const char *id, const QString &title, const QString &unit, std::function<QString(double)> format,
                QList<ChartSeries> series)
{
    ChartSpec spec;
    spec.id = QLatin1StringView(id);
    spec.title = title;
    spec.unit = unit;
    spec.format = std::move(format);
    spec.series = std::move(series);
    return spec;
}

} // namespace

QList<ChartSpec> deviceChartSpecs()
{
    const auto asPercent = [](double value) { return percent(value); };
    ChartSpec cpu = chart("cpu", ChartText::tr("CPU"), u"%"_s, asPercent,
                          {{{u"cpu.user"_s, {}}, ChartText::tr("User"), 0},
                           {{u"cpu.system"_s, {}}, ChartText::tr("System"), 1},
                           {{u"cpu.iowait"_s, {}}, ChartText::tr("I/O wait"), 3}});
    cpu.stacked = true;
    cpu.percent = true;
    const ChartSpec memory = chart("memory", ChartText::tr("Memory"), {}, gibibytes,
                                   {{{u"mem.used"_s, {}}, ChartText::tr("Used"), 0, false, kGibibyte},
                                    {{u"swap.used"_s, {}}, ChartText::tr("Swap"), 4, false, kGibibyte}});
    const ChartSpec load =
        chart("load", ChartText::tr("Load"), {}, plain,
              {{{u"load.1"_s, {}}, ChartText::tr("1 min"), 0}, {{u"load.15"_s, {}}, ChartText::tr("15 min"), 4}});
    ChartSpec network = chart("network", ChartText::tr("Network"), u"MB/s"_s, plain,
                              {{{u"net.rx"_s, {}}, ChartText::tr("In"), 0, false, kMegabyte},
                               {{u"net.tx"_s, {}}, ChartText::tr("Out"), 1, true, kMegabyte}});
    ChartSpec disk = chart("disk", ChartText::tr("Disk"), u"MB/s"_s, plain,
                           {{{u"disk.read"_s, {}}, ChartText::tr("Read"), 0, false, kMegabyte},
                            {{u"disk.write"_s, {}}, ChartText::tr("Write"), 1, false, kMegabyte}});
    network.least = disk.least = 0.05;
    const ChartSpec temperature =
        chart("temperature", ChartText::tr("Temperature"), u"°C"_s, [](double value) { return celsius(value); },
              {{{u"temp"_s, {}}, ChartText::tr("Hottest"), 0}});
    ChartSpec pressure = chart("pressure", ChartText::tr("Pressure"), u"%"_s, asPercent,
                               {{{u"pressure.cpu"_s, {}}, ChartText::tr("CPU"), 0},
                                {{u"pressure.io"_s, {}}, ChartText::tr("I/O"), 1},
                                {{u"pressure.memory"_s, {}}, ChartText::tr("Memory"), 3}});
    pressure.percent = true;
    return {cpu, memory, load, network, disk, temperature, pressure};
}

QList<SeriesKey> deviceChartSeries()
{
    QList<SeriesKey> keys;
    for (const ChartSpec &spec : deviceChartSpecs()) {
        for (const ChartSeries &series : spec.series)
            keys.append(series.key);
    }
    return keys;
}

} // namespace infra::ui
