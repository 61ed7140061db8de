// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/foundation/gallery.h"

#include "ui/theme/icons.h"
#include "ui/widgets/badge.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/flow_layout.h"
#include "ui/widgets/progress_row.h"
#include "ui/widgets/shapes.h"
#include "ui/widgets/toast_host.h"

#include <QtGui/QPainter>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QLabel>
#include <QtWidgets/QRadioButton>
#include <QtWidgets/QSlider>

namespace infra::test {

using namespace Qt::Literals::StringLiterals;
using namespace infra::ui;

namespace {

/// A widget that paints with a function, for shapes that only exist in delegates.
class Painted : public QWidget
{
public:
    Painted(QSize size, std::function<void(QPainter &, const QRect &)> paint)
        : m_paint(std::move(paint))
    {
        setFixedSize(size);
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        m_paint(painter, rect());
    }

private:
    std::function<void(QPainter &, const QRect &)> m_paint;
};

class Column
{
public:
    Column(Theme &theme, QHBoxLayout *into)
        : m_theme(theme)
        , m_box(new QVBoxLayout)
    {
        m_box->setSpacing(8);
        into->addLayout(m_box, 1);
    }
    void title(const QString &text, const QString &quiet = {})
    {
        auto *row = new QHBoxLayout;
        row->setContentsMargins(0, 6, 0, 0);
        row->addWidget(makeLabel(m_theme, text, TextStyle::BodyStrong));
        row->addWidget(makeLabel(m_theme, quiet, TextStyle::Small, "text.secondary"), 1);
        m_box->addLayout(row);
    }
    void flow(const QList<QWidget *> &widgets)
    {
        auto *host = new QWidget;
        auto *layout = new FlowLayout(host, 8);
        for (QWidget *widget : widgets)
            layout->addWidget(widget);
        QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum);
        policy.setHeightForWidth(true);
        host->setSizePolicy(policy);
        m_box->addWidget(host);
    }
    void row(const QList<QWidget *> &widgets)
    {
        auto *layout = new QHBoxLayout;
        layout->setSpacing(12);
        for (QWidget *widget : widgets)
            layout->addWidget(widget);
        layout->addStretch(1);
        m_box->addLayout(layout);
    }
    void add(QWidget *widget) { m_box->addWidget(widget); }
    void end() { m_box->addStretch(1); }

private:
    Theme &m_theme;
    QVBoxLayout *m_box;
};

QPushButton *sized(QPushButton *button, ButtonSize size)
{
    setButtonSize(button, size);
    return button;
}

template <typename W>
W *checked(W *widget)
{
    widget->setChecked(true);
    return widget;
}

void fillButtons(Column &column, Theme &theme)
{
    using enum ButtonKind;
    column.title(u"Buttons"_s, u"one primary a view"_s);
    QPushButton *pressed = makeButton(theme, u"Pressed"_s, Primary);
    pressed->setDown(true);
    QPushButton *focus = makeButton(theme, u"Focus"_s, Primary);
    focus->setObjectName(u"focusButton"_s);
    column.flow({makeButton(theme, u"Default"_s, Primary), pressed, focus});
    column.flow({makeButton(theme, u"Secondary"_s, Default), makeButton(theme, u"Flat"_s, Flat),
                 makeButton(theme, u"Continue"_s, DangerLine), makeButton(theme, u"Destroy"_s, Danger)});
    QPushButton *off = makeButton(theme, u"Off"_s, Default);
    off->setEnabled(false);
    column.flow({sized(makeButton(theme, u"Small 26"_s, Default), ButtonSize::Small),
                 makeButton(theme, u"Normal 30"_s, Default),
                 sized(makeButton(theme, u"Large 36"_s, Default), ButtonSize::Large),
                 makeIconButton(theme, u"three-dots"_s, u"More"_s), off,
                 makeButton(theme, u"Add device"_s, Primary, u"plus-lg"_s)});
    column.title(u"Inputs and choices"_s);
    auto *empty = new QLineEdit;
    empty->setPlaceholderText(u"Placeholder"_s);
    auto *disabled = new QLineEdit(u"Disabled"_s);
    disabled->setEnabled(false);
    auto *bad = new QLineEdit(u"10.20.0.399"_s);
    bad->setProperty("validity", u"bad"_s);
    auto *filter = new FilterField(theme, u"Name, tag, type or state"_s);
    filter->setText(u"state:critical"_s);
    for (QWidget *widget : {static_cast<QWidget *>(empty), static_cast<QWidget *>(disabled),
                            static_cast<QWidget *>(bad), static_cast<QWidget *>(filter)})
        widget->setFixedWidth(158);
    column.flow({empty, disabled, bad, filter});
    auto *some = new QCheckBox(u"Some"_s);
    some->setTristate(true);
    some->setCheckState(Qt::PartiallyChecked);
    column.flow({checked(new QCheckBox(u"On"_s)), new QCheckBox(u"Off"_s), some, checked(new QRadioButton(u"One"_s)),
                 new QRadioButton(u"Other"_s)});
    auto *offSwitch = new Switch(theme, u"Off"_s);
    offSwitch->setEnabled(false);
    column.flow({checked(new Switch(theme, u"On"_s)), new Switch(theme, u"Off"_s), offSwitch});
    auto *segments = new SegmentedControl(theme, u"View"_s);
    segments->addSegment(u"t"_s, u"Table"_s, u"list-ul"_s);
    segments->addSegment(u"l"_s, u"Tiles"_s, u"grid-3x3-gap"_s);
    auto *combo = new QComboBox;
    combo->addItem(u"Production"_s);
    combo->setFixedWidth(120);
    auto *states = new SegmentedControl(theme, u"State"_s);
    states->addSegment(u"a"_s, u"All 14"_s);
    states->addSegment(u"c"_s, u"1"_s, {}, Health::Critical);
    states->addSegment(u"w"_s, u"3"_s, {}, Health::Warning);
    states->addSegment(u"u"_s, u"3"_s, {}, Health::Unknown);
    auto *slider = new QSlider(Qt::Horizontal);
    slider->setValue(30);
    slider->setFixedWidth(120);
    column.flow({segments, combo, states, slider});
    column.title(u"Bars and sparklines"_s);
    const struct
    {
        double value;
        QColor color;
    } bars[] = {{46, theme.series(0)},
                {83, theme.state(Health::Warning).solid},
                {96, theme.state(Health::Critical).solid},
                {64, theme.color("text.disabled")}};
    for (const auto &bar : bars) {
        column.row(
            {new Painted({120, 12},
                         [&theme, bar](QPainter &p, const QRect &r) { paintBar(p, r, bar.value, bar.color, theme); }),
             makeLabel(theme, u"%1 %"_s.arg(bar.value), TextStyle::Body)});
    }
    QList<std::optional<float>> values;
    for (int i = 0; i < 60; ++i)
        values.append(i > 30 && i < 36 ? std::nullopt : std::optional(float(8 + (i * 37) % 11 + (i == 20 ? 30 : 0))));
    column.row({new Painted({76, 20},
                            [&theme, values](QPainter &p, const QRect &r) {
                                paintSparkline(p, r, values, theme.series(0), theme);
                            }),
                makeLabel(theme, u"gap"_s, TextStyle::Small, "text.secondary")});
    column.end();
}

void fillShapes(Column &column, Theme &theme)
{
    column.title(u"State shapes"_s, u"shape and colour, never colour alone"_s);
    for (const Health health : {Health::Ok, Health::Info, Health::Warning, Health::Critical, Health::Unknown,
                                Health::Maintenance, Health::Asleep}) {
        column.row({new Painted({14, 14},
                                [&theme, health](QPainter &p, const QRect &r) {
                                    paintHealth(p, r, health, theme, theme.color("surface.window"));
                                }),
                    makeLabel(theme, healthWord(health), TextStyle::BodyMedium)});
    }
    column.title(u"Badges, counts, risk"_s);
    QList<QWidget *> tags;
    for (const Health health :
         {Health::Ok, Health::Info, Health::Warning, Health::Critical, Health::Unknown, Health::Maintenance}) {
        auto *tag = new TagLabel(theme, healthWord(health));
        tag->setState(health);
        tags.append(tag);
    }
    auto *fresh = new TagLabel(theme, u"New"_s);
    fresh->setState({});
    column.flow(tags + QList<QWidget *>{fresh});
    QList<QWidget *> environments;
    for (const bool strong : {true, false}) {
        for (const Environment environment :
             {Environment::Production, Environment::Staging, Environment::Lab, Environment::None}) {
            auto *tag = new TagLabel(theme, {});
            tag->setEnvironment(environment, strong);
            environments.append(tag);
        }
    }
    column.flow(environments);
    QList<QWidget *> counts;
    const QPair<int, BadgeTone> tones[] = {
        {5, BadgeTone::Critical}, {3, BadgeTone::Warning}, {2, BadgeTone::Accent}, {141, BadgeTone::Quiet}};
    for (const auto &[count, tone] : tones) {
        auto *badge = new Badge(theme);
        badge->setCount(count, tone);
        counts.append(badge);
    }
    column.flow(counts);
    column.title(u"Notes"_s);
    column.add(new Note(theme, Health::Info, u"Info: read at 14:20, vault is away."_s, {}));
    column.add(new Note(theme, Health::Warning, u"Warning: inotify limit reached,"_s,
                        u"14 of 56 files are polled and the rest is watched."_s));
    auto *note = new Note(theme, Health::Critical, u"Pool tank is degraded."_s, u"Drive sdf faulted at 13:58."_s);
    note->addButton(u"Open"_s, ButtonKind::Default);
    column.add(note);
    column.title(u"Tabs"_s);
    auto *tabs = new TabStrip(theme, u"Sections"_s);
    tabs->addTab(u"c"_s, u"Containers"_s);
    tabs->addTab(u"d"_s, u"Drives"_s);
    tabs->addTab(u"s"_s, u"Services"_s);
    tabs->setCount(u"c"_s, 6);
    tabs->setCount(u"d"_s, {}, Health::Critical);
    tabs->setCount(u"s"_s, 141);
    column.add(tabs);
    column.end();
}

QWidget *cover(Theme &theme, int height, const std::function<void(StateCover &)> &show)
{
    auto *panel = new Panel(theme, {});
    panel->setFixedHeight(height);
    auto *inner = new QWidget;
    panel->body()->setContentsMargins(2, 2, 2, 2);
    panel->body()->addWidget(inner);
    auto *made = new StateCover(theme, inner);
    show(*made);
    return panel;
}

void fillPanels(Column &column, Theme &theme)
{
    column.title(u"Table rows"_s);
    auto *panel = new Panel(theme, u"Needs attention"_s);
    panel->setTitle(u"Needs attention"_s, u"by cause"_s);
    panel->setCount(5, Health::Critical);
    panel->body()->setContentsMargins(1, 4, 1, 8);
    auto *table = new DataTable(theme, u"states"_s, u"Table rows"_s);
    table->setTableModel(new FleetTableModel(FleetTableModel::picture().mid(0, 7), table));
    table->selectSourceRow(1);
    panel->body()->addWidget(table);
    panel->setFixedHeight(300);
    column.add(panel);
    column.title(u"Progress"_s, u"always with cancel"_s);
    auto *progress = new ProgressRow(theme, u"Moving history"_s, {});
    progress->setProgress(0.62, u"6.2 of 10.0 M rows, 3 min"_s);
    column.add(progress);
    column.title(u"Empty"_s, u"says what to do next"_s);
    column.add(cover(theme, 150, [](StateCover &it) {
        it.showEmpty(u"No devices yet"_s, u"Add a machine you can reach over SSH. This computer is already here."_s,
                     u"Add device"_s, {}, u"Import from ssh config"_s, {});
    }));
    column.title(u"Error"_s, u"what, why, what to do"_s);
    column.add(cover(theme, 170, [](StateCover &it) {
        Error error;
        error.code = ErrorCode::CommandNotFound;
        it.showError(error, u"Read again"_s, {});
    }));
    column.end();
}

void fillWords(Column &column, Theme &theme)
{
    column.title(u"Toasts"_s, u"bottom right, 6 s, stays while hovered"_s);
    auto *toast = new Toast(theme,
                            {Health::Ok,
                             u"shop.conf is back at version 41"_s,
                             u"nginx -t passes, reloaded, answered in 40 ms"_s,
                             u"Undo"_s,
                             {}},
                            nullptr);
    column.add(toast);
    column.title(u"Type"_s, u"Inter, tabular figures"_s);
    const QPair<TextStyle, QString> styles[] = {{TextStyle::Figure, u"88 of 99"_s},
                                                {TextStyle::DialogTitle, u"Destroy tank/media"_s},
                                                {TextStyle::Heading, u"Overview"_s},
                                                {TextStyle::Title, u"Resilver of tank"_s},
                                                {TextStyle::Body, u"Body text, 1111 888 sectors"_s},
                                                {TextStyle::Small, u"Read live 4 s ago"_s},
                                                {TextStyle::Caption, u"Axis 14:00"_s},
                                                {TextStyle::Code, u"zfs list -Hp tank != ->"_s}};
    for (const auto &[style, text] : styles)
        column.add(makeLabel(theme, text, style));
    column.title(u"Needs you"_s, u"never a prompt from the background"_s);
    column.add(cover(theme, 150, [](StateCover &it) {
        it.showNeedsYou(u"Its key has a passphrase. Nothing is asked in the background."_s, u"Enter passphrase…"_s, {});
    }));
    column.title(u"Key and value"_s);
    auto *pairs = new KeyValueList(theme);
    pairs->set(u"Image"_s, u"2.15.0, until 12:31 it was 2.14.3"_s);
    pairs->set(u"Runs as"_s, u"uid 1000, no new privileges"_s);
    column.add(pairs);
    column.title(u"Glyphs"_s);
    QList<QWidget *> glyphs;
    for (const QString &name : {u"grid"_s, u"hdd-stack"_s, u"box-seam"_s, u"bell"_s, u"shield"_s, u"gear"_s,
                                u"search"_s, u"funnel"_s, u"cpu"_s, u"memory"_s})
        glyphs.append(new Painted({16, 16}, [&theme, name](QPainter &p, const QRect &) {
            p.drawPixmap(0, 0, iconPixmap(name, 16, theme.color("text.secondary"), p.device()->devicePixelRatio()));
        }));
    column.flow(glyphs);
    column.end();
}

} // namespace

std::unique_ptr<QWidget> makeStatesGallery(Theme &theme)
{
    auto page = std::make_unique<QWidget>();
    page->resize(1440, 900);
    auto *outer = new QHBoxLayout(page.get());
    outer->setContentsMargins(24, 8, 24, 8);
    outer->setSpacing(28);
    Column buttons(theme, outer);
    fillButtons(buttons, theme);
    Column shapes(theme, outer);
    fillShapes(shapes, theme);
    Column panels(theme, outer);
    fillPanels(panels, theme);
    Column words(theme, outer);
    fillWords(words, theme);
    return page;
}

} // namespace infra::test
