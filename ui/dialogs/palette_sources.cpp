// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/palette_sources.h"

#include "core/base/redaction.h"
#include "ui/models/container_table_model.h"
#include "ui/shell/help_dialog.h"
#include "ui/shell/window_actions.h"
#include "ui/widgets/shapes.h"

#include <QtCore/QCoreApplication>
#include <QtGui/QAction>

#include <algorithm>

namespace infra::ui {

using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int kHit = 10;
constexpr int kRun = 15;       ///< right after the hit before
constexpr int kWordStart = 20; ///< begins a word
constexpr int kTextStart = 30;
constexpr int kQuietShare = 3; ///< a hit in the quiet words counts a third

bool startsWord(const QString &text, qsizetype at)
{
    return at == 0 || !text.at(at - 1).isLetterOrNumber();
}

/// Each word of the search must be found; the positions are gathered.
std::optional<FuzzyMatch> matchWords(const QStringList &words, const QString &text)
{
    FuzzyMatch all;
    for (const QString &word : words) {
        const auto one = fuzzyMatch(word, text);
        if (!one)
            return std::nullopt;
        all.score += one->score;
        all.positions += one->positions;
    }
    std::sort(all.positions.begin(), all.positions.end());
    all.positions.erase(std::unique(all.positions.begin(), all.positions.end()), all.positions.end());
    return all;
}

} // namespace

std::optional<FuzzyMatch> fuzzyMatch(const QString &pattern, const QString &text)
{
    FuzzyMatch match;
    if (pattern.isEmpty())
        return match;
    // A whole run beats scattered letters, at the start of a word most of all.
    qsizetype best = -1;
    for (qsizetype at = text.indexOf(pattern, 0, Qt::CaseInsensitive); at >= 0;
         at = text.indexOf(pattern, at + 1, Qt::CaseInsensitive)) {
        if (best < 0 || (startsWord(text, at) && !startsWord(text, best)))
            best = at;
    }
    if (best >= 0) {
        match.score = kHit * static_cast<int>(pattern.size()) * 2 + kRun * static_cast<int>(pattern.size() - 1) +
                      (best == 0                ? kTextStart
                       : startsWord(text, best) ? kWordStart
                                                : 0);
        for (qsizetype at = 0; at < pattern.size(); ++at)
            match.positions.append(static_cast<int>(best + at));
        return match;
    }
    qsizetype from = 0;
    int previous = -2;
    for (const QChar wanted : pattern) {
        const qsizetype at = text.indexOf(wanted, from, Qt::CaseInsensitive);
        if (at < 0)
            return std::nullopt;
        match.score += kHit + (at == previous + 1 ? kRun : 0) + (startsWord(text, at) ? kWordStart : 0);
        match.positions.append(static_cast<int>(at));
        previous = static_cast<int>(at);
        from = at + 1;
    }
    // Letters strewn over a long text are no find.
    const int spread = match.positions.last() - match.positions.first() + 1;
    if (spread > static_cast<int>(pattern.size()) * 6)
        return std::nullopt;
    match.score -= spread;
    return match;
}

QList<PaletteHit> searchPalette(const QList<PaletteEntry> &entries, const QString &text, int most)
{
    QString wanted = text.trimmed();
    std::optional<PaletteGroup> only;
    if (wanted.startsWith(u'>'))
        only = PaletteGroup::Actions;
    else if (wanted.startsWith(u'@'))
        only = PaletteGroup::Devices;
    if (only)
        wanted = wanted.mid(1).trimmed();
    const QStringList words = wanted.split(u' ', Qt::SkipEmptyParts);
    QList<PaletteHit> hits;
    for (const PaletteEntry &entry : entries) {
        if (only && entry.group != *only)
            continue;
        PaletteHit hit;
        hit.entry = entry;
        if (const auto inText = matchWords(words, entry.text)) {
            hit.score = inText->score + 1;
            hit.positions = inText->positions;
        } else if (const auto inQuiet = matchWords(words, entry.quiet)) {
            hit.score = inQuiet->score / kQuietShare + 1;
            hit.quietPositions = inQuiet->positions;
        } else {
            continue;
        }
        hits.append(hit);
    }
    QHash<PaletteGroup, int> bestOf;
    for (const PaletteHit &hit : std::as_const(hits))
        bestOf[hit.entry.group] = std::max(bestOf.value(hit.entry.group), hit.score);
    const bool searching = !words.isEmpty();
    std::stable_sort(hits.begin(), hits.end(), [&](const PaletteHit &a, const PaletteHit &b) {
        if (a.entry.group != b.entry.group) {
            const int left = bestOf.value(a.entry.group);
            const int right = bestOf.value(b.entry.group);
            return searching && left != right ? left > right : a.entry.group < b.entry.group;
        }
        return searching && a.score > b.score;
    });
    if (hits.size() > most)
        hits.resize(most);
    return hits;
}

namespace {

QString sayPalette(const char *text)
{
    return QCoreApplication::translate("Palette", text);
}

void addContainers(QList<PaletteEntry> &entries, const PageContext &context, const engine::DeviceRow &row)
{
    const std::optional<engine::DeviceDetails> details = context.client.details(row.device.id);
    if (!details)
        return;
    Navigator &navigator = context.navigator;
    for (const ContainerRow &found : ContainerTableModel::rowsOf(*details, row.device)) {
        PaletteEntry entry;
        entry.group = PaletteGroup::Containers;
        entry.text = displayText(found.container.name, 128);
        entry.quiet = QStringList{row.device.name, displayText(found.container.image, 128), healthText(found.container),
                                  displayText(found.container.composeProject, 64)}
                          .join(u", "_s);
        if (entry.quiet.endsWith(u", "_s))
            entry.quiet.chop(2);
        entry.health = healthOf(found.container);
        entry.environment = found.environment;
        entry.run = [&navigator, name = found.container.name] { navigator.open({u"containers"_s, {}, name}); };
        entry.runBelonging = [&navigator, id = row.device.id] { navigator.open({u"device"_s, id, u"containers"_s}); };
        entries.append(entry);
    }
}

void addHelp(QList<PaletteEntry> &entries, Navigator &navigator)
{
    for (const HelpTopic &topic : helpTopics()) {
        PaletteEntry entry;
        entry.group = PaletteGroup::Help;
        entry.text = topic.title;
        entry.quiet = sayPalette(QT_TRANSLATE_NOOP("Palette", "Help"));
        entry.icon = u"question-circle"_s;
        entry.run = [&navigator, id = topic.id] { navigator.openHelp(id); };
        entries.append(entry);
    }
}

} // namespace

QList<PaletteEntry> paletteEntries(const PageContext &context, const WindowActions &actions)
{
    QList<PaletteEntry> entries;
    Navigator &navigator = context.navigator;
    QList<engine::DeviceRow> rows = context.client.devices();
    std::stable_sort(rows.begin(), rows.end(), [](const engine::DeviceRow &a, const engine::DeviceRow &b) {
        return worseThan(a.health, b.health);
    });
    for (const engine::DeviceRow &row : std::as_const(rows)) {
        PaletteEntry entry;
        entry.group = PaletteGroup::Devices;
        entry.text = row.device.name;
        QStringList facts = {
            row.device.isLocal() ? QCoreApplication::translate("Palette", "this computer") : row.device.address,
            typeWord(row.device.type), row.state == DeviceState::Ok ? healthWord(row.health) : stateWord(row.state)};
        facts += row.device.tags;
        facts.removeAll(QString());
        entry.quiet = facts.join(u", "_s);
        entry.health = row.health;
        entry.environment = row.device.environment;
        entry.run = [&navigator, id = row.device.id] { navigator.open({u"device"_s, id, {}}); };
        if (!row.device.isLocal())
            entry.runBelonging = [&navigator, id = row.device.id] { navigator.openEditDevice(id); };
        entries.append(entry);
    }
    for (const engine::DeviceRow &row : std::as_const(rows))
        addContainers(entries, context, row);
    for (QAction *action : actions.all()) {
        if (!action->isEnabled() || action->objectName() == u"palette")
            continue;
        PaletteEntry entry;
        const bool page = action->objectName().startsWith(u"page.");
        entry.group = page ? PaletteGroup::Pages : PaletteGroup::Actions;
        entry.text = QString(action->text()).remove(u'&');
        entry.icon = page ? u"arrow-right"_s : u"play"_s;
        entry.key = action->shortcut().toString(QKeySequence::NativeText).replace(u'+', u' ');
        entry.run = [action] { action->trigger(); };
        entries.append(entry);
    }
    for (const engine::DeviceRow &row : std::as_const(rows)) {
        PaletteEntry read;
        read.group = PaletteGroup::Actions;
        read.text = QCoreApplication::translate("Palette", "Read %1 now").arg(row.device.name);
        read.icon = u"arrow-clockwise"_s;
        read.run = [&client = context.client, id = row.device.id] { client.readNow(id, {}); };
        entries.append(read);
        if (row.device.isLocal())
            continue;
        PaletteEntry edit;
        edit.group = PaletteGroup::Actions;
        edit.text = QCoreApplication::translate("Palette", "Edit %1…").arg(row.device.name);
        edit.icon = u"pencil"_s;
        edit.run = [&navigator, id = row.device.id] { navigator.openEditDevice(id); };
        entries.append(edit);
        PaletteEntry pause;
        pause.group = PaletteGroup::Actions;
        pause.text = row.device.paused
                         ? QCoreApplication::translate("Palette", "Resume reading %1").arg(row.device.name)
                         : QCoreApplication::translate("Palette", "Pause reading %1").arg(row.device.name);
        pause.icon = row.device.paused ? u"play"_s : u"pause"_s;
        pause.run = [&client = context.client, id = row.device.id, on = !row.device.paused] {
            client.setPaused({id}, on);
        };
        entries.append(pause);
    }
    addHelp(entries, navigator);
    return entries;
}

QString paletteGroupWord(PaletteGroup group)
{
    switch (group) {
    case PaletteGroup::Devices:
        return QCoreApplication::translate("Palette", "Devices");
    case PaletteGroup::Containers:
        return QCoreApplication::translate("Palette", "Containers");
    case PaletteGroup::Pages:
        return QCoreApplication::translate("Palette", "Pages");
    case PaletteGroup::Actions:
        return QCoreApplication::translate("Palette", "Actions");
    case PaletteGroup::Help:
        break;
    }
    return QCoreApplication::translate("Palette", "Help");
}

} // namespace infra::ui
