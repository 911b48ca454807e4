#include "base/json.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace sightline {
namespace {

using ::testing::HasSubstr;

std::string message_of(const std::function<void()>& action) {
  try {
    action();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kBadFile);
    return error.message();
  }
  ADD_FAILURE() << "nothing was thrown";
  return {};
}

TEST(ParseJson, SkipsAByteOrderMark) {
  EXPECT_EQ(parse_json("\xEF\xBB\xBF[1]", "x"), Json::array({1}));
}

TEST(ParseJson, NamesOriginAndPlaceOfASyntaxError) {
  const std::string message = message_of([] { parse_json("{\"a\": }", "config.json"); });
  EXPECT_THAT(message, HasSubstr("config.json"));
  EXPECT_THAT(message, HasSubstr("byte 7"));
}

TEST(ParseJson, RefusesInvalidUtf8) {
  message_of([] { parse_json("[\"\xC3\x28\"]", "x"); });
  message_of([] { parse_json("\"\xFF\"", "x"); });
}

TEST(ParseJson, RefusesANulByteRatherThanStopThere) {
  message_of([] { parse_json(std::string_view("[1]\0[2]", 7), "x"); });
  message_of([] { parse_json(std::string_view("[1]\0", 4), "x"); });
}

TEST(ParseJson, RefusesNumbersOutOfRange) {
  message_of([] { parse_json("[1e999]", "x"); });
}

TEST(ParseJson, BoundsTheDepth) {
  const auto nested = [](std::size_t depth) {
    return std::string(depth, '[') + std::string(depth, ']');
  };
  EXPECT_NO_THROW(parse_json(nested(kMaxJsonDepth), "x"));
  EXPECT_THAT(message_of([&] { parse_json(nested(kMaxJsonDepth + 2), "x"); }), HasSubstr("deeper"));
  message_of([&] { parse_json(std::string(1'000'000, '['), "x"); });
}

TEST(DumpJson, ReplacesInvalidUtf8) { EXPECT_EQ(dump_json(Json("a\xFF")), "\"a\xEF\xBF\xBD\""); }

TEST(JsonGet, ReturnsTheValueInItsType) {
  const Json object = {{"n", 3}, {"x", 1.5}, {"s", "t"}, {"b", true}};
  EXPECT_EQ(json_get<int>(object, "n", "f"), 3);
  EXPECT_EQ(json_get<double>(object, "n", "f"), 3.0);
  EXPECT_EQ(json_get<double>(object, "x", "f"), 1.5);
  EXPECT_EQ(json_get<std::string>(object, "s", "f"), "t");
  EXPECT_TRUE(json_get<bool>(object, "b", "f"));
}

TEST(JsonGet, NamesOriginKeyWantedAndFound) {
  const Json object = {{"n", "three"}};
  EXPECT_EQ(message_of([&] { json_get<int>(object, "n", "config.json"); }),
            "config.json: key 'n' should be an integer, found \"three\"");
  EXPECT_EQ(message_of([&] { json_get<int>(object, "m", "config.json"); }),
            "config.json: key 'm' is missing");
  message_of([&] { json_get<int>(Json(1.5), "n", "f"); });
  message_of([&] { json_get<bool>(Json{{"n", 1}}, "n", "f"); });
}

TEST(JsonGetOr, FallsBackOnlyWhenAbsentOrNull) {
  const Json object = {{"null", nullptr}, {"n", "x"}};
  EXPECT_EQ(json_get_or<int>(object, "absent", "f", 7), 7);
  EXPECT_EQ(json_get_or<int>(object, "null", "f", 7), 7);
  message_of([&] { json_get_or<int>(object, "n", "f", 7); });
}

}  // namespace
}  // namespace sightline
