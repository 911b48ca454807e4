// The shape alphabet. A comment beside a line that changes a shape says the new one in these
// letters.
//
//   B batch            M packed rows of all sequences     D width
//   T text positions   N images                           H query heads
//   P patches          F feed-forward width               G key/value heads
//   V vocabulary       L layers                           K head width
//   R adapter rank     C concepts                         S pixels a side
#pragma once

#include <ATen/core/Tensor.h>

namespace sightline {

using at::Tensor;

}  // namespace sightline
