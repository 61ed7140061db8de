// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtCore/QList>
#include <QtCore/QString>
#include <QtCore/QStringList>

namespace infra::test {

/// One C++ file of the project.
struct SourceFile
{
    QString path;       ///< from the top, "core/base/clock.h"
    QStringList lines;  ///< as written
    QStringList code;   ///< the same lines, comments and what stands in quotes blanked out
    QStringList quoted; ///< the same lines, comments blanked out only
    bool isHeader() const { return path.endsWith(QLatin1String(".h")); }
    bool isTest() const { return path.startsWith(QLatin1String("tests/")); }
    /// "base" of "core/base/clock.h", "ui" and "app" of what stands there.
    QString module() const;
};

/// Every .h and .cpp below core, ui, app and tests.
QList<SourceFile> readSources(const QString &top);
/// Without comments; with `strings` what stands in quotes is blanked too. Line ends stay.
QString blanked(const QString &text, bool strings);

} // namespace infra::test
