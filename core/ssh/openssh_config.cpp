// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/ssh/openssh_config.h"

#include "core/ssh/openssh_parse.h"
#include "core/ssh/wildcard.h"

#include <QtCore/QCryptographicHash>
#include <QtCore/QDir>

#include <pwd.h>
#include <unistd.h>

namespace infra::ssh {

using namespace Qt::Literals::StringLiterals;

namespace {

/// One resolution: what was said first, over both files and both passes.
class Resolution
{
public:
    Resolution(const OpensshPaths &paths, ResolvedHost &host)
        : m_paths(paths)
        , m_host(host)
        , m_blockName(host.alias)
    {
    }

    Result<void> pass(bool final)
    {
        m_final = final;
        if (final) {
            m_blockName = hostName(); // OpenSSH matches Host against the real name in its second pass
            m_hostName = m_blockName;
        }
        for (const bool user : {true, false}) {
            ConfigWalk walk(m_paths, user);
            walk.onBlock = [this](const ConfigLine &line) {
                return line.keyword == u"host" ? hostHolds(line) : matchHolds(line);
            };
            walk.onLine = [this](const ConfigLine &line, bool active) {
                if (active)
                    apply(line);
            };
            if (auto walked = walk.file(user ? m_paths.userFile : m_paths.systemFile); !walked)
                return walked;
        }
        return {};
    }

    bool wantsSecondPass() const { return m_wantFinal; }

    QString hostName() const
    {
        if (!m_hostName)
            return m_host.alias.toLower();
        QString name;
        for (qsizetype i = 0; i < m_hostName->size(); ++i) {
            const QChar c = m_hostName->at(i);
            const QChar next = i + 1 < m_hostName->size() ? m_hostName->at(i + 1) : QChar();
            if (c == u'%' && (next == u'h' || next == u'%')) {
                name += next == u'h' ? m_host.alias : u"%"_s;
                ++i;
            } else {
                name += c;
            }
        }
        return name.toLower();
    }

    void finish()
    {
        m_host.hostName = hostName();
        if (!m_proxyCommand.isEmpty() && m_proxyCommand.compare(u"none", Qt::CaseInsensitive) != 0) {
            m_host.proxyCommand = m_proxyCommand;
            m_host.needsConsent.append(u"ProxyCommand "_s + m_proxyCommand);
        }
        m_host.identitiesOnly = m_identitiesOnly.value_or(false);
        m_host.needsConsent.removeDuplicates();
    }

private:
    bool hostHolds(const ConfigLine &line) const
    {
        bool holds = false;
        for (const QString &pattern : line.arguments) {
            const bool negated = pattern.startsWith(u'!');
            if (!matchesPattern(m_blockName, negated ? QStringView(pattern).mid(1) : QStringView(pattern)))
                continue;
            if (negated)
                return false;
            holds = true;
        }
        return holds;
    }

    bool matchHolds(const ConfigLine &line)
    {
        bool holds = true;
        QStringList words = line.arguments;
        while (!words.isEmpty()) {
            QString word = words.takeFirst();
            const bool negated = word.startsWith(u'!');
            word = word.mid(negated ? 1 : 0);
            QString value;
            if (const qsizetype equals = word.indexOf(u'='); equals > 0) {
                value = word.mid(equals + 1);
                word = word.left(equals);
            }
            word = word.toLower();
            if (word == u"all")
                continue;
            if (word == u"canonical" || word == u"final") {
                m_wantFinal = m_wantFinal || word == u"final";
                if (m_final == negated)
                    holds = false;
                continue;
            }
            if (value.isEmpty() && !words.isEmpty())
                value = words.takeFirst();
            if (word == u"exec") {
                if (holds) { // OpenSSH runs it only when all before it holds
                    m_host.needsConsent.append(u"Match exec "_s + value);
                    holds = false;
                }
                continue;
            }
            const auto subject = subjectOf(word);
            const bool matches = subject && matchesPatternList(*subject, value) == ListMatch::Yes;
            if (matches == negated)
                holds = false;
        }
        return holds;
    }

    std::optional<QString> subjectOf(const QString &word) const
    {
        if (word == u"host")
            return m_hostName ? hostName() : m_blockName;
        if (word == u"originalhost")
            return m_host.alias;
        if (word == u"user")
            return m_host.user.value_or(m_paths.localUser);
        if (word == u"localuser")
            return m_paths.localUser;
        return std::nullopt; // a word of a newer OpenSSH: does not hold
    }

    void apply(const ConfigLine &line)
    {
        const QString value = line.arguments.value(0);
        if (value.isEmpty())
            return;
        const QString &keyword = line.keyword;
        if (keyword == u"hostname")
            first(m_hostName, value);
        else if (keyword == u"user")
            first(m_host.user, value);
        else if (keyword == u"port" && value.toUShort() != 0)
            first(m_host.port, value.toUShort());
        else if (keyword == u"identityfile")
            addFile(m_host.identityFiles, value);
        else if (keyword == u"certificatefile")
            addFile(m_host.certificateFiles, value);
        else if (keyword == u"identitiesonly")
            first(m_identitiesOnly, value.toLower() == u"yes" || value.toLower() == u"true");
        else if (keyword == u"identityagent")
            first(m_host.identityAgent, value);
        else if (keyword == u"hostkeyalias" && m_host.hostKeyAlias.isEmpty())
            m_host.hostKeyAlias = value;
        else if (keyword == u"userknownhostsfile" && m_host.userKnownHostsFiles.isEmpty())
            m_host.userKnownHostsFiles = line.arguments;
        else if (keyword == u"globalknownhostsfile" && m_host.globalKnownHostsFiles.isEmpty())
            m_host.globalKnownHostsFiles = line.arguments;
        else if (keyword == u"proxycommand" && !m_proxySaid) {
            m_proxySaid = true;
            m_proxyCommand = line.rest;
        } else if (keyword == u"proxyjump" && !m_proxySaid)
            setJump(value);
    }

    template <typename T>
    static void first(std::optional<T> &into, const T &value)
    {
        if (!into)
            into = value;
    }

    static void addFile(QStringList &files, const QString &file)
    {
        if (file.toLower() != u"none" && !files.contains(file))
            files.append(file);
    }

    void setJump(const QString &value)
    {
        m_proxySaid = true;
        if (value.toLower() == u"none")
            return;
        for (const QString &part : value.split(u',')) {
            if (const auto hop = parseJumpHop(part))
                m_host.proxyJump.append(*hop);
            else
                m_host.needsConsent.append(u"ProxyJump "_s + value); // not understood: not guessed
        }
    }

    const OpensshPaths &m_paths;
    ResolvedHost &m_host;
    QString m_blockName;
    std::optional<QString> m_hostName;
    std::optional<bool> m_identitiesOnly;
    QString m_proxyCommand;
    bool m_proxySaid = false, m_final = false, m_wantFinal = false;
};

} // namespace

OpensshPaths opensshPathsOfThisUser()
{
    OpensshPaths paths;
    if (const passwd *entry = ::getpwuid(::getuid())) {
        paths.home = QString::fromLocal8Bit(entry->pw_dir);
        paths.localUser = QString::fromLocal8Bit(entry->pw_name);
    }
    if (paths.home.isEmpty())
        paths.home = QDir::homePath();
    paths.userFile = paths.home + u"/.ssh/config"_s;
    paths.systemFile = u"/etc/ssh/ssh_config"_s;
    paths.localHost = QSysInfo::machineHostName();
    return paths;
}

OpensshConfig::OpensshConfig(OpensshPaths paths)
    : m_paths(std::move(paths))
{
}

Result<ResolvedHost> OpensshConfig::resolve(const QString &alias, const OpensshOverrides &overrides) const
{
    if (alias.isEmpty() || alias.startsWith(u'-') || alias.size() > 253)
        return invalid(u"sshAlias"_s, alias, u"1 to 253 characters, no leading '-'"_s);
    ResolvedHost host;
    host.alias = alias;
    if (!overrides.user.isEmpty())
        host.user = overrides.user;
    if (overrides.port != 0)
        host.port = overrides.port;
    Resolution resolution(m_paths, host);
    auto passed = resolution.pass(false);
    if (passed && resolution.wantsSecondPass())
        passed = resolution.pass(true);
    if (!passed)
        return fail(passed.error());
    resolution.finish();
    return host;
}

Result<QStringList> OpensshConfig::concreteHosts() const
{
    QStringList names;
    ConfigWalk walk(m_paths, true);
    walk.onBlock = [&names](const ConfigLine &line) {
        if (line.keyword == u"host") {
            for (const QString &name : line.arguments) {
                if (!name.contains(u'*') && !name.contains(u'?') && !name.startsWith(u'!') && !name.startsWith(u'-') &&
                    name.size() <= 253 && !names.contains(name))
                    names.append(name);
            }
        }
        return true; // an include below any block is read
    };
    walk.onLine = [](const ConfigLine &, bool) {};
    if (const auto walked = walk.file(m_paths.userFile); !walked)
        return fail(walked.error());
    return names;
}

QString OpensshConfig::expandPath(const QString &text, const ResolvedHost &host) const
{
    const QString port = QString::number(host.port.value_or(22));
    const QString user = host.user.value_or(m_paths.localUser);
    const QString jump = host.proxyJump.isEmpty() ? QString() : host.proxyJump.last().host;
    QString result;
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text[i] == u'~' && i == 0 && (text.size() == 1 || text[1] == u'/')) {
            result += m_paths.home;
            continue;
        }
        if (text[i] == u'$' && text.mid(i, 2) == u"${") {
            if (const qsizetype end = text.indexOf(u'}', i); end > 0) {
                result += qEnvironmentVariable(text.mid(i + 2, end - i - 2).toLocal8Bit().constData());
                i = end;
                continue;
            }
        }
        if (text[i] != u'%' || i + 1 == text.size()) {
            result += text[i];
            continue;
        }
        switch (text[++i].unicode()) {
        case u'%':
            result += u'%';
            break;
        case u'C': {
            const QString all = m_paths.localHost + host.hostName + port + user;
            result += QString::fromLatin1(QCryptographicHash::hash(all.toUtf8(), QCryptographicHash::Sha1).toHex());
            break;
        }
        case u'd':
            result += m_paths.home;
            break;
        case u'h':
            result += host.hostName;
            break;
        case u'i':
            result += QString::number(::getuid());
            break;
        case u'j':
            result += jump;
            break;
        case u'k':
            result += host.hostKeyAlias.isEmpty() ? host.alias : host.hostKeyAlias;
            break;
        case u'L':
            result += m_paths.localHost.section(u'.', 0, 0);
            break;
        case u'l':
            result += m_paths.localHost;
            break;
        case u'n':
            result += host.alias;
            break;
        case u'p':
            result += port;
            break;
        case u'r':
            result += user;
            break;
        case u'u':
            result += m_paths.localUser;
            break;
        default:
            result += u'%';
            result += text[i];
        }
    }
    return result;
}

} // namespace infra::ssh
