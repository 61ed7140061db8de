// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/support/fake_words.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QRegularExpression>
#include <QtCore/QSet>

#include <algorithm>

namespace infra::test {

using namespace Qt::Literals::StringLiterals;

namespace {

// Names, units and key words that are written so in every language.
constexpr auto kSameEverywhere =
    "Infrastructor SQLite OpenSSH SSH CPU JSON SHA UTC CET KiB MiB GiB TiB Charts libssh libsodium QtKeychain spdlog "
    "expected valijson "
    "Inter JetBrains Mono Bootstrap Icons fmt nlohmann Linux Docker Podman PostgreSQL TimescaleDB";
// The language of days and months is the desktop's, not the window's.
constexpr auto kDates = "Mon Tue Wed Thu Fri Sat Sun Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec";

/// Every word that stands in quotes in the sources of the fake fleet: that is what its machines are called and say.
QSet<QString> wordsOfTheFleet()
{
    static const QRegularExpression quoted(u"\"((?:[^\"\\\\]|\\\\.)*)\""_s);
    static const QRegularExpression letters(u"[A-Za-z]{3,}"_s);
    QSet<QString> words;
    const QStringList names =
        QString::fromLatin1(kSameEverywhere).split(u' ') + QString::fromLatin1(kDates).split(u' ');
    words.unite(QSet<QString>(names.begin(), names.end()));
    const QDir folder(QStringLiteral(INFRA_SOURCE_DIR) + u"/tests/ui/support"_s);
    for (const QString &name : folder.entryList({u"fake_*.cpp"_s, u"dialog_cases.cpp"_s})) {
        QFile file(folder.filePath(name));
        if (name == u"fake_words.cpp" || !file.open(QIODevice::ReadOnly))
            continue;
        for (const QString &line : QString::fromUtf8(file.readAll()).split(u'\n')) {
            if (line.startsWith(u'#') || line.contains(u"tr("))
                continue;
            auto text = quoted.globalMatch(line);
            while (text.hasNext()) {
                auto word = letters.globalMatch(text.next().captured(1));
                while (word.hasNext())
                    words.insert(word.next().captured());
            }
        }
    }
    if (words.size() <= names.size())
        qFatal("the words of the fake fleet are not where they were");
    return words;
}

} // namespace

bool isFakeWord(const QString &word)
{
    static const QSet<QString> words = wordsOfTheFleet();
    return words.contains(word);
}

bool isPartOfFakeWord(const QString &part)
{
    static const QSet<QString> words = wordsOfTheFleet();
    return std::any_of(words.begin(), words.end(), [&](const QString &word) { return word.contains(part); });
}

} // namespace infra::test
