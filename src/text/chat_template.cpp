#include "text/chat_template.h"

#include <chrono>

#include "base/sha256.h"
#include "text/jinja_eval.h"
#include "text/jinja_parser.h"
#include "text/unicode.h"

namespace sightline {

struct ChatTemplate::Parsed {
  std::string source;
  std::string origin;
  std::string hash;
  jinja::Block block;
};

namespace {

jinja::Value value_of(const OrderedJson& json, jinja::Runtime& runtime, int depth) {
  runtime.budget().check_nesting(depth);
  switch (json.type()) {
    case OrderedJson::value_t::boolean: return {json.get<bool>()};
    case OrderedJson::value_t::number_integer: return {json.get<std::int64_t>()};
    case OrderedJson::value_t::number_float: return {json.get<double>()};
    case OrderedJson::value_t::number_unsigned:
      if (json.get<std::uint64_t>() > static_cast<std::uint64_t>(INT64_MAX)) {
        runtime.unsupported("an integer needs more than 64 bits");
      }
      return {json.get<std::int64_t>()};
    case OrderedJson::value_t::string: {
      const auto& text = json.get_ref<const std::string&>();
      return runtime.text(text::is_valid_utf8(text) ? text : text::repair_utf8(text));
    }
    case OrderedJson::value_t::array: {
      std::vector<jinja::Value> items;
      for (const OrderedJson& item : json) items.push_back(value_of(item, runtime, depth + 1));
      return runtime.list(std::move(items));
    }
    case OrderedJson::value_t::object: {
      std::vector<std::pair<jinja::Value, jinja::Value>> entries;
      for (const auto& [key, item] : json.items()) {
        entries.emplace_back(runtime.text(key), value_of(item, runtime, depth + 1));
      }
      return runtime.distinct_dict(std::move(entries));
    }
    default: return {jinja::None{}};
  }
}

std::int64_t clock_now() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::seconds>(now).count();
}

}  // namespace

ChatTemplate::ChatTemplate(std::string source, std::string origin) {
  if (source.size() > kMaxBytes) {
    fail(ErrorKind::kBadFile, "{}: a template of {} bytes, at most {} are read", origin,
         source.size(), kMaxBytes);
  }
  if (!text::is_valid_utf8(source)) fail(ErrorKind::kBadFile, "{}: not valid UTF-8", origin);
  auto parsed = std::make_shared<Parsed>();
  parsed->hash = sightline::sha256(source);
  parsed->block = jinja::parse(source, origin);
  parsed->source = std::move(source);
  parsed->origin = std::move(origin);
  parsed_ = std::move(parsed);
}

std::string ChatTemplate::render(const OrderedJson& messages,
                                 const TemplateOptions& options) const {
  jinja::Interpreter interpreter(parsed_->origin, options.now.value_or(clock_now()));
  std::vector<std::pair<std::string, jinja::Value>> variables;
  // Later ones shadow nothing: the first of a name is found.
  for (const auto& [name, value] : options.extra.items()) {
    variables.emplace_back(name, value_of(value, interpreter, 0));
  }
  variables.emplace_back("messages", value_of(messages, interpreter, 0));
  variables.emplace_back("add_generation_prompt", options.add_generation_prompt);
  if (options.bos_token) variables.emplace_back("bos_token", *options.bos_token);
  if (options.eos_token) variables.emplace_back("eos_token", *options.eos_token);
  variables.emplace_back("tools", jinja::None{});  // defined, as transformers passes them
  variables.emplace_back("documents", jinja::None{});
  return interpreter.render(parsed_->block, std::move(variables));
}

const std::string& ChatTemplate::source() const { return parsed_->source; }

const std::string& ChatTemplate::sha256() const { return parsed_->hash; }

}  // namespace sightline
