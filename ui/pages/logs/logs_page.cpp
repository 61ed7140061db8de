// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/logs/logs_page.h"

#include "ui/pages/logs/error_classes.h"
#include "ui/pages/logs/log_table_model.h"
#include "ui/shell/state_dot.h"
#include "ui/shell/surface.h"
#include "ui/text/format.h"
#include "ui/widgets/controls.h"

#include <QtCore/QTimerEvent>
#include <QtCore/QUrl>
#include <QtGui/QAction>
#include <QtGui/QDesktopServices>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QMenu>
#include <QtWidgets/QVBoxLayout>

namespace infra::ui {

using namespace Qt::Literals::StringLiterals;

namespace {
constexpr int kFollowMs = 1000;
} // namespace

LogsPage::LogsPage(const PageContext &context, QWidget *parent)
    : Page(context, parent)
    , m_reader(context.client.logFolder())
{
    auto *folder = new QAction(tr("Open folder"), this);
    folder->setProperty("iconName", u"folder2"_s);
    folder->setProperty("buttonKind", QString());
    connect(folder, &QAction::triggered, this,
            [this] { QDesktopServices::openUrl(QUrl::fromLocalFile(this->context().client.logFolder())); });
    m_actions = {folder};
    build();
    connect(&m_reader, &LogReader::linesRead, this, [this](const QList<LogEntry> &lines, bool again) {
        m_loaded = true;
        if (again)
            m_model->setLines(lines);
        else
            m_model->append(lines);
        refresh();
    });
    connect(&m_reader, &LogReader::failed, this, [this](const Error &error) {
        m_cover->showError(error, tr("Read again"), [this] { m_reader.readAll(); });
    });
}

void LogsPage::build()
{
    Theme &theme = context().theme;
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    QFrame *ground = makeSurface(u"flat"_s, this);
    outer->addWidget(ground);
    auto *column = new QVBoxLayout(ground);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    QFrame *bar = makeSurface(u"head"_s, ground);
    bar->setFixedHeight(theme.px(46));
    auto *row = new QHBoxLayout(bar);
    row->setContentsMargins(14, 0, 14, 0);
    row->setSpacing(8);
    m_filterField = new FilterField(theme, tr("level:info+ part:ssh since:1h"), bar);
    m_filterField->setMinimumWidth(theme.px(170));
    m_filterField->setMaximumWidth(theme.px(330));
    row->addWidget(m_filterField, 3);
    m_part = makeButton(theme, tr("Part: all"), ButtonKind::Default, u"chevron-down"_s, bar);
    setButtonSize(m_part, ButtonSize::Small);
    row->addWidget(m_part);
    row->addStretch(1);
    m_dot = new StateDot(theme, Health::Ok, 10, "surface.panel", bar);
    row->addWidget(m_dot);
    m_live = makeLabel(theme, tr("Live"), TextStyle::Small, "text.secondary", bar);
    row->addWidget(m_live);
    m_pause = makeIconButton(theme, u"pause-fill"_s, tr("Pause following"), bar);
    QPushButton *save = makeIconButton(theme, u"download"_s, tr("Export the lines shown"), bar);
    for (QPushButton *button : {m_pause, save}) {
        setButtonSize(button, ButtonSize::Small);
        row->addWidget(button);
    }
    column->addWidget(bar);
    m_model = new LogTableModel(this);
    m_table = new DataTable(theme, u"logs"_s, tr("Log lines"), ground);
    m_table->setEdge(6);
    m_table->setState(context().state);
    m_table->setTableModel(m_model);
    m_table->setSort(u"time"_s, Qt::DescendingOrder);
    m_table->setEmptyText(tr("No line passes the filter"));
    column->addWidget(m_table, 1);
    QFrame *foot = makeSurface(u"flat"_s, ground);
    auto *footRow = new QHBoxLayout(foot);
    footRow->setContentsMargins(14, 7, 14, 7);
    m_foot = makeLabel(theme, QString(), TextStyle::Small, "text.secondary", foot);
    footRow->addWidget(m_foot);
    column->addWidget(makeSurface(u"line"_s, ground));
    column->addWidget(foot);
    m_cover = new StateCover(theme, m_table);
    m_classes = new ErrorClasses(theme, this);
    connect(m_filterField, &QLineEdit::textChanged, this, &LogsPage::applyFilter);
    connect(m_part, &QPushButton::clicked, this, &LogsPage::choosePart);
    connect(m_pause, &QPushButton::clicked, this, [this] { setLive(!m_following); });
    connect(save, &QPushButton::clicked, this, [this] { m_table->exportAs(u"json"_s); });
    connect(m_classes, &ErrorClasses::filterWanted, this, &LogsPage::setFilterText);
}

QWidget *LogsPage::sidePane()
{
    return m_classes;
}

void LogsPage::setRoute(const Route &route)
{
    if (!route.part.isEmpty())
        setFilterText(route.part);
}

void LogsPage::shown()
{
    if (!m_loaded)
        m_cover->showLoading(tr("Reading the log files"));
    m_reader.readAll();
    if (m_following)
        m_timer.start(kFollowMs, this);
}

void LogsPage::hidden()
{
    m_timer.stop();
}

void LogsPage::focusFilter()
{
    m_filterField->setFocus(Qt::ShortcutFocusReason);
    m_filterField->selectAll();
}

void LogsPage::readNow()
{
    m_reader.readAll();
}

void LogsPage::setLive(bool on)
{
    m_following = on;
    if (on) {
        m_reader.readMore();
        m_timer.start(kFollowMs, this);
    } else {
        m_timer.stop();
    }
    setButtonIcon(m_pause, context().theme, on ? u"pause-fill"_s : u"play-fill"_s);
    const QString words = on ? tr("Pause following") : tr("Follow again");
    m_pause->setToolTip(words);
    m_pause->setAccessibleName(words);
    m_dot->setHealth(on ? Health::Ok : Health::Maintenance);
    m_live->setText(on ? tr("Live") : tr("Paused"));
}

void LogsPage::timerEvent(QTimerEvent *event)
{
    if (event->timerId() == m_timer.timerId())
        m_reader.readMore();
}

int LogsPage::shownLines() const
{
    return m_table->visibleRowCount();
}

void LogsPage::setFilterText(const QString &text)
{
    m_filterField->setText(text);
}

void LogsPage::applyFilter()
{
    m_filter = LogFilter(m_filterField->text(), context().clock.now());
    m_filterField->setProblem(m_filter.problem());
    m_table->setFilter([this](int row) { return m_filter.accepts(m_model->line(row)); });
    m_foot->setText(
        tr("%1 of %2 lines pass the filter").arg(count(m_table->visibleRowCount()), count(m_model->rowCount())));
}

void LogsPage::refresh()
{
    if (m_model->rowCount() == 0)
        m_cover->showEmpty(tr("Nothing logged yet"),
                           tr("What this program does and what goes wrong is written here, without secrets."),
                           tr("Open folder"), [this] { m_actions.constFirst()->trigger(); });
    else
        m_cover->showContent();
    applyFilter();
    const Instant now = context().clock.now();
    m_classes->setGroups(errorGroups(m_model->lines(), now), now);
}

void LogsPage::choosePart()
{
    QStringList parts;
    for (const LogEntry &line : m_model->lines())
        parts.append(line.part.section(u'.', 0, 0));
    parts.removeDuplicates();
    parts.sort();
    auto *menu = new QMenu(m_part);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto add = [&](const QString &words, const QString &part) {
        connect(menu->addAction(words), &QAction::triggered, this, [this, part] {
            QStringList kept;
            for (const QString &word : m_filterField->text().split(u' ', Qt::SkipEmptyParts)) {
                if (!word.startsWith(u"part:"))
                    kept.append(word);
            }
            if (!part.isEmpty())
                kept.prepend(u"part:"_s + part);
            m_part->setText(part.isEmpty() ? tr("Part: all") : tr("Part: %1").arg(part));
            m_part->setAccessibleName(m_part->text());
            setFilterText(kept.join(u' '));
        });
    };
    add(tr("All parts"), {});
    for (const QString &part : std::as_const(parts))
        add(part, part);
    menu->popup(m_part->mapToGlobal(QPoint(0, m_part->height())));
}

} // namespace infra::ui
