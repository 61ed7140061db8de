// SPDX-License-Identifier: GPL-3.0-or-later
// The real window over the made-up fleet, for tests that look at it from outside (the walk by keyboard over AT-SPI).
// A line on its standard input "dialog NAME" opens that dialog; "spoil" adds two buttons that nobody can use: one
// without a name, one that no key reaches.
#include "tests/ui/support/dialog_cases.h"
#include "tests/ui/support/page_cases.h"
#include "tests/ui/support/window_fixture.h"

#include <QtCore/QSocketNotifier>
#include <QtWidgets/QApplication>
#include <QtWidgets/QLayout>
#include <QtWidgets/QPushButton>

#include <unistd.h>

using namespace infra;
using namespace Qt::Literals::StringLiterals;

namespace {

void spoil(QWidget &window)
{
    auto *nameless = new QPushButton(&window);
    auto *unreached = new QPushButton(u"Unreached"_s, &window);
    unreached->setFocusPolicy(Qt::NoFocus);
    int left = 700;
    for (QPushButton *button : {nameless, unreached}) {
        button->setGeometry(left, 8, 90, 30);
        button->raise();
        button->show();
        left += 100;
    }
}

void obey(const QByteArray &line, test::WindowFixture &fixture)
{
    if (line == "spoil")
        return spoil(*fixture.window);
    for (const test::DialogCase &known : test::allDialogs()) {
        if (line == QByteArray("dialog ") + known.name)
            known.open(fixture);
    }
}

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    QCoreApplication::setApplicationName(u"infrastructor"_s);
    test::windowTheme().apply(u"dark"_s);
    test::WindowFixture fixture(test::FleetMode::Full);
    test::writeFakeLog(fixture.client.logFolder());
    fixture.window->setTrayAvailable(false);
    fixture.window->start(false);
    fixture.window->resize(1440, 900);
    QObject::connect(fixture.window.get(), &ui::MainWindow::quitRequested, &application, &QCoreApplication::quit);
    QByteArray waiting;
    QSocketNotifier input(STDIN_FILENO, QSocketNotifier::Read);
    QObject::connect(&input, &QSocketNotifier::activated, &application, [&] {
        char bytes[256];
        const ssize_t got = ::read(STDIN_FILENO, bytes, sizeof bytes);
        if (got <= 0)
            return QCoreApplication::quit(); // the walk is over
        waiting += QByteArray(bytes, got);
        for (qsizetype end = waiting.indexOf('\n'); end >= 0; end = waiting.indexOf('\n')) {
            const QByteArray line = waiting.first(end);
            waiting.remove(0, end + 1);
            obey(line, fixture);
        }
    });
    return QCoreApplication::exec();
}
