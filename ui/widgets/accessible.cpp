// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/accessible.h"

#include <QtWidgets/QAccessibleWidget>
#include <QtWidgets/QWidget>

namespace infra::ui {

namespace {

class SpokenInterface : public QAccessibleWidget
{
public:
    SpokenInterface(QWidget *widget, const Spoken &spoken)
        : QAccessibleWidget(widget, spoken.spokenRole())
        , m_spoken(spoken)
    {
    }
    QString text(QAccessible::Text kind) const override
    {
        if (kind == QAccessible::Value)
            return m_spoken.spokenValue();
        if (kind == QAccessible::Name)
            return widget()->accessibleName();
        // AT-SPI hands on no value that is not a number: what is chosen is told as the description.
        if (kind == QAccessible::Description) {
            const QString words = widget()->accessibleDescription();
            return words.isEmpty() ? m_spoken.spokenValue() : QString(words + u", " + m_spoken.spokenValue());
        }
        return QAccessibleWidget::text(kind);
    }

private:
    const Spoken &m_spoken;
};

QAccessibleInterface *makeSpokenInterface(const QString &, QObject *object)
{
    const auto *spoken = dynamic_cast<const Spoken *>(object);
    if (spoken == nullptr || !object->isWidgetType())
        return nullptr;
    return new SpokenInterface(static_cast<QWidget *>(object), *spoken);
}

} // namespace

void installSpokenInterfaces()
{
    QAccessible::removeFactory(&makeSpokenInterface);
    QAccessible::installFactory(&makeSpokenInterface);
}

void announceValue(QWidget *widget)
{
    if (!QAccessible::isActive())
        return;
    QAccessibleEvent event(widget, QAccessible::DescriptionChanged);
    QAccessible::updateAccessibility(&event);
}

} // namespace infra::ui
