// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/ctl/render.h"
#include "app/ctl/syntax.h"
#include "tests/support/test_registry.h"

#include <QtCore/QJsonArray>
#include <QtTest/QTest>

using namespace infra;
using namespace infra::ctl;
using namespace Qt::Literals::StringLiterals;

class TestSyntax : public QObject
{
    Q_OBJECT
private slots:
    void everyCommandIsFoundByItsWords();
    void optionsStandInFrontOrBehind();
    void wrongLinesNameFieldAndRule_data();
    void wrongLinesNameFieldAndRule();
    void secretsAreDescriptorsAndNeverArguments();
    void pauseAndResumeAreOneField();
    void remoteTextCannotSpeakToTheTerminal();
};

void TestSyntax::everyCommandIsFoundByItsWords()
{
    for (const CommandSyntax &command : allCommands()) {
        QStringList words = command.words.split(u' ');
        for (const QString &positional : command.positionals)
            words.append(positional.startsWith(u'[') ? u"--all"_s : u"x"_s);
        if (command.words == "containers"_L1)
            words.removeLast();
        const Result<ParsedCommandLine> parsed = parseCommandLine(words);
        QVERIFY2(parsed.has_value(), qPrintable(command.words));
        QCOMPARE(parsed->command->words, command.words);
    }
}

void TestSyntax::optionsStandInFrontOrBehind()
{
    const Result<ParsedCommandLine> front =
        parseCommandLine({u"--json"_s, u"--profile"_s, u"/p"_s, u"system"_s, u"web1"_s});
    const Result<ParsedCommandLine> behind = parseCommandLine({u"system"_s, u"web1"_s, u"--profile=/p"_s, u"--json"_s});
    QVERIFY(front && behind);
    QVERIFY(front->global.json && behind->global.json);
    QCOMPARE(front->global.profile, u"/p"_s);
    QCOMPARE(behind->global.profile, u"/p"_s);
    QCOMPARE(front->args, behind->args);
    QCOMPARE(front->args.value("id"_L1).toString(), u"web1"_s);
}

void TestSyntax::wrongLinesNameFieldAndRule_data()
{
    QTest::addColumn<QStringList>("words");
    QTest::addColumn<QString>("field");
    QTest::newRow("no such command") << QStringList{u"explode"_s} << u"command"_s;
    QTest::newRow("half a command") << QStringList{u"devices"_s} << u"command"_s;
    QTest::newRow("no such option") << QStringList{u"devices"_s, u"list"_s, u"--colour"_s} << u"--colour"_s;
    QTest::newRow("option of another command") << QStringList{u"audit"_s, u"--force"_s} << u"--force"_s;
    QTest::newRow("no value") << QStringList{u"audit"_s, u"--since"_s} << u"--since"_s;
    QTest::newRow("a flag with a value") << QStringList{u"collect"_s, u"--all=yes"_s} << u"--all"_s;
    QTest::newRow("no device") << QStringList{u"system"_s} << u"ID"_s;
    QTest::newRow("one too many") << QStringList{u"system"_s, u"a"_s, u"b"_s} << u"argument"_s;
    QTest::newRow("nothing to collect") << QStringList{u"collect"_s} << u"ID"_s;
    QTest::newRow("descriptor is a word")
        << QStringList{u"unlock"_s, u"--passphrase-fd"_s, u"three"_s} << u"--passphrase-fd"_s;
    QTest::newRow("pause and resume") << QStringList{u"devices"_s, u"edit"_s, u"x"_s, u"--pause"_s, u"--resume"_s}
                                      << u"--resume"_s;
}

void TestSyntax::wrongLinesNameFieldAndRule()
{
    QFETCH(QStringList, words);
    QFETCH(QString, field);
    const Result<ParsedCommandLine> parsed = parseCommandLine(words);
    QVERIFY(!parsed);
    QCOMPARE(parsed.error().code, ErrorCode::InvalidArgument);
    QCOMPARE(parsed.error().field, field);
    QVERIFY(!parsed.error().rule.isEmpty());
}

void TestSyntax::secretsAreDescriptorsAndNeverArguments()
{
    const Result<ParsedCommandLine> parsed = parseCommandLine(
        {u"devices"_s, u"add"_s, u"n"_s, u"--host"_s, u"h"_s, u"--user"_s, u"u"_s, u"--password-fd"_s, u"7"_s});
    QVERIFY(parsed.has_value());
    QCOMPARE(parsed->secretDescriptors.size(), 1);
    QCOMPARE(parsed->secretDescriptors.first().first, u"login_password"_s);
    QCOMPARE(parsed->secretDescriptors.first().second, 7);
    QVERIFY(parsed->args.value("password"_L1).toBool());
    QVERIFY(!parsed->args.contains("password-fd"_L1));
}

void TestSyntax::pauseAndResumeAreOneField()
{
    const Result<ParsedCommandLine> paused = parseCommandLine({u"devices"_s, u"edit"_s, u"x"_s, u"--pause"_s});
    const Result<ParsedCommandLine> resumed = parseCommandLine({u"devices"_s, u"edit"_s, u"x"_s, u"--resume"_s});
    QVERIFY(paused && resumed);
    QCOMPARE(paused->args.value("paused"_L1), QJsonValue(true));
    QCOMPARE(resumed->args.value("paused"_L1), QJsonValue(false));
}

void TestSyntax::remoteTextCannotSpeakToTheTerminal()
{
    const QJsonObject body{
        {u"processes"_s, QJsonArray{QJsonObject{
                             {u"pid"_s, 1}, {u"name"_s, u"\x1b]0;owned\x07"_s}, {u"args"_s, u"a\u202eb\x1b[2J"_s}}}}};
    const QString text = renderBody(u"processes"_s, body);
    QVERIFY(text.contains(u"owned"_s));
    QVERIFY(!text.contains(QChar(0x1b)));
    QVERIFY(!text.contains(QChar(0x202e)));
}

INFRA_TEST(TestSyntax)
#include "tst_syntax.moc"
