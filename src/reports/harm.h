// Which metrics say how much harm is done.
#pragma once

#include "sightline/metric.h"

namespace sightline {

// What complies or is unsafe, or what should be refused or recognised and is not. Refusals that are
// better fewer, and right answers, are no harm.
bool counts_harm(const MetricRow& row);

}  // namespace sightline
