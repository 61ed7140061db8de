// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/style_sheet.h"

#include <QtCore/QRegularExpression>

namespace infra::ui {

using namespace Qt::Literals::StringLiterals;

namespace {

// {path} becomes the token's colour, [n] n design pixels at the text size in force. Never `*` and no border on QWidget:
// every combo, spin and scroll bar would lose its style.
constexpr auto kSheetTemplate = uR"(
QToolTip { background: {surface.raised}; color: {text.primary}; border: 1px solid {border.strong}; padding: [4]px [6]px; }

QPushButton { background: {surface.raised}; color: {text.primary}; border: 1px solid {border.strong}; border-radius: [6]px;
  padding: 0 [11]px; min-height: [28]px; font-weight: 500; }
QPushButton:hover { background: {surface.hover}; }
QPushButton:pressed, QPushButton:checked { background: {surface.selectedInactive}; }
QPushButton:disabled { background: transparent; color: {text.disabled}; border-color: {border.default}; }
QPushButton::menu-indicator { width: 0; image: none; }
QPushButton[kind="primary"] { background: {accent.solid}; color: {text.onAccent}; border-color: {accent.solid}; }
QPushButton[kind="primary"]:hover { background: {accent.solidHover}; border-color: {accent.solidHover}; }
QPushButton[kind="primary"]:pressed { background: {accent.solidPressed}; border-color: {accent.solidPressed}; }
QPushButton[kind="danger"] { background: {state.critical.solid}; color: {state.critical.onSolid}; border-color: {state.critical.solid}; }
QPushButton[kind="danger"]:hover { border-color: {state.critical.mark}; }
QPushButton[kind="dangerline"] { background: transparent; color: {state.critical.fg}; border-color: {state.critical.solid}; }
QPushButton[kind="dangerline"]:hover { background: {state.critical.tint}; }
QPushButton[kind="flat"] { background: transparent; color: {text.secondary}; border-color: transparent; }
QPushButton[kind="flat"]:hover { background: {surface.hover}; color: {text.primary}; }
QPushButton[kind="flat"]:pressed { background: {surface.selectedInactive}; }
QPushButton[kind="link"] { background: transparent; color: {text.link}; border-color: transparent; padding: 0 [4]px; font-weight: 500; }
QPushButton[kind="link"][quiet="true"] { color: {text.secondary}; padding: 0; min-width: 0; font-weight: 400; }
QPushButton[kind="link"]:hover { text-decoration: underline; }
QPushButton[kind="primary"]:disabled, QPushButton[kind="danger"]:disabled, QPushButton[kind="dangerline"]:disabled
  { background: transparent; color: {text.disabled}; border-color: {border.default}; }
QPushButton[kind="flat"]:disabled, QPushButton[kind="link"]:disabled
  { background: transparent; color: {text.disabled}; border-color: transparent; }
QPushButton[kind="icon"], QPushButton[kind="flaticon"] { padding: 0; min-width: [28]px; max-width: [28]px; max-height: [28]px; }
QPushButton[kind="flaticon"] { background: transparent; border-color: transparent; }
QPushButton[kind="flaticon"]:hover { background: {surface.hover}; }
QPushButton[buttonSize="small"] { min-height: [24]px; padding: 0 [8]px; font-size: [12]px; }
QPushButton[buttonSize="large"] { min-height: [34]px; padding: 0 [15]px; }
QPushButton[kind="icon"][buttonSize="small"], QPushButton[kind="flaticon"][buttonSize="small"]
  { padding: 0; min-width: [24]px; max-width: [24]px; max-height: [24]px; }

QLineEdit, QPlainTextEdit, QTextEdit, QAbstractSpinBox { background: {surface.input}; color: {text.primary};
  border: 1px solid {border.strong}; border-radius: [6]px; padding: 0 [8]px;
  selection-background-color: {accent.solid}; selection-color: {text.onAccent}; }
QLineEdit, QAbstractSpinBox { min-height: [28]px; }
QPlainTextEdit, QTextEdit { padding: [4]px [6]px; }
QLineEdit:focus, QAbstractSpinBox:focus { border: 2px solid {border.focus}; padding: 0 [7]px; min-height: [26]px; }
QPlainTextEdit:focus, QTextEdit:focus { border: 2px solid {border.focus}; padding: [3]px [5]px; }
QLineEdit:disabled, QPlainTextEdit:disabled, QAbstractSpinBox:disabled { color: {text.disabled}; border-color: {border.default}; }
QLineEdit[glyph="true"] { padding: 0 [2]px; }
QLineEdit[glyph="true"]:focus { padding: 0 [1]px; }
QLineEdit[validity="ok"] { border-color: {state.ok.solid}; }
QLineEdit[validity="bad"] { border-color: {state.critical.solid}; }
QLineEdit[frameless="true"], QLineEdit[frameless="true"]:focus { background: transparent; border: 0; padding: 0; }
QAbstractSpinBox QLineEdit, QAbstractSpinBox QLineEdit:focus { border: 0; background: transparent; padding: 0; min-height: 0; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { width: [18]px; border: 0; background: transparent; }

QComboBox { background: {surface.input}; color: {text.primary}; border: 1px solid {border.strong}; border-radius: [6]px;
  padding: 0 [8]px 0 [9]px; min-height: [28]px; }
QComboBox:hover { background: {surface.hover}; }
QComboBox:disabled { color: {text.disabled}; border-color: {border.default}; }
QComboBox::drop-down { border: 0; width: [26]px; background: transparent; }
QComboBox::down-arrow { image: url(:/infra/icons/chevron-@theme@.svg); width: [12]px; height: [12]px; }
QComboBox[buttonSize="small"] { min-height: [24]px; font-size: [12]px; }
QComboBox QAbstractItemView { background: {surface.raised}; color: {text.primary}; border: 1px solid {border.strong};
  selection-background-color: {surface.selected}; selection-color: {text.primary}; outline: 0; padding: [4]px; }

QHeaderView { background: {surface.panel}; border: 0; }
QHeaderView::section { background: {surface.panel}; color: {text.secondary}; border: 0; border-bottom: 1px solid {border.default};
  padding: 0 [8]px; font-size: [11]px; }
QTableCornerButton::section { background: {surface.panel}; border: 0; }
QTableView, QTreeView, QListView { background: {surface.panel}; color: {text.primary}; border: 0; outline: 0;
  selection-background-color: {surface.selected}; selection-color: {text.primary}; }
QAbstractScrollArea { border: 0; }
QScrollArea { background: transparent; }

QScrollBar:vertical { background: transparent; width: [10]px; margin: 0; border: 0; }
QScrollBar:horizontal { background: transparent; height: [10]px; margin: 0; border: 0; }
QScrollBar::handle { background: {border.strong}; border-radius: [3]px; margin: [2]px; }
QScrollBar::handle:vertical { min-height: [28]px; }
QScrollBar::handle:horizontal { min-width: [28]px; }
QScrollBar::handle:hover, QScrollBar::handle:pressed { background: {border.control}; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; border: 0; background: transparent; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QMenu { background: {surface.raised}; color: {text.primary}; border: 1px solid {border.strong}; padding: [4]px; }
QMenu::item { padding: [5]px [40]px [5]px [10]px; border-radius: [4]px; min-height: [18]px; }
QMenu::item:selected { background: {surface.selected}; }
QMenu::item:disabled { color: {text.disabled}; }
QMenu::separator { height: 1px; background: {border.default}; margin: [4]px [6]px; }
QMenu::icon { padding-left: [8]px; }
QMenuBar { background: {surface.window}; color: {text.primary}; }
QMenuBar::item { padding: [4]px [8]px; background: transparent; }
QMenuBar::item:selected { background: {surface.selected}; }

QSplitter::handle { background: {border.default}; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }
QSplitter::handle:hover { background: {accent.fg}; }

QFrame[surface="panel"] { background: {surface.panel}; border: 1px solid {border.default}; border-radius: [8]px; }
QFrame[surface="raised"] { background: {surface.raised}; border: 1px solid {border.strong}; border-radius: [8]px; }
QFrame[surface="code"] { background: {surface.code}; border: 1px solid {border.default}; border-radius: [6]px; }
QFrame[surface="rail"] { background: {surface.rail}; border: 0; border-right: 1px solid {border.default}; }
QFrame[surface="status"] { background: {surface.rail}; border: 0; border-top: 1px solid {border.default}; }
QFrame[surface="header"] { background: {surface.window}; border: 0; border-bottom: 1px solid {border.default}; }
QFrame[surface="head"] { background: transparent; border: 0; border-bottom: 1px solid {border.subtle}; }
QFrame[surface="pane"] { background: {surface.panel}; border: 0; }
QFrame[surface="overlay"] { background: {surface.panel}; border: 0; border-left: 1px solid {border.default}; }
QFrame[surface="side"] { background: {surface.panel}; border: 0; border-right: 1px solid {border.default}; }
QFrame[surface="sunken"] { background: {surface.window}; border: 0; border-left: 1px solid {border.default}; }
QFrame[surface="question"] { background: {state.info.tint}; border: 1px solid {state.info.mark}; border-radius: [6]px; }
QFrame[surface="flat"] { background: {surface.panel}; border: 0; }
QFrame[surface="line"] { background: {border.subtle}; border: 0; min-height: 1px; max-height: 1px; }
QFrame[surface="dialog"] { background: {surface.panel}; border: 1px solid {border.strong}; border-radius: [10]px; }
QDialog { background: {surface.panel}; }
)";

} // namespace

QString makeStyleSheet(const ThemeValues &values)
{
    QString sheet;
    const QString source = QString::fromUtf16(kSheetTemplate);
    sheet.reserve(source.size() * 2);
    static const QRegularExpression mark(uR"(\{([a-z][A-Za-z.]+)\}|\[(\d+)\])"_s);
    qsizetype last = 0;
    for (auto it = mark.globalMatch(source); it.hasNext();) {
        const QRegularExpressionMatch match = it.next();
        sheet += QStringView(source).mid(last, match.capturedStart() - last);
        if (match.hasCaptured(1))
            sheet += values.color(match.captured(1).toUtf8().constData()).name();
        else
            sheet += QString::number(values.px(match.capturedView(2).toInt()));
        last = match.capturedEnd();
    }
    sheet += QStringView(source).mid(last);
    // The one picture of the sheet: a combo box with a drop-down of its own asks no style for its arrow.
    sheet.replace(u"@theme@"_s, values.dark ? u"dark"_s : u"light"_s);
    return sheet;
}

} // namespace infra::ui
