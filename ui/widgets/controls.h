// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/theme.h"

#include <QtWidgets/QAbstractButton>
#include <QtWidgets/QFrame>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>

#include <functional>

class QLabel;
class QVBoxLayout;
class QHBoxLayout;

namespace infra::ui {

enum class ButtonKind { Default, Primary, Danger, Flat };
/// A button of the design: 30 px, property `kind`; icon optional. `accessible` defaults to the text.
QPushButton *makeButton(const Theme &theme, const QString &text, ButtonKind kind, const QString &iconName = {}, QWidget *parent = nullptr);
/// Icon only, 30 × 30, with tooltip and accessible name.
QPushButton *makeIconButton(const Theme &theme, const QString &iconName, const QString &accessibleName, QWidget *parent = nullptr);
QLabel *makeLabel(const Theme &theme, const QString &text, TextStyle style, const char *colorPath = "text.primary", QWidget *parent = nullptr);

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
class SegmentedControl : public QWidget
{
    Q_OBJECT
public:
    SegmentedControl(const Theme &theme, const QString &accessibleName, QWidget *parent = nullptr);
    /// `health`: a state shape before the text; `iconName`: a glyph.
    void addSegment(const QString &id, const QString &text, const QString &iconName = {}, std::optional<Health> health = {});
    void setText(const QString &id, const QString &text);
    QString current() const { return m_current; }
    void setCurrent(const QString &id); ///< does not emit
    QSize sizeHint() const override;

signals:
    void currentChanged(const QString &id); ///< by the user

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    struct Segment
    {
        QString id, text, icon;
        std::optional<Health> health;
    };
    QRect rectOf(int index) const;
    const Theme &m_theme;
    QList<Segment> m_segments;
    QString m_current;
};

/// Tabs of 38 px with counts or a state shape after the word.
class TabStrip : public QWidget
{
    Q_OBJECT
public:
    TabStrip(const Theme &theme, const QString &accessibleName, QWidget *parent = nullptr);
    void addTab(const QString &id, const QString &text);
    void setCount(const QString &id, std::optional<int> count, std::optional<Health> health = {});
    QString current() const { return m_current; }
    void setCurrent(const QString &id);
    QSize sizeHint() const override;

signals:
    void currentChanged(const QString &id);

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    struct Tab
    {
        QString id, text;
        std::optional<int> count;
        std::optional<Health> health;
    };
    QRect rectOf(int index) const;
    const Theme &m_theme;
    QList<Tab> m_tabs;
    QString m_current;
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

private:
    const Theme &m_theme;
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
    QLabel *m_quiet = nullptr;
    QLabel *m_badge = nullptr;
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
    Health m_health;
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
    class QGridLayout *m_grid = nullptr;
    QHash<QString, QLabel *> m_values;
};

/// What a view shows in place of its content: loading bars (after 150 ms; after 2 s what is read and Cancel), empty with two buttons, error
/// with cause and remedy, needs you. Covers its parent; hidden means content.
class StateCover : public QWidget
{
    Q_OBJECT
public:
    explicit StateCover(const Theme &theme, QWidget *parent);
    void showContent();
    void showLoading(const QString &what, std::function<void()> cancel = {});
    void showEmpty(const QString &title, const QString &text, const QString &primary = {}, std::function<void()> onPrimary = {},
                   const QString &flat = {}, std::function<void()> onFlat = {});
    void showError(const Error &error, const QString &retry = {}, std::function<void()> onRetry = {});
    void showNeedsYou(const QString &text, const QString &action, std::function<void()> onAction);

protected:
    void paintEvent(QPaintEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void rebuild();
    struct Private;
    std::shared_ptr<Private> d;
};

} // namespace infra::ui
