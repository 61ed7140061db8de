// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/theme.h"
#include "ui/widgets/accessible.h"

#include <QtWidgets/QAbstractButton>
#include <QtWidgets/QFrame>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>

#include <QtCore/QPointer>

#include <functional>

class QAction;
class QGridLayout;
class QGridLayout;
class QLabel;
class QVBoxLayout;
class QHBoxLayout;

namespace infra::ui {

class ElidedLabel;

/// DangerLine: on the way to a dangerous last step; Link: words in a toast or a line.
enum class ButtonKind
{
    Default,
    Primary,
    Danger,
    Flat,
    DangerLine,
    Link
};
enum class ButtonSize
{
    Small,
    Normal,
    Large
}; ///< 26, 30, 36
/// A button of the design: 30 px, property `kind`; icon optional. `accessible` defaults to the text.
QPushButton *makeButton(const Theme &theme, const QString &text, ButtonKind kind, const QString &iconName = {},
                        QWidget *parent = nullptr);
void setButtonSize(QPushButton *button, ButtonSize size);
/// Changes the glyph of a button made here; it keeps following the theme.
void setButtonIcon(QPushButton *button, const Theme &theme, const QString &iconName);
/// Icon only, 30 × 30, with tooltip and accessible name.
QPushButton *makeIconButton(const Theme &theme, const QString &iconName, const QString &accessibleName,
                            QWidget *parent = nullptr);
QLabel *makeLabel(const Theme &theme, const QString &text, TextStyle style, const char *colorPath = "text.primary",
                  QWidget *parent = nullptr);
/// Lets the words of a label be selected and copied by mouse and by keyboard: it becomes a stop of Tab with a name.
void letCopy(QLabel *label, const QString &accessibleName);

/// 32 × 18; what applies at once.
class Switch : public QAbstractButton
{
    Q_OBJECT
public:
    Switch(const Theme &theme, const QString &accessibleName, QWidget *parent = nullptr);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
};

/// Equal rights of 2–8 words; arrows move.
class SegmentedControl : public QWidget, public Spoken
{
    Q_OBJECT
public:
    SegmentedControl(const Theme &theme, const QString &accessibleName, QWidget *parent = nullptr);
    /// `health`: a state shape before the text; `iconName`: a glyph.
    void addSegment(const QString &id, const QString &text, const QString &iconName = {},
                    std::optional<Health> health = {});
    void setText(const QString &id, const QString &text);
    /// A segment that is off is quiet, and neither mouse nor keys choose it.
    void setSegmentEnabled(const QString &id, bool enabled);
    bool isSegmentEnabled(const QString &id) const;
    QString current() const { return m_current; }
    void setCurrent(const QString &id); ///< does not emit
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }
    QAccessible::Role spokenRole() const override { return QAccessible::PageTabList; }
    QString spokenValue() const override;

signals:
    void currentChanged(const QString &id); ///< by the user

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void choose(qsizetype index, int direction = 0);
    int widthOf(qsizetype index) const;
    struct Segment
    {
        QString id, text, icon;
        std::optional<Health> health;
        bool enabled = true;
    };
    QRect rectOf(qsizetype index) const;
    qsizetype currentIndex() const;
    const Theme &m_theme;
    QList<Segment> m_segments;
    QString m_current;
};

/// Tabs of 38 px with counts or a state shape after the word.
class TabStrip : public QWidget, public Spoken
{
    Q_OBJECT
public:
    TabStrip(const Theme &theme, const QString &accessibleName, QWidget *parent = nullptr);
    void addTab(const QString &id, const QString &text);
    void setCount(const QString &id, std::optional<int> count, std::optional<Health> health = {});
    /// In a header, which has a line of its own below: as high as it is.
    void setInHeader();
    QString current() const { return m_current; }
    void setCurrent(const QString &id); ///< does not emit
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    QAccessible::Role spokenRole() const override { return QAccessible::PageTabList; }
    QString spokenValue() const override;

signals:
    void currentChanged(const QString &id);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void choose(qsizetype index);
    struct Tab
    {
        QString id, text;
        std::optional<int> count;
        std::optional<Health> health;
    };
    /// Where the tabs that are seen stand; null: one waits outside. `more` is null where all have room.
    struct Places
    {
        QList<QRect> tabs;
        QRect more;
    };
    Places places() const;
    int bareWidth(const Tab &tab) const;
    qsizetype currentIndex() const;
    const Theme &m_theme;
    QList<Tab> m_tabs;
    QString m_current;
    bool m_inHeader = false;
};

/// A filter line: funnel, green edge when valid, red edge and a sentence when not. Esc clears, then leaves.
class FilterField : public QLineEdit
{
    Q_OBJECT
public:
    FilterField(const Theme &theme, const QString &placeholder, QWidget *parent = nullptr);
    /// Empty problem: valid.
    void setProblem(const QString &problem);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void moveEvent(QMoveEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void refresh();
    void placeSentence();
    const Theme &m_theme;
    QString m_problem;
    QAction *m_funnel = nullptr;
    QAction *m_sign = nullptr;
    QPointer<QLabel> m_sentence;
};

/// Radius 8, 1 px border, head of 40 px with title and quiet sentence; content below.
class Panel : public QFrame
{
    Q_OBJECT
public:
    Panel(const Theme &theme, const QString &title, QWidget *parent = nullptr);
    void setTitle(const QString &title, const QString &quiet = {});
    void setCount(std::optional<int> count, Health health = Health::Info); ///< badge at the right of the head
    void addHeadWidget(QWidget *widget);
    QVBoxLayout *body() const { return m_body; }

private:
    const Theme &m_theme;
    QLabel *m_title = nullptr;
    ElidedLabel *m_quiet = nullptr;
    class Badge *m_badge = nullptr;
    QFrame *m_headFrame = nullptr;
    QHBoxLayout *m_head = nullptr;
    QVBoxLayout *m_body = nullptr;
};

/// A tinted line with shape, bold what, then why; at most two buttons.
class Note : public QFrame
{
    Q_OBJECT
public:
    Note(const Theme &theme, Health health, const QString &what, const QString &why, QWidget *parent = nullptr);
    void setTexts(Health health, const QString &what, const QString &why);
    QPushButton *addButton(const QString &text, ButtonKind kind);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
    void refreshText();
    Health m_health;
    QString m_what, m_why;
    QLabel *m_text = nullptr;
    QHBoxLayout *m_layout = nullptr;
};

/// Label and value pairs, labels in secondary at one width.
class KeyValueList : public QWidget
{
    Q_OBJECT
public:
    explicit KeyValueList(const Theme &theme, QWidget *parent = nullptr);
    /// Same key replaces. Values are plain text, selectable.
    void set(const QString &key, const QString &value, const QString &tooltip = {});
    void clear();

private:
    const Theme &m_theme;
    QGridLayout *m_grid = nullptr;
    QHash<QString, QLabel *> m_values;
    QList<QWidget *> m_keys;
};

/// What a view shows in place of its content: loading bars (after 150 ms; after 2 s what is read and Cancel), empty
/// with two buttons, error with cause and remedy, needs you. Covers its parent; hidden means content.
class StateCover : public QWidget
{
    Q_OBJECT
public:
    explicit StateCover(const Theme &theme, QWidget *parent);
    void showContent();
    void showLoading(const QString &what, std::function<void()> cancel = {});
    void showEmpty(const QString &title, const QString &text, const QString &primary = {},
                   std::function<void()> onPrimary = {}, const QString &flat = {}, std::function<void()> onFlat = {});
    void showError(const Error &error, const QString &retry = {}, std::function<void()> onRetry = {});
    void showNeedsYou(const QString &text, const QString &action, std::function<void()> onAction);

protected:
    void paintEvent(QPaintEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    struct Private;
    std::shared_ptr<Private> d;
};

} // namespace infra::ui
