// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/runner.h"
#include "app/ctl/syntax.h"

#include <QtCore/QCoreApplication>

#include <cstdio>

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("infrastructor"));
    QCoreApplication::setApplicationVersion(QStringLiteral(INFRA_VERSION));
    infra::ctl::Runner runner(QCoreApplication::arguments().mid(1));
    if (const std::optional<int> done = runner.begin())
        return *done;
    return QCoreApplication::exec();
}
