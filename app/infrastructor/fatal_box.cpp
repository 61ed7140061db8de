// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/infrastructor/fatal_box.h"

#include "ui/text/error_text.h"

#include <QtCore/QCoreApplication>
#include <QtWidgets/QMessageBox>

namespace infra::app {

void showFatalBox(const Error &error)
{
    const ui::ErrorWords words = ui::errorWords(error);
    const QString title = QCoreApplication::translate("infra::app::WindowApplication", "Infrastructor cannot start");
    auto *box = new QMessageBox(QMessageBox::Critical, title, words.what, QMessageBox::Close);
    box->setTextFormat(Qt::PlainText);
    box->setInformativeText(QString(error.message + u'\n' + words.remedy));
    box->setAttribute(Qt::WA_DeleteOnClose);
    QObject::connect(box, &QDialog::finished, box, [] { QCoreApplication::exit(1); });
    box->open();
}

} // namespace infra::app
