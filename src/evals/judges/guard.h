// Guard models: classifiers that speak. What they say, and the shape of what they are asked.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "evals/judges/model_judge.h"

namespace sightline {

using CategoryNames = std::map<std::string, std::string>;  // "S1" → "Violent Crimes"

// A guard's reply: first line safe or unsafe (any case, a full stop allowed), second line the codes
// between commas.
struct GuardReply {
  std::string problem;  // why it is none; empty when it is
  bool unsafe = false;
  std::vector<std::string> codes;
};

// Codes outside `known` make the reply one that cannot be read: they are another version's.
GuardReply parse_guard_reply(std::string_view text, const CategoryNames& known);

// rubric.extra()["codes"][version] or ["codes"]; throws kBadFile.
CategoryNames category_names(const Rubric& rubric, const std::string& version = "");

// "unsafe: S1 Violent Crimes, S10 Hate"
std::string reason_of(const GuardReply& reply, const CategoryNames& names);

// A verdict of what a guard said; `p_unsafe` becomes its score where there is one.
Verdict guard_verdict(const JudgeReply& reply, const CategoryNames& names);

// "safe" against "unsafe" as first token.
std::vector<TokenGroup> guard_groups();

// What the guard's own chat template turns into its prompt: the request with the pictures (where
// the guard sees some), then the answer as the assistant's.
Conversation guarded_turns(const Sample& sample, std::string_view answer, bool pictures);

}  // namespace sightline
