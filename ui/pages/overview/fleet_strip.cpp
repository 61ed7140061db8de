// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/overview/fleet_strip.h"

#include "ui/text/format.h"
#include "ui/widgets/shapes.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QSet>
#include <QtGui/QPainter>

namespace infra::ui {

using namespace Qt::Literals::StringLiterals;
using engine::DeviceRow;

namespace {

constexpr double kNearlyFull = 85;

QString stripWord(const char *text)
{
    return QCoreApplication::translate("FleetStrip", text);
}

/// "138" and "TiB": the figure stands large, its unit beside what it is out of.
QPair<QString, QString> splitUnit(const QString &text)
{
    qsizetype space = text.size() - 1;
    while (space >= 0 && !text.at(space).isSpace()) // a no-break one
        --space;
    return space < 0 ? QPair(text, QString()) : QPair(text.left(space), text.mid(space + 1));
}

StripFact usedFact(const QString &label, double used, double total)
{
    StripFact fact;
    fact.label = label;
    const auto whole = splitUnit(bytesBinary(total));
    const auto part = splitUnit(bytesBinary(used));
    if (whole.second == part.second) {
        fact.figure = part.first;
        fact.of = stripWord("of %1").arg(bytesBinary(total));
    } else {
        fact.figure = part.first;
        fact.of = stripWord("%1 of %2").arg(part.second, bytesBinary(total));
    }
    return fact;
}

StripFact devicesFact(const QList<DeviceRow> &rows)
{
    StripFact fact;
    fact.label = stripWord("Devices");
    fact.figure = count(rows.size());
    QHash<Health, int> counts;
    for (const DeviceRow &row : rows)
        ++counts[row.health];
    for (const Health health : {Health::Critical, Health::Warning, Health::Unknown, Health::Info, Health::Maintenance,
                                Health::Asleep, Health::Ok}) {
        if (counts.value(health) > 0)
            fact.counts.append({health, counts.value(health)});
    }
    return fact;
}

std::optional<StripFact> workloadsFact(const QList<DeviceRow> &rows)
{
    int up = 0;
    int total = 0;
    int needLook = 0;
    for (const DeviceRow &row : rows) {
        up += row.containersUp.value_or(0);
        total += row.containersTotal.value_or(0);
        for (const Finding &finding : row.findings)
            needLook += finding.rule.startsWith(u"container") ? 1 : 0;
    }
    if (total == 0)
        return std::nullopt;
    StripFact fact;
    fact.label = stripWord("Workloads up");
    fact.figure = count(up);
    fact.of = stripWord("of %1").arg(count(total));
    if (needLook > 0) {
        fact.under = QCoreApplication::translate("FleetStrip", "%n need(s) a look", nullptr, needLook);
        fact.underHealth = Health::Warning;
    } else {
        fact.under = up == total ? stripWord("none is down")
                                 : QCoreApplication::translate("FleetStrip", "%n stopped", nullptr, total - up);
    }
    return fact;
}

} // namespace

StorageSum storageSum(const QList<engine::DeviceDetails> &details)
{
    StorageSum sum;
    for (const engine::DeviceDetails &device : details) {
        const auto at = device.data.constFind(Kind::Filesystems);
        if (at == device.data.cend())
            continue;
        const auto *list = std::get_if<QList<Filesystem>>(&at->section.data);
        if (list == nullptr)
            continue;
        QSet<QString> seen; ///< a device mounted twice counts once
        for (const Filesystem &system : *list) {
            if (!system.sizeBytes || !system.usedBytes || *system.sizeBytes <= 0 || seen.contains(system.device))
                continue;
            if (system.device.startsWith(u'/'))
                seen.insert(system.device);
            sum.size += static_cast<double>(*system.sizeBytes);
            sum.used += static_cast<double>(*system.usedBytes);
            ++sum.fileSystems;
            const double available =
                static_cast<double>(system.availableBytes.value_or(*system.sizeBytes - *system.usedBytes));
            const double use = static_cast<double>(*system.usedBytes) /
                               (static_cast<double>(*system.usedBytes) + std::max(available, 1.0));
            sum.nearlyFull += use * 100 >= kNearlyFull ? 1 : 0;
        }
    }
    return sum;
}

QList<StripFact> fleetFacts(const QList<DeviceRow> &rows, const engine::FleetStatus &status,
                            const std::optional<StorageSum> &storage)
{
    QList<StripFact> facts = {devicesFact(rows)};
    if (const auto workloads = workloadsFact(rows))
        facts.append(*workloads);
    if (storage && storage->size > 0) {
        StripFact fact = usedFact(stripWord("Storage"), storage->used, storage->size);
        fact.under = storage->nearlyFull > 0 ? stripWord("%1 of %2 file systems nearly full")
                                                   .arg(count(storage->nearlyFull), count(storage->fileSystems))
                                             : QCoreApplication::translate("FleetStrip", "%n file system(s)", nullptr,
                                                                           storage->fileSystems);
        if (storage->nearlyFull > 0) {
            fact.brief = stripWord("%1 nearly full").arg(count(storage->nearlyFull));
            fact.underHealth = Health::Warning;
        }
        facts.append(fact);
    }
    double memory = 0;
    double memoryUsed = 0;
    double hostCpu = 0;
    int costed = 0;
    for (const DeviceRow &row : rows) {
        if (row.sample.memTotal && row.sample.memUsed) {
            memory += *row.sample.memTotal;
            memoryUsed += *row.sample.memUsed;
        }
        if (row.hostCpuMs) {
            hostCpu += *row.hostCpuMs;
            ++costed;
        }
    }
    if (memory > 0) {
        StripFact fact = usedFact(stripWord("Memory"), memoryUsed, memory);
        fact.under = stripWord("%1 in use").arg(percent(memoryUsed / memory * 100));
        facts.append(fact);
    }
    if (costed > 0) {
        StripFact fact;
        fact.label = stripWord("Cost of reading");
        fact.figure = number(hostCpu / costed, 2);
        fact.of = stripWord("ms CPU a cycle");
        fact.under = status.sessionsOpenedLastHour > 0
                         ? stripWord("%1 sessions, %2 new in an hour")
                               .arg(count(status.sessions), count(status.sessionsOpenedLastHour))
                         : QCoreApplication::translate("FleetStrip", "%n session(s)", nullptr, status.sessions);
        fact.brief = QCoreApplication::translate("FleetStrip", "%n session(s)", nullptr, status.sessions);
        facts.append(fact);
    }
    return facts;
}

FleetStrip::FleetStrip(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
{
    setAccessibleName(tr("Facts of the fleet"));
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(&theme, &Theme::changed, this, [this] {
        updateGeometry();
        update();
    });
}

void FleetStrip::setFacts(const QList<StripFact> &facts)
{
    m_facts = facts;
    // A small window or large text may leave no room for all of it.
    QStringList lines;
    for (const StripFact &fact : facts)
        lines += QStringList{fact.label, fact.figure, fact.of, fact.under}.join(u' ').simplified();
    setToolTip(plainTip(lines.join(u'\n')));
    update();
}

QSize FleetStrip::sizeHint() const
{
    return {m_theme.px(1196), m_theme.px(92)};
}

QString FleetStrip::spokenValue() const
{
    QStringList parts;
    for (const StripFact &fact : m_facts) {
        QString part = fact.label + u' ' + fact.figure + u' ' + fact.of + u' ' + fact.under;
        for (const auto &[health, number] : fact.counts)
            part += QString(u", " + QString::number(number) + u' ' + healthWord(health));
        parts.append(part.simplified());
    }
    return parts.join(u"; "_s);
}

void FleetStrip::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(m_theme.color("border.default"));
    painter.setBrush(m_theme.color("surface.panel"));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), m_theme.px(8), m_theme.px(8));
    if (m_facts.isEmpty())
        return;
    // The first is a quarter wider: it holds up to seven counts.
    const double unit = width() / (static_cast<double>(m_facts.size()) + 0.25);
    double left = 0;
    for (qsizetype at = 0; at < m_facts.size(); ++at) {
        const double wide = at == 0 ? unit * 1.25 : unit;
        const QRect area(qRound(left), 0, qRound(wide), height());
        if (at > 0)
            painter.fillRect(QRect(area.left(), 1, 1, height() - 2), m_theme.color("border.subtle"));
        paintFact(painter, area.adjusted(m_theme.px(16), m_theme.px(11), -m_theme.px(10), -m_theme.px(8)),
                  m_facts.at(at));
        left += wide;
    }
}

void FleetStrip::paintFact(QPainter &painter, const QRect &area, const StripFact &fact) const
{
    QRect line(area.left(), area.top(), area.width(), m_theme.px(16));
    painter.setFont(m_theme.font(TextStyle::Small));
    painter.setPen(m_theme.color("text.secondary"));
    painter.drawText(line, Qt::AlignVCenter | Qt::AlignLeft,
                     painter.fontMetrics().elidedText(fact.label, Qt::ElideRight, line.width()));
    line = QRect(area.left(), line.bottom() + m_theme.px(3), area.width(), m_theme.px(28));
    painter.setFont(m_theme.font(TextStyle::Figure));
    painter.setPen(m_theme.color("text.primary"));
    painter.drawText(line, Qt::AlignVCenter | Qt::AlignLeft, fact.figure);
    const int used = painter.fontMetrics().horizontalAdvance(fact.figure) + m_theme.px(6);
    // 15 px at regular weight, on the figure's base line.
    QFont ofFont = m_theme.font(TextStyle::Title);
    ofFont.setWeight(QFont::Normal);
    const int base =
        line.top() + (line.height() + painter.fontMetrics().ascent() - painter.fontMetrics().descent()) / 2;
    painter.setFont(ofFont);
    painter.setPen(m_theme.color("text.secondary"));
    painter.drawText(QPoint(area.left() + used, base),
                     painter.fontMetrics().elidedText(fact.of, Qt::ElideRight, area.width() - used));
    line = QRect(area.left(), line.bottom() + m_theme.px(4), area.width(), m_theme.px(16));
    if (!fact.counts.isEmpty()) {
        paintCounts(painter, line, fact);
        return;
    }
    painter.setFont(m_theme.font(TextStyle::Small));
    if (fact.underHealth) {
        const int size = m_theme.px(12);
        paintHealth(painter, QRectF(line.left(), line.top() + m_theme.px(2), size, size), *fact.underHealth, m_theme,
                    m_theme.color("surface.panel"));
        line.setLeft(line.left() + size + m_theme.px(7));
    }
    const bool fits = fact.brief.isEmpty() || painter.fontMetrics().horizontalAdvance(fact.under) <= line.width();
    painter.drawText(line, Qt::AlignVCenter | Qt::AlignLeft,
                     painter.fontMetrics().elidedText(fits ? fact.under : fact.brief, Qt::ElideRight, line.width()));
}

void FleetStrip::paintCounts(QPainter &painter, const QRect &area, const StripFact &fact) const
{
    painter.setFont(m_theme.font(TextStyle::Small));
    int left = area.left();
    const int size = m_theme.px(11);
    for (const auto &[health, number] : fact.counts) {
        const QString text = count(number);
        const int wide = size + m_theme.px(5) + painter.fontMetrics().horizontalAdvance(text);
        if (left + wide > area.right())
            break;
        paintHealth(painter, QRectF(left, area.top() + m_theme.px(2), size, size), health, m_theme,
                    m_theme.color("surface.panel"));
        painter.setPen(m_theme.color("text.secondary"));
        painter.drawText(QRect(left + size + m_theme.px(5), area.top(), wide, area.height()),
                         Qt::AlignVCenter | Qt::AlignLeft, text);
        left += wide + m_theme.px(9);
    }
}

} // namespace infra::ui
