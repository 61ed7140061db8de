// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/tables/ui_state.h"

#include <QtCore/QFile>
#include <QtCore/QJsonDocument>
#include <QtCore/QSaveFile>
#include <QtCore/QTimerEvent>

namespace infra::ui {

using namespace Qt::Literals::StringLiterals;

namespace {
constexpr int kSaveAfterMs = 1000;
constexpr qint64 kLargestStateFile = 1 << 20;
} // namespace

UiState::UiState(QString path, QObject *parent)
    : QObject(parent)
    , m_path(std::move(path))
{
    QFile file(m_path);
    if (!m_path.isEmpty() && file.open(QIODevice::ReadOnly) && file.size() <= kLargestStateFile)
        m_values = QJsonDocument::fromJson(file.readAll()).object();
}

UiState::~UiState()
{
    // Nobody is left to be told of a failure here; the next start begins with the defaults then.
    static_cast<void>(save());
}

void UiState::set(const QString &name, const QJsonValue &value)
{
    if (m_values.value(name) == value)
        return;
    m_values.insert(name, value);
    m_dirty = true;
    m_timer.start(kSaveAfterMs, this);
}

Result<void> UiState::save()
{
    if (!m_dirty || m_path.isEmpty())
        return {};
    QSaveFile file(m_path);
    const QByteArray bytes = QJsonDocument(m_values).toJson(QJsonDocument::Indented);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size() || !file.commit())
        return fail(ErrorCode::FileUnwritable, u"%1: %2"_s.arg(m_path, file.errorString()));
    m_dirty = false;
    return {};
}

void UiState::timerEvent(QTimerEvent *event)
{
    if (event->timerId() != m_timer.timerId())
        return;
    m_timer.stop();
    if (const Result<void> saved = save(); !saved)
        emit saveFailed(saved.error());
}

} // namespace infra::ui
