#include "training/record.h"

#include <gtest/gtest.h>

#include <fstream>

#include "support/temporary_folder.h"

namespace sightline {
namespace {

TrainingRecord parse(const std::string& text) {
  return parse_training_record(parse_json(text, "test"), "test");
}

std::string reason_of(const std::string& text) {
  try {
    parse(text);
  } catch (const RecordError& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kBadFile);
    return error.reason();
  }
  return "accepted";
}

// A record with these turns, "human: …" or "gpt: …", and this 'image' field.
std::string record_of(const std::string& image, const std::vector<std::string>& turns) {
  Json out = {{"id", 7}, {"conversations", Json::array()}};
  if (!image.empty()) out["image"] = parse_json(image, "image");
  for (const std::string& turn : turns) {
    const std::size_t colon = turn.find(": ");
    out["conversations"].push_back(
        {{"from", turn.substr(0, colon)}, {"value", turn.substr(colon + 2)}});
  }
  return dump_json(out);
}

TEST(TrainingRecord, PutsTheTagOfASinglePictureInFront) {
  for (const char* question :
       {"human: What is it?\n<image>", "human: <image>What is it?", "human: <image> What is it?",
        "human: What is <image>it?\n<image> "}) {
    const TrainingRecord record = parse(record_of("\"a.jpg\"", {question, "gpt: An owl."}));
    EXPECT_EQ(record.turns.at(0).text, "<image>\nWhat is it?") << question;
    EXPECT_EQ(record.images, std::vector<std::string>{"a.jpg"});
  }
  EXPECT_EQ(parse(record_of("\"a.jpg\"", {"human: <image>", "gpt: An owl."})).turns.at(0).text,
            "<image>");
}

TEST(TrainingRecord, LeavesTagsOfSeveralPicturesWhereTheyAre) {
  const TrainingRecord record = parse(
      record_of(R"(["a.jpg", "b.jpg"])", {"human: First <image>, then <image>?", "gpt: Both."}));
  EXPECT_EQ(record.turns.at(0).text, "First <image>, then <image>?");
}

TEST(TrainingRecord, DropsALeadingTurnThatIsNotHuman) {
  const TrainingRecord record =
      parse(record_of("", {"system: Be brief.", "human: Hello", "gpt: Hi."}));
  ASSERT_EQ(record.turns.size(), 2U);
  EXPECT_EQ(record.turns[0].role, "user");
  EXPECT_EQ(record.turns[1].role, "assistant");
  EXPECT_EQ(record.id, "7");
}

TEST(TrainingRecord, RefusesEachBreachWithItsReason) {
  const std::map<std::string, std::string> wanted = {
      {record_of("", {"human: a", "human: b", "gpt: c"}), "turns_do_not_alternate"},
      {record_of("", {"gpt: a", "gpt: b"}), "turns_do_not_alternate"},
      {record_of("", {"human: a", "gpt: b", "human: c"}), "no_answer"},
      {record_of("", {}), "no_answer"},
      {record_of("", {"human: a", "gpt:  \n"}), "empty_answer"},
      {record_of("", {"human: <image>\na", "gpt: b"}), "image_tags"},
      {record_of("\"a.jpg\"", {"human: a", "gpt: b"}), "image_tags"},
      {record_of("\"a.jpg\"", {"human: <image>\na", "gpt: <image>"}), "image_tags"},
      {record_of("\"a.jpg\"", {"human: <image>", "gpt: b", "human: <image>", "gpt: c"}),
       "image_tags"},
      {record_of(R"(["a.jpg", "b.jpg"])", {"human: <image>", "gpt: b"}), "image_tags"},
      {record_of("\"/etc/a.jpg\"", {"human: <image>", "gpt: b"}), "image_path"},
      {record_of("\"../a.jpg\"", {"human: <image>", "gpt: b"}), "image_path"},
      {record_of("3", {"human: <image>", "gpt: b"}), "image_path"},
      {R"({"conversations": []})", "no_id"},
      {R"({"id": 1.5, "conversations": []})", "no_id"},
      {R"({"id": "a"})", "malformed"},
      {R"({"id": "a", "conversations": {}})", "malformed"},
      {R"({"id": "a", "conversations": [3]})", "malformed"},
      {R"({"id": "a", "weight": -1, "conversations": []})", "malformed"},
      {R"({"id": "a", "weight": "1", "conversations": []})", "malformed"},
      {R"({"messages": [{"role": "user", "content": [{"type": "video"}]}]})", "malformed"},
      {R"({"messages": [{"role": "tool", "content": "a"}]})", "turns_do_not_alternate"}};
  for (const auto& [text, reason] : wanted) EXPECT_EQ(reason_of(text), reason) << text;
}

TEST(TrainingRecord, ReadsTheExtensionFields) {
  const TrainingRecord record = parse(
      R"({"id": "a", "kind": "refusal_benign", "source": "s", "weight": 0.5, "gold": "safe",
          "pair_id": "p", "conversations": [{"from": "human", "value": "q"},
          {"from": "gpt", "value": "r", "supervise": false, "supervise_eos": false, "refusal": true}]})");
  EXPECT_EQ(record.kind, "refusal_benign");
  EXPECT_EQ(record.source, "s");
  EXPECT_EQ(record.weight, 0.5);
  EXPECT_EQ(record.gold, "safe");
  EXPECT_EQ(record.pair_id, "p");
  EXPECT_FALSE(record.turns.at(1).supervise);
  EXPECT_FALSE(record.turns.at(1).supervise_end);
  EXPECT_TRUE(record.turns.at(1).refusal);
}

TEST(TrainingRecord, ReadsChatMessages) {
  const TrainingRecord record = parse(
      R"({"messages": [{"role": "system", "content": "Be brief."},
          {"role": "user", "content": [{"type": "text", "text": "What is it?"}, {"type": "image"}]},
          {"role": "assistant", "content": "An owl."}], "images": ["a.jpg"]})");
  EXPECT_EQ(record.system, "Be brief.");
  EXPECT_EQ(record.turns.at(0).text, "<image>\nWhat is it?");
  EXPECT_EQ(record.turns.at(1).text, "An owl.");
}

TEST(TrainingRecord, ComesBackFromItsOwnJson) {
  const std::string text =
      R"({"id":"a","image":["a.jpg","b.jpg"],"conversations":[{"from":"human","value":"<image> <image>?"},)"
      R"({"from":"gpt","value":"r","supervise_eos":false,"refusal":true}],"system":"s","kind":"retain",)"
      R"("source":"f","weight":2.0,"gold":"safe","pair_id":"p"})";
  EXPECT_EQ(conversation_json(parse(text)).dump(), text);
}

class RecordFile : public testing::Test {
 protected:
  std::vector<TrainingRecord> read(const std::string& text) {
    const auto file = folder_.path() / "records.json";
    std::ofstream(file, std::ios::binary) << text;
    return read_training_records(file, rejected_);
  }

  std::string message(const std::string& text) {
    try {
      read(text);
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::kBadFile);
      return error.message();
    }
    return "accepted";
  }

  static std::string good(const std::string& id) {
    return R"({"id": ")" + id +
           R"(", "conversations": [{"from": "human", "value": "q [\"]"}, {"from": "gpt", "value": "r"}]})";
  }

  TemporaryFolder folder_;
  RejectedRecords rejected_;
};

TEST_F(RecordFile, ReadsListsAndLines) {
  for (const std::string& text : {"\xEF\xBB\xBF [\r\n" + good("a") + " ,\n" + good("b") + "\n]\n",
                                  "\xEF\xBB\xBF" + good("a") + "\r\n\r\n" + good("b")}) {
    const auto records = read(text);
    ASSERT_EQ(records.size(), 2U) << text;
    EXPECT_EQ(records[1].id, "b");
    EXPECT_EQ(records[1].turns.at(0).text, "q [\"]");
  }
  EXPECT_TRUE(read("[]").empty());
  EXPECT_TRUE(read(" \n").empty());
  EXPECT_EQ(rejected_.total(), 0);
}

TEST_F(RecordFile, CountsWhatItRejects) {
  const auto records = read("[" + good("a") + R"(, {"id": "b"}, {"id": "c"}, {}])");
  EXPECT_EQ(records.size(), 1U);
  EXPECT_EQ(rejected_.counts,
            (std::map<std::string, std::int64_t>{{"malformed", 2}, {"no_id", 1}}));
  EXPECT_EQ(rejected_.total(), 3);
  EXPECT_NE(rejected_.examples.at(0).find("records.json: record 2, id 'b'"), std::string::npos)
      << rejected_.examples.at(0);
}

TEST_F(RecordFile, NamesBothPlacesOfAnIdThatOccursTwice) {
  const std::string said = message(good("a") + "\n" + good("b") + "\n" + good("a"));
  EXPECT_NE(said.find("line 3: id 'a' occurs twice, first at"), std::string::npos) << said;
  EXPECT_NE(said.find("line 1"), std::string::npos) << said;
}

TEST_F(RecordFile, RefusesHostileFiles) {
  const std::string deep(200, '[');
  for (const std::string& text : std::vector<std::string>{
           "[", "[}", "[" + good("a"), "[" + good("a") + ",]", "[" + good("a") + "] x", "[1]",
           "[" + good("a") + " " + good("b") + "]", "{\"id\": 1}{}", "3", "[[]]", "[,]", "[\"a",
           "{\"id\": \"a\", \"conversations\": " + deep + std::string(200, ']') + "}",
           "{\"id\": \"" + std::string(17 << 20, 'a') + "\"}",
           "[{\"id\": \"" + std::string(17 << 20, 'a')}) {
    EXPECT_NE(message(text), "accepted") << text.substr(0, 100);
  }
}

TEST_F(RecordFile, CallsChatMessagesWithoutIdByTheirNumber) {
  const auto records = read(
      R"({"messages": [{"role": "user", "content": "q"}, {"role": "assistant", "content": "r"}]})"
      "\n"
      R"({"messages": [{"role": "user", "content": "q"}, {"role": "assistant", "content": "r"}]})");
  EXPECT_EQ(records.at(1).id, "#2");
}

}  // namespace
}  // namespace sightline
