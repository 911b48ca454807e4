// sightline data build NAME: files of others → training records; sightline data list: the builders;
// sightline data check NAME FOLDER: what of a benchmark's data is there.
#include <iostream>

#include "data_check.h"
#include "run_verbs.h"
#include "training/builders/build.h"
#include "verb_parts.h"

namespace sightline::cli {
namespace {

// "key=value" texts of a repeatable flag, as pairs; a key twice is a mistake.
std::map<std::string, std::string> pairs_of(const Json& texts, const char* flag) {
  std::map<std::string, std::string> out;
  for (const Json& one : texts) {
    const auto text = one.get<std::string>();
    const std::size_t equals = text.find('=');
    if (equals == std::string::npos || equals == 0) {
      fail(ErrorKind::kUsage, "{} '{}' should be key=value", flag, text);
    }
    if (!out.emplace(text.substr(0, equals), text.substr(equals + 1)).second) {
      fail(ErrorKind::kUsage, "{}: '{}' is given twice", flag, text.substr(0, equals));
    }
  }
  return out;
}

int list_builders() {
  for (const auto& [name, entry] : data_builders().entries()) {
    std::cout << name << ": " << entry.summary << "\n";
    for (const BuilderInput& input : entry.inputs) {
      std::cout << "  --input " << input.key << "=FILE" << (input.required ? "  " : "  (optional) ")
                << input.help << "\n";
    }
    for (const OptionSpec& option : entry.options) {
      std::cout << "  --set " << option.name << "=" << dump_json(option.default_value) << "  "
                << option.help << "\n";
    }
  }
  return 0;
}

void print_outcome(const BuildOutcome& outcome) {
  const Json& manifest = outcome.manifest;
  std::cout << outcome.file.string() << ": " << manifest.at("output").at("records") << " records\n";
  for (const auto& [kind, count] : manifest.at("kinds").items()) {
    std::cout << "  " << kind << ": " << count << "\n";
  }
  std::cout << "  share of refusals: " << manifest.at("refusal_share").at("by_sample")
            << " of the records, " << manifest.at("refusal_share").at("by_supervised_word")
            << " of the supervised words\n";
  for (const auto& [suffix, extra] : manifest.at("extra_outputs").items()) {
    std::cout << "  " << suffix << ": " << extra.at("records") << " records in "
              << extra.at("file").get<std::string>() << "\n";
  }
  for (const auto& [reason, count] : manifest.at("rejected").items()) {
    std::cout << "  rejected, " << reason << ": " << count << "\n";
  }
  for (const Json& example : manifest.at("rejected_examples")) {
    std::cout << "    " << example.get<std::string>() << "\n";
  }
  std::cout << "  report: " << dump_json(manifest.at("report")) << "\n";
}

}  // namespace

BuildRequest build_request(const Json& options) {
  if (options.at("builder").is_null()) {
    fail_with_hint(ErrorKind::kUsage, "see 'sightline data list'", "data build: no builder named");
  }
  if (options.at("out").is_null()) {
    fail_with_hint(ErrorKind::kUsage, "write --out data.json", "data build: --out is missing");
  }
  BuildRequest request;
  request.builder = options.at("builder").get<std::string>();
  for (const auto& [key, file] : pairs_of(options.at("input"), "--input")) {
    request.inputs[key] = file;
  }
  for (const auto& [key, value] : pairs_of(options.at("set"), "--set")) {
    request.options[key] = value;
  }
  request.out = options.at("out").get<std::string>();
  if (options.at("format") == "llama_factory") request.format = DataFormat::kLlamaFactory;
  return request;
}

int run_data_verb(const Json& options) {
  if (options.at("action") == "list") return list_builders();
  if (options.at("action") == "check") return check_benchmark_data(options);
  const BuildOutcome outcome = build_data(build_request(options));
  if (options.at("json").get<bool>())
    std::cout << dump_json({{"file", outcome.file.string()}, {"manifest", outcome.manifest}})
              << "\n";
  else
    print_outcome(outcome);
  return 0;
}

}  // namespace sightline::cli
