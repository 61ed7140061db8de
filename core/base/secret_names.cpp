// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/secret_names.h"

#include "core/base/error.h"

#include <algorithm>
#include <array>

namespace infra {

namespace {

/// Names longer than this are judged by their end.
constexpr qsizetype longestName = 96;

bool isAsciiDigit(QChar c)
{
    return c >= u'0' && c <= u'9';
}

/// ASCII without the look into tables that QChar::toLower() takes.
QChar lowerCase(QChar c)
{
    return c.unicode() < 0x80 ? (c.isUpper() ? QChar(c.unicode() | 0x20) : c) : c.toLower();
}

/// Lower case without separators, and the last part by separator or by hump: "dbPassWord_x" → "dbpasswordx", "x". Every
/// word of every command line that is read passes here: nothing is allocated.
class SplitName
{
public:
    explicit SplitName(QStringView name)
    {
        bool lowerBefore = false;
        for (const QChar c : name) {
            if (c == u'-' || c == u'_' || c == u'.') {
                m_lastBegin = m_size;
                lowerBefore = false;
                continue;
            }
            if (lowerBefore && c.isUpper())
                m_lastBegin = m_size;
            lowerBefore = c.isLower();
            m_flat[static_cast<std::size_t>(m_size++)] = lowerCase(c);
        }
    }
    QStringView flat() const { return {m_flat.data(), m_size}; }
    QStringView last() const { return flat().sliced(m_lastBegin); }

private:
    std::array<QChar, longestName> m_flat;
    qsizetype m_size = 0;
    qsizetype m_lastBegin = 0;
};

constexpr std::array<QStringView, 11> anywhere = {
    u"password",   u"passwd",    u"passphrase",    u"passwort",   u"apikey",     u"accesskey",
    u"privatekey", u"secretkey", u"encryptionkey", u"accountkey", u"signingkey",
};
constexpr std::array<QStringView, 10> wholeLast = {
    u"pass", u"pwd", u"pw", u"secret", u"token", u"credential", u"credentials", u"authorization", u"cookie", u"psk",
};
constexpr std::array<QStringView, 3> atEnd = {u"secret", u"token", u"pwd"};
/// Endings of names that speak about a secret and do not hold it.
constexpr std::array<QStringView, 27> harmlessEnds = {
    u"file",  u"path",     u"dir",     u"fd",      u"name",    u"length",   u"authentication", u"auth",  u"policy",
    u"count", u"enabled",  u"expires", u"expiry",  u"changed", u"rejected", u"prompt",         u"type",  u"url",
    u"hint",  u"required", u"source",  u"command", u"mode",    u"quality",  u"less",           u"state", u"store",
};
/// Beginnings of tokens and how long the whole at least is. Sources: the issuers' own pages on secret scanning.
struct TokenShape
{
    QStringView prefix;
    qsizetype least;
};
constexpr std::array<TokenShape, 24> tokenShapes = {{
    {u"ghp_", 20},     {u"gho_", 20},     {u"ghu_", 20},    {u"ghs_", 20},  {u"ghr_", 20},  {u"github_pat_", 30},
    {u"glpat-", 20},   {u"xoxb-", 16},    {u"xoxp-", 16},   {u"xoxa-", 16}, {u"xoxs-", 16}, {u"sk-", 20},
    {u"sk_live_", 16}, {u"rk_live_", 16}, {u"npm_", 30},    {u"hf_", 20},   {u"AIza", 35},  {u"AGE-SECRET-KEY-1", 40},
    {u"hvs.", 20},     {u"inf_", 20},     {u"dop_v1_", 40}, {u"pypi-", 40}, {u"SG.", 40},   {u"tskey-", 20},
}};

constexpr qsizetype shortestToken = 16;
static_assert(std::all_of(tokenShapes.begin(), tokenShapes.end(),
                          [](const TokenShape &shape) { return shape.least >= shortestToken; }));

bool isAwsKeyId(QStringView word)
{
    return word.size() == 20 && (word.startsWith(u"AKIA") || word.startsWith(u"ASIA")) &&
           std::all_of(word.begin(), word.end(), [](QChar c) { return isAsciiDigit(c) || (c >= u'A' && c <= u'Z'); });
}

/// crypt(5): "$6$salt$hash", "$y$j9T$…", "$2b$12$…".
bool isPasswordHash(QStringView word)
{
    return word.size() >= 20 && word[0] == u'$' && word.sliced(1, 4).contains(u'$') && word.sliced(4).contains(u'$');
}

} // namespace

bool isSecretName(QStringView name)
{
    if (name == u"_auth") // npm's name and password; "auth" at an end is else what speaks about one
        return true;
    const SplitName split(name.last(std::min(name.size(), longestName)));
    const QStringView flat = split.flat();
    const QStringView last = split.last();
    const auto isLast = [last](QStringView part) { return last == part; };
    const auto isInside = [flat](QStringView part) { return flat.contains(part); };
    const auto isEnd = [flat](QStringView end) { return flat.endsWith(end); };
    // Each name of `anywhere` holds one of these two.
    const bool mayBeInside = flat.contains(u"pass") || flat.contains(u"key");
    if (!std::any_of(wholeLast.begin(), wholeLast.end(), isLast) && !std::any_of(atEnd.begin(), atEnd.end(), isEnd) &&
        !(mayBeInside && std::any_of(anywhere.begin(), anywhere.end(), isInside)))
        return false;
    if (name == u"PWD" || name == u"OLDPWD") // the shell's working folder
        return false;
    // Our own published names of errors ("ssh.auth.key_passphrase") stand before a colon in logs.
    if (name.contains(u'.') && errorCodeFromName(name) != ErrorCode::Internal)
        return false;
    return !flat.startsWith(u"nopass") && !std::any_of(harmlessEnds.begin(), harmlessEnds.end(), isEnd);
}

bool isSecretWord(QStringView word)
{
    if (word.size() < shortestToken)
        return false;
    for (const TokenShape &shape : tokenShapes) {
        if (word.size() >= shape.least && word.startsWith(shape.prefix)) {
            // "sk-learn-something-long" is prose, a token has digits.
            const QStringView rest = word.sliced(shape.prefix.size());
            return std::any_of(rest.begin(), rest.end(), isAsciiDigit);
        }
    }
    const bool jwt = word.size() >= 20 && word.startsWith(u"eyJ") && word.contains(u'.');
    return jwt || isAwsKeyId(word) || isPasswordHash(word);
}

} // namespace infra
