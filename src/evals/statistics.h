// Intervals, tests and agreement, by concern in statistics/. Pure functions in doubles; what draws
// at random takes a seed and depends on nothing else.
#pragma once

#include "evals/statistics/agreement.h"      // IWYU pragma: export
#include "evals/statistics/bootstrap.h"      // IWYU pragma: export
#include "evals/statistics/clusters.h"       // IWYU pragma: export
#include "evals/statistics/correction.h"     // IWYU pragma: export
#include "evals/statistics/distributions.h"  // IWYU pragma: export
#include "evals/statistics/intervals.h"      // IWYU pragma: export
#include "evals/statistics/multiplicity.h"   // IWYU pragma: export
#include "evals/statistics/paired.h"         // IWYU pragma: export
#include "evals/statistics/power.h"          // IWYU pragma: export
