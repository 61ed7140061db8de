// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/filter_tokens.h"

#include <QtCore/QCoreApplication>

#include <algorithm>

namespace infra::ui {

using namespace Qt::Literals::StringLiterals;

namespace {

FilterToken tokenOf(QString word)
{
    FilterToken token;
    if (word.size() > 1 && word.startsWith(u'-')) {
        token.negated = true;
        word.remove(0, 1);
    }
    const qsizetype colon = word.indexOf(u':');
    const auto isKey = [](const QString &text) {
        return !text.isEmpty() && std::all_of(text.begin(), text.end(), [](QChar letter) { return letter.isLetter(); });
    };
    if (colon > 0 && isKey(word.left(colon))) {
        token.key = word.left(colon).toLower();
        token.value = word.mid(colon + 1);
    } else {
        token.value = word;
    }
    return token;
}

} // namespace

QList<FilterToken> filterTokens(const QString &line)
{
    QList<FilterToken> tokens;
    QString word;
    bool quoted = false;
    bool any = false;
    const auto finish = [&] {
        if (any && !word.isEmpty())
            tokens.append(tokenOf(word));
        word.clear();
        any = false;
    };
    for (const QChar letter : line) {
        if (letter == u'"') {
            quoted = !quoted;
            any = true;
        } else if (letter.isSpace() && !quoted) {
            finish();
        } else {
            word += letter;
            any = true;
        }
    }
    finish();
    return tokens;
}

QString unknownKeyProblem(const QList<FilterToken> &tokens, const QStringList &keys)
{
    for (const FilterToken &token : tokens) {
        if (!token.key.isEmpty() && !keys.contains(token.key))
            return QCoreApplication::translate("Filter", "There is no %1. Known: %2.")
                .arg(token.key, keys.join(u", "_s));
    }
    return {};
}

std::optional<qint64> spanSeconds(const QString &text)
{
    if (text.size() < 2)
        return std::nullopt;
    bool ok = false;
    const qint64 amount = text.left(text.size() - 1).toLongLong(&ok);
    if (!ok || amount < 0 || amount > 100'000)
        return std::nullopt;
    switch (text.back().toLower().unicode()) {
    case u's':
        return amount;
    case u'm':
        return amount * 60;
    case u'h':
        return amount * 3600;
    case u'd':
        return amount * 86400;
    default:
        return std::nullopt;
    }
}

} // namespace infra::ui
