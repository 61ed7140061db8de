// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/infrastructor/arguments.h"

namespace infra::app {

using namespace Qt::Literals::StringLiterals;

namespace {

Result<int> wholeNumber(const QString &option, const QString &text, int minimum, int maximum)
{
    bool ok = false;
    const int number = text.toInt(&ok);
    if (!ok || number < minimum || number > maximum)
        return invalid(option, text, u"must be a whole number from %1 to %2"_s.arg(minimum).arg(maximum));
    return number;
}

} // namespace

Result<Arguments> parseArguments(const QStringList &words)
{
    Arguments arguments;
    for (qsizetype at = 0; at < words.size(); ++at) {
        const QString name = words.at(at).section(u'=', 0, 0);
        if (name == "--headless"_L1) {
            arguments.headless = true;
        } else if (name == "--minimized"_L1) {
            arguments.minimized = true;
        } else if (name == "--help"_L1 || name == "-h"_L1) {
            arguments.help = true;
        } else if (name == "--version"_L1) {
            arguments.version = true;
        } else if (name == "--profile"_L1 || name == "--demo"_L1 || name == "--secrets-passphrase-fd"_L1) {
            const bool attached = words.at(at).contains(u'=');
            if (!attached && at + 1 >= words.size())
                return invalid(name, QString(), u"needs a value behind it"_s);
            const QString value = attached ? words.at(at).section(u'=', 1) : words.at(++at);
            if (name == "--profile"_L1) {
                if (value.isEmpty())
                    return invalid(name, value, u"must be a folder"_s);
                arguments.profile = value;
                continue;
            }
            const Result<int> number =
                name == "--demo"_L1 ? wholeNumber(name, value, 1, 1000) : wholeNumber(name, value, 0, 65535);
            if (!number)
                return fail(number.error());
            (name == "--demo"_L1 ? arguments.demoHosts : arguments.secretsDescriptor) = *number;
        } else {
            return invalid(u"argument"_s, words.at(at), u"must be an option that --help lists"_s);
        }
    }
    return arguments;
}

QString argumentsHelp()
{
    return u"infrastructor: reads and watches self-hosted machines over SSH\n\n"
           u"  --profile DIR               data, settings and logs (default: $XDG_DATA_HOME/infrastructor)\n"
           u"  --headless                  without a window\n"
           u"  --minimized                 in the tray, where there is one\n"
           u"  --demo N                    with a lab of N recorded hosts and a profile of its own\n"
           u"  --secrets-passphrase-fd N   opens the sealed file of secrets\n"
           u"  --version, --help\n"_s;
}

} // namespace infra::app
