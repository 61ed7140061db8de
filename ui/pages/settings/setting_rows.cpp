// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/settings/setting_rows.h"

#include <QtCore/QPointer>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QSlider>
#include <QtWidgets/QSpinBox>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>

namespace infra::ui {

using namespace Qt::Literals::StringLiterals;

SettingRows::SettingRows(const PageContext &context, const QString &title, QWidget *parent)
    : QFrame(parent)
    , m_context(context)
    , m_layout(new QVBoxLayout(this))
    , m_words(title)
{
    setProperty("surface", u"panel"_s);
    setAccessibleName(title);
    m_layout->setContentsMargins(1, 1, 1, 1);
    m_layout->setSpacing(0);
}

QWidget *SettingRows::addRow(const QString &title, const QString &quiet, QWidget *control)
{
    if (m_layout->count() > 0) {
        auto *line = new QFrame(this);
        line->setProperty("surface", u"line"_s);
        m_layout->addWidget(line);
    }
    auto *row = new QWidget(this);
    auto *texts = new QVBoxLayout;
    texts->setSpacing(1);
    QLabel *name = makeLabel(m_context.theme, title, TextStyle::BodyMedium, "text.primary", row);
    name->setBuddy(control);
    texts->addWidget(name);
    if (!quiet.isEmpty()) {
        QLabel *words = makeLabel(m_context.theme, quiet, TextStyle::Small, "text.secondary", row);
        words->setWordWrap(true);
        texts->addWidget(words);
    }
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(16, 9, 16, 9);
    layout->setSpacing(12);
    layout->addLayout(texts, 1);
    layout->addWidget(control, 0, Qt::AlignVCenter);
    m_layout->addWidget(row);
    control->setAccessibleName(title);
    control->setAccessibleDescription(quiet);
    ++m_rows;
    m_words += u' ' + title + u' ' + quiet;
    return row;
}

void SettingRows::apply(const SettingKey &key, const QJsonValue &value, std::function<void()> putBack)
{
    m_context.client.setSetting(QString::fromLatin1(key.name), value)
        .then(this, [this, putBack](const Result<void> &done) {
            if (done)
                return;
            putBack();
            m_context.navigator.showError(done.error());
        });
}

void SettingRows::addSwitch(const SettingKey &key, const QString &title, const QString &quiet)
{
    auto *control = new Switch(m_context.theme, title, this);
    control->setCheckable(true);
    control->setChecked(m_context.client.settings().boolean(key));
    addRow(title, quiet, control);
    const auto show = [this, control, key] {
        const QSignalBlocker blocker(control);
        control->setChecked(m_context.client.settings().boolean(key));
    };
    connect(control, &QAbstractButton::toggled, this, [this, key, show](bool on) { apply(key, on, show); });
    connect(&m_context.client.settings(), &SettingsStore::changed, control, [key, show](const QString &name) {
        if (name == QLatin1StringView(key.name))
            show();
    });
}

void SettingRows::addSegments(const SettingKey &key, const QString &title, const QString &quiet,
                              const QList<Choice> &choices)
{
    auto *control = new SegmentedControl(m_context.theme, title, this);
    for (const Choice &choice : choices)
        control->addSegment(choice.value, choice.text);
    control->setCurrent(m_context.client.settings().string(key));
    addRow(title, quiet, control);
    const auto show = [this, control, key] { control->setCurrent(m_context.client.settings().string(key)); };
    connect(control, &SegmentedControl::currentChanged, this,
            [this, key, show](const QString &value) { apply(key, value, show); });
    connect(&m_context.client.settings(), &SettingsStore::changed, control, [key, show](const QString &name) {
        if (name == QLatin1StringView(key.name))
            show();
    });
}

void SettingRows::addNumber(const SettingKey &key, const QString &title, const QString &quiet, const QString &unit)
{
    auto *control = new QSpinBox(this);
    control->setRange(static_cast<int>(key.minimum.value_or(0)), static_cast<int>(key.maximum.value_or(1'000'000)));
    control->setValue(static_cast<int>(m_context.client.settings().integer(key)));
    control->setSuffix(u' ' + unit);
    control->setKeyboardTracking(false);
    control->setButtonSymbols(QAbstractSpinBox::NoButtons);
    control->setAlignment(Qt::AlignRight);
    control->setFixedWidth(m_context.theme.px(110));
    addRow(title, quiet, control);
    const auto show = [this, control, key] {
        const QSignalBlocker blocker(control);
        control->setValue(static_cast<int>(m_context.client.settings().integer(key)));
    };
    connect(control, &QSpinBox::valueChanged, this, [this, key, show](int value) { apply(key, value, show); });
}

void SettingRows::addText(const SettingKey &key, const QString &title, const QString &quiet)
{
    auto *control = new QLineEdit(m_context.client.settings().string(key), this);
    control->setFixedWidth(m_context.theme.px(220));
    addRow(title, quiet, control);
    const auto show = [this, control, key] { control->setText(m_context.client.settings().string(key)); };
    connect(control, &QLineEdit::editingFinished, this, [this, control, key, show] {
        if (control->text() != m_context.client.settings().string(key))
            apply(key, control->text(), show);
    });
}

void SettingRows::addSlider(const SettingKey &key, const QString &title, const QString &quiet, int step)
{
    auto *box = new QWidget(this);
    auto *slider = new QSlider(Qt::Horizontal, box);
    slider->setRange(static_cast<int>(key.minimum.value_or(0)), static_cast<int>(key.maximum.value_or(100)));
    slider->setSingleStep(step);
    slider->setPageStep(step * 2);
    slider->setTracking(false);
    slider->setFixedWidth(m_context.theme.px(150));
    slider->setAccessibleName(title);
    slider->setValue(static_cast<int>(m_context.client.settings().integer(key)));
    QLabel *value = makeLabel(m_context.theme, tr("%1 %").arg(slider->value()), TextStyle::Body, "text.primary", box);
    value->setFixedWidth(std::max(m_context.theme.px(48),
                                  value->fontMetrics().horizontalAdvance(tr("%1 %").arg(slider->maximum())) + 2));
    value->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    auto *layout = new QHBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(slider);
    layout->addWidget(value);
    addRow(title, quiet, box);
    connect(slider, &QSlider::sliderMoved, this, [value](int position) { value->setText(tr("%1 %").arg(position)); });
    connect(slider, &QSlider::valueChanged, this, [this, slider, value, key](int position) {
        value->setText(tr("%1 %").arg(position));
        apply(key, position,
              [this, slider, key] { slider->setValue(static_cast<int>(m_context.client.settings().integer(key))); });
    });
}

QPushButton *SettingRows::addButton(const QString &title, const QString &quiet, const QString &button)
{
    QPushButton *control = makeButton(m_context.theme, button, ButtonKind::Default, {}, this);
    addRow(title, quiet, control);
    control->setAccessibleName(button);
    return control;
}

QLabel *SettingRows::addFact(const QString &title, const QString &value)
{
    QLabel *control = makeLabel(m_context.theme, value, TextStyle::Body, "text.secondary", this);
    control->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    control->setWordWrap(true);
    control->setMaximumWidth(m_context.theme.px(300));
    control->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    addRow(title, {}, control);
    return control;
}

bool SettingRows::matches(const QString &text) const
{
    return text.isEmpty() || m_words.contains(text, Qt::CaseInsensitive);
}

} // namespace infra::ui
