// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/infrastructor/autostart.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QDir>
#include <QtCore/QSaveFile>
#include <QtCore/QStandardPaths>

namespace infra::app {

using namespace Qt::Literals::StringLiterals;

namespace {

/// Quoted as the Desktop Entry Specification asks for Exec.
QString execWord(QString text)
{
    text.replace(u'\\', u"\\\\"_s)
        .replace(u'"', u"\\\""_s)
        .replace(u'`', u"\\`"_s)
        .replace(u'$', u"\\$"_s)
        .replace(u'%', u"%%"_s);
    return u'"' + text + u'"';
}

} // namespace

Result<void> setStartAtLogin(bool on, const QString &profileFolder)
{
    const QString folder = QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation) + u"/autostart"_s;
    const QString path = folder + u"/infrastructor.desktop"_s;
    if (!on) {
        if (QFile::exists(path) && !QFile::remove(path))
            return fail(ErrorCode::FileUnwritable, u"%1 cannot be removed."_s.arg(path));
        return {};
    }
    QDir().mkpath(folder);
    QSaveFile file(path);
    const QString text =
        u"[Desktop Entry]\nType=Application\nName=Infrastructor\nExec=%1 --minimized --profile %2\nX-GNOME-Autostart-enabled=true\n"_s
            .arg(execWord(QCoreApplication::applicationFilePath()), execWord(profileFolder));
    if (!file.open(QIODevice::WriteOnly) || file.write(text.toUtf8()) < 0 || !file.commit())
        return fail(ErrorCode::FileUnwritable, u"%1 cannot be written: %2."_s.arg(path, file.errorString()));
    return {};
}

} // namespace infra::app
