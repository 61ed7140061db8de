// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/palette.h"

#include "ui/dialogs/palette_model.h"
#include "ui/shell/search_box.h"
#include "ui/shell/state_dot.h"
#include "ui/shell/surface.h"
#include "ui/shell/window_actions.h"
#include "ui/text/format.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/elided_label.h"

#include <QtGui/QKeyEvent>
#include <QtGui/QPainter>
#include <QtWidgets/QApplication>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QListView>
#include <QtWidgets/QScrollBar>
#include <QtWidgets/QVBoxLayout>

namespace infra::ui {

using namespace Qt::Literals::StringLiterals;

namespace {
constexpr int kWidth = 660;
constexpr int kTop = 104;
constexpr int kListMost = 424;
constexpr int kGatherMs = 400;
} // namespace

Palette::Palette(const PageContext &context, WindowActions &actions, QWidget *window)
    : QWidget(window)
    , m_context(context)
    , m_actions(actions)
    , m_model(new PaletteModel(this))
{
    const Theme &theme = context.theme;
    setAccessibleName(tr("Search or run"));
    m_box = makeSurface(u"dialog"_s, this);
    auto *column = new QVBoxLayout(m_box);
    column->setContentsMargins(1, 1, 1, 1);
    column->setSpacing(0);
    auto *head = makeSurface(u"head"_s, m_box);
    auto *headRow = new QHBoxLayout(head);
    headRow->setContentsMargins(14, 8, 14, 8);
    headRow->setSpacing(12);
    headRow->addWidget(new Glyph(theme, u"search"_s, 16, "text.secondary", head));
    m_input = new QLineEdit(head);
    m_input->setProperty("frameless", true);
    m_input->setFont(theme.font(TextStyle::Title));
    m_input->setAccessibleName(tr("What to search or run"));
    m_input->setPlaceholderText(tr("Page, device or action"));
    m_input->setMinimumHeight(theme.px(34));
    m_input->installEventFilter(this);
    headRow->addWidget(m_input, 1);
    headRow->addWidget(new KeyCap(theme, tr("Esc", "key"), head));
    column->addWidget(head);
    m_list = new QListView(m_box);
    m_list->setModel(m_model);
    m_list->setItemDelegate(new PaletteDelegate(theme, *m_model, m_list));
    m_list->setAccessibleName(tr("Found"));
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setMouseTracking(true);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    column->addWidget(m_list);
    auto *foot = new QWidget(m_box);
    auto *footRow = new QHBoxLayout(foot);
    footRow->setContentsMargins(14, 8, 14, 8);
    footRow->setSpacing(6);
    const auto hint = [&theme, footRow](const QString &text, QWidget *parent) {
        auto *label = new ElidedLabel(theme, text, TextStyle::Small, "text.secondary", parent);
        footRow->addWidget(label);
        footRow->addSpacing(10);
        return label;
    };
    footRow->addWidget(new KeyCap(theme, u"↑"_s, foot));
    footRow->addWidget(new KeyCap(theme, u"↓"_s, foot));
    hint(tr("choose"), foot);
    footRow->addWidget(new KeyCap(theme, tr("Enter", "key"), foot));
    hint(tr("open"), foot);
    m_belonging = new KeyCap(theme, tr("Ctrl Enter", "key"), foot);
    footRow->addWidget(m_belonging);
    m_belongingText = hint({}, foot);
    footRow->addStretch(1);
    m_foot = new ElidedLabel(theme, QString(), TextStyle::Small, "text.secondary", foot);
    footRow->addWidget(m_foot);
    auto *line = makeSurface(u"line"_s, m_box);
    column->addWidget(line);
    column->addWidget(foot);
    connect(m_input, &QLineEdit::textChanged, this, &Palette::search);
    connect(m_list, &QListView::clicked, this, [this] { run(false); });
    connect(m_list, &QListView::entered, this, [this](const QModelIndex &index) {
        if (index.flags().testFlag(Qt::ItemIsSelectable))
            m_list->setCurrentIndex(index);
    });
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this, &Palette::showHints);
    connect(&m_context.client, &engine::FleetClient::detailsChanged, this, [this] {
        // Details come one machine at a time, a thousand in a cycle: they are listed together.
        if (isVisible() && !m_gathering.isActive())
            m_gathering.start(kGatherMs, this);
    });
    hide();
}

void Palette::gather()
{
    m_entries = paletteEntries(m_context, m_actions);
}

/// What was chosen stays chosen.
void Palette::gatherAgain()
{
    const QString chosen = m_list->currentIndex().data(Qt::DisplayRole).toString();
    gather();
    search();
    for (int row = 0; row < m_model->rowCount(); ++row) {
        if (!m_model->rows().at(row).heading && m_model->index(row, 0).data(Qt::DisplayRole).toString() == chosen) {
            m_list->setCurrentIndex(m_model->index(row, 0));
            break;
        }
    }
}

/// Ctrl+Enter is told only where it does something of its own.
void Palette::showHints()
{
    const int at = m_list->currentIndex().row();
    const bool hit = at >= 0 && at < m_model->rows().size() && !m_model->rows().at(at).heading;
    const bool belongs = hit && m_model->rows().at(at).hit.entry.runBelonging != nullptr;
    if (belongs)
        m_belongingText->setText(m_model->rows().at(at).hit.entry.group == PaletteGroup::Devices
                                     ? tr("edit the device")
                                     : tr("open on its device"));
    m_belonging->setVisible(belongs);
    m_belongingText->setVisible(belongs);
}

void Palette::openWith(const QString &text)
{
    if (!isVisible())
        m_before = QApplication::focusWidget();
    m_watch = m_context.client.watchDetails(DeviceId());
    gather();
    m_input->setText(text);
    search();
    show();
    place();
    raise();
    m_input->setFocus(Qt::ShortcutFocusReason);
    m_input->selectAll();
}

void Palette::place()
{
    setGeometry(parentWidget()->rect());
    const Theme &theme = m_context.theme;
    int wanted = 0;
    for (int row = 0; row < m_model->rowCount() && wanted < theme.px(kListMost); ++row)
        wanted += m_list->sizeHintForRow(row);
    const int top = std::min(theme.px(kTop), height() / 8);
    const int room = height() - top - theme.px(150);
    m_list->setFixedHeight(
        std::clamp(wanted + theme.px(6), theme.px(40), std::max(theme.px(40), std::min(theme.px(kListMost), room))));
    const int width = std::min(theme.px(kWidth), this->width() - theme.px(48));
    m_box->setFixedWidth(width);
    m_box->adjustSize();
    m_box->move((this->width() - width) / 2, top);
}

QStringList Palette::found() const
{
    QStringList texts;
    for (const PaletteModel::Row &row : m_model->rows()) {
        if (!row.heading)
            texts.append(row.hit.entry.text);
    }
    return texts;
}

void Palette::search()
{
    const MonotonicTime before = m_context.clock.monotonic();
    const QList<PaletteHit> hits = searchPalette(m_entries, m_input->text());
    m_model->setHits(hits);
    m_list->setCurrentIndex(m_model->index(m_model->firstHit(), 0));
    const auto took = (m_context.clock.monotonic() - before).count();
    m_foot->setText(hits.isEmpty()
                        ? tr("Nothing found. Try > or @")
                        : tr("%n found in %1 ms. Try > or @", nullptr, static_cast<int>(hits.size())).arg(count(took)));
    if (isVisible())
        place();
}

void Palette::run(bool belonging)
{
    const int at = m_list->currentIndex().row();
    if (at < 0 || at >= m_model->rows().size() || m_model->rows().at(at).heading)
        return;
    const PaletteEntry entry = m_model->rows().at(at).hit.entry;
    closePalette();
    const auto &act = belonging && entry.runBelonging ? entry.runBelonging : entry.run;
    if (act)
        act();
}

void Palette::step(int by)
{
    const int rows = m_model->rowCount();
    int at = m_list->currentIndex().row();
    for (int tries = 0; tries < rows; ++tries) {
        at = (at + by + rows) % rows;
        if (!m_model->rows().at(at).heading)
            break;
    }
    if (rows > 0)
        m_list->setCurrentIndex(m_model->index(at, 0));
    if (at == m_model->firstHit())
        m_list->scrollToTop();
}

void Palette::closePalette()
{
    hide();
    m_gathering.stop();
    m_watch.reset();
    if (m_before)
        m_before->setFocus(Qt::OtherFocusReason);
}

void Palette::timerEvent(QTimerEvent *event)
{
    if (event->timerId() != m_gathering.timerId())
        return QWidget::timerEvent(event);
    m_gathering.stop();
    gatherAgain();
}

void Palette::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    QColor dim = m_context.theme.color("overlay.color");
    dim.setAlphaF(m_context.theme.isDark() ? 0.6F : 0.38F);
    painter.fillRect(rect(), dim);
}

void Palette::mousePressEvent(QMouseEvent *event)
{
    if (!m_box->geometry().contains(event->position().toPoint()))
        closePalette();
}

bool Palette::eventFilter(QObject *watched, QEvent *event)
{
    if (watched != m_input || event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    const auto *key = static_cast<QKeyEvent *>(event);
    switch (key->key()) {
    case Qt::Key_Down:
        step(1);
        return true;
    case Qt::Key_Up:
        step(-1);
        return true;
    case Qt::Key_PageDown:
        for (int times = 0; times < 8; ++times)
            step(1);
        return true;
    case Qt::Key_PageUp:
        for (int times = 0; times < 8; ++times)
            step(-1);
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        run(key->modifiers().testFlag(Qt::ControlModifier));
        return true;
    case Qt::Key_Escape:
        closePalette();
        return true;
    case Qt::Key_Tab:
    case Qt::Key_Backtab:
        return true;
    default:
        return QWidget::eventFilter(watched, event);
    }
}

} // namespace infra::ui
