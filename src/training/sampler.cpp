#include "training/sampler.h"

#include <algorithm>
#include <numeric>

#include "base/near.h"
#include "base/random.h"
#include "sightline/error.h"

namespace sightline {
namespace {

using Indices = std::vector<std::int64_t>;

std::vector<Indices> blocks_of(const Indices& list, std::int64_t size) {
  std::vector<Indices> out;
  const auto count = static_cast<std::int64_t>(list.size());
  for (std::int64_t at = 0; at < count; at += size) {
    out.emplace_back(list.begin() + at, list.begin() + std::min(count, at + size));
  }
  return out;
}

// One block, longest first → its micro-batches with totals as even as a greedy choice makes them.
Indices balanced(const Indices& block, const std::vector<std::int64_t>& lengths,
                 std::int64_t chunks) {
  const auto size = static_cast<std::int64_t>(block.size());
  std::vector<Indices> parts(static_cast<std::size_t>(chunks));
  if (size % chunks != 0) {
    for (std::int64_t i = 0; i < size; ++i) {
      parts[static_cast<std::size_t>(i % chunks)].push_back(block[static_cast<std::size_t>(i)]);
    }
  } else {
    std::vector<double> totals(parts.size(), 0);
    for (const std::int64_t index : block) {
      const auto least =
          static_cast<std::size_t>(std::ranges::min_element(totals) - totals.begin());
      parts[least].push_back(index);
      totals[least] += static_cast<double>(lengths[static_cast<std::size_t>(index)]);
      if (static_cast<std::int64_t>(parts[least].size()) == size / chunks) totals[least] = 1e300;
    }
  }
  Indices out;
  for (const Indices& part : parts) out.insert(out.end(), part.begin(), part.end());
  return out;
}

// Records of one modality: random blocks, each sorted and balanced.
Indices length_grouped(Indices list, const std::vector<std::int64_t>& lengths,
                       const SamplerShape& shape, Random& random) {
  shuffle(list, random);
  Indices out;
  for (Indices& block : blocks_of(list, shape.update_size())) {
    std::ranges::stable_sort(block, std::greater(),
                             [&](std::int64_t i) { return lengths[static_cast<std::size_t>(i)]; });
    const Indices done = balanced(block, lengths, shape.micro_batches);
    out.insert(out.end(), done.begin(), done.end());
  }
  return out;
}

Indices modality_length(const std::vector<std::int64_t>& lengths, const SamplerShape& shape,
                        Random& random) {
  std::vector<std::int64_t> sizes;
  Indices pictures, texts;
  for (std::size_t i = 0; i < lengths.size(); ++i) {
    if (lengths[i] == 0) fail(ErrorKind::kUsage, "record {} has no words", i);
    (lengths[i] > 0 ? pictures : texts).push_back(static_cast<std::int64_t>(i));
    sizes.push_back(std::abs(lengths[i]));
  }
  if (pictures.empty() || texts.empty()) {
    return length_grouped(pictures.empty() ? texts : pictures, sizes, shape, random);
  }
  std::vector<Indices> blocks;
  Indices left;
  for (Indices* modality : {&pictures, &texts}) {
    auto own =
        blocks_of(length_grouped(std::move(*modality), sizes, shape, random), shape.update_size());
    left.insert(left.end(), own.back().begin(), own.back().end());
    own.pop_back();
    blocks.insert(blocks.end(), own.begin(), own.end());
  }
  Indices order(blocks.size());
  std::iota(order.begin(), order.end(), 0);
  shuffle(order, random);
  Indices out;
  for (const std::int64_t block : order) {
    const Indices& one = blocks[static_cast<std::size_t>(block)];
    out.insert(out.end(), one.begin(), one.end());
  }
  std::ranges::sort(left);
  out.insert(out.end(), left.begin(), left.end());
  return out;
}

}  // namespace

std::vector<std::int64_t> epoch_order(const std::string& sampler,
                                      const std::vector<std::int64_t>& lengths,
                                      const SamplerShape& shape, std::uint64_t seed,
                                      std::int64_t epoch) {
  Random random(derive_seed(seed, "epoch " + std::to_string(epoch)));
  if (sampler == "modality_length") return modality_length(lengths, shape, random);
  Indices order(lengths.size());
  std::iota(order.begin(), order.end(), 0);
  if (sampler == "shuffle") {
    shuffle(order, random);
  } else if (sampler != "sequential") {
    const std::vector<std::string> known{"modality_length", "sequential", "shuffle"};
    fail_with_hint(ErrorKind::kUsage, near_names_hint(sampler, known), "no sampler '{}'", sampler);
  }
  return order;
}

}  // namespace sightline
