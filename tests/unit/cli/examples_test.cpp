// The examples that --help shows: every flag, specification and --set key in them is known.
#include <gtest/gtest.h>

#include <algorithm>

#include "base/alternatives.h"
#include "base/options.h"
#include "defences/registry.h"
#include "evals/benchmarks/registry.h"
#include "evals/judges/registry.h"
#include "sightline/error.h"
#include "verbs.h"

namespace sightline::cli {
namespace {

// As a shell splits it; single quotes only.
std::vector<std::string> words_of(const std::string& command) {
  std::vector<std::string> words(1);
  bool quoted = false;
  for (const char c : command) {
    if (c == '\'')
      quoted = !quoted;
    else if (c == ' ' && !quoted)
      words.emplace_back();
    else
      words.back() += c;
  }
  return words;
}

void check_value(const std::string& flag, const std::string& value, const std::string& method) {
  if (flag == "--set") {
    const auto& fit = defence_registry().at(method).fit;
    ASSERT_TRUE(fit) << method;
    const std::size_t equals = value.find('=');
    ASSERT_NE(equals, std::string::npos) << value;
    complete_options(fit->options, {{value.substr(0, equals), value.substr(equals + 1)}}, method);
  } else if (flag == "--defence" || flag == "--benchmark" || flag == "--judge") {
    for (const std::string& one : alternatives(value)) {  // of a sweep
      for (const NamedSpec& spec : parse_specs(one)) {
        const OptionTable& table = flag == "--defence" ? defence_registry().at(spec.name).options
                                   : flag == "--benchmark" ? benchmarks().at(spec.name).options
                                                           : judges().at(spec.name).options;
        complete_options(table, spec.options, spec.name);
      }
    }
  }
}

void check_example(const Verb& verb, const std::string& command) {
  const std::vector<std::string> words = words_of(command);
  ASSERT_GE(words.size(), 2U);
  EXPECT_EQ(words[0], "sightline");
  EXPECT_EQ(words[1], verb.name);
  for (std::size_t i = 2; i < words.size(); ++i) {
    if (!words[i].starts_with("--")) continue;
    const bool known = std::ranges::any_of(verb.options, [&](const VerbOption& option) {
      const std::string flag = flag_of(option.spec.name);
      return words[i] == flag || words[i] == "--no-" + flag.substr(2);
    });
    EXPECT_TRUE(known) << words[i];
    const bool of_a_fit = words[i] != "--set" || verb.name == "fit";  // `data` has its own keys
    if (i + 1 < words.size() && of_a_fit) check_value(words[i], words[i + 1], words[2]);
  }
}

TEST(HelpExamples, NameOptionsThatExist) {
  for (const Verb& verb : verbs()) {
    EXPECT_FALSE(verb.examples.empty()) << verb.name;
    for (const Example& example : verb.examples) {
      SCOPED_TRACE(example.command);
      EXPECT_NO_THROW(check_example(verb, example.command));
    }
  }
}

TEST(HelpExamples, AWrongOneWouldBeNoticed) {
  EXPECT_THROW(check_value("--set", "estimator=svd", "cmrm"), Error);
  EXPECT_THROW(check_value("--set", "reduction=svd", "cmrm"), Error);
  EXPECT_THROW(check_value("--defence", "cmrm(strength=1)", ""), Error);
}

}  // namespace
}  // namespace sightline::cli
