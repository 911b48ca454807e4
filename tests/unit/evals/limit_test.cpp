#include <gtest/gtest.h>

#include <map>
#include <set>

#include "sightline/benchmark.h"
#include "sightline/error.h"

namespace sightline {
namespace {

void add(BenchmarkData& data, const std::string& id, const std::string& subset,
         const std::string& variant, const std::string& twin_of = "") {
  Sample sample;
  sample.id = id;
  sample.subset = subset;
  sample.variant = variant;
  if (!twin_of.empty()) sample.meta["twin_of"] = twin_of;
  data.samples.push_back(std::move(sample));
}

// 40 unsafe items in four variants, 60 utility items alone.
BenchmarkData data_with_twins() {
  BenchmarkData data;
  data.spec = "made";
  for (int i = 0; i < 40; ++i) {
    const std::string id = "u" + std::to_string(i);
    add(data, id, "unsafe", "picture");
    for (const char* variant : {"text_only", "blank", "noise"}) {
      add(data, id + variant, "unsafe", variant, id);
    }
  }
  for (int i = 0; i < 60; ++i) add(data, "k" + std::to_string(i), "utility", "picture");
  return data;
}

std::set<std::string> ids_of(const BenchmarkData& data) {
  std::set<std::string> ids;
  for (const Sample& sample : data.samples) ids.insert(sample.id);
  return ids;
}

TEST(LimitSamples, KeepsSharesOfSubsetsAndVariants) {
  BenchmarkData data = data_with_twins();
  limit_samples(data, {.limit = 55, .seed = 1});
  std::map<std::string, int> counts;
  for (const Sample& sample : data.samples) ++counts[sample.subset + sample.variant];
  EXPECT_EQ(data.samples.size(), 55U);
  EXPECT_EQ(counts["unsafepicture"], 10);
  EXPECT_EQ(counts["unsafetext_only"], 10);
  EXPECT_EQ(counts["unsafenoise"], 10);
  EXPECT_EQ(counts["utilitypicture"], 15);
}

TEST(LimitSamples, KeepsTwinsTogetherForEveryLimit) {
  for (std::size_t limit = 5; limit < 220; limit += 7) {
    BenchmarkData data = data_with_twins();
    limit_samples(data, {.limit = limit, .seed = limit});
    EXPECT_LE(data.samples.size(), limit);
    EXPECT_GT(data.samples.size() + 4, limit);
    std::map<std::string, int> groups;
    for (const Sample& sample : data.samples) {
      if (sample.subset != "unsafe") continue;
      const auto twin = sample.meta.find("twin_of");
      ++groups[twin == sample.meta.end() ? sample.id : twin->second];
    }
    for (const auto& [group, members] : groups) EXPECT_EQ(members, 4) << group;
  }
}

TEST(LimitSamples, IsDecidedByTheSeed) {
  const auto chosen = [](std::uint64_t seed) {
    BenchmarkData data = data_with_twins();
    limit_samples(data, {.limit = 55, .seed = seed});
    return ids_of(data);
  };
  EXPECT_EQ(chosen(1), chosen(1));
  EXPECT_NE(chosen(1), chosen(2));
}

TEST(LimitSamples, KeepsTheOrderOfTheData) {
  BenchmarkData data = data_with_twins();
  const BenchmarkData whole = data;
  limit_samples(data, {.limit = 55, .seed = 1});
  std::size_t at = 0;
  for (const Sample& sample : data.samples) {
    while (at < whole.samples.size() && whole.samples[at].id != sample.id) ++at;
    EXPECT_LT(at, whole.samples.size());
  }
}

TEST(LimitSamples, LeavesASmallerSetAlone) {
  BenchmarkData data = data_with_twins();
  limit_samples(data, {.limit = 1000, .seed = 1});
  EXPECT_EQ(data.samples.size(), 220U);
  limit_samples(data, {});
  EXPECT_EQ(data.samples.size(), 220U);
}

TEST(LimitSamples, ForgetsMissingPicturesOfDroppedSamples) {
  BenchmarkData data = data_with_twins();
  for (const Sample& sample : data.samples) data.missing.push_back({sample.id, "gone"});
  limit_samples(data, {.limit = 20, .seed = 1});
  std::set<std::string> missing;
  for (const MissingPicture& one : data.missing) missing.insert(one.sample);
  EXPECT_EQ(missing, ids_of(data));
}

TEST(LimitSamples, RefusesALimitBelowOneGroup) {
  BenchmarkData data;
  add(data, "a", "unsafe", "picture");
  add(data, "b", "unsafe", "blank", "a");
  EXPECT_THROW(limit_samples(data, {.limit = 1, .seed = 1}), Error);
}

TEST(LimitSamples, MiniKeepsItsPairsAndShares) {
  const BenchmarkData whole = load_benchmark("mini");
  const BenchmarkData part = load_benchmark("mini", {.limit = 200, .seed = 3});
  EXPECT_LE(part.samples.size(), 200U);
  EXPECT_GE(part.samples.size(), 190U);
  const auto share = [](const BenchmarkData& data, const std::string& subset) {
    double count = 0;
    for (const Sample& sample : data.samples) count += sample.subset == subset;
    return count / static_cast<double>(data.samples.size());
  };
  std::map<std::string, int> gold;
  for (const Sample& sample : part.samples) {
    if (sample.subset == "awareness") ++gold[sample.meta.at("gold")];
  }
  EXPECT_EQ(gold["yes"], gold["no"]);
  for (const auto& [subset, judge] : whole.judges) {
    EXPECT_NEAR(share(part, subset), share(whole, subset), 0.02) << subset;
  }
}

}  // namespace
}  // namespace sightline
