// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/common/profile.h"

#include <QtCore/QCryptographicHash>
#include <QtCore/QDir>
#include <QtCore/QFileInfo>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtCore/QStandardPaths>

#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

namespace infra::app {

using namespace Qt::Literals::StringLiterals;

namespace {

Result<void> makePrivateFolder(const QString &folder)
{
    if (!QDir().mkpath(folder)) {
        Error error;
        error.code = ErrorCode::FileUnwritable;
        error.message = u"The folder %1 cannot be made."_s.arg(folder);
        return fail(std::move(error));
    }
    const QByteArray path = QFile::encodeName(folder);
    struct stat status = {};
    if (lstat(path.constData(), &status) != 0 || !S_ISDIR(status.st_mode) || status.st_uid != geteuid()) {
        Error error;
        error.code = ErrorCode::FileUnwritable;
        error.message = u"The folder %1 is not a folder of this user."_s.arg(folder);
        error.remedy = u"Remove it, or give another folder by --profile or XDG_RUNTIME_DIR."_s;
        return fail(std::move(error));
    }
    if ((status.st_mode & 0777) != 0700)
        chmod(path.constData(), 0700);
    return {};
}

QString dataHome()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation);
}

} // namespace

Profile::Profile(const QString &folder)
    : m_folder(QDir::cleanPath(QDir(folder).absolutePath()))
{
    const QString canonical = QFileInfo(m_folder).canonicalFilePath();
    if (!canonical.isEmpty())
        m_folder = canonical;
}

QString Profile::defaultFolder()
{
    return dataHome() + u"/infrastructor"_s;
}

QString Profile::demoFolder()
{
    return dataHome() + u"/infrastructor-demo"_s;
}

QString Profile::path(const char *name) const
{
    return m_folder + u'/' + QLatin1StringView(name);
}

Result<void> Profile::create() const
{
    for (const QString &folder : {m_folder, runFolder(), logFolder()}) {
        if (Result<void> made = makePrivateFolder(folder); !made)
            return made;
    }
    return {};
}

Result<QString> Profile::socket() const
{
    return runtimeFolder().map([this](const QString &folder) {
        const QByteArray hash =
            QCryptographicHash::hash(m_folder.toUtf8(), QCryptographicHash::Sha256).toHex().left(16);
        return QString(folder + u'/' + QString::fromLatin1(hash) + u".sock"_s);
    });
}

Result<QString> Profile::ownerSocket() const
{
    QFile file(endpoint());
    if (file.open(QIODevice::ReadOnly) && file.size() < 65536) {
        const QString told = QJsonDocument::fromJson(file.readAll()).object().value("socket"_L1).toString();
        if (!told.isEmpty())
            return told;
    }
    return socket();
}

Result<QString> runtimeFolder()
{
    QString base = qEnvironmentVariable("XDG_RUNTIME_DIR");
    QString folder;
    if (base.isEmpty())
        base = u"/run/user/%1"_s.arg(geteuid());
    if (QFileInfo(base).isDir() && QFileInfo(base).isWritable())
        folder = base + u"/infrastructor"_s;
    else
        folder = QDir::tempPath() + u"/infrastructor-%1"_s.arg(geteuid());
    if (Result<void> made = makePrivateFolder(folder); !made)
        return fail(made.error());
    return folder;
}

QString osActor()
{
    const struct passwd *entry = getpwuid(geteuid());
    return u"os:"_s + (entry != nullptr ? QString::fromLocal8Bit(entry->pw_name) : QString::number(geteuid()));
}

} // namespace infra::app
