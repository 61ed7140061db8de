// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/redaction.h"

#include <algorithm>

namespace infra {

namespace {

enum class Shown
{
    AsIs,
    Escaped,
    Replaced
};

/// How a code point is shown. Escaped are those that move the cursor, turn the direction of writing or are not seen at
/// all.
Shown howShown(char32_t c)
{
    if (c == 0 || c == 0xFFFE || c == 0xFFFF)
        return Shown::Replaced;
    if (c < 0x20 || (c >= 0x7F && c <= 0x9F))
        return Shown::Escaped;
    if (c < 0xAD)
        return Shown::AsIs;
    const bool bidi =
        c == 0x061C || c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
    // U+200C and U+200D stay: emoji and several scripts are written with them.
    const bool invisible = c == 0xAD || c == 0x180E || c == 0x200B || (c >= 0x2060 && c <= 0x2065) ||
                           (c >= 0x206A && c <= 0x206F) || c == 0xFEFF || (c >= 0xFFF9 && c <= 0xFFFB) ||
                           (c >= 0xE0000 && c <= 0xE007F);
    const bool newLine = c == 0x2028 || c == 0x2029;
    return bidi || invisible || newLine ? Shown::Escaped : Shown::AsIs;
}

QString escapeOf(char32_t c)
{
    switch (c) {
    case U'\n':
        return QStringLiteral("\\n");
    case U'\r':
        return QStringLiteral("\\r");
    case U'\t':
        return QStringLiteral("\\t");
    default:
        break;
    }
    const QString hex = QString::number(static_cast<uint>(c), 16);
    if (c > 0xFFFF)
        return QString(u"\\u{" + hex + u'}');
    return QString(u"\\u" + hex.rightJustified(4, u'0'));
}

} // namespace

QString displayText(const QString &text, qsizetype maxLength)
{
    const qsizetype limit = std::max<qsizetype>(maxLength, 1);
    QString out;
    out.reserve(std::min(text.size(), limit));
    qsizetype cut = 0; // the longest whole beginning that leaves room for the "…"
    for (qsizetype i = 0; i < text.size();) {
        char32_t c = text[i].unicode();
        qsizetype step = 1;
        bool broken = false;
        if (text[i].isSurrogate()) {
            broken = !(text[i].isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate());
            if (!broken) {
                c = QChar::surrogateToUcs4(text[i], text[i + 1]);
                step = 2;
            }
        }
        const Shown shown = broken ? Shown::Replaced : howShown(c);
        if (shown == Shown::AsIs)
            out += QStringView(text).sliced(i, step);
        else if (shown == Shown::Escaped)
            out += escapeOf(c);
        else
            out += QChar(QChar::ReplacementCharacter);
        i += step;
        if (out.size() > limit) {
            out.truncate(cut);
            out += u'…';
            return out;
        }
        if (out.size() < limit)
            cut = out.size();
    }
    return out;
}

QString displayText(const QByteArray &utf8, qsizetype maxLength)
{
    // Four bytes make at least one UTF-16 unit more than needed, so what is cut here was beyond the limit anyway.
    const qsizetype enough = (std::max<qsizetype>(maxLength, 1) + 1) * 4;
    return displayText(QString::fromUtf8(utf8.constData(), std::min(utf8.size(), enough)), maxLength);
}

} // namespace infra
