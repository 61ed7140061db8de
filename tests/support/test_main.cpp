// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/test_registry.h"

#include <QtCore/QFileInfo>
#include <QtTest/QTest>
#ifdef QT_WIDGETS_LIB
#include <QtWidgets/QApplication>
using TestApplication = QApplication;
#else
#include <QtCore/QCoreApplication>
using TestApplication = QCoreApplication;
#endif

namespace infra::test {

QList<RegisteredTest> &registeredTests()
{
    static QList<RegisteredTest> tests;
    return tests;
}

TestRegistration::TestRegistration(const char *path, std::function<std::unique_ptr<QObject>()> make)
{
    registeredTests().append({QFileInfo(QString::fromUtf8(path)).completeBaseName(), std::move(make)});
}

} // namespace infra::test

int main(int argc, char **argv)
{
    // Each file has its own time limit in CTest. Qt's watchdog would end a file after five minutes in all: it does not
    // see the end of a function when the next one begins at once, and counts on.
    if (!qEnvironmentVariableIsSet("QTEST_FUNCTION_TIMEOUT"))
        qputenv("QTEST_FUNCTION_TIMEOUT", "7200000");
    TestApplication application(argc, argv);
    QStringList arguments = QCoreApplication::arguments();
    QString only;
    if (const qsizetype at = arguments.indexOf(QStringLiteral("--only")); at > 0 && at + 1 < arguments.size()) {
        only = arguments.at(at + 1);
        arguments.remove(at, 2);
    }
    int failed = 0;
    int ran = 0;
    for (const infra::test::RegisteredTest &test : infra::test::registeredTests()) {
        if (!only.isEmpty() && test.file != only)
            continue;
        const std::unique_ptr<QObject> object = test.make();
        failed += QTest::qExec(object.get(), arguments);
        ++ran;
    }
    // A name that matches nothing must not look like success.
    return ran == 0 ? 1 : std::min(failed, 125);
}
