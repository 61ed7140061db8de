// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/guard/read_only_check.h"

#include <QtCore/QHash>
#include <QtCore/QList>
#include <QtCore/QSet>

#include <algorithm>

namespace infra::guard {

namespace {

using namespace Qt::Literals::StringLiterals;

/// A word as the shell would cut it, quotes taken off; `operatorText` is set instead for `;`, `|`, `>`, a line end …
struct ShellWord
{
    QByteArray text;
    QByteArray operatorText;
    bool quoted = false;
};

bool isOperatorChar(char c)
{
    return c == ';' || c == '|' || c == '&' || c == '>' || c == '<' || c == '(' || c == ')' || c == '\n';
}

class WordReader
{
public:
    explicit WordReader(const QByteArray &text)
        : m_text(text)
    {
    }

    QList<ShellWord> read()
    {
        while (m_at < m_text.size())
            step();
        endWord();
        return m_words;
    }

private:
    void step()
    {
        const char c = m_text[m_at];
        if (c == '\\' && m_at + 1 < m_text.size()) {
            if (m_text[m_at + 1] != '\n')
                add(m_text[m_at + 1]);
            m_at += 2;
        } else if (c == '\'') {
            takeQuoted('\'');
        } else if (c == '"') {
            takeQuoted('"');
        } else if (c == '#' && !m_inWord) {
            while (m_at < m_text.size() && m_text[m_at] != '\n')
                ++m_at;
        } else if (c == ' ' || c == '\t' || c == '\r') {
            endWord();
            ++m_at;
        } else if (c == '$' && m_at + 1 < m_text.size() && m_text[m_at + 1] == '(') {
            // Inside is a command of its own: `$(rm x)`.
            endWord();
            push("(");
            m_at += 2;
        } else if (c == '`') {
            endWord();
            push("(");
            ++m_at;
        } else if (isOperatorChar(c)) {
            takeOperator(c);
        } else {
            add(c);
            ++m_at;
        }
    }

    void takeOperator(char c)
    {
        // "2>" is one redirection: the digit is no word.
        const bool digit = m_inWord && m_word.text.size() == 1 && m_word.text[0] >= '0' && m_word.text[0] <= '9';
        if ((c == '>' || c == '<') && digit) {
            m_word = {};
            m_inWord = false;
        }
        endWord();
        QByteArray text(1, c);
        ++m_at;
        while (m_at < m_text.size() && (c == '>' || c == '<') &&
               (m_text[m_at] == c || m_text[m_at] == '&' || m_text[m_at] == '|' || (c == '<' && m_text[m_at] == '>')))
            text.append(m_text[m_at++]);
        push(text);
    }

    void takeQuoted(char quote)
    {
        m_inWord = true;
        m_word.quoted = true;
        ++m_at;
        while (m_at < m_text.size() && m_text[m_at] != quote) {
            if (quote == '"' && m_text[m_at] == '\\' && m_at + 1 < m_text.size())
                ++m_at;
            m_word.text.append(m_text[m_at++]);
        }
        ++m_at;
    }

    void add(char c)
    {
        m_inWord = true;
        m_word.text.append(c);
    }
    void push(const QByteArray &operatorText)
    {
        ShellWord word;
        word.operatorText = operatorText;
        m_words.append(word);
    }
    void endWord()
    {
        if (m_inWord)
            m_words.append(m_word);
        m_word = {};
        m_inWord = false;
    }

    const QByteArray &m_text;
    qsizetype m_at = 0;
    ShellWord m_word;
    bool m_inWord = false;
    QList<ShellWord> m_words;
};

const QSet<QByteArray> &writers()
{
    static const QSet<QByteArray> names{
        "rm",          "rmdir",   "unlink",   "shred",   "mv",      "cp",      "ln",       "dd",       "tee",
        "touch",       "mkdir",   "mktemp",   "mknod",   "mkfifo",  "install", "truncate", "split",    "rsync",
        "scp",         "sftp",    "chmod",    "chown",   "chgrp",   "chattr",  "setfacl",  "mount",    "umount",
        "swapon",      "swapoff", "mkfs",     "mkswap",  "fdisk",   "sfdisk",  "sgdisk",   "parted",   "wipefs",
        "blkdiscard",  "losetup", "kill",     "pkill",   "killall", "renice",  "reboot",   "shutdown", "halt",
        "poweroff",    "init",    "telinit",  "useradd", "userdel", "usermod", "passwd",   "chpasswd", "adduser",
        "deluser",     "crontab", "at",       "batch",   "visudo",  "insmod",  "rmmod",    "modprobe", "iptables",
        "nft",         "ufw",     "ifconfig", "route",   "tc",      "curl",    "wget",     "nc",       "ncat",
        "socat",       "ssh",     "eval",     "xargs",   "mdcmd",   "hdparm",  "sdparm",   "nvme",     "patch",
        "ed",          "ex",      "vi",       "perl",    "python",  "python3", "ruby",     "service",  "rc-service",
        "update-rc.d", "chroot",  "nsenter",  "unshare", "setsid",  "nohup",   "logger",   "wall",     "write",
    };
    return names;
}

/// Programs that read with the right words only: the first word after options must be one of these.
const QHash<QByteArray, QSet<QByteArray>> &readingVerbs()
{
    static const QHash<QByteArray, QSet<QByteArray>> verbs{
        {"systemctl",
         {"list-units", "show", "is-system-running", "is-active", "is-enabled", "list-unit-files", "list-timers"}},
        {"docker", {"ps", "info", "version", "inspect", "container", "compose", "images", "image"}},
        {"podman", {"ps", "info", "version", "inspect", "container", "images", "image"}},
        {"zpool", {"list", "status", "get"}},
        {"zfs", {"list", "get", "version"}},
        {"apt-get", {"upgrade"}}, // with -s only, below
        {"apt-mark", {"showhold"}},
        {"dnf", {"check-update", "updateinfo", "versionlock"}},
        {"yum", {"check-update", "updateinfo"}},
        {"zypper", {"list-updates", "lu", "list-patches", "lp", "locks", "ll"}},
        {"apk", {"list", "version", "info"}},
        {"pvesh", {"get", "ls"}},
        {"rc-status", {"--all", "-a", "--servicelist", "-s"}},
    };
    return verbs;
}

/// Words that make a reading program write.
bool isWritingFlag(const QByteArray &program, const QByteArray &word)
{
    if (program == "find")
        return word == "-delete" || word.startsWith("-exec") || word.startsWith("-ok") || word.startsWith("-fprint") ||
               word == "-fls";
    if (program == "sed")
        return word.startsWith("-i") || word.startsWith("--in-place");
    if (program == "sort")
        return word == "-o" || word.startsWith("--output");
    if (program == "sysctl")
        return word == "-w" || word == "-p" || word.contains('=');
    if (program == "date")
        return word == "-s" || word.startsWith("--set");
    if (program == "dmesg")
        return word == "-c" || word == "-C" || word.startsWith("--clear") || word.startsWith("--read-clear");
    if (program == "journalctl")
        return word.startsWith("--vacuum") || word == "--rotate" || word == "--flush" || word == "--sync";
    if (program == "smartctl")
        return word == "-t" || word == "-s" || word == "-o" || word == "-S" || word == "-X";
    if (program == "ss")
        return word == "-K" || word == "--kill";
    if (program == "ip")
        return word == "set" || word == "add" || word == "del" || word == "delete" || word == "flush" ||
               word == "replace";
    if (program == "nvidia-smi")
        return word == "-pm" || word == "-r" || word == "-pl" || word.startsWith("--gpu-reset");
    return false;
}

bool startsCommand(const QByteArray &word)
{
    static const QSet<QByteArray> words{"then",   "do",      "else",    "elif",    "if",   "while", "until",
                                        "!",      "{",       "time",    "exec",    "sudo", "env",   "nice",
                                        "ionice", "command", "timeout", "builtin", "i_t"};
    // `$I_SUDO smartctl`, `$I_TO 5 df`: what follows is what runs.
    return words.contains(word) || (word.startsWith('$') && word != "$@");
}

bool isAssignment(const QByteArray &word)
{
    const qsizetype equals = word.indexOf('=');
    return equals > 0 && std::all_of(word.begin(), word.begin() + equals, [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
           });
}

QByteArray baseName(const QByteArray &word)
{
    return word.mid(word.lastIndexOf('/') + 1);
}

std::optional<QString> wrongRedirection(const QList<ShellWord> &words, qsizetype at)
{
    const QByteArray &op = words[at].operatorText;
    if (!op.startsWith('>') && op != "<>")
        return std::nullopt;
    const QByteArray target = at + 1 < words.size() ? words[at + 1].text : QByteArray();
    const bool descriptor =
        op == ">&" && (target == "-" || (target.size() == 1 && target[0] >= '0' && target[0] <= '9'));
    if (descriptor || target == "/dev/null")
        return std::nullopt;
    return u"a redirection into \"%1\""_s.arg(QString::fromUtf8(target));
}

std::optional<QString> wrongArguments(const QByteArray &program, const QList<ShellWord> &words, qsizetype at)
{
    const auto verbs = readingVerbs().constFind(program);
    std::optional<QByteArray> verb;
    bool simulated = false;
    for (qsizetype i = at + 1; i < words.size(); ++i) {
        const ShellWord &word = words[i];
        if (!word.operatorText.isEmpty()) {
            if (word.operatorText.startsWith('>') || word.operatorText.startsWith('<')) {
                ++i;
                continue;
            }
            break;
        }
        if (isWritingFlag(program, word.text))
            return u"\"%1 %2\""_s.arg(QString::fromUtf8(program), QString::fromUtf8(word.text));
        simulated = simulated || word.text == "-s" || word.text == "--simulate";
        if ((program == "awk" || program == "gawk" || program == "mawk") && word.quoted &&
            (word.text.contains("system(") || word.text.contains("> \"") || word.text.contains(">\"") ||
             word.text.contains("| \"") || word.text.contains("|\"")))
            return u"an awk program that writes or starts something"_s;
        if (verbs != readingVerbs().constEnd() && !verb && verbs->contains(word.text))
            verb = word.text;
    }
    if (verbs != readingVerbs().constEnd() && !verb)
        return u"\"%1\" without a verb that only reads"_s.arg(QString::fromUtf8(program));
    if (program == "apt-get" && !simulated)
        return u"\"apt-get\" that is not a simulation"_s;
    return std::nullopt;
}

/// Follows `case word in pattern) … ;; esac`, so that patterns are not taken for programs. `for x in …` has no
/// patterns.
class CaseReader
{
public:
    /// True when this word or operator belongs to a pattern.
    bool take(const ShellWord &word, bool atCommand)
    {
        if (m_inPattern) {
            if (word.operatorText == ")" || word.text == "esac") {
                m_inPattern = false;
                m_depth -= word.text == "esac" ? 1 : 0;
            }
            m_semicolons = 0;
            return true;
        }
        if (!word.operatorText.isEmpty()) {
            m_semicolons = word.operatorText == ";" ? m_semicolons + 1 : 0;
            m_inPattern = m_depth > 0 && m_semicolons == 2;
            return false;
        }
        m_semicolons = 0;
        if (atCommand && word.text == "case" && !word.quoted) {
            ++m_depth;
            m_opened = true;
        } else if (atCommand && word.text == "esac" && m_depth > 0) {
            --m_depth;
        } else if (m_opened && word.text == "in") {
            m_opened = false;
            m_inPattern = true;
            return true;
        }
        return false;
    }

private:
    int m_depth = 0;
    int m_semicolons = 0;
    bool m_opened = false;
    bool m_inPattern = false;
};

} // namespace

std::optional<QString> writingPart(const QByteArray &shell)
{
    const QList<ShellWord> words = WordReader(shell).read();
    bool atCommand = true;
    CaseReader cases;
    for (qsizetype i = 0; i < words.size(); ++i) {
        const ShellWord &word = words[i];
        if (cases.take(word, atCommand)) {
            atCommand = true;
            continue;
        }
        if (!word.operatorText.isEmpty()) {
            if (const auto wrong = wrongRedirection(words, i))
                return wrong;
            if (word.operatorText.startsWith('>') || word.operatorText.startsWith('<'))
                ++i; // the target is no command
            else
                atCommand = true;
            continue;
        }
        // Command substitution inside double quotes is text to the reader above: look into it too.
        if (word.quoted && (word.text.contains("$(") || word.text.contains('`'))) {
            const qsizetype open = std::max(word.text.indexOf("$("), word.text.indexOf('`'));
            if (const auto wrong = writingPart(word.text.mid(open)))
                return wrong;
        }
        if (!atCommand)
            continue;
        if (word.text == "command" && i + 1 < words.size() && words[i + 1].text.toLower() == "-v") {
            atCommand = false; // asks only where a program is
            continue;
        }
        if (isAssignment(word.text) || startsCommand(word.text) || word.text.startsWith('-') ||
            (!word.text.isEmpty() && word.text[0] >= '0' && word.text[0] <= '9'))
            continue; // `LC_ALL=C`, `sudo -n`, `timeout 5`: the command comes after
        const QByteArray program = baseName(word.text);
        if (writers().contains(program) || program.startsWith("mkfs."))
            return u"the program \"%1\""_s.arg(QString::fromUtf8(program));
        if (const auto wrong = wrongArguments(program, words, i))
            return wrong;
        atCommand = false;
    }
    return std::nullopt;
}

} // namespace infra::guard
