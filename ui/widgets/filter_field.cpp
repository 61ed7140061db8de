// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/icons.h"
#include "ui/widgets/controls.h"

#include <QtGui/QAction>
#include <QtGui/QKeyEvent>
#include <QtWidgets/QLabel>
#include <QtWidgets/QStyle>

namespace infra::ui {

using namespace Qt::Literals::StringLiterals;

FilterField::FilterField(const Theme &theme, const QString &placeholder, QWidget *parent)
    : QLineEdit(parent)
    , m_theme(theme)
{
    setProperty("glyph", u"true"_s);
    setPlaceholderText(placeholder);
    setAccessibleName(tr("Filter: %1").arg(placeholder));
    setToolTip(placeholder); // a narrow field has no room for all of it
    m_funnel = addAction(iconIn(theme, u"funnel"_s, "text.secondary"), QLineEdit::LeadingPosition);
    m_sign = addAction(QIcon(), QLineEdit::TrailingPosition);
    m_sign->setVisible(false);
    connect(this, &QLineEdit::textChanged, this, &FilterField::refresh);
    connect(&theme, &Theme::changed, this, &FilterField::refresh);
}

void FilterField::setProblem(const QString &problem)
{
    m_problem = problem;
    setAccessibleDescription(problem);
    refresh();
}

void FilterField::refresh()
{
    const bool bad = !m_problem.isEmpty();
    const bool ok = !bad && !text().isEmpty();
    m_funnel->setIcon(iconIn(m_theme, u"funnel"_s, "text.secondary"));
    m_sign->setIcon(bad ? iconIn(m_theme, u"exclamation-circle"_s, "state.critical.fg")
                        : iconIn(m_theme, u"check-lg"_s, "state.ok.fg"));
    m_sign->setVisible(bad || ok);
    m_sign->setToolTip(m_problem);
    const QString validity = bad ? u"bad"_s : ok ? u"ok"_s : QString();
    if (property("validity").toString() != validity) {
        setProperty("validity", validity);
        style()->unpolish(this);
        style()->polish(this);
    }
    if (bad && m_sentence == nullptr) {
        m_sentence = makeLabel(m_theme, {}, TextStyle::Small, "state.critical.fg", window());
        m_sentence->setProperty("surface", u"raised"_s);
        m_sentence->setContentsMargins(m_theme.px(8), m_theme.px(5), m_theme.px(8), m_theme.px(5));
        m_sentence->setWordWrap(true);
        m_sentence->setAttribute(Qt::WA_TransparentForMouseEvents);
    }
    if (m_sentence != nullptr) {
        m_sentence->setText(m_problem);
        m_sentence->setVisible(bad && isVisible());
        placeSentence();
    }
}

void FilterField::placeSentence()
{
    if (m_sentence == nullptr || m_problem.isEmpty())
        return;
    const int width = std::max(this->width(), m_theme.px(240));
    m_sentence->resize(width, m_sentence->heightForWidth(width));
    m_sentence->move(mapTo(window(), QPoint(0, height() + m_theme.px(4))));
    m_sentence->raise();
}

void FilterField::moveEvent(QMoveEvent *event)
{
    QLineEdit::moveEvent(event);
    placeSentence();
}

void FilterField::resizeEvent(QResizeEvent *event)
{
    QLineEdit::resizeEvent(event);
    placeSentence();
}

void FilterField::hideEvent(QHideEvent *event)
{
    QLineEdit::hideEvent(event);
    if (m_sentence != nullptr)
        m_sentence->hide();
}

void FilterField::keyPressEvent(QKeyEvent *event)
{
    if (event->key() != Qt::Key_Escape) {
        QLineEdit::keyPressEvent(event);
        return;
    }
    if (!text().isEmpty())
        clear();
    else
        focusNextChild();
    event->accept();
}

} // namespace infra::ui
