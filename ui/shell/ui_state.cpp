// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/ui_state.h"

#include "core/base/logging.h"

#include <QtCore/QFile>
#include <QtCore/QJsonDocument>
#include <QtCore/QSaveFile>
#include <QtCore/QTimerEvent>

namespace infra::ui {

using namespace Qt::Literals::StringLiterals;

namespace {
constexpr int kGatherMs = 1000;
constexpr qint64 kLargestFile = 1024 * 1024;
} // namespace

UiState::UiState(QString path, QObject *parent)
    : QObject(parent)
    , m_path(std::move(path))
{
    QFile file(m_path);
    if (m_path.isEmpty() || file.size() > kLargestFile || !file.open(QIODevice::ReadOnly))
        return;
    m_values = QJsonDocument::fromJson(file.readAll()).object();
}

UiState::~UiState()
{
    save();
}

void UiState::set(const QString &key, const QJsonValue &value)
{
    if (m_values.value(key) == value)
        return;
    m_values.insert(key, value);
    m_changed = true;
    if (!m_timer.isActive())
        m_timer.start(kGatherMs, this);
}

void UiState::save()
{
    m_timer.stop();
    if (!m_changed || m_path.isEmpty())
        return;
    m_changed = false;
    QSaveFile file(m_path);
    if (!file.open(QIODevice::WriteOnly)) {
        log::warning("ui.state", u"The window's state could not be kept"_s, {{"reason", file.errorString()}});
        return;
    }
    file.write(QJsonDocument(m_values).toJson(QJsonDocument::Compact));
    if (!file.commit())
        log::warning("ui.state", u"The window's state could not be kept"_s, {{"reason", file.errorString()}});
}

void UiState::timerEvent(QTimerEvent *event)
{
    if (event->timerId() == m_timer.timerId())
        save();
}

} // namespace infra::ui
