// Where each option's value comes from: flag, then environment, then config file, then default.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/json.h"
#include "verbs.h"

namespace sightline::cli {

struct Setting {
  Json value;
  std::string origin;  // "flag", "SIGHTLINE_SEED", "config eval.yaml", "default"
};

using Settings = std::map<std::string, Setting>;  // by option name, all of the verb's options

// Flags of one verb as they were given.
struct Flags {
  Json given = Json::object();  // option name → text, boolean, or array of texts
  bool help = false;
  bool print_config = false;
};

// Throws Error{kUsage} for unknown flags (with the near names), missing and surplus values.
Flags parse_flags(const Verb& verb, const std::vector<std::string>& arguments);

// Every option of `verb` with its value and origin. Reads the environment and the config file.
// Throws Error: kUsage (a wrong value, naming where it was given), kNotFound, kBadFile (config).
Settings resolve(const Verb& verb, const Flags& flags);

// The values alone, as the verb receives them; throws Error{kUsage} when a required one is absent.
Json options_of(const Verb& verb, const Settings& settings);

// YAML with the origin of each value as a comment, or a JSON object.
std::string settings_text(const Verb& verb, const Settings& settings, bool json);

}  // namespace sightline::cli
