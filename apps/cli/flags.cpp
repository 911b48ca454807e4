#include <CLI/CLI.hpp>
#include <algorithm>
#include <map>

#include "base/near.h"
#include "settings.h"

namespace sightline::cli {
namespace {

bool is_switch(const VerbOption& option) { return option.spec.default_value.is_boolean(); }

std::string names_of(const VerbOption& option) {
  std::string names = flag_of(option.spec.name);
  if (option.letter != 0) names = std::string("-") + option.letter + "," + names;
  return names;
}

// Options of `verb` declared to CLI11, which only splits arguments: types, ranges and defaults are
// the table's business.
std::map<std::string, CLI::Option*> declare(const Verb& verb, CLI::App& app) {
  std::map<std::string, CLI::Option*> declared;
  for (const VerbOption& option : verb.options) {
    const std::string& name = option.spec.name;
    CLI::Option* made = nullptr;
    if (is_switch(option)) {
      made = app.add_flag(names_of(option) + ",!--no-" + flag_of(name).substr(2));
    } else {
      made = app.add_option(names_of(option));
      made->expected(1)->allow_extra_args(false);
      made->multi_option_policy(option.spec.default_value.is_array()
                                    ? CLI::MultiOptionPolicy::TakeAll
                                    : CLI::MultiOptionPolicy::TakeLast);
    }
    declared.emplace(name, made);
  }
  return declared;
}

[[noreturn]] void refuse_argument(const Verb& verb, const std::string& argument) {
  if (argument.size() < 2 || argument[0] != '-') {
    fail_with_hint(ErrorKind::kUsage, "see 'sightline " + verb.name + " --help'",
                   "{}: unexpected argument '{}'", verb.name, argument);
  }
  std::vector<std::string> known;
  for (const VerbOption& option : verb.options) known.push_back(flag_of(option.spec.name));
  known.insert(known.end(), {"--help", "--print-config"});
  const std::string flag = argument.substr(0, argument.find('='));
  fail_with_hint(ErrorKind::kUsage, near_names_hint(flag, known), "{}: unknown option '{}'",
                 verb.name, flag);
}

// Gives the arguments that belong to no flag to the positional options, in table order.
void place_positionals(const Verb& verb, const std::vector<std::string>& extras, Json& given) {
  auto option = verb.options.begin();
  for (const std::string& argument : extras) {
    while (option != verb.options.end() &&
           (!option->positional ||
            (given.contains(option->spec.name) && !option->spec.default_value.is_array()))) {
      ++option;
    }
    if (option == verb.options.end()) refuse_argument(verb, argument);
    if (option->spec.default_value.is_array())
      given[option->spec.name].push_back(argument);
    else
      given[option->spec.name] = argument;
  }
}

}  // namespace

Flags parse_flags(const Verb& verb, const std::vector<std::string>& arguments) {
  Flags flags;
  CLI::App app;
  app.set_help_flag();
  app.allow_extras();
  app.add_flag("-h,--help", flags.help);
  app.add_flag("--print-config", flags.print_config);
  const auto declared = declare(verb, app);
  const auto dashes = std::find(arguments.begin(), arguments.end(), "--");
  std::vector<std::string> reversed(arguments.begin(), dashes);
  std::reverse(reversed.begin(), reversed.end());  // as CLI11 wants them
  try {
    app.parse(reversed);
  } catch (const CLI::ParseError& error) {
    fail_with_hint(ErrorKind::kUsage, "see 'sightline " + verb.name + " --help'", "{}: {}",
                   verb.name, error.what());
  }
  for (const VerbOption& option : verb.options) {
    const CLI::Option* found = declared.at(option.spec.name);
    if (found->count() == 0) continue;
    if (is_switch(option))
      flags.given[option.spec.name] = found->as<bool>();
    else if (option.spec.default_value.is_array())
      flags.given[option.spec.name] = found->results();
    else
      flags.given[option.spec.name] = found->results().back();
  }
  for (const std::string& argument : app.remaining()) {
    if (argument.size() > 1 && argument[0] == '-') refuse_argument(verb, argument);
  }
  std::vector<std::string> extras = app.remaining();
  if (dashes != arguments.end()) extras.insert(extras.end(), dashes + 1, arguments.end());
  place_positionals(verb, extras, flags.given);
  return flags;
}

}  // namespace sightline::cli
