#include "text/chat_template.h"

#include <thread>

#include "base/sha256.h"
#include "tiny_tokenizers.h"

namespace sightline {
namespace {

const OrderedJson& conversation() {
  static const OrderedJson kMessages = OrderedJson::parse(R"([
    {"role": "system", "content": "Be kind."},
    {"role": "user", "content": [{"type": "image"}, {"type": "text", "text": "What is this?"}]}])");
  return kMessages;
}

std::string render(const std::string& source, const TemplateOptions& options = {}) {
  return ChatTemplate(source, "t.jinja").render(conversation(), options);
}

TEST(ChatTemplate, RendersPartsAndTheGenerationPrompt) {
  const std::string source = R"(
{%- for m in messages %}
<|{{ m.role }}|>{% if m.content is string %}{{ m.content }}{% else %}
{%- for part in m.content %}{{ '<image>' if part.type == 'image' else part.text }}{% endfor %}{% endif %}
{% endfor %}
{% if add_generation_prompt %}<|assistant|>{% endif %})";
  EXPECT_EQ(render(source, {.add_generation_prompt = true}),
            "<|system|>Be kind.<|user|><image>What is this?<|assistant|>");
}

TEST(ChatTemplate, DefinesTokensOnlyWhenGiven) {
  EXPECT_EQ(render("{{ bos_token is defined }}{{ eos_token }}", {.eos_token = "</s>"}),
            "False</s>");
  EXPECT_EQ(render("{{ tools is none }}{{ documents is defined }}"), "TrueTrue");
}

TEST(ChatTemplate, PassesExtraVariablesInTheirOrder) {
  EXPECT_EQ(
      render("{{ tools | tojson }}", {.extra = {{"tools", {{"z", 1}, {"a", {1.0, nullptr}}}}}}),
      R"({"z": 1, "a": [1.0, null]})");
}

TEST(ChatTemplate, ShowsTheGivenTime) {
  EXPECT_EQ(render("{{ strftime_now('%Y') }}", {.now = 1000000000}), "2001");
}

TEST(ChatTemplate, ToldByTheTemplateItRefuses) {
  expect_refused(ErrorKind::kUsage, {"t.jinja", "no system here"}, [] {
    render(
        "{% if messages[0].role == 'system' %}{{ raise_exception('no system here') }}{% endif %}");
  });
}

TEST(ChatTemplate, NamesTheLineOfWhatItLacks) {
  expect_refused(ErrorKind::kUnsupported, {"t.jinja, line 2", "'wordwrap'"},
                 [] { render("\n{{ 'x' | wordwrap }}"); });
  expect_refused(ErrorKind::kUnsupported, {"t.jinja, line 3", "'include'"},
                 [] { ChatTemplate("\n\n{% include 'x' %}", "t.jinja"); });
}

TEST(ChatTemplate, NamesTheLineOfAMistake) {
  expect_refused(ErrorKind::kBadFile, {"t.jinja, line 2", "'nobody' is undefined"},
                 [] { render("\n{{ nobody.name }}"); });
  expect_refused(ErrorKind::kBadFile, {"t.jinja, line 1", "endif"},
                 [] { ChatTemplate("{% if 1 %}", "t.jinja"); });
}

TEST(ChatTemplate, RefusesToChangeItsInput) {
  expect_refused(ErrorKind::kBadFile, {"append"}, [] { render("{{ messages.append(1) }}"); });
  expect_refused(ErrorKind::kBadFile, {"__class__"}, [] { render("{{ ''.__class__ }}"); });
}

TEST(ChatTemplate, ReadsInvalidBytesAsReplacementCharacters) {
  const OrderedJson messages = OrderedJson::array({{{"content", "a\xFF"}}});
  EXPECT_EQ(ChatTemplate("{{ messages[0].content }}", "t").render(messages), "a\uFFFD");
}

TEST(ChatTemplate, KnowsItsHash) {
  EXPECT_EQ(ChatTemplate("x", "t").sha256(), sha256(std::string_view("x")));
}

TEST(ChatTemplate, IsTheSameForAllThreads) {
  const ChatTemplate chat("{% for m in messages %}{{ loop.index }}{{ m.role }}{% endfor %}", "t");
  std::vector<std::string> results(4);
  std::vector<std::thread> threads;
  for (std::string& result : results) {
    threads.emplace_back([&chat, &result] { result = chat.render(conversation()); });
  }
  for (std::thread& thread : threads) thread.join();
  for (const std::string& result : results) EXPECT_EQ(result, "1system2user");
}

}  // namespace
}  // namespace sightline
