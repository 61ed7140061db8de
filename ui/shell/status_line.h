// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/fleet_model.h"
#include "ui/theme/theme.h"

#include <QtWidgets/QFrame>

class QHBoxLayout;
class QLabel;

namespace infra::ui {

/// The line of 26 px under everything: sessions and the next cycle at the left, where secrets are, the store and the
/// clock at the right.
class StatusLine : public QFrame
{
    Q_OBJECT
public:
    explicit StatusLine(const Theme &theme, QWidget *parent = nullptr);
    void setStatus(const engine::FleetStatus &status, Instant now);
    void setShort(bool brief); ///< figures without their words, for a narrow window

private:
    QLabel *addItem(const QString &iconName, bool right);

    const Theme &m_theme;
    QHBoxLayout *m_row = nullptr;
    QLabel *m_sessions = nullptr;
    QLabel *m_cycle = nullptr;
    QLabel *m_secrets = nullptr;
    QLabel *m_store = nullptr;
    QLabel *m_clock = nullptr;
    bool m_short = false;
};

} // namespace infra::ui
