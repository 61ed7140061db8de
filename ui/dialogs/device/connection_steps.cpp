// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/device/connection_steps.h"

#include "core/base/redaction.h"
#include "ui/shell/state_dot.h"
#include "ui/shell/surface.h"
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

constexpr int kPrintLine = 34;

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
    const QString glyph = ok ? u"check-circle"_s : u"exclamation-circle"_s;
    const QColor color = ok                  ? m_theme.state(Health::Ok).mark
                         : report != nullptr ? m_theme.state(Health::Critical).mark
                                             : m_theme.color("text.secondary");
    const int side = m_theme.px(16);
    if (report != nullptr) {
        sign->setPixmap(iconPixmap(glyph, side, color, devicePixelRatioF()));
    } else {
        QPixmap ring(QSize(side, side) * devicePixelRatioF());
        ring.setDevicePixelRatio(devicePixelRatioF());
        ring.fill(Qt::transparent);
        QPainter painter(&ring);
        painter.setRenderHint(QPainter::Antialiasing);
        paintHealth(painter, QRectF(1, 1, side - 2, side - 2), Health::Unknown, m_theme,
                    m_theme.color("surface.window"));
        painter.end();
        sign->setPixmap(ring);
    }
    sign->setAccessibleName(ok ? tr("done") : report != nullptr ? tr("failed") : tr("waits"));
    grid->addWidget(sign, 0, 0, Qt::AlignTop);
    grid->addWidget(makeLabel(m_theme, stepText(step, ok), TextStyle::BodyMedium,
                              report != nullptr ? "text.primary" : "text.secondary", row),
                    0, 1);
    if (report != nullptr)
        grid->addWidget(
            makeLabel(m_theme, tr("%1 ms").arg(report->duration.count()), TextStyle::Small, "text.secondary", row), 0,
            2);
    if (report != nullptr && report->error) {
        const ErrorWords words = errorWords(*report->error);
        QLabel *why = makeLabel(m_theme, QString(words.what + u' ' + words.why + u' ' + words.remedy).simplified(),
                                TextStyle::Small, "text.secondary", row);
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
    QLabel *text = makeLabel(m_theme, tr("Connecting to %1…").arg(displayText(target, 120)), TextStyle::Body,
                             "text.secondary", this);
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
    QFrame *box = makeSurface(u"question"_s, this);
    auto *layout = new QVBoxLayout(box);
    layout->setContentsMargins(12, 12, 12, 12);
    layout->setSpacing(8);
    QLabel *title = makeLabel(m_theme, tr("Is this really %1? Its key is new here").arg(displayText(deviceName, 64)),
                              TextStyle::BodyStrong, "text.primary", box);
    title->setWordWrap(true);
    auto *head = new QHBoxLayout;
    head->setSpacing(8);
    head->addWidget(new StateDot(m_theme, Health::Info, 12, "state.info.tint", box), 0, Qt::AlignVCenter);
    head->addWidget(title, 1);
    layout->addLayout(head);
    // A fingerprint has no blanks to wrap at.
    const QString print = report.hostKey.left(kPrintLine) + u'\n' + report.hostKey.mid(kPrintLine);
    QLabel *key =
        makeLabel(m_theme, QString(report.hostKeyType + u'\n' + print).trimmed(), TextStyle::Code, "text.primary", box);
    key->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    key->setAccessibleName(tr("Fingerprint"));
    QFrame *code = makeSurface(u"code"_s, box);
    auto *codeRow = new QHBoxLayout(code);
    codeRow->setContentsMargins(10, 6, 6, 6);
    codeRow->addWidget(key, 1);
    layout->addWidget(code);
    QLabel *how = makeLabel(
        m_theme,
        tr("Compare it with what the machine's own console prints: ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub. "
           "It is in no known_hosts file, and no other machine here has this key."),
        TextStyle::Small, "text.secondary", box);
    how->setWordWrap(true);
    layout->addWidget(how);
    auto *buttons = new QHBoxLayout;
    QPushButton *trust = makeButton(m_theme, tr("It is the same, trust it"), ButtonKind::Primary, {}, box);
    QPushButton *stop = makeButton(m_theme, tr("Stop"), ButtonKind::Default, {}, box);
    QPushButton *copy = makeIconButton(m_theme, u"files"_s, tr("Copy the fingerprint"), code);
    copy->setProperty("kind", u"flaticon"_s);
    codeRow->addWidget(copy, 0, Qt::AlignTop);
    for (QPushButton *button : {trust, stop}) {
        button->setAutoDefault(false);
        buttons->addWidget(button);
    }
    copy->setAutoDefault(false);
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
        const ssh::StepReport *done =
            at < report.steps.size() && report.steps.at(at).step == step ? &report.steps.at(at) : nullptr;
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
