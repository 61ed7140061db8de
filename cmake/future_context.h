// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Included in front of every source. Qt 6.4's QFuture::then(context, …) asserts, in debug builds alone, that the
// context still lives when the parent finishes; in release builds a context that is gone simply means that the
// continuation is not called, which is what its documentation promises and what we rely on (a dialog is closed while
// its question is open). The assertion is left out of that one header.
#ifdef __cplusplus
#include <QtCore/qglobal.h>
#pragma push_macro("Q_ASSERT")
#undef Q_ASSERT
#define Q_ASSERT(condition) static_cast<void>(false && (condition))
#include <QtCore/qfuture.h>
#pragma pop_macro("Q_ASSERT")
#endif
