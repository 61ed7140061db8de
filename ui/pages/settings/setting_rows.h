// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/settings.h"
#include "ui/shell/page.h"
#include "ui/widgets/controls.h"

namespace infra::ui {

/// Rows of the Settings page: title, one quiet sentence, and a control that applies at once. A value that the core
/// refuses goes back and the reason is shown.
class SettingRows : public QFrame
{
    Q_OBJECT
public:
    SettingRows(const PageContext &context, const QString &title, QWidget *parent = nullptr);

    struct Choice
    {
        QString value, text;
    };
    void addSwitch(const SettingKey &key, const QString &title, const QString &quiet);
    void addSegments(const SettingKey &key, const QString &title, const QString &quiet, const QList<Choice> &choices);
    /// @param unit behind the number; the setting's own range limits it.
    void addNumber(const SettingKey &key, const QString &title, const QString &quiet, const QString &unit);
    void addText(const SettingKey &key, const QString &title, const QString &quiet);
    void addSlider(const SettingKey &key, const QString &title, const QString &quiet, int step);
    QPushButton *addButton(const QString &title, const QString &quiet, const QString &button);
    QLabel *addFact(const QString &title, const QString &value);
    int rowCount() const { return m_rows; }
    /// True when a row's words contain the text; for "Find a setting".
    bool matches(const QString &text) const;

private:
    QWidget *addRow(const QString &title, const QString &quiet, QWidget *control);
    void apply(const SettingKey &key, const QJsonValue &value, std::function<void()> putBack);

    PageContext m_context;
    QVBoxLayout *m_layout = nullptr;
    QString m_words;
    int m_rows = 0;
};

} // namespace infra::ui
