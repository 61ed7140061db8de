// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/result.h"

#include <QtCore/QJsonObject>
#include <QtCore/QList>
#include <QtCore/QString>
#include <QtCore/QStringList>

namespace infra::ctl {

/// One option of a command: `--name VALUE`, or a flag.
struct OptionSyntax
{
    enum class Kind
    {
        Flag,
        Text,
        Repeated,
        Descriptor
    };
    QString name;
    Kind kind = Kind::Text;
    QString value; ///< word in the help: "HOST"
    QString help;
    QString secret;  ///< Descriptor: the name under which what is read from it is sent
    QString implies; ///< Descriptor: an argument that is set to true with it ("password")
};

/// One command: its words, positional arguments ("NAME", "[ID]", "ID…") and options.
struct CommandSyntax
{
    QString words; ///< "devices add"
    QStringList positionals;
    QList<OptionSyntax> options;
    QString help;

    QString command() const { return QString(words).replace(u' ', u'.'); }
    QString usage() const;
};

const QList<CommandSyntax> &allCommands();

/// What stands in front of and around every command.
struct GlobalOptions
{
    bool json = false;
    bool demo = false;
    bool help = false;
    bool version = false;
    QString profile;
    std::optional<int> secretsDescriptor;
};

struct ParsedCommandLine
{
    GlobalOptions global;
    const CommandSyntax *command = nullptr; ///< null with help or version alone
    QJsonObject args;
    QList<QPair<QString, int>> secretDescriptors; ///< secret's name, descriptor to read it from
};

/// Errors: InvalidArgument naming the option (field), the value and the rule; exit status 2.
Result<ParsedCommandLine> parseCommandLine(const QStringList &arguments);

QString helpText();

} // namespace infra::ctl
