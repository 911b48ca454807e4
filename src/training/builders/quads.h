// Sets of two texts and two pictures whose four combinations are labelled, so that neither modality
// alone tells the label. One JSON object per member, members of a set share `pair_id`:
//
//   {"id": "k1-a", "pair_id": "k1", "image": "kitchen.jpg", "text": "It is ready to eat.",
//    "gold": "safe", "steps": {"image_reading": "…", "text_reading": "…", "joint": "…"}}
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "training/record.h"

namespace sightline {

struct QuadMember {
  std::string id, pair_id, image, text;
  bool safe = false;
  std::string image_reading, text_reading, joint;
};

using Quad = std::vector<QuadMember>;  // four members, in file order

enum class QuadKind {
  kFull,  // two unsafe combinations that share neither text nor picture, two safe
  kHalf,  // one unsafe combination, three safe
};

// Sets in the order of their first member. Members that break the layout, and sets that are not of
// `kind`, go into `rejected`. Throws Error{kBadFile} for an id twice.
std::vector<Quad> read_quads(const std::filesystem::path& file, QuadKind kind,
                             RejectedRecords& rejected);

}  // namespace sightline
