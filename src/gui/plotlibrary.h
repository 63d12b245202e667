// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// QCustomPlot, whose header needs two keywords of Qt's that this program does without. For sources only.

#define signals Q_SIGNALS
#define foreach(variable, container) for (variable : container)
#include <qcustomplot.h>
#undef foreach
#undef signals
