// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/sshd_fixture.h"

#include <QtCore/QDir>
#include <QtCore/QElapsedTimer>
#include <QtCore/QFile>
#include <QtCore/QFileInfo>
#include <QtCore/QRandomGenerator>
#include <QtCore/QThread>

#include <arpa/inet.h>
#include <csignal>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace infra::test {

using namespace Qt::Literals::StringLiterals;

namespace {

// crypt(3) of SshdFixture::password().
constexpr const char *kPasswordHash =
    "$6$infratest$4xrkWVddUVhCdVrF5VC2GOsu6Fzr8qzo5LtVuNJwOMc5qmFnKriUddRG2bsudSyWWVwKljm1kW6w88095LOP5/";
constexpr int kUserId = 37770;
constexpr int kStartMs = 10'000;

bool isRoot()
{
    return ::geteuid() == 0;
}

bool canBind(const QString &address, quint16 &port)
{
    const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in at{};
    at.sin_family = AF_INET;
    at.sin_port = htons(port);
    ::inet_pton(AF_INET, address.toLatin1().constData(), &at.sin_addr);
    socklen_t size = sizeof at;
    void *generic = &at;
    const bool ok = ::bind(fd, static_cast<sockaddr *>(generic), size) == 0 &&
                    ::getsockname(fd, static_cast<sockaddr *>(generic), &size) == 0;
    port = ntohs(at.sin_port);
    ::close(fd);
    return ok;
}

} // namespace

bool runProgram(const QString &program, const QStringList &arguments)
{
    QProcess process;
    process.start(program, arguments);
    return process.waitForFinished(30'000) && process.exitStatus() == QProcess::NormalExit && process.exitCode() == 0;
}

bool writeFile(const QString &path, const QByteArray &bytes, QFileDevice::Permissions permissions)
{
    QFile file(path);
    const bool ok = file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
    return ok && (permissions == QFileDevice::Permissions() || file.setPermissions(permissions));
}

QByteArray readFile(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

SshdFixture::SshdFixture(SshdOptions options)
    : m_options(std::move(options))
{
    if (m_options.address.isEmpty())
        m_options.address = freeAddress();
}

SshdFixture::~SshdFixture()
{
    stop();
}

QString SshdFixture::whyNot(bool needsAccount)
{
    if (!QFileInfo::exists(u"/usr/sbin/sshd"_s))
        return u"no OpenSSH server on this machine"_s;
    if (needsAccount && !(isRoot() && runProgram(u"unshare"_s, {u"-m"_s, u"true"_s})))
        return u"accounts of its own need root and mount namespaces"_s;
    return {};
}

QString SshdFixture::freeAddress()
{
    auto *random = QRandomGenerator::system();
    return u"127.%1.%2.%3"_s.arg(random->bounded(30, 220)).arg(random->bounded(1, 250)).arg(random->bounded(2, 250));
}

QString SshdFixture::user() const
{
    return isRoot() ? u"lab"_s : qEnvironmentVariable("USER");
}

bool SshdFixture::prepare()
{
    const QDir dir(m_dir.path());
    const auto all = QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner | QFile::ExeGroup | QFile::ExeOther;
    bool ok = m_dir.isValid() && QFile::setPermissions(m_dir.path(), all) && dir.mkpath(u"home"_s);
    for (const QString &type : m_options.hostKeyTypes) {
        const QString name = u"host_"_s + type;
        if (!m_options.hostKeysOf.isEmpty()) {
            ok = ok && QFile::copy(m_options.hostKeysOf + u'/' + name, dir.filePath(name)) &&
                 QFile::copy(m_options.hostKeysOf + u'/' + name + u".pub", dir.filePath(name + u".pub"));
        } else {
            ok = ok &&
                 runProgram(u"ssh-keygen"_s, {u"-q"_s, u"-t"_s, type, u"-N"_s, QString(), u"-f"_s, dir.filePath(name)});
        }
    }
    ok = ok && runProgram(u"ssh-keygen"_s, {u"-q"_s, u"-t"_s, u"ed25519"_s, u"-N"_s, QString(), u"-f"_s, userKey()});
    const auto mine = QFile::ReadOwner | QFile::WriteOwner;
    ok = ok && writeFile(encryptedKey(), readFile(userKey()), mine) &&
         writeFile(encryptedKey() + u".pub"_s, readFile(userKey() + u".pub"_s));
    ok = ok && runProgram(u"ssh-keygen"_s,
                          {u"-q"_s, u"-p"_s, u"-P"_s, QString(), u"-N"_s, u"open sesame"_s, u"-f"_s, encryptedKey()});
    ok = ok && writeFile(dir.filePath(u"authorized_keys"_s), readFile(userKey() + u".pub"_s),
                         mine | QFile::ReadGroup | QFile::ReadOther);
    ok = ok && writeConfig();
    if (isRoot())
        ok = ok && writeAccounts() && ::chown(QFile::encodeName(home()).constData(), kUserId, kUserId) == 0;
    return ok;
}

bool SshdFixture::writeConfig() const
{
    const QDir dir(m_dir.path());
    QStringList lines{u"ListenAddress %1:%2"_s.arg(m_options.address).arg(m_options.port),
                      u"PidFile none"_s,
                      u"LogLevel DEBUG1"_s,
                      u"StrictModes no"_s,
                      u"AuthorizedKeysFile %1"_s.arg(dir.filePath(u"authorized_keys"_s)),
                      u"UsePAM %1"_s.arg(m_options.pam.isEmpty() ? u"no"_s : u"yes"_s),
                      u"PrintMotd no"_s};
    for (const QString &type : m_options.hostKeyTypes)
        lines += u"HostKey %1"_s.arg(dir.filePath(u"host_"_s + type));
    // The first value wins in sshd_config too.
    lines = lines.mid(0, 1) + m_options.config + lines.mid(1);
    return writeFile(dir.filePath(u"sshd_config"_s), lines.join(u'\n').toUtf8() + '\n');
}

bool SshdFixture::writeAccounts() const
{
    const QDir dir(m_dir.path());
    const QByteArray id = QByteArray::number(kUserId);
    const QByteArray passwd = readFile(u"/etc/passwd"_s) + "lab:x:" + id + ':' + id + "::" + QFile::encodeName(home()) +
                              ':' + m_options.shell.toUtf8() + '\n';
    const QByteArray shadow = readFile(u"/etc/shadow"_s) + "lab:" + kPasswordHash + ":19000:0:99999:7:::\n";
    const QByteArray group = readFile(u"/etc/group"_s) + "lab:x:" + id + ":\n";
    // Without /run/sshd there is no privilege separation; the namespace gets one of its own.
    QByteArray script =
        "set -e\nmount --make-rprivate /\nmount --bind passwd /etc/passwd\nmount --bind shadow /etc/shadow\n"
        "mount --bind group /etc/group\n[ -d /run/sshd ] || { mount -t tmpfs tmpfs /run; mkdir /run/sshd; }\n";
    if (!m_options.pam.isEmpty())
        script += "mount --bind pam /etc/pam.d/sshd\n";
    script += "exec /usr/sbin/sshd -D -e -f \"$PWD/sshd_config\"\n";
    const auto readable = QFile::ReadOwner | QFile::WriteOwner | QFile::ReadGroup | QFile::ReadOther;
    return writeFile(dir.filePath(u"passwd"_s), passwd, readable) &&
           writeFile(dir.filePath(u"shadow"_s), shadow, QFile::ReadOwner | QFile::WriteOwner) &&
           writeFile(dir.filePath(u"group"_s), group, readable) &&
           writeFile(dir.filePath(u"pam"_s), m_options.pam, readable) && writeFile(dir.filePath(u"start"_s), script);
}

bool SshdFixture::start()
{
    for (int tries = 0; tries < 5; ++tries) {
        if (!canBind(m_options.address, m_options.port))
            return false;
        if (!QFileInfo::exists(userKey()) && !prepare())
            return false;
        const auto before = log().count("Server listening"); // an earlier start
        m_process.setStandardErrorFile(m_dir.filePath(u"log"_s), QIODevice::Append);
        m_process.setWorkingDirectory(m_dir.path());
        if (isRoot())
            m_process.start(u"unshare"_s, {u"-m"_s, u"sh"_s, u"start"_s});
        else
            m_process.start(u"/usr/sbin/sshd"_s, {u"-D"_s, u"-e"_s, u"-f"_s, m_dir.filePath(u"sshd_config"_s)});
        if (!m_process.waitForStarted())
            return false;
        QElapsedTimer timer;
        timer.start();
        while (timer.elapsed() < kStartMs && m_process.state() == QProcess::Running) {
            if (log().count("Server listening") > before)
                return true;
            m_process.waitForFinished(10);
        }
        stop();
    }
    return false;
}

QList<qint64> SshdFixture::processes() const
{
    QList<qint64> found;
    if (m_process.state() != QProcess::Running)
        return found;
    found.append(m_process.processId());
    const QStringList all = QDir(u"/proc"_s).entryList({u"[0-9]*"_s}, QDir::Dirs);
    for (qsizetype i = 0; i < found.size(); ++i) {
        for (const QString &pid : all) {
            const QByteArray stat = readFile(u"/proc/"_s + pid + u"/stat"_s);
            const QList<QByteArray> fields = stat.mid(stat.lastIndexOf(')') + 2).split(' ');
            if (fields.size() > 1 && fields[1].toLongLong() == found[i] && !found.contains(pid.toLongLong()))
                found.append(pid.toLongLong());
        }
    }
    return found;
}

void SshdFixture::signalAll(int signal) const
{
    const QList<qint64> all = processes();
    for (auto at = all.rbegin(); at != all.rend(); ++at)
        ::kill(static_cast<pid_t>(*at), signal);
}

void SshdFixture::stop()
{
    if (m_process.state() == QProcess::NotRunning)
        return;
    signalAll(SIGCONT);
    signalAll(SIGKILL);
    m_process.waitForFinished(5'000);
}

void SshdFixture::dropSessions()
{
    // sshd's own first: else it would still tell how its commands ended.
    const QList<qint64> all = processes();
    for (qsizetype i = 1; i < all.size(); ++i)
        ::kill(static_cast<pid_t>(all[i]), SIGKILL);
}

void SshdFixture::freeze()
{
    signalAll(SIGSTOP);
}

void SshdFixture::thaw()
{
    signalAll(SIGCONT);
}

QByteArray SshdFixture::log() const
{
    return readFile(m_dir.filePath(u"log"_s));
}

int SshdFixture::acceptedLogins() const
{
    const QByteArray text = log(); // "Accepted key" is only a step on the way
    return static_cast<int>(text.count("\nAccepted publickey") + text.count("\nAccepted password") +
                            text.count("\nAccepted keyboard-interactive"));
}

int SshdFixture::authRequests() const
{
    return static_cast<int>(log().count("userauth-request for user"));
}

QList<int> SshdFixture::packetsReceived() const
{
    static const QByteArray words = "receive packet: type ";
    QList<int> types;
    for (const QByteArray &line : log().split('\n')) {
        if (const qsizetype at = line.indexOf(words); at >= 0)
            types.append(line.mid(at + words.size()).trimmed().split(' ').first().toInt());
    }
    return types;
}

QByteArray SshdFixture::publicHostKey(const QString &type) const
{
    const QList<QByteArray> words = readFile(m_dir.filePath(u"host_"_s + type + u".pub"_s)).split(' ');
    return words.size() < 2 ? QByteArray() : QByteArray(words[0] + ' ' + words[1].trimmed());
}

QString SshdFixture::fingerprint(const QString &type) const
{
    QProcess process;
    process.start(u"ssh-keygen"_s, {u"-l"_s, u"-f"_s, m_dir.filePath(u"host_"_s + type + u".pub"_s)});
    process.waitForFinished();
    return QString::fromUtf8(process.readAllStandardOutput().split(' ').value(1));
}

} // namespace infra::test
