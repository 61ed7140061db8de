// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/device/connection_steps.h"

#include "core/base/redaction.h"
#include "ui/text/error_text.h"
#include "ui/theme/icons.h"
#include "ui/widgets/shapes.h"

#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>
#include <QtGui/QPainter>
#include <QtWidgets/QGridLayout>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QVBoxLayout>

namespace infra::ui {

using namespace Qt::Literals::StringLiterals;

namespace {

QString stepText(ssh::ConnectStep step, bool done)
{
    switch (step) {
    case ssh::ConnectStep::Dns:
        return done ? ConnectionSteps::tr("Name resolved") : ConnectionSteps::tr("Find the address");
    case ssh::ConnectStep::Tcp:
        return done ? ConnectionSteps::tr("The port answers") : ConnectionSteps::tr("Reach the port");
    case ssh::ConnectStep::Kex:
        return done ? ConnectionSteps::tr("SSH speaks") : ConnectionSteps::tr("Speak SSH");
    case ssh::ConnectStep::HostKey:
        return done ? ConnectionSteps::tr("Host key as accepted") : ConnectionSteps::tr("Check the host key");
    case ssh::ConnectStep::Auth:
        return done ? ConnectionSteps::tr("Signed in") : ConnectionSteps::tr("Sign in");
    case ssh::ConnectStep::Shell:
        return done ? ConnectionSteps::tr("A shell opens") : ConnectionSteps::tr("Open a shell");
    }
    return {};
}

constexpr ssh::ConnectStep kSteps[] = {ssh::ConnectStep::Dns,     ssh::ConnectStep::Tcp,  ssh::ConnectStep::Kex,
                                       ssh::ConnectStep::HostKey, ssh::ConnectStep::Auth, ssh::ConnectStep::Shell};

} // namespace

ConnectionSteps::ConnectionSteps(const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_layout(new QVBoxLayout(this))
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(12);
    showIdle();
}

void ConnectionSteps::clear()
{
    while (QLayoutItem *item = m_layout->takeAt(0)) {
        if (QWidget *widget = item->widget()) {
            widget->hide();
            widget->deleteLater();
        }
        delete item;
    }
}

void ConnectionSteps::addStep(ssh::ConnectStep step, const ssh::StepReport *report)
{
    auto *row = new QWidget(this);
    auto *grid = new QGridLayout(row);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(2);
    auto *sign = new QLabel(row);
    const bool ok = report != nullptr && report->ok;
    const QString glyph = ok ? u"check-circle"_s : report != nullptr ? u"exclamation-circle"_s : u"circle"_s;
    const QColor color = ok ? m_theme.state(Health::Ok).mark : report != nullptr ? m_theme.state(Health::Critical).mark : m_theme.color("text.secondary");
    sign->setPixmap(iconPixmap(glyph == "circle"_L1 ? u"hourglass-split"_s : glyph, 16, color, devicePixelRatioF()));
    sign->setAccessibleName(ok ? tr("done") : report != nullptr ? tr("failed") : tr("waits"));
    grid->addWidget(sign, 0, 0, Qt::AlignTop);
    grid->addWidget(makeLabel(m_theme, stepText(step, ok), TextStyle::BodyMedium, report != nullptr ? "text.primary" : "text.secondary", row), 0, 1);
    if (report != nullptr)
        grid->addWidget(makeLabel(m_theme, tr("%1 ms").arg(report->duration.count()), TextStyle::Small, "text.secondary", row), 0, 2);
    if (report != nullptr && report->error) {
        const ErrorWords words = errorWords(*report->error);
        QLabel *why = makeLabel(m_theme, QString(words.what + u' ' + words.why + u' ' + words.remedy).simplified(), TextStyle::Small, "text.secondary", row);
        why->setWordWrap(true);
        grid->addWidget(why, 1, 1, 1, 2);
    }
    grid->setColumnStretch(1, 1);
    m_layout->addWidget(row);
}

void ConnectionSteps::showIdle()
{
    clear();
    for (const ssh::ConnectStep step : kSteps)
        addStep(step, nullptr);
    m_layout->addStretch(1);
}

void ConnectionSteps::showRunning(const QString &target)
{
    clear();
    QLabel *text = makeLabel(m_theme, tr("Connecting to %1…").arg(displayText(target, 120)), TextStyle::Body, "text.secondary", this);
    text->setWordWrap(true);
    m_layout->addWidget(text);
    for (const ssh::ConnectStep step : kSteps)
        addStep(step, nullptr);
    QPushButton *stop = makeButton(m_theme, tr("Stop"), ButtonKind::Default, {}, this);
    stop->setAutoDefault(false);
    connect(stop, &QPushButton::clicked, this, &ConnectionSteps::stopped);
    m_layout->addWidget(stop, 0, Qt::AlignLeft);
    m_layout->addStretch(1);
}

void ConnectionSteps::addQuestion(const ssh::ConnectionReport &report, const QString &deviceName)
{
    auto *box = new QFrame(this);
    box->setObjectName(u"question"_s);
    QPalette colors = box->palette();
    colors.setColor(QPalette::Window, m_theme.state(Health::Info).tint);
    box->setPalette(colors);
    box->setAutoFillBackground(true);
    auto *layout = new QVBoxLayout(box);
    layout->setContentsMargins(12, 12, 12, 12);
    layout->setSpacing(8);
    QLabel *title = makeLabel(m_theme, tr("Is this really %1? Its key is new here").arg(displayText(deviceName, 64)), TextStyle::BodyStrong, "text.primary", box);
    title->setWordWrap(true);
    layout->addWidget(title);
    QLabel *key = makeLabel(m_theme, report.hostKeyType + u'\n' + report.hostKey, TextStyle::Code, "text.primary", box);
    key->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    key->setAccessibleName(tr("Fingerprint"));
    layout->addWidget(key);
    QLabel *how = makeLabel(m_theme, tr("Compare it with what the machine's own console prints: ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub. "
                                        "It is in no known_hosts file, and no other machine here has this key."),
                            TextStyle::Small, "text.secondary", box);
    how->setWordWrap(true);
    layout->addWidget(how);
    auto *buttons = new QHBoxLayout;
    QPushButton *trust = makeButton(m_theme, tr("It is the same, trust it"), ButtonKind::Primary, {}, box);
    QPushButton *stop = makeButton(m_theme, tr("Stop"), ButtonKind::Default, {}, box);
    QPushButton *copy = makeIconButton(m_theme, u"copy"_s, tr("Copy the fingerprint"), box);
    for (QPushButton *button : {trust, stop, copy}) {
        button->setAutoDefault(false);
        buttons->addWidget(button);
    }
    buttons->addStretch(1);
    layout->addLayout(buttons);
    const QString fingerprint = report.hostKey;
    connect(trust, &QPushButton::clicked, this, [this, fingerprint] { emit trusted(fingerprint); });
    connect(stop, &QPushButton::clicked, this, &ConnectionSteps::stopped);
    connect(copy, &QPushButton::clicked, this, [fingerprint] { QGuiApplication::clipboard()->setText(fingerprint); });
    m_layout->addWidget(box);
}

void ConnectionSteps::showReport(const ssh::ConnectionReport &report, const QString &deviceName)
{
    clear();
    qsizetype at = 0;
    for (const ssh::ConnectStep step : kSteps) {
        const ssh::StepReport *done = at < report.steps.size() && report.steps.at(at).step == step ? &report.steps.at(at) : nullptr;
        if (done != nullptr)
            ++at;
        const bool asks = done != nullptr && done->error && done->error->code == ErrorCode::HostKeyUnknown;
        if (asks)
            addQuestion(report, deviceName);
        else
            addStep(step, done);
    }
    m_layout->addStretch(1);
}

} // namespace infra::ui
