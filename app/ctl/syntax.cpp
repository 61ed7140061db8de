// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/syntax.h"

#include <QtCore/QJsonArray>

namespace infra::ctl {

using namespace Qt::Literals::StringLiterals;

namespace {

using Kind = OptionSyntax::Kind;

Result<int> descriptorOf(const QString &option, const QString &text)
{
    bool ok = false;
    const int number = text.toInt(&ok);
    if (!ok || number < 0 || number > 65535)
        return invalid(u"--"_s + option, text, u"must be the number of an open descriptor"_s);
    return number;
}

/// Walks over the words after the program's name.
class Reader
{
public:
    explicit Reader(const QStringList &words)
        : m_words(words)
    {
    }

    Result<ParsedCommandLine> read()
    {
        while (m_at < m_words.size()) {
            const QString word = m_words.at(m_at++);
            const Result<void> taken = word.startsWith("--"_L1) ? takeOption(word) : takeWord(word);
            if (!taken)
                return fail(taken.error());
        }
        if (m_parsed.command == nullptr && !m_first.isEmpty())
            return unknownCommand(m_first);
        if (m_parsed.command != nullptr && !m_parsed.global.help) {
            if (Result<void> placed = placePositionals(); !placed)
                return fail(placed.error());
        }
        return m_parsed;
    }

private:
    static Unexpected unknownCommand(const QString &words)
    {
        return invalid(u"command"_s, words, u"must be one of the commands that --help lists"_s);
    }

    Result<void> takeWord(const QString &word)
    {
        if (m_parsed.command != nullptr) {
            m_positionals.append(word);
            return {};
        }
        const QString words = m_first.isEmpty() ? word : QString(m_first + u' ' + word);
        bool isPrefix = false;
        for (const CommandSyntax &command : allCommands()) {
            if (command.words == words)
                m_parsed.command = &command;
            isPrefix = isPrefix || command.words.startsWith(words + u' ');
        }
        if (m_parsed.command == nullptr && !isPrefix)
            return unknownCommand(words);
        m_first = words;
        return {};
    }

    Result<QString> valueOf(const QString &name, const std::optional<QString> &attached)
    {
        if (attached)
            return *attached;
        if (m_at >= m_words.size())
            return invalid(u"--"_s + name, QString(), u"needs a value behind it"_s);
        return m_words.at(m_at++);
    }

    Result<bool> takeGlobal(const QString &name, const std::optional<QString> &attached)
    {
        GlobalOptions &global = m_parsed.global;
        if (name == "json"_L1)
            global.json = true;
        else if (name == "demo"_L1)
            global.demo = true;
        else if (name == "help"_L1)
            global.help = true;
        else if (name == "version"_L1)
            global.version = true;
        else if (name == "profile"_L1) {
            const Result<QString> value = valueOf(name, attached);
            if (!value)
                return fail(value.error());
            if (value->isEmpty())
                return invalid(u"--profile"_s, *value, u"must be a folder"_s);
            global.profile = *value;
        } else if (name == "secrets-passphrase-fd"_L1) {
            const Result<int> number =
                valueOf(name, attached).and_then([&name](const QString &text) { return descriptorOf(name, text); });
            if (!number)
                return fail(number.error());
            global.secretsDescriptor = *number;
        } else {
            return false;
        }
        return true;
    }

    Result<void> takeOption(const QString &word)
    {
        const qsizetype equals = word.indexOf(u'=');
        const QString name = word.mid(2, equals < 0 ? -1 : equals - 2);
        const std::optional<QString> attached = equals < 0 ? std::nullopt : std::optional(word.mid(equals + 1));
        const Result<bool> global = takeGlobal(name, attached);
        if (!global)
            return fail(global.error());
        if (*global)
            return {};
        if (m_parsed.command == nullptr)
            return invalid(u"--"_s + name, {}, u"must be an option that --help lists"_s);
        for (const OptionSyntax &option : m_parsed.command->options) {
            if (option.name == name)
                return takeCommandOption(option, attached);
        }
        return invalid(u"--"_s + name, {}, u"must be an option of \"%1\""_s.arg(m_parsed.command->words));
    }

    Result<void> takeCommandOption(const OptionSyntax &option, const std::optional<QString> &attached)
    {
        QJsonObject &args = m_parsed.args;
        if (option.kind == Kind::Flag) {
            if (attached)
                return invalid(u"--"_s + option.name, *attached, u"takes no value"_s);
            args.insert(option.name, true);
            return {};
        }
        const Result<QString> value = valueOf(option.name, attached);
        if (!value)
            return fail(value.error());
        if (option.kind == Kind::Repeated) {
            QJsonArray values = args.value(option.name).toArray();
            values.append(*value);
            args.insert(option.name, values);
        } else if (option.kind == Kind::Descriptor) {
            const Result<int> number = descriptorOf(option.name, *value);
            if (!number)
                return fail(number.error());
            m_parsed.secretDescriptors.append({option.secret, *number});
            if (!option.implies.isEmpty())
                args.insert(option.implies, true);
        } else {
            args.insert(option.name, *value);
        }
        return {};
    }

    Result<void> placePositionals()
    {
        const QStringList &wanted = m_parsed.command->positionals;
        if (wanted.size() == 1 && wanted.first() == u"[ID…]"_s) {
            m_parsed.args.insert("ids"_L1, QJsonArray::fromStringList(m_positionals));
            if (m_positionals.isEmpty() && !m_parsed.args.value("all"_L1).toBool())
                return invalid(u"ID"_s, QString(), u"one or more devices, or --all"_s);
            return {};
        }
        for (const QString &name : wanted) {
            const bool optional = name.startsWith(u'[');
            const QString key = QString(name).remove(u'[').remove(u']').toLower();
            if (!m_positionals.isEmpty())
                m_parsed.args.insert(key, m_positionals.takeFirst());
            else if (!optional)
                return invalid(name, QString(), u"is needed: %1"_s.arg(m_parsed.command->usage()));
        }
        if (!m_positionals.isEmpty())
            return invalid(u"argument"_s, m_positionals.first(),
                           u"is one too many: %1"_s.arg(m_parsed.command->usage()));
        return pauseWords();
    }

    /// --pause and --resume are two words for one field.
    Result<void> pauseWords()
    {
        const bool pause = m_parsed.args.take("pause"_L1).toBool();
        const bool resume = m_parsed.args.take("resume"_L1).toBool();
        if (pause && resume)
            return invalid(u"--resume"_s, QString(), u"cannot stand beside --pause"_s);
        if (pause || resume)
            m_parsed.args.insert("paused"_L1, pause);
        return {};
    }

    const QStringList m_words;
    qsizetype m_at = 0;
    QString m_first;
    QStringList m_positionals;
    ParsedCommandLine m_parsed;
};

} // namespace

QString CommandSyntax::usage() const
{
    QStringList parts{u"infrastructorctl"_s, words};
    parts += positionals;
    for (const OptionSyntax &option : options)
        parts.append(option.value.isEmpty() ? u"[--%1]"_s.arg(option.name)
                                            : u"[--%1 %2]"_s.arg(option.name, option.value));
    return parts.join(u' ');
}

Result<ParsedCommandLine> parseCommandLine(const QStringList &arguments)
{
    return Reader(arguments).read();
}

QString helpText()
{
    QString text =
        u"infrastructorctl: asks the running Infrastructor, or works on a profile that nobody owns.\n\n"
        u"Before or behind any command: --json  --profile DIR  --demo  --secrets-passphrase-fd N  --help  --version\n\n"_s;
    for (const CommandSyntax &command : allCommands()) {
        QString head = command.words;
        if (!command.positionals.isEmpty())
            head += u' ' + command.positionals.join(u' ');
        text += u"  %1 %2\n"_s.arg(head, -34).arg(command.help);
    }
    text += u"\nEach command's options: infrastructorctl COMMAND --help\n"
            u"Exit status: 0 done, 1 failed, 2 usage, 3 needs confirmation, 4 blocked, 5 device not reachable.\n"_s;
    return text;
}

} // namespace infra::ctl
