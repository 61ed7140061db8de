// SPDX-License-Identifier: GPL-3.0-or-later
// labels: threads
#include "core/base/settings.h"
#include "tests/support/test_registry.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtCore/QTemporaryDir>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

#include <atomic>
#include <thread>

using namespace infra;
using namespace Qt::Literals::StringLiterals;

namespace {

const SettingKey intervalKey{"collect.interval_s", 60, 10, 86400};
const SettingKey ratioKey{"ui.ratio", 0.5, 0, 1};
const SettingKey themeKey{"ui.theme", u"system"_s, {}, {}, {u"system"_s, u"dark"_s, u"light"_s}};
const SettingKey onKey{"collect.enabled", true};
const SettingKey listKey{"ui.columns", QJsonArray{u"name"_s}};
const SettingKey freeKey{"ssh.config_file", u"~/.ssh/config"_s};
const SettingKey openEndedKey{"net.least", 5, 1};

QList<SettingKey> declaredKeys()
{
    return {intervalKey, ratioKey, themeKey, onKey, listKey, freeKey, openEndedKey};
}

} // namespace

class TestSettings : public QObject
{
    Q_OBJECT
private slots:
    void init();
    void defaultsHoldWithoutAFile();
    void aValueIsKeptOverAReopen();
    void badValuesAreRefusedWithFieldValueAndRule_data();
    void badValuesAreRefusedWithFieldValueAndRule();
    void aRefusedValueChangesNothing();
    void changedIsTold();
    void resetBringsTheDefaultBack();
    void unknownKeysAreKept();
    void aBadValueInTheFileIsReportedAndTheDefaultUsed();
    void settingAValueAnewEndsItsProblem();
    void whoOpensTheFileSeesItsBytesOnceAndFirst();
    void aBrokenFileIsSetAside_data();
    void aBrokenFileIsSetAside();
    void thePreviousFileStaysBesideIt();
    void theFileIsOnlyOurs();
    void aFolderThatCannotBeWrittenIsToldAndChangesNothing();
    void aFileThatCannotBeReadIsNotOverwritten();
    void valuesMayBeReadOnAnyThread();

private:
    QString path() const { return m_dir->filePath(u"profile/settings.json"_s); }
    std::unique_ptr<SettingsStore> open() const { return openSettingsFile(path(), declaredKeys()); }
    void put(const QByteArray &bytes) const;
    QByteArray fileBytes() const;

    std::unique_ptr<QTemporaryDir> m_dir;
};

void TestSettings::init()
{
    m_dir = std::make_unique<QTemporaryDir>();
    QVERIFY(m_dir->isValid());
}

void TestSettings::put(const QByteArray &bytes) const
{
    QVERIFY(QDir().mkpath(m_dir->filePath(u"profile"_s)));
    QFile file(path());
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(bytes), bytes.size());
}

QByteArray TestSettings::fileBytes() const
{
    QFile file(path());
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("(no file)");
}

void TestSettings::defaultsHoldWithoutAFile()
{
    const auto settings = open();
    QCOMPARE(settings->integer(intervalKey), 60);
    QCOMPARE(settings->string(themeKey), u"system"_s);
    QVERIFY(settings->boolean(onKey));
    QCOMPARE(settings->number(ratioKey), 0.5);
    QVERIFY(settings->problems().isEmpty());
    QCOMPARE(settings->all().size(), declaredKeys().size());
    QVERIFY(!QFile::exists(path()));
}

void TestSettings::whoOpensTheFileSeesItsBytesOnceAndFirst()
{
    QList<QByteArray> seen;
    const auto look = [&seen](const QByteArray &bytes) { seen.append(bytes); };
    QVERIFY(openSettingsFile(path(), declaredKeys(), look)->problems().isEmpty());
    QVERIFY(seen.isEmpty());
    for (const QByteArray &bytes : {QByteArray("{\"known.elsewhere\":1}"), QByteArray("no JSON at all")}) {
        put(bytes);
        seen.clear();
        const auto settings = openSettingsFile(path(), declaredKeys(), look);
        QCOMPARE(seen, QList<QByteArray>{bytes});
    }
    put(QByteArray(3 * 1024 * 1024, ' '));
    seen.clear();
    const auto settings = openSettingsFile(path(), declaredKeys(), look);
    QCOMPARE(seen.size(), 1);
    QCOMPARE(seen.first().size(), 1024 * 1024 + 1);
}

void TestSettings::aValueIsKeptOverAReopen()
{
    QVERIFY(open()->set(intervalKey, 300).has_value());
    const auto again = open();
    QCOMPARE(again->integer(intervalKey), 300);
    QVERIFY(again->set(themeKey, u"dark"_s).has_value());
    QVERIFY(again->set(listKey, QJsonArray{u"a"_s, u"b"_s}).has_value());
    QVERIFY(again->set(ratioKey, 0.25).has_value());
    const auto third = open();
    QCOMPARE(third->integer(intervalKey), 300);
    QCOMPARE(third->string(themeKey), u"dark"_s);
    QCOMPARE(third->value(listKey).toArray().size(), 2);
    QCOMPARE(third->number(ratioKey), 0.25);
}

void TestSettings::badValuesAreRefusedWithFieldValueAndRule_data()
{
    QTest::addColumn<int>("key");
    QTest::addColumn<QJsonValue>("value");
    QTest::addColumn<QString>("shown");
    QTest::addColumn<QString>("rule");
    QTest::newRow("too small") << 0 << QJsonValue(5) << u"5"_s << u"a whole number from 10 to 86400"_s;
    QTest::newRow("too large") << 0 << QJsonValue(1e9) << u"1000000000"_s << u"a whole number from 10 to 86400"_s;
    QTest::newRow("fraction") << 0 << QJsonValue(60.5) << u"60.5"_s << u"a whole number from 10 to 86400"_s;
    QTest::newRow("text for number") << 0 << QJsonValue(u"60"_s) << u"60"_s << u"a whole number from 10 to 86400"_s;
    QTest::newRow("null for number") << 0 << QJsonValue() << u"null"_s << u"a whole number from 10 to 86400"_s;
    QTest::newRow("fraction out of range") << 1 << QJsonValue(1.5) << u"1.5"_s << u"a number from 0 to 1"_s;
    QTest::newRow("other word") << 2 << QJsonValue(u"pink"_s) << u"pink"_s << u"one of: system, dark, light"_s;
    QTest::newRow("number for word") << 2 << QJsonValue(1) << u"1"_s << u"a text of at most 4096 characters"_s;
    QTest::newRow("word for bool") << 3 << QJsonValue(u"yes"_s) << u"yes"_s << u"true or false"_s;
    QTest::newRow("object for list") << 4 << QJsonValue(QJsonObject()) << u"{}"_s << u"a list of at most 1000 texts"_s;
    QTest::newRow("below") << 6 << QJsonValue(0) << u"0"_s << u"a whole number of at least 1"_s;
}

void TestSettings::badValuesAreRefusedWithFieldValueAndRule()
{
    QFETCH(int, key);
    QFETCH(QJsonValue, value);
    QFETCH(QString, shown);
    QFETCH(QString, rule);
    const auto settings = open();
    const Result<void> set = settings->set(declaredKeys().at(key), value);
    QVERIFY(!set);
    QCOMPARE(set.error().code, ErrorCode::InvalidArgument);
    QCOMPARE(set.error().field, QString::fromLatin1(declaredKeys().at(key).name));
    QCOMPARE(set.error().value, shown);
    QVERIFY2(set.error().rule.contains(rule), qPrintable(set.error().rule));
    QCOMPARE(settings->value(declaredKeys().at(key)), declaredKeys().at(key).defaultValue);
}

void TestSettings::aRefusedValueChangesNothing()
{
    const auto settings = open();
    QVERIFY(settings->set(intervalKey, 300).has_value());
    const QByteArray before = fileBytes();
    QSignalSpy changed(settings.get(), &SettingsStore::changed);
    QVERIFY(!settings->set(intervalKey, 1));
    QVERIFY(!settings->set(listKey, QJsonArray{1}));
    QVERIFY(!settings->set(freeKey, QString(5000, u'x')));
    QCOMPARE(fileBytes(), before);
    QCOMPARE(settings->integer(intervalKey), 300);
    QCOMPARE(changed.count(), 0);
}

void TestSettings::changedIsTold()
{
    const auto settings = open();
    QSignalSpy changed(settings.get(), &SettingsStore::changed);
    QVERIFY(settings->set(intervalKey, 300).has_value());
    QCOMPARE(changed.count(), 1);
    QCOMPARE(changed.first().first().toString(), u"collect.interval_s"_s);
    QVERIFY(settings->set(intervalKey, 300).has_value()); // the same again
    QCOMPARE(changed.count(), 1);
}

void TestSettings::resetBringsTheDefaultBack()
{
    const auto settings = open();
    QVERIFY(settings->set(intervalKey, 300).has_value());
    QSignalSpy changed(settings.get(), &SettingsStore::changed);
    QVERIFY(settings->reset(intervalKey).has_value());
    QVERIFY(settings->reset(intervalKey).has_value());
    QCOMPARE(changed.count(), 1);
    QCOMPARE(settings->integer(intervalKey), 60);
    QCOMPARE(open()->integer(intervalKey), 60);
}

void TestSettings::unknownKeysAreKept()
{
    put(R"({"future.key": {"a": [1, 2]}, "ui.theme": "dark"})");
    const auto settings = open();
    QVERIFY(settings->problems().isEmpty());
    QVERIFY(settings->set(intervalKey, 300).has_value());
    const QJsonObject file = QJsonDocument::fromJson(fileBytes()).object();
    QCOMPARE(file.value("future.key"_L1).toObject().value("a"_L1).toArray().size(), 2);
    QCOMPARE(file.value("ui.theme"_L1).toString(), u"dark"_s);
    QVERIFY(settings->all().contains("future.key"_L1));
}

void TestSettings::aBadValueInTheFileIsReportedAndTheDefaultUsed()
{
    put(R"({"collect.interval_s": 3, "ui.theme": "pink", "collect.enabled": false})");
    const auto settings = open();
    QCOMPARE(settings->integer(intervalKey), 60);
    QCOMPARE(settings->string(themeKey), u"system"_s);
    QVERIFY(!settings->boolean(onKey));
    const QList<Error> problems = settings->problems();
    QCOMPARE(problems.size(), 2);
    QCOMPARE(problems[0].field, u"collect.interval_s"_s);
    QCOMPARE(problems[0].value, u"3"_s);
    QCOMPARE(problems[1].field, u"ui.theme"_s);
    QCOMPARE(settings->all().value("collect.interval_s"_L1).toInt(), 60);
}

void TestSettings::settingAValueAnewEndsItsProblem()
{
    put(R"({"collect.interval_s": 3, "ui.columns": ["ok", 5]})");
    const auto settings = open();
    QCOMPARE(settings->problems().size(), 2);
    QVERIFY(settings->set(intervalKey, 30).has_value());
    QVERIFY(settings->set(listKey, QJsonArray{u"b"_s}).has_value());
    QVERIFY(settings->problems().isEmpty());
}

void TestSettings::aBrokenFileIsSetAside_data()
{
    QTest::addColumn<QByteArray>("bytes");
    const QByteArray whole = R"({"collect.interval_s": 300, "ui.theme": "dark"})";
    for (int cut = 0; cut < whole.size(); cut += 5)
        QTest::addRow("cut at %d", cut) << whole.left(cut);
    QTest::newRow("array") << QByteArray("[1]");
    QTest::newRow("binary") << QByteArray("\x00\xff\xfe{", 4);
    QTest::newRow("deep") << QByteArray(100'000, '[');
    QTest::newRow("huge") << QByteArray("{\"a\":\"") + QByteArray(1'100'000, 'x') + "\"}";
}

void TestSettings::aBrokenFileIsSetAside()
{
    QFETCH(QByteArray, bytes);
    put(bytes);
    const auto settings = open();
    QCOMPARE(settings->integer(intervalKey), 60);
    QCOMPARE(settings->problems().size(), 1);
    QVERIFY(!QFile::exists(path()));
    const QStringList aside = QDir(m_dir->filePath(u"profile"_s)).entryList({u"settings.json.broken-*"_s});
    QCOMPARE(aside.size(), 1);
    QVERIFY(settings->problems().first().remedy.contains(aside.first()));
    QFile kept(m_dir->filePath(QString(u"profile/" + aside.first())));
    QVERIFY(kept.open(QIODevice::ReadOnly));
    QCOMPARE(kept.readAll(), bytes);
    QVERIFY(settings->set(intervalKey, 300).has_value());
    QCOMPARE(open()->integer(intervalKey), 300);
}

void TestSettings::thePreviousFileStaysBesideIt()
{
    const auto settings = open();
    QVERIFY(settings->set(intervalKey, 100).has_value());
    const QByteArray first = fileBytes();
    QVERIFY(settings->set(intervalKey, 200).has_value());
    QFile previous(QString(path() + u".previous"));
    QVERIFY(previous.open(QIODevice::ReadOnly));
    QCOMPARE(previous.readAll(), first);
}

void TestSettings::theFileIsOnlyOurs()
{
    QVERIFY(open()->set(intervalKey, 100).has_value());
    const auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
    QVERIFY(!(QFile::permissions(path()) & others));
}

void TestSettings::aFolderThatCannotBeWrittenIsToldAndChangesNothing()
{
    QFile file(m_dir->filePath(u"plain"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.close();
    const auto settings = openSettingsFile(m_dir->filePath(u"plain/settings.json"_s), declaredKeys());
    QSignalSpy changed(settings.get(), &SettingsStore::changed);
    const Result<void> set = settings->set(intervalKey, 300);
    QVERIFY(!set);
    QCOMPARE(set.error().code, ErrorCode::FileUnwritable);
    QCOMPARE(settings->integer(intervalKey), 60);
    QCOMPARE(changed.count(), 0);
}

void TestSettings::aFileThatCannotBeReadIsNotOverwritten()
{
    QVERIFY(QDir().mkpath(path())); // a folder of that name: exists, but cannot be opened as a file, not even by root
    const auto settings = open();
    QCOMPARE(settings->problems().size(), 1);
    QCOMPARE(settings->problems().first().code, ErrorCode::FileUnreadable);
    QCOMPARE(settings->integer(intervalKey), 60);
    QVERIFY(!settings->set(intervalKey, 300));
    QVERIFY(QDir(path()).exists());
}

void TestSettings::valuesMayBeReadOnAnyThread()
{
    const auto settings = open();
    std::atomic_bool stop{false};
    std::atomic_int bad{0};
    std::thread reader([&] {
        while (!stop.load()) {
            const qint64 value = settings->integer(intervalKey);
            if (value < 60 || value > 120)
                ++bad;
        }
    });
    for (int i = 60; i <= 120; i += 5)
        QVERIFY(settings->set(intervalKey, i).has_value());
    stop.store(true);
    reader.join();
    QCOMPARE(bad.load(), 0);
}

INFRA_TEST(TestSettings)
#include "tst_settings.moc"
