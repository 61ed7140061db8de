// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/redaction.h"

#include "core/base/netrc_words.h"
#include "core/base/secret_flags.h"
#include "core/base/secret_names.h"

#include <algorithm>
#include <optional>

namespace infra {

namespace {

using secret_chars::isNameChar;
using secret_chars::isQuote;
using secret_chars::isSpace;

constexpr QStringView mask = u"‹masked›";

/// One pass over the text; every step moves `m_at` on, and no look-ahead is repeated from a later place.
class Redactor
{
public:
    explicit Redactor(QStringView text)
        : m_text(text)
    {
    }

    /// Nothing where nothing was masked: most texts hold no secret, and those are not copied.
    std::optional<QString> run()
    {
        while (m_at < m_text.size())
            step();
        if (m_kept == 0)
            return std::nullopt;
        dropTo(m_at);
        return m_out;
    }

private:
    bool atPem(qsizetype i) const { return m_text[i] == u'-' && m_text.sliced(i).startsWith(u"-----BEGIN "); }
    QChar at(qsizetype i) const { return i < m_text.size() ? m_text[i] : QChar(u'\n'); }

    void passTo(qsizetype end) { m_at = end; }

    /// What was passed stays, what lies between here and `end` goes.
    void dropTo(qsizetype end)
    {
        m_out += m_text.sliced(m_kept, m_at - m_kept);
        m_at = m_kept = end;
    }

    void maskTo(qsizetype end)
    {
        if (end <= m_at)
            return;
        dropTo(end);
        m_out += mask;
    }

    void step()
    {
        const QChar c = m_text[m_at];
        if (atPem(m_at) && maskPem())
            return;
        if (isNameChar(c)) {
            word();
            return;
        }
        if (c == u':' && m_text.sliced(m_at).startsWith(u"://")) {
            userInfo();
            return;
        }
        if (c == u'$' && (m_at == 0 || !isNameChar(m_text[m_at - 1]))) {
            dollar();
            return;
        }
        if (c == u'\n' || c == u'|' || c == u';')
            m_flags.newCommand();
        passTo(m_at + 1);
    }

    /// The whole block, to the end of the text where its end is missing. Certificates and public keys are no secrets.
    bool maskPem()
    {
        if (!m_text.sliced(m_at, std::min<qsizetype>(80, m_text.size() - m_at)).contains(u"PRIVATE KEY"))
            return false;
        const qsizetype end = m_text.indexOf(u"-----END ", m_at);
        if (end < 0) {
            maskTo(m_text.size());
            return true;
        }
        const qsizetype close = m_text.indexOf(u"-----", end + 9);
        maskTo(close < 0 ? m_text.size() : close + 5);
        return true;
    }

    /// "user:password@" of a URL, and a long user without password, which is a token.
    void userInfo()
    {
        passTo(m_at + 3);
        qsizetype end = m_at;
        qsizetype lastAt = -1;
        qsizetype colon = -1;
        for (; end < m_text.size(); ++end) {
            const QChar c = m_text[end];
            if (isSpace(c) || isQuote(c) || c == u'/' || c == u'?' || c == u'#' || c == u'<' || c == u'>')
                break;
            if (c == u'@')
                lastAt = end;
            if (c == u':' && colon < 0)
                colon = end;
        }
        if (lastAt < 0)
            return;
        if (colon >= 0 && colon < lastAt) {
            passTo(colon + 1);
            maskTo(lastAt);
        } else if (lastAt - m_at >= 32) {
            maskTo(lastAt);
        }
    }

    void dollar()
    {
        qsizetype end = m_at + 1;
        while (end < m_text.size() && end - m_at < 256 && !isSpace(m_text[end]) && !isQuote(m_text[end]) &&
               m_text[end] != u':')
            ++end;
        if (isSecretWord(m_text.sliced(m_at, end - m_at)))
            maskTo(end);
        else
            passTo(m_at + 1);
    }

    void word()
    {
        qsizetype end = m_at;
        while (end < m_text.size() && isNameChar(m_text[end]) && !(end > m_at && atPem(end)))
            ++end;
        const qsizetype begin = m_at;
        const QStringView whole = m_text.sliced(begin, end - begin);
        QStringView name = whole;
        while (name.startsWith(u'-'))
            name = name.sliced(1);
        if (isSecretWord(name)) {
            passTo(begin + (whole.size() - name.size()));
            maskTo(end);
            return;
        }
        // A path's last part may be a program, but a flag stands after a blank or a quote.
        const bool flagBegins = begin == 0 || isSpace(m_text[begin - 1]) || isQuote(m_text[begin - 1]);
        const bool flag = whole.startsWith(u'-') && flagBegins;
        if (flagBegins || (!whole.startsWith(u'-') && (m_text[begin - 1] == u'/' || m_text[begin - 1] == u'('))) {
            const SecretFlags::Value value = m_flags.see(whole);
            if (value.kind != SecretFlags::Kind::None) {
                flagValue(begin + value.offset, end, value.kind);
                return;
            }
        }
        passTo(end);
        const bool bare = flagBegins && isSpace(at(end)) && m_netrc.see(m_text, begin, end);
        if (isSecretName(name))
            valueAfterName(begin, flag || bare);
        else if (name.compare(u"Bearer", Qt::CaseInsensitive) == 0 || name.compare(u"Basic", Qt::CaseInsensitive) == 0)
            scheme();
    }

    /// A password flag of a program that is known to have one: "-pX", "-p X", "-u user:X".
    void flagValue(qsizetype from, qsizetype wordEnd, SecretFlags::Kind kind)
    {
        passTo(std::max(from, m_at));
        if (from >= wordEnd) {
            skipBetween(true);
            if (m_at == wordEnd)
                return;
        }
        const bool quoted = m_at < m_text.size() && isQuote(m_text[m_at]);
        if (quoted)
            passTo(m_at + 1);
        const qsizetype end = quoted ? closingQuote(m_text[m_at - 1], 0) : valueEnd(false);
        if (kind == SecretFlags::Kind::Whole) {
            maskTo(end);
            return;
        }
        const QChar separator = kind == SecretFlags::Kind::AfterColon ? u':' : u'%';
        const qsizetype split = m_text.sliced(m_at, end - m_at).indexOf(separator);
        if (split < 0)
            return;
        passTo(m_at + split + 1);
        maskTo(end);
    }

    /// After "Bearer" or "Basic": a word that looks encoded (RFC 7235 token68), not one of prose.
    void scheme()
    {
        qsizetype from = m_at;
        while (at(from) == u' ')
            ++from;
        if (from == m_at)
            return;
        qsizetype end = from;
        bool upper = false;
        bool lower = false;
        bool digit = false;
        bool padded = false;
        for (; end < m_text.size() && !isSpace(m_text[end]) && !isQuote(m_text[end]) && m_text[end] != u','; ++end) {
            const QChar c = m_text[end];
            if (padded && c != u'=') // "expires=3600"
                return;
            padded = c == u'=';
            digit = digit || c.isDigit();
            upper = upper || (c.isUpper() && end > from);
            lower = lower || c.isLower();
        }
        if (end - from >= 8 && (digit || padded || (upper && lower))) {
            passTo(from);
            maskTo(end);
        }
    }

    /// Blanks, and for flags a comma, closing and opening quotes of an argument list: `"--password", "x"`.
    void skipBetween(bool list)
    {
        qsizetype to = m_at;
        if (list) {
            while (to < m_text.size() && (isQuote(m_text[to]) || m_text[to] == u'\\'))
                ++to;
            if (to < m_text.size() && m_text[to] == u',')
                ++to;
        }
        while (to < m_text.size() && isSpace(m_text[to]))
            ++to;
        // Quotes that are closed and opened again belong to the list; alone they are the value's own.
        passTo(to > m_at || !list ? to : m_at);
    }

    void valueAfterName(qsizetype nameBegin, bool flag)
    {
        const qsizetype nameEnd = m_at;
        qsizetype look = m_at;
        while (look < m_text.size() && m_text[look] == u'\\')
            ++look;
        if (look < m_text.size() && isQuote(m_text[look]))
            ++look;
        else
            look = m_at;
        const bool quotedName = look > m_at;
        while (at(look) == u' ' || (at(look) == u'\t' && look < m_text.size()))
            ++look;
        const QChar separator = at(look);
        const bool assigned = separator == u'=' && look < m_text.size();
        const bool named = separator == u':' && look < m_text.size() &&
                           !(nameBegin > 0 && m_text[nameBegin - 1] == u'/') && !m_text.sliced(look).startsWith(u"://");
        if (assigned || named) {
            passTo(look + 1);
            if (assigned && at(m_at) == u'>')
                passTo(m_at + 1);
            while (m_at < m_text.size() && (m_text[m_at] == u' ' || m_text[m_at] == u'\t'))
                passTo(m_at + 1);
            const QStringView name = m_text.sliced(nameBegin, nameEnd - nameBegin);
            const bool header =
                name.endsWith(u"authorization", Qt::CaseInsensitive) || name.endsWith(u"cookie", Qt::CaseInsensitive);
            const bool toLineEnd = named && !quotedName && (header || startsLine(nameBegin));
            const QChar before = nameBegin > 0 ? m_text[nameBegin - 1] : QChar(u' ');
            maskValue(assigned, toLineEnd, before == u'?' || before == u'&');
            return;
        }
        if (flag && look > m_at) {
            skipBetween(quotedName);
            if (at(m_at) != u'-' && m_at < m_text.size())
                maskValue(false, false, false);
        }
    }

    /// "  - password: correct horse": YAML and headers, where the value is the rest of the line.
    bool startsLine(qsizetype nameBegin) const
    {
        qsizetype i = nameBegin;
        while (i > 0 && nameBegin - i < 64 &&
               (m_text[i - 1] == u' ' || m_text[i - 1] == u'\t' || m_text[i - 1] == u'-'))
            --i;
        return i == 0 || m_text[i - 1] == u'\n' || m_text[i - 1] == u'\'' || m_text[i - 1] == u'"';
    }

    void maskValue(bool assigned, bool toLineEnd, bool inQuery)
    {
        if (m_at < m_text.size() && atPem(m_at) && maskPem())
            return;
        const qsizetype escapes = backslashes(m_at);
        if (isQuote(at(m_at + escapes)) && m_at + escapes < m_text.size()) {
            passTo(m_at + escapes + 1);
            const qsizetype close = closingQuote(m_text[m_at - 1], escapes);
            maskTo(close);
            // 'a'"b": the parts of one shell word.
            if (assigned && m_at < m_text.size())
                dropTo(restOfWord(m_at));
            return;
        }
        if (toLineEnd) {
            qsizetype end = m_at;
            while (end < m_text.size() && m_text[end] != u'\n' && m_text[end] != u'\r' && !isQuote(m_text[end]))
                ++end;
            while (end > m_at && isSpace(m_text[end - 1]))
                --end;
            if (!isPlainWord(m_text.sliced(m_at, end - m_at)))
                maskTo(end);
            return;
        }
        const qsizetype end = valueEnd(inQuery);
        if (!isPlainWord(m_text.sliced(m_at, end - m_at)))
            maskTo(end);
    }

    qsizetype backslashes(qsizetype from) const
    {
        qsizetype count = 0;
        while (from + count < m_text.size() && m_text[from + count] == u'\\' && count < 64)
            ++count;
        return count;
    }

    /// Where the quoted value ends: at the quote that has as many backslashes before it as the opening one had.
    qsizetype closingQuote(QChar quote, qsizetype escapes) const
    {
        qsizetype run = 0;
        for (qsizetype i = m_at; i < m_text.size(); ++i) {
            if (m_text[i] == u'\\') {
                ++run;
                continue;
            }
            if (m_text[i] == quote && (escapes == 0 ? run % 2 == 0 : run == escapes))
                return i - (escapes == 0 ? 0 : run);
            run = 0;
        }
        return m_text.size();
    }

    /// Past the closing quote; what still belongs to the shell word is left out, it is part of the secret.
    qsizetype restOfWord(qsizetype quoteAt)
    {
        passTo(quoteAt + 1);
        const QChar next = at(m_at);
        if (isSpace(next) || next == u',' || next == u'}' || next == u')' || next == u']' || next == u'&' ||
            next == u';' || next == u'>' || next == u'/')
            return m_at;
        if (isQuote(next) && isQuote(at(m_at - 1)) && (m_at + 1 >= m_text.size() || isSpace(m_text[m_at + 1])))
            return m_at;
        return valueEnd(false, true);
    }

    /// The end of an unquoted value. A backslash takes the next character along.
    qsizetype valueEnd(bool inQuery, bool quotesInside = false) const
    {
        qsizetype end = m_at;
        while (end < m_text.size()) {
            const QChar c = m_text[end];
            if (c == u'\\' && end + 1 < m_text.size() && !isQuote(m_text[end + 1])) {
                end += 2;
                continue;
            }
            if (isSpace(c) || (isQuote(c) && !quotesInside) || (c == u'\\' && !quotesInside) ||
                (inQuery && (c == u'&' || c == u'#')))
                break;
            ++end;
        }
        return std::min(end, m_text.size());
    }

    /// Words that say something about a secret and are none.
    static bool isPlainWord(QStringView value)
    {
        static constexpr QStringView plain[] = {u"true", u"false", u"yes", u"no", u"null", u"none",
                                                u"{",    u"[",     u"|",   u">",  u"("};
        while (value.endsWith(u',') || value.endsWith(u';') || value.endsWith(u'}'))
            value.chop(1);
        return value.isEmpty() || value == mask ||
               std::find(std::begin(plain), std::end(plain), value) != std::end(plain);
    }

    QStringView m_text;
    qsizetype m_at = 0;
    qsizetype m_kept = 0; ///< up to here the text is in `m_out`, or was left out
    QString m_out;
    SecretFlags m_flags;
    NetrcWords m_netrc;
};

} // namespace

QString redacted(const QString &text)
{
    return Redactor(text).run().value_or(text);
}

} // namespace infra
