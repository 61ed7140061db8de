// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtCore/QStringView>

namespace infra {

/// Whether what stands behind this name (variable, key, flag without dashes) is a secret: "DB_PASSWORD", "apiKey",
/// "client-secret". Names of things about a secret ("password_file", "PasswordAuthentication") are not. Any thread.
bool isSecretName(QStringView name);

/// Whether this word is a credential by its form alone: tokens with a known beginning, JWT, hashes of passwords.
bool isSecretWord(QStringView word);

} // namespace infra
