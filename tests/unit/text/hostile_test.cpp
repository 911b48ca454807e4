// Damaged and malicious tokenizer files and templates: each its own error, soon.
#include <chrono>

#include "text/chat_template.h"
#include "tiny_tokenizers.h"

namespace sightline {
namespace {

void refuse_file(ErrorKind kind, const std::vector<std::string>& parts, const std::string& text) {
  expect_refused(kind, parts, [&] { Tokenizer::from_json(text, "tokenizer.json"); });
}

void refuse_change(ErrorKind kind, const std::string& part,
                   const std::function<void(Json&)>& change) {
  Json json = byte_level_json();
  change(json);
  refuse_file(kind, {"tokenizer.json", part}, dump_json(json));
}

TEST(HostileTokenizer, EveryTruncationIsRefused) {
  const std::string text = dump_json(byte_level_json());
  for (std::size_t size = 0; size < text.size(); ++size) {
    refuse_file(ErrorKind::kBadFile, {"tokenizer.json"}, text.substr(0, size));
  }
}

TEST(HostileTokenizer, NamesWhatIsWrong) {
  constexpr auto kBad = ErrorKind::kBadFile;
  refuse_file(kBad, {"UTF-8"}, "{\"model\": \"\xFF\"}");
  refuse_file(kBad, {"'model'"}, "{}");
  refuse_file(kBad, {"nesting"}, "{\"a\":" + std::string(100000, '['));
  refuse_change(kBad, "'nope'", [](Json& j) { j["model"]["merges"].push_back({"nope", "h"}); });
  refuse_change(kBad, "'lh'", [](Json& j) { j["model"]["merges"].push_back({"l", "h"}); });
  refuse_change(kBad, "one space", [](Json& j) { j["model"]["merges"].push_back("a b c"); });
  refuse_change(kBad, "-1", [](Json& j) { j["model"]["vocab"]["x"] = -1; });
  refuse_change(kBad, "2147483647", [](Json& j) { j["model"]["vocab"]["x"] = 2147483647; });
  refuse_change(kBad, "unknown token", [](Json& j) { j["model"]["unk_token"] = "?"; });
  refuse_change(kBad, "'type'", [](Json& j) { j["decoder"] = Json::object(); });
  refuse_change(kBad, "added_tokens", [](Json& j) { j["added_tokens"] = 3; });
}

TEST(HostileTokenizer, NamesUnsupportedComponents) {
  constexpr auto kNo = ErrorKind::kUnsupported;
  refuse_change(kNo, "'Unigram'", [](Json& j) { j["model"]["type"] = "Unigram"; });
  refuse_change(kNo, "dropout", [](Json& j) { j["model"]["dropout"] = 0.1; });
  refuse_change(kNo, "'Nmt'", [](Json& j) { j["normalizer"] = {{"type", "Nmt"}}; });
  refuse_change(kNo, "'X'", [](Json& j) { j["pre_tokenizer"]["type"] = "X"; });
  refuse_change(kNo, "'CTC'", [](Json& j) { j["decoder"]["type"] = "CTC"; });
  refuse_change(kNo, "'P'", [](Json& j) { j["post_processor"] = {{"type", "P"}}; });
  refuse_change(kNo, "added token",
                [](Json& j) { j["added_tokens"][0]["content"] = std::string(5000, 'x'); });
}

TEST(HostileTokenizer, LongTextWithoutWordsStaysFast) {
  const Tokenizer tokenizer = tokenizer_of(byte_fallback_json());
  const auto start = std::chrono::steady_clock::now();
  EXPECT_EQ(tokenizer.encode(std::string(200'000, 'a')).size(), 200'001U);
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(2));
}

void refuse_template(ErrorKind kind, const std::vector<std::string>& parts,
                     const std::string& source) {
  expect_refused(kind, parts, [&] { ChatTemplate(source, "t.jinja").render(Json::array()); });
}

// Each of these wants more time, memory or stack than there is.
TEST(HostileTemplate, IsStoppedByItsBudget) {
  const std::string loops =
      "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}";
  const std::string doubling =
      "{% set ns = namespace(s='x') %}{% for i in range(99) %}{% set ns.s = ns.s ~ ns.s %}{% "
      "endfor %}";
  const std::string shared =
      "{% set ns = namespace(s=[1]) %}{% for i in range(60) %}{% set ns.s = [ns.s, ns.s] %}{% "
      "endfor %}";
  const auto start = std::chrono::steady_clock::now();
  for (const std::string& source :
       {loops, doubling, shared + "{{ ns.s }}", shared + "{{ ns.s | tojson }}",
        shared + "{{ ns.s == ns.s ~ '' }}{{ [ns.s] == [ns.s] }}",
        std::string("{{ 'x' * 9999999999 }}"), std::string("{{ [1] * 9999999999 }}"),
        std::string("{{ ('x' * 100000).replace('x', 'y' * 100000) }}"),
        std::string("{{ range(99999) | join('x' * 100000) }}"),
        std::string("{{ ('\\n' * 100000) | indent(1000, blank=true) }}"),
        std::string("{% macro f(x) %}{{ f([x]) }}{% endmacro %}{{ f(1) }}"),
        std::string("{% set ns = namespace(s=1) %}{% for i in range(9999) %}{% set ns.s = [ns.s] "
                    "%}{% endfor %}"),
        std::string("{% for i in range(99999) %}{{ 'x' * 9999 }}{% endfor %}")}) {
    refuse_template(ErrorKind::kUnsupported, {"t.jinja", "more than"}, source);
  }
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(20));
}

TEST(HostileTemplate, IsStoppedWhileParsing) {
  constexpr auto kNo = ErrorKind::kUnsupported;
  const auto many = [](const std::string& part, int count) {
    std::string out;
    for (int i = 0; i < count; ++i) out += part;
    return out;
  };
  refuse_template(kNo, {"nested"}, "{{ " + many("(", 50000) + "1" + many(")", 50000) + " }}");
  refuse_template(ErrorKind::kBadFile, {"not closed"}, "{{ " + many("[", 50000));
  refuse_template(kNo, {"signs"}, "{{ " + many("-", 50000) + "1 }}");
  refuse_template(kNo, {"levels"}, "{{ 1" + many("+1", 50000) + " }}");
  refuse_template(kNo, {"levels"}, "{{ a" + many(".a", 50000) + " }}");
  refuse_template(kNo, {"levels"}, "{{ a" + many("|trim", 50000) + " }}");
  refuse_template(kNo, {"levels"}, "{{ " + many("not ", 50000) + "a }}");
  refuse_template(kNo, {"nested tags"}, many("{% if 1 %}", 5000));
  refuse_template(ErrorKind::kBadFile, {"bytes"}, std::string(2 << 20, 'x'));
  refuse_template(ErrorKind::kBadFile, {"UTF-8"}, "\xFF");
}

// Values that hold the loop, the namespace or the macro they live in must neither leak nor dangle.
TEST(HostileTemplate, MayTieKnots) {
  const ChatTemplate chat(
      "{% set ns = namespace() %}{% set ns.me = [ns] %}"
      "{% for i in [1, 2] %}{% set ns.loop = loop %}{% set ns.cycle = loop.cycle %}"
      "{% if loop.changed(loop, ns) %}c{% endif %}"
      "{% macro late() %}{{ i }}{% endmacro %}{% set ns.late = late %}{% endfor %}"
      "{{ ns.late() }}{{ ns.cycle(7, 8) }}{{ ns.loop.index }}",
      "t.jinja");
  EXPECT_EQ(chat.render(Json::array()), "c282");
}

}  // namespace
}  // namespace sightline
