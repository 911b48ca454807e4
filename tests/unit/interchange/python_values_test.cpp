#include "interchange/python_values.h"

#include <gtest/gtest.h>

namespace sightline {
namespace {

using List = std::vector<std::string>;

TEST(PythonJson, TakesBareConstantsForNull) {
  const Json json = parse_python_json(
      R"({"a": NaN, "b": [Infinity, -Infinity, -1, "NaN", "\"NaN"], "NaN": "Infinity\\"})", "x");
  EXPECT_EQ(dump_json(json), R"({"NaN":"Infinity\\","a":null,"b":[null,null,-1,"NaN","\"NaN"]})");
}

TEST(PythonJson, RefusesOtherWords) {
  for (const char* bad : {"NaNa", "[Infinit]", "{\"a\": nan}", "[NaN", "--Infinity"}) {
    EXPECT_THROW(parse_python_json(bad, "x"), Error) << bad;
  }
}

TEST(PythonList, ReadsBothQuotes) {
  EXPECT_EQ(python_list("['a', \"b\"]"), (List{"a", "b"}));
  EXPECT_EQ(python_list(R"(["it's", 'say "x"', 'it\'s'])"), (List{"it's", "say \"x\"", "it's"}));
  EXPECT_EQ(python_list("[]"), List{});
  EXPECT_EQ(python_list(" [ 'a' , ] "), List{"a"});
}

TEST(PythonList, EvaluatesNothing) {
  for (const char* other : {"", "a", "'a'", "['a'", "[a]", "['a' 'b']", "[__import__('os')]",
                            "['a'] + ['b']", "[1]", "['a\\", "['a',, 'b']"}) {
    EXPECT_EQ(python_list(other), std::nullopt) << other;
  }
}

}  // namespace
}  // namespace sightline
