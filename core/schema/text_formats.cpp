// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/schema/text_formats.h"

#include "core/base/instant.h"

#include <algorithm>
#include <iterator>

namespace infra::schema {

namespace {

bool isAsciiWord(QChar c)
{
    return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || (c >= u'0' && c <= u'9');
}

bool isHiddenControl(QChar c)
{
    return c.category() == QChar::Other_Control || c.category() == QChar::Other_Format || c == QChar::LineSeparator ||
           c == QChar::ParagraphSeparator;
}

bool keepsHost(const QString &text)
{
    return !text.startsWith(u'-') && text.size() <= 253 && std::all_of(text.begin(), text.end(), [](QChar c) {
        return c.isLetterOrNumber() || c.isSurrogate() || c.isMark() || c == u'-' || c == u'_' || c == u'.' ||
               c == u':' || c == u'%';
    });
}

bool keepsHostKey(const QString &text)
{
    return text.size() == 50 && text.startsWith(u"SHA256:") &&
           std::all_of(text.begin() + 7, text.end(), [](QChar c) { return isAsciiWord(c) || c == u'+' || c == u'/'; });
}

bool keepsId(const QString &text)
{
    return !text.isEmpty() && text.size() <= 128 && std::all_of(text.begin(), text.end(), [](QChar c) {
        return isAsciiWord(c) || c == u'_' || c == u'-' || c == u'.';
    });
}

bool keepsLine(const QString &text)
{
    return std::none_of(text.begin(), text.end(), isHiddenControl);
}

bool keepsText(const QString &text)
{
    return std::none_of(text.begin(), text.end(),
                        [](QChar c) { return c != u'\n' && c != u'\t' && isHiddenControl(c); });
}

bool keepsSshName(const QString &text)
{
    return !text.startsWith(u'-') && keepsLine(text) &&
           std::none_of(text.begin(), text.end(), [](QChar c) { return c.isSpace() || c == u'@'; });
}

bool keepsDateTime(const QString &text)
{
    return fromRfc3339(text).has_value();
}

struct TextFormat
{
    QStringView name;
    bool (*keeps)(const QString &);
    QStringView rule;
};

constexpr TextFormat textFormats[] = {
    {u"host", keepsHost, u"a host name or IP address of at most 253 characters, not beginning with '-'"},
    {u"host-key", keepsHostKey, u"\"SHA256:\" and 43 characters of base 64"},
    {u"id", keepsId, u"1 to 128 letters, digits, '-', '_' and '.'"},
    {u"line", keepsLine, u"no control characters"},
    {u"text", keepsText, u"no control characters but line ends and tabs"},
    {u"ssh-name", keepsSshName, u"no blanks, no '@', no control characters, not beginning with '-'"},
    {u"date-time", keepsDateTime, u"a time as RFC 3339 writes it, \"2026-11-24T05:00:00Z\""},
};

const TextFormat *textFormat(QStringView name)
{
    const auto found = std::find_if(std::begin(textFormats), std::end(textFormats),
                                    [name](const TextFormat &format) { return format.name == name; });
    return found == std::end(textFormats) ? nullptr : found;
}

} // namespace

bool isKnownFormat(QStringView format)
{
    return textFormat(format) != nullptr;
}

std::optional<QString> brokenFormat(QStringView format, const QString &text)
{
    const TextFormat *known = textFormat(format);
    if (known == nullptr || known->keeps(text))
        return std::nullopt;
    return known->rule.toString();
}

} // namespace infra::schema
