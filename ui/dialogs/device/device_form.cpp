// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/device/device_form.h"

#include "core/base/redaction.h"
#include "ui/text/error_text.h"
#include "ui/widgets/shapes.h"

#include <QtGui/QPainter>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QFileDialog>
#include <QtWidgets/QGridLayout>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QSpinBox>
#include <QtWidgets/QVBoxLayout>

namespace infra::ui {

using namespace Qt::Literals::StringLiterals;

namespace {

void addFormLabel(const Theme &theme, QGridLayout *grid, int row, int column, int span, const QString &text,
                  QWidget *field)
{
    QLabel *label = makeLabel(theme, text, TextStyle::Small, "text.secondary");
    label->setBuddy(field);
    field->setAccessibleName(text);
    grid->addWidget(label, row, column, 1, span);
    grid->addWidget(field, row + 1, column, 1, span);
}

/// The bar of an environment's colour that stands before its word everywhere.
QIcon environmentIcon(const Theme &theme, Environment environment)
{
    const int side = theme.px(14);
    QPixmap pixmap(side, side);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.fillRect(QRect(theme.px(5), 0, theme.px(3), side), theme.environment(environment).solid);
    return QIcon(pixmap);
}

} // namespace

DeviceForm::DeviceForm(const PageContext &context, QWidget *parent)
    : QWidget(parent)
    , m_context(context)
{
    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setHorizontalSpacing(12);
    grid->setVerticalSpacing(4);
    for (int column = 0; column < 6; ++column)
        grid->setColumnStretch(column, 1);
    int row = 0;
    buildNames(grid, row);
    buildSignIn(grid, row);
    buildRest(grid, row);
    m_problem = makeLabel(context.theme, {}, TextStyle::Small, "state.critical.fg", this);
    m_problem->setWordWrap(true);
    m_problem->hide();
    grid->addWidget(m_problem, row, 0, 1, 6);
    grid->setRowStretch(row + 1, 1);
    showSignIn();
}

QLineEdit *DeviceForm::addLine(QGridLayout *grid, int row, int column, int span, const QString &label)
{
    auto *line = new QLineEdit(this);
    addFormLabel(m_context.theme, grid, row, column, span, label, line);
    connect(line, &QLineEdit::textEdited, this, &DeviceForm::changed);
    return line;
}

void DeviceForm::buildNames(QGridLayout *grid, int &row)
{
    const auto gap = [grid](int at) { grid->setRowMinimumHeight(at, 8); };
    m_name = addLine(grid, row, 0, 3, tr("Name"));
    m_environment = new QComboBox(this);
    for (const Environment environment :
         {Environment::None, Environment::Production, Environment::Staging, Environment::Lab})
        m_environment->addItem(environmentIcon(m_context.theme, environment),
                               environment == Environment::None ? tr("None") : environmentWord(environment),
                               static_cast<int>(environment));
    addFormLabel(m_context.theme, grid, row, 3, 3, tr("Environment"), m_environment);
    gap(row + 2);
    row += 3;
    m_address = addLine(grid, row, 0, 4, tr("Address"));
    m_port = new QSpinBox(this);
    m_port->setRange(1, 65535);
    m_port->setValue(22);
    m_port->setButtonSymbols(QAbstractSpinBox::NoButtons);
    addFormLabel(m_context.theme, grid, row, 4, 2, tr("Port"), m_port);
    gap(row + 2);
    row += 3;
    m_user = addLine(grid, row, 0, 2, tr("User"));
    m_route = new QComboBox(this);
    m_route->addItem(tr("Direct"), QString());
    for (const engine::DeviceRow &other : m_context.client.devices()) {
        if (!other.device.isLocal())
            m_route->addItem(tr("Through %1").arg(displayText(other.device.name, 64)), other.device.id.toString());
    }
    addFormLabel(m_context.theme, grid, row, 2, 4, tr("Route"), m_route);
    gap(row + 2);
    row += 3;
    connect(m_environment, &QComboBox::currentIndexChanged, this, &DeviceForm::changed);
    connect(m_port, &QSpinBox::valueChanged, this, &DeviceForm::changed);
    connect(m_route, &QComboBox::currentIndexChanged, this, &DeviceForm::changed);
}

void DeviceForm::buildSignIn(QGridLayout *grid, int &row)
{
    const Theme &theme = m_context.theme;
    m_signIn = new SegmentedControl(theme, tr("Sign in with"), this);
    m_signIn->addSegment(u"agent"_s, tr("Agent"));
    m_signIn->addSegment(u"key"_s, tr("Key file"));
    m_signIn->addSegment(u"password"_s, tr("Password"));
    m_signIn->addSegment(u"interactive"_s, tr("Questions"));
    m_signIn->setCurrent(u"agent"_s);
    addFormLabel(theme, grid, row, 0, 6, tr("Sign in with"), m_signIn);
    m_signInHint = makeLabel(theme, {}, TextStyle::Small, "text.secondary", this);
    m_signInHint->setWordWrap(true);
    grid->addWidget(m_signInHint, row + 2, 0, 1, 6);

    m_keyBox = new QWidget(this);
    auto *keyGrid = new QGridLayout(m_keyBox);
    keyGrid->setContentsMargins(0, 0, 0, 0);
    keyGrid->setVerticalSpacing(4);
    m_keyFile = addLine(keyGrid, 0, 0, 1, tr("Private key"));
    QPushButton *choose = makeButton(theme, tr("Choose…"), ButtonKind::Default, {}, m_keyBox);
    choose->setAutoDefault(false);
    keyGrid->addWidget(choose, 1, 1);
    m_passphrase = addLine(keyGrid, 2, 0, 2, tr("Its passphrase, when it has one"));
    m_passphrase->setEchoMode(QLineEdit::Password);
    grid->addWidget(m_keyBox, row + 3, 0, 1, 6);

    m_passwordBox = new QWidget(this);
    auto *passwordGrid = new QGridLayout(m_passwordBox);
    passwordGrid->setContentsMargins(0, 0, 0, 0);
    passwordGrid->setVerticalSpacing(4);
    m_password = addLine(passwordGrid, 0, 0, 1, tr("Password"));
    m_password->setEchoMode(QLineEdit::Password);
    grid->addWidget(m_passwordBox, row + 4, 0, 1, 6);
    grid->setRowMinimumHeight(row + 5, 8);
    row += 6;

    connect(m_signIn, &SegmentedControl::currentChanged, this, [this] {
        showSignIn();
        emit changed();
    });
    connect(choose, &QPushButton::clicked, this, [this] {
        auto *dialog = new QFileDialog(this, tr("Choose a private key"), QString());
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setFileMode(QFileDialog::ExistingFile);
        connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) {
            m_keyFile->setText(path);
            emit changed();
        });
        dialog->open();
    });
}

void DeviceForm::buildRest(QGridLayout *grid, int &row)
{
    m_sudo = new QComboBox(this);
    m_sudo->addItem(tr("Not used"), static_cast<int>(SudoMode::None));
    m_sudo->addItem(tr("Without password"), static_cast<int>(SudoMode::NoPassword));
    m_sudo->addItem(tr("With a password"), static_cast<int>(SudoMode::Password));
    addFormLabel(m_context.theme, grid, row, 0, 3, tr("sudo"), m_sudo);
    m_type = new QComboBox(this);
    m_type->addItem(tr("Find out"), static_cast<int>(DeviceType::Unknown));
    for (const DeviceType type : {DeviceType::Ubuntu, DeviceType::Unraid, DeviceType::Proxmox, DeviceType::Wsl2,
                                  DeviceType::Windows, DeviceType::ZfsNas})
        m_type->addItem(typeWord(type), static_cast<int>(type));
    addFormLabel(m_context.theme, grid, row, 3, 3, tr("Kind"), m_type);
    m_sudoBox = new QWidget(this);
    auto *sudoGrid = new QGridLayout(m_sudoBox);
    sudoGrid->setContentsMargins(0, 4, 0, 0);
    sudoGrid->setVerticalSpacing(4);
    m_sudoPassword = addLine(sudoGrid, 0, 0, 1, tr("sudo password, kept apart and tried once"));
    m_sudoPassword->setEchoMode(QLineEdit::Password);
    grid->addWidget(m_sudoBox, row + 2, 0, 1, 6);
    grid->setRowMinimumHeight(row + 3, 8);
    row += 4;
    m_tags = addLine(grid, row, 0, 4, tr("Tags, separated by commas"));
    m_interval = new QSpinBox(this);
    m_interval->setRange(10, 86400);
    m_interval->setValue(60);
    m_interval->setSuffix(tr(" s"));
    m_interval->setButtonSymbols(QAbstractSpinBox::NoButtons);
    addFormLabel(m_context.theme, grid, row, 4, 2, tr("Read every"), m_interval);
    grid->setRowMinimumHeight(row + 2, 8);
    row += 3;
    m_group = addLine(grid, row, 0, 2, tr("Group"));
    m_notes = addLine(grid, row, 2, 4, tr("Notes"));
    row += 3;
    connect(m_sudo, &QComboBox::currentIndexChanged, this, [this] {
        showSignIn();
        emit changed();
    });
}

void DeviceForm::showSignIn()
{
    const QString way = m_signIn->current();
    m_keyBox->setVisible(way == "key"_L1);
    m_passwordBox->setVisible(way == "password"_L1);
    m_sudoBox->setVisible(m_sudo != nullptr && m_sudo->currentData().toInt() == static_cast<int>(SudoMode::Password));
    if (way == "agent"_L1)
        m_signInHint->setText(tr("Keys of the SSH agent that runs on this computer."));
    else if (way == "interactive"_L1)
        m_signInHint->setText(
            tr("The machine asks, for a code perhaps; you are asked only when you come, never in between."));
    else
        m_signInHint->setText(tr("Kept in the keyring, never in a file or a log."));
}

void DeviceForm::setDevice(const Device &device)
{
    m_base = device;
    m_name->setText(device.name);
    m_address->setText(device.address);
    m_port->setValue(device.port);
    m_user->setText(device.user);
    m_keyFile->setText(device.keyFile);
    m_tags->setText(device.tags.join(u", "_s));
    m_group->setText(device.group);
    m_notes->setText(device.notes);
    m_interval->setValue(device.intervalS);
    m_environment->setCurrentIndex(m_environment->findData(static_cast<int>(device.environment)));
    m_route->setCurrentIndex(std::max(0, m_route->findData(device.jump ? device.jump->toString() : QString())));
    m_sudo->setCurrentIndex(m_sudo->findData(static_cast<int>(device.sudo)));
    m_type->setCurrentIndex(
        device.typeSource == TypeSource::Set ? std::max(0, m_type->findData(static_cast<int>(device.type))) : 0);
    const AuthMethod first = device.auth.isEmpty()                       ? AuthMethod::Agent
                             : device.auth.contains(AuthMethod::KeyFile) ? AuthMethod::KeyFile
                                                                         : device.auth.first();
    m_signIn->setCurrent(first == AuthMethod::KeyFile               ? u"key"_s
                         : first == AuthMethod::Password            ? u"password"_s
                         : first == AuthMethod::KeyboardInteractive ? u"interactive"_s
                                                                    : u"agent"_s);
    showSignIn();
}

Device DeviceForm::device() const
{
    Device device = m_base;
    device.name = m_name->text().trimmed();
    device.address = m_address->text().trimmed();
    device.port = static_cast<quint16>(m_port->value());
    device.user = m_user->text().trimmed();
    device.group = m_group->text().trimmed();
    device.notes = m_notes->text();
    device.intervalS = m_interval->value();
    device.environment = static_cast<Environment>(m_environment->currentData().toInt());
    const QString jump = m_route->currentData().toString();
    device.jump = jump.isEmpty() ? std::nullopt : std::optional(DeviceId(jump));
    device.sudo = static_cast<SudoMode>(m_sudo->currentData().toInt());
    const auto type = static_cast<DeviceType>(m_type->currentData().toInt());
    device.typeSource = type == DeviceType::Unknown ? TypeSource::Detected : TypeSource::Set;
    if (type != DeviceType::Unknown)
        device.type = type;
    device.tags.clear();
    for (const QString &tag : m_tags->text().split(u',', Qt::SkipEmptyParts)) {
        if (!tag.trimmed().isEmpty())
            device.tags.append(tag.trimmed());
    }
    const QString way = m_signIn->current();
    if (way == "key"_L1) {
        device.auth = {AuthMethod::KeyFile};
        device.keyFile = m_keyFile->text().trimmed();
        if (!m_passphrase->text().isEmpty())
            device.keyHasPassphrase = true;
    } else {
        device.auth = {way == "password"_L1      ? AuthMethod::Password
                       : way == "interactive"_L1 ? AuthMethod::KeyboardInteractive
                                                 : AuthMethod::Agent};
    }
    return device;
}

SecretBytes DeviceForm::take(QLineEdit *field)
{
    QByteArray bytes = field->text().toUtf8();
    SecretBytes secret(bytes);
    wipe(bytes);
    field->clear();
    return secret;
}

engine::DeviceSecrets DeviceForm::takeSecrets()
{
    engine::DeviceSecrets secrets;
    const QString way = m_signIn->current();
    if (way == "key"_L1 && !m_passphrase->text().isEmpty())
        secrets.keyPassphrase = take(m_passphrase);
    if (way == "password"_L1 && !m_password->text().isEmpty())
        secrets.loginPassword = take(m_password);
    if (m_sudo->currentData().toInt() == static_cast<int>(SudoMode::Password) && !m_sudoPassword->text().isEmpty())
        secrets.sudoPassword = take(m_sudoPassword);
    return secrets;
}

void DeviceForm::showProblem(const Error &error)
{
    const ErrorWords words = errorWords(error);
    m_problem->setText(error.rule.isEmpty() ? QString(words.what + u' ' + words.remedy)
                                            : tr("%1: %2").arg(error.field, error.rule));
    m_problem->setVisible(!m_problem->text().isEmpty());
    const QHash<QString, QWidget *> fields{{u"name"_s, m_name},  {u"address"_s, m_address},  {u"host"_s, m_address},
                                           {u"user"_s, m_user},  {u"key_file"_s, m_keyFile}, {u"tags"_s, m_tags},
                                           {u"group"_s, m_group}};
    if (QWidget *field = fields.value(error.field))
        field->setFocus();
}

void DeviceForm::focusFirst()
{
    m_name->setFocus();
}

} // namespace infra::ui
