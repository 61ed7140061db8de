// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtCore/QStringView>

namespace infra::secret_chars {

// What the readers of secrets in text see in a character.

inline bool isSpace(QChar c)
{
    return c == u' ' || (c >= u'\t' && c <= u'\r') || c == u'\0';
}

inline bool isQuote(QChar c)
{
    return c == u'"' || c == u'\'' || c == u'`';
}

inline bool isNameChar(QChar c)
{
    return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || (c >= u'0' && c <= u'9') || c == u'_' || c == u'-' ||
           c == u'.' || c.unicode() > 0x7F;
}

} // namespace infra::secret_chars
