// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtCore/QList>
#include <QtCore/QObject>
#include <QtCore/QString>

#include <functional>
#include <memory>

namespace infra::test {

/// One test class of a binary, under the name of its file (`tst_x`), so that CTest can run a file alone.
struct RegisteredTest
{
    QString file;
    std::function<std::unique_ptr<QObject>()> make;
};

/// The classes of this binary, in the order of their registration.
QList<RegisteredTest> &registeredTests();

struct TestRegistration
{
    TestRegistration(const char *path, std::function<std::unique_ptr<QObject>()> make);
};

} // namespace infra::test

/// Put at the end of every tst_*.cpp in place of QTEST_MAIN.
#define INFRA_TEST(Class)                                                                                              \
    static const infra::test::TestRegistration infraRegistration##Class(                                               \
        __FILE__, [] { return std::unique_ptr<QObject>(std::make_unique<Class>()); });
