// sightline tokenize: text → token ids, and ids → text.
#include <cstdio>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <vector>

#include "models/bundle.h"
#include "run_verbs.h"
#include "sightline/error.h"
#include "text/tokenizer.h"

namespace sightline::cli {
namespace {

using Ids = std::vector<std::int64_t>;

Tokenizer tokenizer_of(const std::string& model) {
  if (model.ends_with(".json")) return Tokenizer::from_file(model);
  return *load_text_parts(model).tokenizer;
}

Json result(const Tokenizer& tokenizer, const Ids& ids) {
  Json tokens = Json::array();
  for (const std::int64_t id : ids) tokens.push_back(std::string(tokenizer.token(id)));
  return {{"ids", ids}, {"tokens", tokens}, {"text", tokenizer.decode(ids)}};
}

// One line of the file: a text, {"text": …}, or {"ids": […]} to decode.
Json line_result(const Tokenizer& tokenizer, const std::string& line, const std::string& origin,
                 bool special) {
  const Json given = parse_json(line, origin);
  if (given.is_object() && given.contains("ids")) {
    const Json& ids = given.at("ids");
    for (const Json& id : ids) {
      if (!id.is_number_integer())
        fail(ErrorKind::kBadFile, "{}: 'ids' should be integers", origin);
    }
    return result(tokenizer, ids.get<Ids>());
  }
  const std::string text =
      given.is_string() ? given.get<std::string>() : json_get<std::string>(given, "text", origin);
  return result(tokenizer, tokenizer.encode(text, {.add_special_tokens = special}));
}

void print_line(const Json& result, bool json) {
  if (json) {
    std::printf("%s\n", dump_json(result).c_str());
    return;
  }
  std::string ids;
  for (const Json& id : result.at("ids")) ids += (ids.empty() ? "" : " ") + dump_json(id);
  std::printf("%s\n", ids.c_str());
}

void tokenize_lines(const Tokenizer& tokenizer, std::istream& in, const std::string& name,
                    const Json& options) {
  std::string line;
  for (int number = 1; std::getline(in, line); ++number) {
    if (line.empty()) continue;
    const std::string origin = format("{}, line {}", name, number);
    print_line(line_result(tokenizer, line, origin, options.at("special") == true),
               options.at("json") == true);
  }
}

void print_table(const Json& result) {
  const Json& ids = result.at("ids");
  for (std::size_t i = 0; i < ids.size(); ++i) {
    std::printf("%8s  %s\n", dump_json(ids[i]).c_str(), dump_json(result.at("tokens")[i]).c_str());
  }
  std::printf("%zu tokens\n", ids.size());
}

}  // namespace

int run_tokenize_verb(const Json& options) {
  const Tokenizer tokenizer = tokenizer_of(options.at("model").get<std::string>());
  if (!options.at("file").is_null()) {
    const auto file = options.at("file").get<std::string>();
    if (file == "-") {
      tokenize_lines(tokenizer, std::cin, "standard input", options);
      return 0;
    }
    std::ifstream in(file, std::ios::binary);
    if (!in) fail(ErrorKind::kNotFound, "cannot open '{}'", file);
    tokenize_lines(tokenizer, in, file, options);
    return 0;
  }
  std::string text;
  if (options.at("text").is_null())
    text.assign(std::istreambuf_iterator<char>(std::cin), {});
  else
    text = options.at("text").get<std::string>();
  const Json made = result(
      tokenizer, tokenizer.encode(text, {.add_special_tokens = options.at("special") == true}));
  if (options.at("json") == true)
    print_line(made, true);
  else
    print_table(made);
  return 0;
}

}  // namespace sightline::cli
