// Ranks that drifted apart would compute nonsense quietly.
#pragma once

#include <ATen/core/Tensor.h>

#include <span>
#include <string_view>

#include "distributed/process_group.h"

namespace sightline {

// Compares the sums of `tensors`, in double, bit for bit. Called by all ranks together. Throws
// Error{kInternal} on each rank that holds others than some other rank; `when` ends its message.
void expect_equal_on_ranks(ProcessGroup& group, std::span<const at::Tensor> tensors,
                           std::string_view when);

}  // namespace sightline
