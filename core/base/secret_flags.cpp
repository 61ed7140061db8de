// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/secret_flags.h"

#include <algorithm>
#include <iterator>

namespace infra {

struct SecretFlags::Program
{
    QStringView name;
    bool prefix; ///< "mysql" stands for mysqldump, mysqladmin … too
    QStringView flags[2];
    Kind kind;
    bool attached; ///< the value may follow in the same word
    bool separate; ///< … or be the next word
};

const SecretFlags::Program *SecretFlags::programOf(QStringView word)
{
    // Sources: the manual pages of these programs.
    static constexpr Program programs[] = {
        {u"mysql", true, {u"-p", {}}, Kind::Whole, true, false},
        {u"mariadb", true, {u"-p", {}}, Kind::Whole, true, false},
        {u"sshpass", false, {u"-p", {}}, Kind::Whole, true, true},
        {u"curl", false, {u"-u", u"-U"}, Kind::AfterColon, true, true},
        {u"redis-cli", false, {u"-a", {}}, Kind::Whole, false, true},
        {u"ldap", true, {u"-w", {}}, Kind::Whole, false, true},
        {u"smbclient", false, {u"-U", {}}, Kind::AfterPercent, true, true},
        {u"rpcclient", false, {u"-U", {}}, Kind::AfterPercent, true, true},
        {u"mongo", true, {u"-p", {}}, Kind::Whole, false, true},
        {u"ipmitool", false, {u"-P", {}}, Kind::Whole, false, true},
        {u"zip", false, {u"-P", {}}, Kind::Whole, false, true},
        {u"unzip", false, {u"-P", {}}, Kind::Whole, false, true},
        {u"7z", true, {u"-p", {}}, Kind::Whole, true, false},
        {u"login", false, {u"-p", {}}, Kind::Whole, false, true}, // docker login, podman login
        {u"snmp", true, {u"-A", u"-X"}, Kind::Whole, false, true},
    };
    const auto found = std::find_if(std::begin(programs), std::end(programs), [word](const Program &program) {
        return program.prefix ? word.startsWith(program.name) : word == program.name;
    });
    return found == std::end(programs) ? nullptr : &*found;
}

SecretFlags::Value SecretFlags::see(QStringView word)
{
    if (!word.startsWith(u'-')) {
        if (const Program *program = programOf(word))
            m_program = program;
        return {};
    }
    if (m_program == nullptr)
        return {};
    if (m_program->kind == Kind::AfterColon && (word == u"--user" || word == u"--proxy-user"))
        return {Kind::AfterColon, word.size()};
    for (const QStringView flag : m_program->flags) {
        if (flag.isEmpty() || !word.startsWith(flag))
            continue;
        if (word.size() == flag.size()) {
            if (m_program->separate)
                return {m_program->kind, word.size()};
        } else if (m_program->attached) {
            return {m_program->kind, flag.size()};
        }
    }
    return {};
}

} // namespace infra
