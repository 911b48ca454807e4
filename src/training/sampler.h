// The order in which an epoch shows its records.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace sightline {

struct SamplerShape {
  std::int64_t micro_batch = 1;
  std::int64_t micro_batches = 1;  // of one update, over all ranks and accumulation steps

  std::int64_t update_size() const { return micro_batch * micro_batches; }
};

// A permutation of 0 … lengths.size()-1, a function of seed and epoch alone. `lengths`: words of
// each record, negative for those without a picture, never 0. Consecutive runs of `micro_batch`
// records are micro-batches.
//   sequential       as the file has them
//   shuffle          a random permutation
//   modality_length  LLaVA's trainer (get_modality_length_grouped_indices): updates of one modality
//                    and like lengths, their micro-batches balanced
// Throws Error{kUsage} for another name or a zero length.
std::vector<std::int64_t> epoch_order(const std::string& sampler,
                                      const std::vector<std::int64_t>& lengths,
                                      const SamplerShape& shape, std::uint64_t seed,
                                      std::int64_t epoch);

}  // namespace sightline
