// Answers of other data sets that reason in tags of their own and then judge, in ours:
//
//   <SUMMARY>A kitchen.</SUMMARY> <REASONING>It burns.</REASONING> <CONCLUSION>No</CONCLUSION>
//   → <image_reading>A kitchen.</image_reading><joint>It burns.</joint><verdict>No</verdict>
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace sightline {

// Their tag and the step of ours that it is; a tag that no entry names is plain text between steps,
// which is left out.
using TagMap = std::vector<std::pair<std::string, std::string>>;

// "SUMMARY=image_reading,CONCLUSION=verdict". Throws Error{kUsage}: no pairs, a step that is none
// of image_reading, text_reading, joint and verdict, nothing for the verdict.
TagMap parse_tag_map(const std::string& text);

struct Steps {
  std::string image_reading, text_reading, joint;  // empty: the answer has no such step
  std::string verdict;

  // Yes → true, No → false, by the first word; absent: the verdict is something else.
  std::optional<bool> safe() const;

  // The answer that is learnt; `verdict_first` puts "Yes. " or "No. " before it.
  std::string answer(bool verdict_first) const;
};

// Steps of an answer, those of several tags joined by a space. Throws RecordError: `nested_tag` (a
// tag opens within another), `open_tag` (it is not closed, or closed without being open),
// `tag_order` (a step of ours comes after a later one), `no_verdict`.
Steps read_steps(std::string_view answer, const TagMap& map);

}  // namespace sightline
