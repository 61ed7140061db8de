// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtCore/QFuture>
#include <QtTest/QTest>

#include <optional>

namespace infra::test {

/// The value of a future; nothing when it does not come within a minute.
template <typename T>
std::optional<T> awaited(const QFuture<T> &future)
{
    const bool done = QTest::qWaitFor([&future] { return future.isFinished(); }, 60'000);
    return done && future.resultCount() > 0 ? std::optional<T>(future.result()) : std::nullopt;
}

} // namespace infra::test
