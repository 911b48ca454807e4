// The label mask of LLaVA's trainer for its v1 template (llava/train/train.py, preprocess_v1).
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

namespace sightline {

// `count_tokens` tokenises a text alone, beginning-of-sequence token included. Returns one flag per
// token of `text` ([total]). Like the original it counts rounds by tokenising them apart; when the
// counts do not add up to `total`, nothing is a target.
std::vector<bool> llava_v1_targets(
    const std::string& text, std::size_t total,
    const std::function<std::size_t(const std::string&)>& count_tokens);

}  // namespace sightline
