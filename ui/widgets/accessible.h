// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGui/QAccessible>

class QWidget;

namespace infra::ui {

/// Implemented by self-painted widgets: what a screen reader is told of them.
class Spoken
{
public:
    virtual ~Spoken() = default;
    virtual QAccessible::Role spokenRole() const = 0;
    virtual QString spokenValue() const = 0;
};

/// Lets every widget that is `Spoken` answer with its role and value. May be called again.
void installSpokenInterfaces();
/// Tells screen readers that a Spoken widget's value changed.
void announceValue(QWidget *widget);

} // namespace infra::ui
