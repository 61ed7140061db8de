// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtCore/QCollator>
#include <QtCore/QVariant>

#include <optional>

namespace infra::ui {

/// One value that rows are sorted by, made once a change: comparing texts by a collator is slow. Pure.
struct OrderValue
{
    enum class Kind
    {
        Missing,
        Number,
        Text
    } kind = Kind::Missing;
    double number = 0;
    std::optional<QCollatorSortKey> text;
};

/// Numbers, times and texts; all else is missing.
OrderValue orderValue(const QVariant &value, const QCollator &collator);

/// <0, 0, >0. Missing values are last whatever the order is; numbers come before texts.
int compareOrder(const OrderValue &a, const OrderValue &b, Qt::SortOrder order);

} // namespace infra::ui
