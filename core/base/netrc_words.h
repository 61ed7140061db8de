// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/secret_chars.h"

#include <algorithm>

namespace infra {

/// Follows the words of a .netrc ("machine h login u password p", on one line or several), where the password stands
/// bare behind its name. Source: the netrc(5) of ftp and curl. One look at each word, at most `kLongestValue`
/// characters back.
class NetrcWords
{
public:
    /// A word that stands alone, from `begin` to `end` of the text. True: what follows it is a password.
    bool see(QStringView text, qsizetype begin, qsizetype end)
    {
        const QStringView word = text.sliced(begin, end - begin);
        if (word == u"machine" || word == u"login" || word == u"account") {
            m_keywordEnd = end;
            return false;
        }
        if ((word != u"password" && word != u"passwd") || m_keywordEnd < 0 || begin - m_keywordEnd > kLongestValue)
            return false;
        // Between keyword and password stands one value: "login u password", not prose.
        const QStringView between = text.sliced(m_keywordEnd, begin - m_keywordEnd).trimmed();
        m_keywordEnd = end;
        return !between.isEmpty() && std::none_of(between.begin(), between.end(), secret_chars::isSpace);
    }

private:
    static constexpr qsizetype kLongestValue = 256;
    qsizetype m_keywordEnd = -1;
};

} // namespace infra
