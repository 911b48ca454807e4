// One option table per registered thing: from it come checked values, JSON, help and docs.
//
//   const OptionTable kTable = {{"alpha", 1.0, "strength of the edit", 0.0, 4.0},
//                               {.name = "steps",
//                                .default_value = "prefill_only",
//                                .help = "when to edit",
//                                .choices = {"prefill_only", "all_steps"}}};
//   const Json options = complete_options(kTable, given, "cmrm");
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"

namespace sightline {

struct OptionSpec {
  std::string name;    // snake_case
  Json default_value;  // its JSON type is the option's type; null: any text, absent by default
  std::string help;    // one line
  std::optional<double> minimum = {};
  std::optional<double> maximum = {};
  std::vector<std::string> choices = {};  // text options only; empty: free text
};

using OptionTable = std::vector<OptionSpec>;

// Every option of the table, given values checked and converted, others at their default.
// Text given for a number or boolean is converted ("1.0", "true"). Throws Error{kUsage} for an
// unknown option (with the near names), a wrong type, a value out of range or not a choice.
Json complete_options(const OptionTable& table, const Json& given, std::string_view owner);

// One element of "name(key=value,…)+name2": what the user wrote, before any table is applied.
struct NamedSpec {
  std::string name;
  Json options = Json::object();  // values are text; that of key "" is meant for the first option
};

// Parses "safety_prompt+cmrm(alpha=1.0,layers=20:22)". Values may be quoted with "…" to hold
// commas and brackets. "name(value)" gives the first option its value. Throws Error{kUsage} naming
// the column.
std::vector<NamedSpec> parse_specs(std::string_view text);

// Canonical text of a spec; parse_specs(to_text(x)) == x.
std::string spec_text(const NamedSpec& spec);

// "all", "3", "-1" (last), "4:8" (4..7), "*" and comma lists of them → sorted unique indices <
// count. Throws Error{kUsage} for anything else or out of range.
std::vector<int> parse_index_list(std::string_view text, int count, std::string_view what);

}  // namespace sightline
