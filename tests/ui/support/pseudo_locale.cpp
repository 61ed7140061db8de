// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/support/pseudo_locale.h"

#include "tests/ui/support/drawn_text.h"
#include "tests/ui/support/fake_words.h"

#include <QtCore/QRegularExpression>
#include <QtWidgets/QWidget>

namespace infra::test {

using namespace Qt::Literals::StringLiterals;

namespace {
constexpr auto kPlain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
constexpr auto kAccented = u"áƀçđéƒğħíĵķłɱñóƥɋřšťúṽŵẋýžÁßÇĐÉƑĞĦÍĴĶŁṀÑÓƤɊŘŠŤÚṼŴẊÝŽ";
constexpr qsizetype kUnit = 3;
constexpr auto kFiller = u"öïéàüœ";
} // namespace

QString PseudoLocale::pseudo(const QString &text)
{
    const QLatin1StringView plain(kPlain);
    const QStringView accented(kAccented);
    const QStringView filler(kFiller);
    QString made(u'[');
    for (qsizetype i = 0; i < text.size(); ++i) {
        const QChar letter = text.at(i);
        const qsizetype at = plain.indexOf(letter);
        // %n, %1 and %L1 are filled in later.
        if (letter == u'%' && i + 1 < text.size()) {
            made += letter;
            made += text.at(++i);
            if (text.at(i) == u'L' && i + 1 < text.size())
                made += text.at(++i);
            continue;
        }
        made += at >= 0 ? accented.at(at) : letter;
    }
    // Units and the like ("min", "of") are as short in other languages.
    if (text.size() <= kUnit)
        return made.mid(1);
    const qsizetype longer = text.size() * 2 / 5;
    made += u' ';
    for (qsizetype i = 0; i < longer; ++i)
        made += i % 9 == 8 ? QChar(u' ') : filler.at(i % filler.size());
    return made + u']';
}

QString PseudoLocale::translate(const char *, const char *source, const char *, int) const
{
    return source == nullptr || *source == 0 ? QString() : pseudo(QString::fromUtf8(source));
}

QStringList untranslatedTexts(QWidget &window)
{
    // Words of letters alone: what holds a digit is an address, a version, an id.
    static const QRegularExpression tokens(u"[A-Za-z0-9]+"_s);
    static const QRegularExpression digit(u"[0-9]"_s);
    QStringList plain;
    for (const DrawnText &drawn : drawnTexts(window)) {
        // Commands, ids and paths are the same in every language.
        if (drawn.code || drawn.text.startsWith(u'/'))
            continue;
        auto found = tokens.globalMatch(drawn.text);
        while (found.hasNext()) {
            const QRegularExpressionMatch match = found.next();
            const QString word = match.captured();
            if (word.size() < 3 || word.contains(digit) || isFakeWord(word))
                continue;
            const QStringView after = QStringView(drawn.text).mid(match.capturedEnd());
            const QStringView before = QStringView(drawn.text).left(match.capturedStart());
            // Elided at the end of the word or in the middle of a path; or a piece, where what was searched is marked.
            const bool cut = after.startsWith(u'…') || after.isEmpty() || before.isEmpty();
            if ((cut && isPartOfFakeWord(word)) || before.endsWith(u'…'))
                continue;
            plain.append(u"%1 in '%2' (%3)"_s.arg(word, drawn.text.left(80),
                                                  QString::fromLatin1(drawn.widget->metaObject()->className())));
        }
    }
    plain.removeDuplicates();
    return plain;
}

} // namespace infra::test
