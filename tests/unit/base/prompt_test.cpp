#include "base/prompt.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <functional>

#include "base/json.h"
#include "base/sha256.h"
#include "support/temporary_folder.h"

namespace sightline {
namespace {

class Prompt : public testing::Test {
 protected:
  void SetUp() override { ::setenv("SIGHTLINE_SHARE", folder_.path().c_str(), 1); }
  void TearDown() override { ::unsetenv("SIGHTLINE_SHARE"); }

  void write(const std::string& text, const std::string& hash) const {
    std::filesystem::create_directories(folder_.path() / "data/prompts");
    std::ofstream(folder_.path() / "data/prompts/p.v1.json")
        << dump_json({{"id", "p.v1"}, {"text", text}, {"sha256", hash}});
  }

  static ErrorKind kind_of(const std::function<void()>& action) {
    try {
      action();
    } catch (const Error& error) {
      return error.kind();
    }
    return ErrorKind::kUnsupported;
  }

  TemporaryFolder folder_;
};

TEST_F(Prompt, SlotsAreFilledOnceWhateverTheirValuesSay) {
  const std::string text = "{a}, {b} and {a} {}";
  write(text, sha256(text));
  EXPECT_EQ(prompt_text("p.v1"), text);
  EXPECT_EQ(filled_prompt("p.v1", {{"a", "{b}"}, {"b", "$1"}}), "{b}, $1 and {b} {}");
  EXPECT_EQ(kind_of([] { filled_prompt("p.v1", {{"a", "x"}}); }), ErrorKind::kInternal);
}

TEST_F(Prompt, BracesAroundAnythingElseStay) {
  const std::string text = R"({"said": "{a}"} {a b} {{a}} {)";
  write(text, sha256(text));
  EXPECT_EQ(filled_prompt("p.v1", {{"a", "yes"}}), R"({"said": "yes"} {a b} {yes} {)");
}

TEST_F(Prompt, AChangedTextAndAnUnknownIdAreRefused) {
  write("Be kind.", sha256("Be good."));
  EXPECT_EQ(kind_of([] { prompt_text("p.v1"); }), ErrorKind::kBadFile);
  EXPECT_EQ(kind_of([] { prompt_text("q.v1"); }), ErrorKind::kNotFound);
}

}  // namespace
}  // namespace sightline
