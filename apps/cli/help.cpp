#include "help.h"

#include <algorithm>

namespace sightline::cli {
namespace {

constexpr std::size_t kColumn = 30;

std::string padded(std::string text, std::size_t width) {
  if (text.size() + 2 > width) return text + "\n" + std::string(width, ' ');
  text.resize(width, ' ');
  return text;
}

std::string default_text(const OptionSpec& spec) {
  const Json& value = spec.default_value;
  if (value.is_null() || value == false || value == Json::array()) return "";
  std::string text;
  if (value == true) {
    text = "on";
  } else if (value.is_array()) {
    for (const Json& element : value) {
      if (!text.empty()) text += ",";
      text += element.get<std::string>();
    }
  } else {
    text = value.is_string() ? value.get<std::string>() : dump_json(value);
  }
  return format(" [{}]", text);
}

std::string option_line(const VerbOption& option) {
  const OptionSpec& spec = option.spec;
  std::string name = option.letter != 0 ? std::string("  -") + option.letter + ", " : "      ";
  if (spec.default_value == true)
    name += "--[no-]" + flag_of(spec.name).substr(2);
  else
    name += flag_of(spec.name);
  if (!option.value_name.empty()) name += " " + option.value_name;
  std::string line = padded(name, kColumn) + spec.help;
  if (!spec.choices.empty()) {
    std::string list;
    for (const std::string& choice : spec.choices) list += (list.empty() ? "" : ", ") + choice;
    line += ": " + list;
  }
  return line + default_text(spec) + "\n";
}

std::string usage_line(const Verb& verb) {
  std::string usage = "sightline " + verb.name;
  for (const VerbOption& option : verb.options) {
    if (!option.positional && !option.required) continue;
    std::string text =
        option.positional ? option.value_name : flag_of(option.spec.name) + " " + option.value_name;
    if (option.spec.default_value.is_array()) text += "…";
    usage += option.required ? " " + text : " [" + text + "]";
  }
  return usage + " [options]";
}

}  // namespace

std::string program_help() {
  std::string out =
      "sightline: how safely a vision-language model behaves, why, and how to repair it\n\n"
      "usage: sightline VERB [options]\n\n";
  for (const Verb& verb : verbs()) out += "  " + padded(verb.name, 12) + verb.summary + "\n";
  out +=
      "\n  sightline VERB --help       options and examples of a verb\n"
      "  sightline --version\n\n"
      "exit codes: 0 done, 1 the verdict is no, 2 usage, 3 not found, 4 bad file, 5 unsupported,\n"
      "            6 remote, 70 internal, 130 interrupted\n";
  return out;
}

std::string verb_help(const Verb& verb) {
  std::string out = "sightline " + verb.name + ": " + verb.summary +
                    "\n\nusage: " + usage_line(verb) + "\n\noptions:\n";
  for (const VerbOption& option : verb.options) out += option_line(option);
  out += padded("      --print-config", kColumn) + "show every value and where it comes from\n";
  out += padded("  -h, --help", kColumn) + "show this help\n";
  out += "\nEvery option is also a variable (" + environment_of(verb.options.front().spec.name) +
         ") and a key of the --config file.\n\nexamples:\n";
  for (const Example& example : verb.examples) {
    out += "  " + example.command + "\n      " + example.comment + "\n";
  }
  return out;
}

}  // namespace sightline::cli
