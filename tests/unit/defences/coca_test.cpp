// The laws of constitutional calibration on a tiny model.
#include <ATen/TensorOperators.h>
#include <ATen/ops/allclose.h>
#include <ATen/ops/equal.h>
#include <gtest/gtest.h>

#include "interventions/prompt_edit.h"
#include "sightline/defence.h"
#include "sightline/error.h"
#include "support/recording_combiner.h"
#include "support/tiny_model.h"

namespace sightline {
namespace {

// Positions of the rows that are generated.
class Positions : public Tap {
 public:
  bool wants(Site site, int layer, Phase phase) const override {
    return site == Site::kBlockOut && layer == 0 && phase == Phase::kDecode;
  }
  at::Tensor at(const TapPoint& point, at::Tensor hidden) override {
    seen.push_back(point.first_position);
    return hidden;
  }
  std::vector<std::int64_t> seen;
};

class Coca : public ::testing::Test {
 protected:
  const TinyModel model_{{.seed = 6}};
  const std::unique_ptr<Generator> engine_ = load_generator(model_.path(), {.threads = 1});
  const std::shared_ptr<const Picture> picture_ = random_picture(30, 30, 4);

  Request request() const {
    return {.conversation = ask("what is this?", picture_), .sampling = {.max_new_tokens = 16}};
  }
  Request defended(const std::string& spec) const {
    Request out = request();
    make_defence(spec, engine_->info())->prepare(out);
    return out;
  }
  std::vector<std::int64_t> tokens(const Request& asked) const {
    return engine_->generate(asked).token_ids;
  }
  // The combined logits of every step.
  std::vector<at::Tensor> steps(Request asked) const {
    const auto recording = record_combiner(asked);
    engine_->generate(asked);
    return recording->combined;
  }
};

void expect_same(const std::vector<at::Tensor>& a, const std::vector<at::Tensor>& b) {
  ASSERT_EQ(a.size(), b.size());
  for (std::size_t i = 0; i < a.size(); ++i) EXPECT_TRUE(at::equal(a[i], b[i])) << "step " << i;
}

TEST_F(Coca, ZeroAlphaIsItsBaseBitForBit) {
  expect_same(steps(defended("coca(alpha=0)")),
              steps(defended("safety_prompt(prompt=coca.principle.v1,placement=user_prefix)")));
  expect_same(steps(defended("coca(alpha=0,base=plain)")), steps(request()));
}

TEST_F(Coca, BothBasesAreOneFamily) {
  for (const int alpha : {0, 1, 4}) {
    const auto safe = steps(defended("coca(alpha=" + std::to_string(alpha) + ")"));
    const auto plain = steps(defended("coca(base=plain,alpha=" + std::to_string(alpha + 1) + ")"));
    ASSERT_EQ(safe.size(), plain.size());
    for (std::size_t i = 0; i < safe.size(); ++i) {
      EXPECT_TRUE(at::allclose(safe[i], plain[i], 1e-4, 1e-4)) << alpha << ", step " << i;
    }
  }
}

TEST_F(Coca, AnEmptyPrincipleChangesNothing) {
  for (const char* spec : {"coca(principle=\"\",alpha=1)", "coca(principle=\"\",alpha=4)"}) {
    EXPECT_EQ(tokens(defended(spec)), tokens(request())) << spec;
  }
}

TEST_F(Coca, ThePrincipleChangesTheAnswer) {
  EXPECT_NE(tokens(defended("coca")), tokens(request()));
}

TEST_F(Coca, BranchesKeepTheirOwnPositions) {
  Request asked = defended("coca");
  const auto safe = std::make_shared<Positions>();
  const auto plain = std::make_shared<Positions>();
  asked.plan.taps.push_back(safe);
  asked.plan.branches.front().taps.push_back(plain);
  tokens(asked);
  Request words = request();
  const auto alone = std::make_shared<Positions>();
  words.plan.taps.push_back(alone);
  tokens(words);
  ASSERT_EQ(safe->seen.size(), plain->seen.size());
  ASSERT_FALSE(safe->seen.empty());
  const std::int64_t longer = safe->seen.front() - plain->seen.front();
  EXPECT_GT(longer, 50) << "bytes of the principle";
  for (std::size_t i = 0; i < safe->seen.size(); ++i) {
    EXPECT_EQ(safe->seen[i] - plain->seen[i], longer) << i;
    EXPECT_EQ(plain->seen[i], plain->seen.front() + static_cast<std::int64_t>(i));
  }
  EXPECT_EQ(plain->seen.front(), alone->seen.front());
}

TEST_F(Coca, ThePlainBranchNeverChangesTheOther) {
  Request both = defended("coca");
  both.plan.combiner = nullptr;
  Request alone = request();
  insert_instruction(alone.conversation,
                     both.conversation.front().parts.back().text.substr(
                         0, both.conversation.front().parts.back().text.find(" what is this?")),
                     Placement::kUserPrefix);
  expect_same(steps(both), steps(alone));
}

TEST_F(Coca, RefusesASecondContrast) { EXPECT_THROW(defended("vcd+coca"), Error); }

}  // namespace
}  // namespace sightline
