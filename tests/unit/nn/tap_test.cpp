// Who is shown what in a pass, and what becomes of edits.
#include "sightline/tap.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/arange.h>
#include <ATen/ops/zeros.h>
#include <gmock/gmock.h>

#include <functional>

#include "nn/forward_context.h"
#include "sightline/error.h"
#include "unit/nn/memory_checkpoint.h"

namespace sightline {
namespace {

class FunctionTap : public Tap {
 public:
  using Edit = std::function<at::Tensor(const TapPoint&, at::Tensor)>;
  explicit FunctionTap(Edit edit, TapScope scope = TapScope::kAllRows)
      : edit_(std::move(edit)), scope_(scope) {}
  bool wants(Site site, int, Phase) const override { return site == Site::kBlockOut; }
  TapScope scope() const override { return scope_; }
  at::Tensor at(const TapPoint& point, at::Tensor hidden) override {
    points.push_back(point);
    shown.push_back(hidden);
    return edit_(point, hidden);
  }

  std::vector<TapPoint> points;
  std::vector<at::Tensor> shown;

 private:
  Edit edit_;
  TapScope scope_;
};

std::shared_ptr<FunctionTap> reader(TapScope scope = TapScope::kAllRows) {
  return std::make_shared<FunctionTap>([](const TapPoint&, at::Tensor h) { return h; }, scope);
}
std::shared_ptr<FunctionTap> adder(double value, TapScope scope = TapScope::kAllRows) {
  return std::make_shared<FunctionTap>([value](const TapPoint&, at::Tensor h) { return h + value; },
                                       scope);
}

// Two sequences of 3 and 2 rows in a packed [5, 2] matrix.
struct Packed {
  at::Tensor hidden = at::arange(10, at::kFloat).view({5, 2});
  TapList first;
  TapList second;
  std::vector<TokenKind> kinds = {TokenKind::kText, TokenKind::kImage, TokenKind::kText};

  at::Tensor tap(std::int64_t last_prompt_row = 2, Phase phase = Phase::kPrefill) const {
    ForwardContext context;
    context.sequences = {{.begin = 0,
                          .count = 3,
                          .position = 7,
                          .phase = phase,
                          .kinds = kinds,
                          .last_prompt_row = last_prompt_row,
                          .taps = first},
                         {.begin = 3, .count = 2, .phase = phase, .taps = second}};
    return context.tap(Site::kBlockOut, 4, hidden);
  }
};

TEST(Site, NamesReadBackAndUnknownOnesGetAHint) {
  for (const char* name : {"embed", "block_in", "attn_out", "mlp_out", "block_out", "final_norm",
                           "vision_out", "projector_out"}) {
    EXPECT_EQ(name_of(site_of(name)), name);
  }
  try {
    site_of("block_ot");
    FAIL();
  } catch (const Error& error) {
    EXPECT_EQ(error.kind(), ErrorKind::kUsage);
    EXPECT_THAT(error.hint(), testing::HasSubstr("'block_out'"));
  }
  EXPECT_TRUE(has_layers(Site::kMlpOut));
  EXPECT_FALSE(has_layers(Site::kEmbed));
}

TEST(ForwardContext, ReturnsTheSameTensorWhenNobodyEdits) {
  Packed packed;
  EXPECT_TRUE(packed.tap().is_same(packed.hidden));
  packed.first = {reader()};
  EXPECT_TRUE(packed.tap().is_same(packed.hidden));
}

TEST(ForwardContext, ShowsASequenceItsOwnRowsAndWhereTheyAre) {
  Packed packed;
  const auto tap = reader();
  packed.first = {tap};
  packed.tap();
  ASSERT_EQ(tap->points.size(), 1u);
  const TapPoint& point = tap->points[0];
  EXPECT_EQ(point.layer, 4);
  EXPECT_EQ(point.first_position, 7);
  EXPECT_EQ(point.last_prompt_row, 2);
  EXPECT_EQ(point.kinds.size(), 3u);
  EXPECT_TRUE(same_bits(tap->shown[0], packed.hidden.narrow(0, 0, 3)));
}

TEST(ForwardContext, AnEditTouchesItsSequenceAloneAndNeverTheInput) {
  Packed packed;
  packed.second = {adder(100)};
  const at::Tensor before = packed.hidden.clone();
  const at::Tensor after = packed.tap();
  EXPECT_TRUE(same_bits(after.narrow(0, 0, 3), before.narrow(0, 0, 3)));
  EXPECT_TRUE(same_bits(after.narrow(0, 3, 2), before.narrow(0, 3, 2) + 100));
  EXPECT_TRUE(same_bits(packed.hidden, before));
}

TEST(ForwardContext, TapsOfOneSequenceActInOrder) {
  Packed packed;
  const auto second =
      std::make_shared<FunctionTap>([](const TapPoint&, at::Tensor h) { return h * 2; });
  packed.first = {adder(1), second};
  packed.second = {adder(5)};
  const at::Tensor after = packed.tap();
  EXPECT_TRUE(same_bits(after.narrow(0, 0, 3), (packed.hidden.narrow(0, 0, 3) + 1) * 2));
  EXPECT_TRUE(same_bits(after.narrow(0, 3, 2), packed.hidden.narrow(0, 3, 2) + 5));
}

TEST(ForwardContext, ATapFromTheLastPromptRowOnSeesNothingEarlier) {
  Packed packed;
  const auto tap = adder(100, TapScope::kFromLastPrompt);
  packed.first = {tap};
  const at::Tensor after = packed.tap(1);
  EXPECT_TRUE(same_bits(tap->shown[0], packed.hidden.narrow(0, 1, 2)));
  EXPECT_EQ(tap->points[0].last_prompt_row, 0);
  EXPECT_EQ(tap->points[0].first_position, 8);
  EXPECT_EQ(tap->points[0].kinds[0], TokenKind::kImage);
  EXPECT_TRUE(same_bits(after.narrow(0, 0, 1), packed.hidden.narrow(0, 0, 1)));
  EXPECT_TRUE(same_bits(after.narrow(0, 1, 2), packed.hidden.narrow(0, 1, 2) + 100));
}

TEST(ForwardContext, ATapFromTheLastPromptRowOnSkipsPiecesBeforeItAndSeesDecoding) {
  Packed packed;
  const auto tap = reader(TapScope::kFromLastPrompt);
  packed.first = {tap};
  packed.tap(-1);
  EXPECT_TRUE(tap->shown.empty());
  packed.tap(-1, Phase::kDecode);
  ASSERT_EQ(tap->shown.size(), 1u);
  EXPECT_EQ(tap->shown[0].size(0), 3);
}

TEST(ForwardContext, RefusesAnEditOfAnotherShapeOrDtype) {
  Packed packed;
  const std::vector<FunctionTap::Edit> edits = {
      [](const TapPoint&, at::Tensor h) { return h.narrow(0, 0, 1); },
      [](const TapPoint&, at::Tensor h) { return h.to(at::kDouble); },
      [](const TapPoint&, at::Tensor) { return at::Tensor(); }};
  for (const auto& edit : edits) {
    packed.first = {std::make_shared<FunctionTap>(edit)};
    try {
      packed.tap();
      FAIL();
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::kShape);
      EXPECT_THAT(error.message(), testing::HasSubstr("a tap at block_out 4 returned"));
    }
  }
}

TEST(TapPicture, EditsAPictureButNotForTapsFromTheLastPromptRowOn) {
  const at::Tensor rows = at::zeros({4, 2});
  class Everywhere : public FunctionTap {
   public:
    using FunctionTap::FunctionTap;
    bool wants(Site, int, Phase) const override { return true; }
  };
  const auto add = [](const TapPoint&, at::Tensor h) { return h + 1; };
  const TapList late{std::make_shared<Everywhere>(add, TapScope::kFromLastPrompt)};
  const TapList both{std::make_shared<Everywhere>(add), std::make_shared<Everywhere>(add)};
  EXPECT_TRUE(tap_picture(Site::kVisionOut, late, rows).is_same(rows));
  EXPECT_TRUE(same_bits(tap_picture(Site::kVisionOut, both, rows), rows + 2));
}

}  // namespace
}  // namespace sightline
