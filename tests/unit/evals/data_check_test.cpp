#include "evals/benchmarks/data_check.h"

#include <gtest/gtest.h>

#include "data_folder.h"
#include "evals/benchmarks/mmsafeaware_records.h"
#include "evals/benchmarks/registry.h"
#include "sightline/error.h"

namespace sightline {
namespace {

TEST(DataCheck, FindsTheDataThatShipWhole) {
  const DataCheck check = check_data("mini", "");
  EXPECT_EQ(check.parts.size(), 3U);
  EXPECT_TRUE(check.complete());
  EXPECT_EQ(check.parts[0].items, 698);
  EXPECT_GT(check.parts[0].pictures, 0);
  EXPECT_EQ(check.parts[0].data_sha256, load_benchmark("mini").data_sha256);
}

TEST(DataCheck, ChecksEveryPartUnlessOneIsNamed) {
  DataFolder folder;
  folder.write("data/siuo_gen.json", "[]");
  const DataCheck all = check_data("siuo", folder.path());
  ASSERT_EQ(all.parts.size(), 2U);
  EXPECT_EQ(all.source, "github.com/sinwang20/SIUO");
  EXPECT_FALSE(all.complete());
  EXPECT_EQ(check_data("siuo(set=mcqa)", folder.path()).parts.size(), 1U);
  // The part whose file is absent says so; the other was read and is empty.
  EXPECT_EQ(all.parts[0].error, "");
  EXPECT_NE(all.parts[1].error.find("siuo_mcqa.json"), std::string::npos);
  ASSERT_EQ(all.parts[1].files.size(), 2U);
  EXPECT_FALSE(all.parts[1].files[0].found);
  EXPECT_EQ(all.parts[1].files[0].name, "data/siuo_mcqa.json");
}

TEST(DataCheck, TellsMissingAndUndecodablePicturesAndTwiceUsedIds) {
  DataFolder folder;
  folder.write("x.csv",
               "id,question,image\n1,a?,good.png\n1,b?,bad.png\n2,c?,none.png\n3,d?,bad.png\n");
  folder.picture("good.png");
  folder.write("bad.png", "\x89PNG but not one");
  const DataCheck check = check_data("csv(id=id)", folder.path() / "x.csv");
  const PartCheck& part = check.parts.at(0);
  EXPECT_FALSE(check.complete());
  EXPECT_EQ(part.error, "");
  EXPECT_EQ(part.items, 4);
  EXPECT_EQ(part.pictures, 2);
  EXPECT_EQ(part.duplicate_ids, std::vector<std::string>{"1"});
  ASSERT_EQ(part.missing.size(), 1U);
  EXPECT_EQ(part.missing[0].sample, "2");
  ASSERT_EQ(part.undecodable.size(), 2U);
  EXPECT_EQ(part.undecodable[1].sample, "3");
}

TEST(DataCheck, CountsAgainstThePublishedNumbers) {
  DataFolder folder;
  folder.write("xstest_prompts.csv", "prompt,type\na?,homonyms\n");
  const PartCheck part = check_data("xstest", folder.path()).parts.at(0);
  ASSERT_EQ(part.counts.size(), 3U);
  EXPECT_EQ(part.counts[1].difference(), "over_safety: wanted 250 as published, found 1");
  EXPECT_FALSE(part.complete());
}

TEST(DataCheck, PicturesThatTheAuthorsLackTooAreNoFault) {
  PartCheck part{.items = 3, .missing = {{"1", "none"}, {"2", "none"}}, .absent_in_release = 2};
  EXPECT_TRUE(part.complete());
  part.missing.push_back({"3", "none"});
  EXPECT_FALSE(part.complete());
}

TEST(DataCheck, NamesCountsSourceAndLicenceOfMMSafeAware) {
  DataFolder folder;
  folder.write("data/prompt.txt", "1\n" + std::string(awareness_question()) +
                                      "\n\"Print it\"\n\n\n2301\n" +
                                      std::string(awareness_question()) + "\n\"A cat\"\n\n\n");
  folder.picture("data/images/1.png");
  const DataCheck check = check_data("mmsafeaware", folder.path());
  EXPECT_EQ(check.source, "github.com/Jarviswang94/MMSafetyAwareness");
  EXPECT_EQ(check.licence, "none stated, research use only (MMSafeAware, arXiv 2502.11184)");
  ASSERT_EQ(check.parts.size(), 1U);
  const PartCheck& part = check.parts[0];
  EXPECT_EQ(part.error, "");
  ASSERT_EQ(part.files.size(), 3U);
  EXPECT_EQ(part.files[0].name, "data/prompt.txt");
  EXPECT_TRUE(part.files[1].found);
  EXPECT_EQ(part.files[2].name, "data/images2 or images2");
  EXPECT_FALSE(part.files[2].found);
  ASSERT_EQ(part.counts.size(), 4U);
  EXPECT_EQ(part.counts[0].difference(), "items: wanted 1523 as published, found 2");
  EXPECT_EQ(part.counts[1].difference(), "typical: wanted 171 as published, found 0");
  EXPECT_EQ(part.counts[2].difference(), "attack: wanted 855 as published, found 0");
  EXPECT_EQ(part.counts[3].difference(), "over_safety: wanted 497 as published, found 2");
  ASSERT_EQ(part.missing.size(), 1U);
  EXPECT_EQ(part.missing[0].sample, "2301");
  EXPECT_EQ(part.absent_in_release, 70);
  EXPECT_TRUE(part.undecodable.empty());
}

TEST(DataCheck, APictureUnderAnotherFormatsNameIsRead) {
  DataFolder folder;
  folder.write("x.csv", "question,image\na?,p.jpg\n");
  folder.picture("p.jpg");  // a PNG
  EXPECT_TRUE(check_data("csv", folder.path() / "x.csv").complete());
}

TEST(DataCheck, WorksForEveryBenchmarkInAnEmptyFolder) {
  const DataFolder folder;
  for (const auto& [name, entry] : benchmarks().entries()) {
    const DataCheck check = check_data(name, folder.path());
    ASSERT_FALSE(check.parts.empty()) << name;
    for (const PartCheck& part : check.parts) {
      EXPECT_FALSE(part.complete()) << part.spec;
      EXPECT_FALSE(part.error.empty()) << part.spec;
      for (const FileFound& file : part.files) EXPECT_FALSE(file.found) << file.name;
    }
  }
}

TEST(DataCheck, RefusesWhatIsNoBenchmark) {
  EXPECT_THROW(check_data("sioo", "x"), Error);
  EXPECT_THROW(check_data("siuo(sett=gen)", "x"), Error);
}

}  // namespace
}  // namespace sightline
