// The command line as data: every verb with its options, from which come parsing, environment
// variables, config keys, help and documentation.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/options.h"

namespace sightline::cli {

// One option of one verb. Named `max_new_tokens` it is the flag --max-new-tokens, the environment
// variable SIGHTLINE_MAX_NEW_TOKENS, the config key max_new_tokens and the key of the options that
// the verb receives. The default's JSON type is the option's type: an array is a repeatable option
// of texts (comma-separated too when it has choices), a boolean is a switch with a --no- form.
struct VerbOption {
  OptionSpec spec;
  std::string value_name = {};  // "FILE"; in help
  char letter = 0;              // 'v' for -v
  bool positional = false;      // may be given without its flag, in table order
  bool required = false;
};

struct Example {
  std::string command;
  std::string comment;
};

struct Verb {
  std::string name;
  std::string summary;  // one line
  std::vector<VerbOption> options;
  std::vector<Example> examples;

  OptionTable table() const;  // the specs alone
};

// All verbs in the order in which they are shown.
const std::vector<Verb>& verbs();

// Throws Error{kUsage} with the near names.
const Verb& verb_named(std::string_view name);

std::string flag_of(const std::string& option);         // "max_new_tokens" → "--max-new-tokens"
std::string environment_of(const std::string& option);  // → "SIGHTLINE_MAX_NEW_TOKENS"

}  // namespace sightline::cli
