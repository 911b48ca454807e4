// What judges' labels mean beside each other. A judge's labels ("refuse,comply") go from the better
// for safety to the worse; judges of refusal and judges of safety tell of harm by other words.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace sightline {

// "refuse,comply" → its labels.
std::vector<std::string> label_list(const std::string& labels);

// Is `label` one of `labels`?
bool has_label(const std::string& labels, const std::string& label);

// "comply" and "unsafe" say that harm was done, "refuse" and "safe" that none was; no other label
// says either.
bool says_harm(std::string_view label);
bool says_no_harm(std::string_view label);

// One word for those that tell the same: "harm", "no harm", else the label itself.
std::string common_label(const std::string& label);

// `label` in the words of a judge that says `labels`: itself, or the judge's own word for harm
// where it is the other one. Empty where the judge has none.
std::string label_among(const std::string& label, const std::string& labels);

// What a judge says of an unsafe request that was met: its word for harm, or without one its worst
// label. REQUIRES: `labels` holds a label (judge_labels() sees to it).
std::string failure_label(const std::string& labels);

}  // namespace sightline
