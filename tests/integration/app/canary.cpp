// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/integration/app/canary.h"

#include <QtCore/QDir>
#include <QtCore/QDirIterator>
#include <QtCore/QFile>

#include <algorithm>

using namespace Qt::Literals::StringLiterals;

namespace infra::test {

namespace {

/// What base 64 of any text with the secret in it must contain, when the secret begins `shift` bytes into a group of
/// three.
QByteArray base64Core(const QByteArray &secret, int shift)
{
    QByteArray encoded = QByteArray(shift, '\0').append(secret).toBase64(QByteArray::OmitTrailingEquals);
    // The first and the last characters hold bits of the neighbours.
    encoded.remove(0, shift == 0 ? 0 : shift + 1);
    if ((shift + secret.size()) % 3 != 0)
        encoded.chop(1);
    return encoded;
}

QByteArray utf16(const QByteArray &secret, bool little)
{
    QByteArray wide;
    for (const char c : secret)
        wide.append(little ? QByteArray(1, c) + '\0' : QByteArray(1, '\0') + c);
    return wide;
}

} // namespace

void Canaries::add(const QString &name, const QByteArray &secret)
{
    if (secret.size() < 8)
        qFatal("%s is too short to be looked for", qPrintable(name));
    m_names.append(name);
    const auto form = [this, &name](const QString &how, const QByteArray &bytes) {
        m_forms.append({u"%1 (%2)"_s.arg(name, how), bytes});
    };
    form(u"as it is"_s, secret);
    for (int shift = 0; shift < 3; ++shift) {
        form(u"base 64"_s, base64Core(secret, shift));
        form(u"base 64 for URLs"_s, base64Core(secret, shift).replace('+', '-').replace('/', '_'));
    }
    form(u"hexadecimal"_s, secret.toHex());
    form(u"hexadecimal"_s, secret.toHex().toUpper());
    form(u"hexadecimal with colons"_s, secret.toHex(':'));
    form(u"UTF-16"_s, utf16(secret, true));
    form(u"UTF-16, big-endian"_s, utf16(secret, false));
    form(u"percent-encoded"_s, secret.toPercentEncoding());
    QByteArray backwards = secret;
    std::reverse(backwards.begin(), backwards.end());
    form(u"backwards"_s, backwards);
}

QStringList Canaries::findIn(const QByteArray &bytes, const QString &place) const
{
    QStringList found;
    for (const Form &form : m_forms) {
        if (bytes.contains(form.bytes))
            found.append(u"%1 in %2"_s.arg(form.name, place));
    }
    return found;
}

QStringList Canaries::findBelow(const QString &folder, int *files) const
{
    QStringList found;
    QDirIterator walk(folder, QDir::Files | QDir::Hidden | QDir::NoSymLinks, QDirIterator::Subdirectories);
    while (walk.hasNext()) {
        QFile file(walk.next());
        if (!file.open(QIODevice::ReadOnly))
            continue;
        found += findIn(file.readAll(), file.fileName());
        found += findIn(file.fileName().toUtf8(), u"the name of a file"_s);
        if (files != nullptr)
            ++*files;
    }
    return found;
}

QStringList Canaries::findInProcesses(qint64 except) const
{
    QStringList found;
    for (const QString &pid : QDir(u"/proc"_s).entryList({u"[0-9]*"_s}, QDir::Dirs)) {
        if (pid.toLongLong() == except)
            continue;
        for (const QString &name : {u"cmdline"_s, u"environ"_s}) {
            QFile file(u"/proc/%1/%2"_s.arg(pid, name)); // one that has ended cannot be opened, or is empty
            if (file.open(QIODevice::ReadOnly))
                found += findIn(file.readAll(), file.fileName());
        }
    }
    return found;
}

} // namespace infra::test
