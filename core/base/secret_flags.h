// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtCore/QStringView>

namespace infra {

/// Knows which short flags of which programs take a password (`mysql -pX`, `sshpass -p X`, `curl -u user:X`). Fed word
/// by word as a command line is read. One thread.
class SecretFlags
{
public:
    enum class Kind
    {
        None,
        Whole,
        AfterColon,
        AfterPercent
    };

    /// Where the value of a flag begins: `offset` characters into the word; the word's length when it is the next word.
    struct Value
    {
        Kind kind = Kind::None;
        qsizetype offset = 0;
    };

    Value see(QStringView word);
    /// A new line or a pipe: the program before it is forgotten.
    void newCommand() { m_program = nullptr; }

private:
    struct Program;
    static const Program *programOf(QStringView word);

    const Program *m_program = nullptr;
};

} // namespace infra
