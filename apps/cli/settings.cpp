#include "settings.h"

#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include "base/file.h"

namespace sightline::cli {
namespace {

constexpr std::size_t kMaxConfigBytes = std::size_t{1} << 20;

bool is_list(const VerbOption& option) { return option.spec.default_value.is_array(); }

std::vector<std::string> split(const std::string& text, char separator) {
  std::vector<std::string> parts;
  std::size_t start = 0;
  while (start <= text.size()) {
    const std::size_t end = std::min(text.find(separator, start), text.size());
    if (end > start) parts.push_back(text.substr(start, end - start));
    start = end + 1;
  }
  return parts;
}

// `given` checked and converted by the verb's table; `owner` says in messages where it was given.
Json checked(const Verb& verb, Json given, const std::string& owner) {
  for (const VerbOption& option : verb.options) {
    const std::string& name = option.spec.name;
    if (!given.contains(name) || !is_list(option)) continue;
    if (!given[name].is_array()) given[name] = Json::array({given[name]});
    if (option.spec.choices.empty()) continue;
    Json parts = Json::array();
    for (const Json& element : given[name]) {
      for (const std::string& part : split(element.get<std::string>(), ',')) {
        const OptionSpec one{name, "", option.spec.help, {}, {}, option.spec.choices};
        parts.push_back(complete_options({one}, {{name, part}}, owner).at(name));
      }
    }
    given[name] = std::move(parts);
  }
  const Json complete = complete_options(verb.table(), given, owner);
  Json values = Json::object();
  for (const auto& [name, value] : given.items()) values[name] = complete.at(name);
  return values;
}

Json from_environment(const Verb& verb, const VerbOption& option) {
  const std::string name = environment_of(option.spec.name);
  const char* text = std::getenv(name.c_str());
  if (text == nullptr || *text == '\0') return nullptr;
  Json given = text;
  if (is_list(option)) given = split(text, ';');
  if (given == "1" && option.spec.default_value.is_boolean()) given = true;
  if (given == "0" && option.spec.default_value.is_boolean()) given = false;
  return checked(verb, {{option.spec.name, given}}, verb.name + ", environment " + name)
      .at(option.spec.name);
}

std::string scalar_of(const YAML::Node& node, const std::string& file, const std::string& key) {
  if (node.IsScalar()) return node.Scalar();
  fail(ErrorKind::kBadFile, "{}: '{}' should be a value or a list of values", file, key);
}

Json from_yaml(const YAML::Node& node, const std::string& file, const std::string& key) {
  if (node.IsMap()) {  // set: {alpha: 1.0} ≡ set: [alpha=1.0]
    Json list = Json::array();
    for (const auto& entry : node) {
      list.push_back(scalar_of(entry.first, file, key) + "=" + scalar_of(entry.second, file, key));
    }
    return list;
  }
  if (!node.IsSequence()) return scalar_of(node, file, key);
  Json list = Json::array();
  for (const YAML::Node& element : node) list.push_back(scalar_of(element, file, key));
  return list;
}

// The keys of a config file, checked by the verb's table.
Json from_config(const Verb& verb, const std::string& file) {
  const std::string text = read_file(file, kMaxConfigBytes);
  Json given = Json::object();
  try {
    const YAML::Node root = YAML::Load(text);
    if (root.IsNull()) return given;
    if (!root.IsMap()) fail(ErrorKind::kBadFile, "{}: wanted 'key: value' lines", file);
    for (const auto& entry : root) {
      std::string key = scalar_of(entry.first, file, "a key");
      std::replace(key.begin(), key.end(), '-', '_');
      if (entry.second.IsNull()) continue;
      given[key] = from_yaml(entry.second, file, key);
    }
  } catch (const YAML::Exception& error) {
    fail(ErrorKind::kBadFile, "{}, line {}: {}", file, error.mark.line + 1, error.msg);
  }
  return checked(verb, std::move(given), verb.name + ", config " + file);
}

std::string yaml_value(const Json& value) {
  YAML::Emitter out;
  out << YAML::Flow;
  if (value.is_array()) {
    out << YAML::BeginSeq;
    for (const Json& element : value) out << element.get<std::string>();
    out << YAML::EndSeq;
  } else if (value.is_string()) {
    out << value.get<std::string>();
  } else {
    return dump_json(value);
  }
  return out.c_str();
}

}  // namespace

Settings resolve(const Verb& verb, const Flags& flags) {
  const Json by_flag = checked(verb, flags.given, verb.name);
  Settings settings;
  for (const VerbOption& option : verb.options) {
    const std::string& name = option.spec.name;
    Setting setting{option.spec.default_value, "default"};
    if (by_flag.contains(name)) {
      setting = {by_flag.at(name), "flag"};
    } else if (Json value = from_environment(verb, option); !value.is_null()) {
      setting = {std::move(value), environment_of(name)};
    }
    settings.emplace(name, std::move(setting));
  }
  const auto config = settings.find("config");
  if (config == settings.end() || !config->second.value.is_string()) return settings;
  const auto file = config->second.value.get<std::string>();
  const Json by_config = from_config(verb, file);
  for (const auto& [name, value] : by_config.items()) {
    Setting& setting = settings.at(name);
    if (setting.origin == "default") setting = {value, "config " + file};
  }
  return settings;
}

Json options_of(const Verb& verb, const Settings& settings) {
  Json options = Json::object();
  for (const VerbOption& option : verb.options) {
    const std::string& name = option.spec.name;
    const Json& value = settings.at(name).value;
    if (option.required && value.is_null()) {
      fail_with_hint(ErrorKind::kUsage, "see 'sightline " + verb.name + " --help'",
                     "{}: {} is needed: {}", verb.name,
                     option.positional ? option.value_name : flag_of(name), option.spec.help);
    }
    options[name] = value;
  }
  return options;
}

std::string settings_text(const Verb& verb, const Settings& settings, bool json) {
  if (json) {
    Json out = Json::object();
    for (const auto& [name, setting] : settings) {
      out[name] = {{"value", setting.value}, {"origin", setting.origin}};
    }
    return dump_json(out, 2) + "\n";
  }
  std::string out;
  for (const VerbOption& option : verb.options) {
    const Setting& setting = settings.at(option.spec.name);
    out += option.spec.name + ": " + yaml_value(setting.value) + "  # " + setting.origin + "\n";
  }
  return out;
}

}  // namespace sightline::cli
