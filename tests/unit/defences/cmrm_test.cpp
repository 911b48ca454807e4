// CMRM as a whole, on a tiny random model: the laws of the method's specification.
#include "defences/cmrm.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/allclose.h>
#include <ATen/ops/cumsum.h>
#include <ATen/ops/equal.h>
#include <ATen/ops/ones.h>
#include <ATen/ops/randn.h>
#include <ATen/ops/stack.h>
#include <ATen/ops/zeros.h>
#include <gtest/gtest.h>

#include "image/image.h"
#include "image/synthetic.h"
#include "interventions/prompt_edit.h"
#include "interventions/state_recorder.h"
#include "sightline/error.h"
#include "support/tiny_model.h"

namespace sightline {
namespace {

// Every prompt state [L, T, D] of one pass, unedited or not.
class Recorder : public Tap {
 public:
  bool wants(Site site, int, Phase phase) const override {
    return site == Site::kBlockOut && phase == Phase::kPrefill;
  }
  at::Tensor at(const TapPoint& point, at::Tensor hidden) override {
    rows.resize(3);
    rows[static_cast<std::size_t>(point.layer)] = hidden.clone();
    return hidden;
  }
  std::vector<at::Tensor> rows;
};

class KeepLogits : public LogitCombiner {
 public:
  at::Tensor combine(std::span<const at::Tensor> logits) const override {
    seen.push_back(logits[0].clone());
    return logits[0];
  }
  mutable std::vector<at::Tensor> seen;
};

class Cmrm : public ::testing::Test {
 protected:
  const TinyModel model_{{.seed = 33}};
  const std::unique_ptr<Generator> engine_ = load_generator(model_.path(), {.threads = 1});
  const ModelInfo info_ = engine_->info();
  const std::shared_ptr<const Picture> white_ =
      Picture::from_bytes(encode_png(solid_image(28, 28, {255, 255, 255})), "white");

  Conversation question(std::shared_ptr<const Picture> picture,
                        const std::string& words = "open the safe") const {
    return ask(words, std::move(picture));
  }

  std::vector<Conversation> anchors() const {
    std::vector<Conversation> out;
    for (int i = 0; i < 5; ++i)
      out.push_back(question(random_picture(28, 28, 50 + static_cast<std::uint64_t>(i)),
                             "anchor " + std::to_string(i)));
    return out;
  }

  std::shared_ptr<const Defence> fitted(const std::string& options,
                                        const Json& fit_options = Json::object()) {
    const FitEntry fit = cmrm_fit();
    Artefact artefact =
        fit.measure(anchors(), *engine_, complete_options(fit.options, fit_options, "fit"));
    artefact.manifest["chosen"] = {{"layers", "all"}, {"alpha", 1.0}};
    save_artefact(folder_.path() / "cmrm", artefact, info_);
    return make_defence("cmrm(artefact=" + (folder_.path() / "cmrm").string() +
                            (options.empty() ? "" : "," + options) + ")",
                        info_);
  }

  at::Tensor first_logits(const Defence& defence, const Conversation& conversation) {
    const auto keep = std::make_shared<KeepLogits>();
    Request r{.conversation = conversation, .sampling = {.max_new_tokens = 1}};
    r.plan.combiner = keep;
    defence.answer(r, *engine_);
    return keep->seen.at(0);
  }

  TemporaryFolder folder_;
};

// Sample level, the real picture is the meaningless one, last block only, alpha 1: the first logits
// are those of the text alone.
TEST_F(Cmrm, SampleLevelAtTheLastBlockRestoresTheTextLogits) {
  const auto defence = make_defence("cmrm(level=sample,layers=-1)", info_);
  const auto none = make_defence("none", info_);
  const at::Tensor got = first_logits(*defence, question(white_));
  const at::Tensor want = first_logits(*none, question(nullptr));
  EXPECT_TRUE(at::allclose(got, want, 1e-4, 1e-4)) << (got - want).abs().max().item<float>();
  EXPECT_FALSE(at::allclose(first_logits(*none, question(white_)), want, 1e-2, 1e-2));
}

TEST_F(Cmrm, SampleLevelAtOneBlockRestoresTheTextState) {
  for (int layer = 0; layer < 3; ++layer) {
    const auto defence =
        make_defence("cmrm(level=sample,layers=" + std::to_string(layer) + ")", info_);
    const auto recorder = std::make_shared<Recorder>();
    // Asked for after the edit, so it sees what the next block reads.
    class After : public Defence {
     public:
      explicit After(std::shared_ptr<Tap> tap) : tap_(std::move(tap)) {}
      void prepare(Request& r) const override { r.plan.taps.push_back(tap_); }
      std::shared_ptr<Tap> tap_;
    };
    class Outer : public Generator {
     public:
      Outer(Generator& g, std::shared_ptr<Tap> tap) : g_(g), tap_(std::move(tap)) {}
      Generation generate(const Request& r) override {
        Request with = r;
        with.plan.taps.push_back(tap_);
        return g_.generate(with);
      }
      ModelInfo info() const override { return g_.info(); }
      Generator& g_;
      std::shared_ptr<Tap> tap_;
    } outer(*engine_, recorder);
    defence->answer({.conversation = question(white_), .sampling = {.max_new_tokens = 1}}, outer);
    const at::Tensor want =
        last_prompt_states(question(nullptr), *engine_, 3).select(0, layer).to(at::kFloat);
    const at::Tensor rows = recorder->rows.at(static_cast<std::size_t>(layer));
    EXPECT_TRUE(at::allclose(rows.select(0, rows.size(0) - 1), want, 1e-4, 1e-4))
        << "layer " << layer;
  }
}

TEST_F(Cmrm, MeanDeltaIsTheMeanOfThePerRequestShifts) {
  fitted("");
  const at::Tensor v = load_artefact(folder_.path() / "cmrm", "cmrm", info_).tensors.at("v");
  at::Tensor sum = at::zeros({3, 64}, at::TensorOptions().dtype(at::kDouble));
  for (const Conversation& anchor : anchors()) sum += cmrm_shift(anchor, "white", *engine_, info_);
  EXPECT_TRUE(at::allclose(v, (sum / 5.0).to(at::kFloat), 1e-6, 1e-6));
}

TEST_F(Cmrm, ZeroStrengthIsPlainBitForBit) {
  const auto conversation = question(random_picture(28, 28, 9));
  EXPECT_TRUE(at::equal(first_logits(*fitted("alpha=0"), conversation),
                        first_logits(*make_defence("none", info_), conversation)));
}

TEST_F(Cmrm, TextRequestsPassUntouched) {
  Request r{.conversation = question(nullptr)};
  fitted("")->prepare(r);
  EXPECT_FALSE(r.plan.needs_model());
}

TEST_F(Cmrm, PrefillOnlyLeavesEarlierPromptStatesAlone) {
  const auto conversation = question(random_picture(28, 28, 9));
  const auto states = [&](const Defence& defence) {
    const auto recorder = std::make_shared<Recorder>();
    Request r{.conversation = conversation, .sampling = {.max_new_tokens = 1}};
    defence.prepare(r);
    r.plan.taps.push_back(recorder);
    engine_->generate(r);
    return recorder->rows;
  };
  const auto plain = states(*make_defence("none", info_));
  const auto edited = states(*fitted("layers=0"));
  for (std::size_t layer = 0; layer < 3; ++layer) {
    const auto last = plain[layer].size(0) - 1;
    EXPECT_TRUE(at::equal(plain[layer].narrow(0, 0, last), edited[layer].narrow(0, 0, last)));
    EXPECT_FALSE(at::equal(plain[layer].select(0, last), edited[layer].select(0, last)));
  }
}

// With blocks that change nothing, edits add up: as_fitted to the sum of v, telescoped to v itself.
TEST_F(Cmrm, TelescopedEditsSumToTheVectorOfTheLayer) {
  const at::Tensor v = at::randn({3, 64});
  Artefact artefact{.method = "cmrm"};
  artefact.tensors = {{"v", v}, {"sigma1", at::ones({3})}, {"mean_norm", at::ones({3})}};
  save_artefact(folder_.path() / "toy", artefact, info_);
  const auto displacement = [&](const std::string& accumulate) {
    Request r{.conversation = question(white_)};
    make_defence("cmrm(accumulate=" + accumulate +
                     ",alpha=0.5,layers=all,artefact=" + (folder_.path() / "toy").string() + ")",
                 info_)
        ->prepare(r);
    at::Tensor row = at::zeros({1, 64});
    std::vector<at::Tensor> out;
    for (int layer = 0; layer < 3; ++layer) {
      row = r.plan.taps.at(0)->at({.site = Site::kBlockOut, .layer = layer, .last_prompt_row = 0},
                                  row);
      out.push_back(row.select(0, 0));
    }
    return at::stack(out);
  };
  EXPECT_TRUE(at::allclose(displacement("telescoped"), v * 0.5, 1e-5, 1e-5));
  EXPECT_TRUE(at::allclose(displacement("as_fitted"), at::cumsum(v, 0) * 0.5, 1e-5, 1e-5));
}

// Vectors measured with the edits below installed bring every edited state back to the text's mean.
TEST_F(Cmrm, RefitVectorsDoNotPileUp) {
  const auto error_with = [&](const std::string& accumulate) {
    const auto defence = fitted("accumulate=" + accumulate, {{"refit", true}});
    at::Tensor off = at::zeros({64}, at::TensorOptions().dtype(at::kDouble));
    for (const Conversation& anchor : anchors()) {
      const Conversation meaningless = with_picture(anchor, white_);
      Request r{.conversation = meaningless};
      defence->prepare(r);
      off += last_prompt_states(meaningless, *engine_, 3, r.plan.taps).select(0, 2) -
             last_prompt_states(without_pictures(anchor), *engine_, 3).select(0, 2);
    }
    return (off / 5.0).norm().item<double>();
  };
  EXPECT_LT(error_with("refit"), 1e-3);
  EXPECT_GT(error_with("as_fitted"), 1e-2);
}

TEST_F(Cmrm, ArtefactOfAnotherModelIsRefused) {
  fitted("");
  const TinyModel other({.seed = 34});
  const auto engine = load_generator(other.path(), {.threads = 1});
  EXPECT_THROW(
      make_defence("cmrm(artefact=" + (folder_.path() / "cmrm").string() + ")", engine->info()),
      Error);
}

TEST_F(Cmrm, ChosenSettingsAreDefaultsThatOptionsOverride) {
  Artefact artefact{.method = "cmrm"};
  artefact.tensors = {
      {"v", at::ones({3, 64})}, {"sigma1", at::ones({3})}, {"mean_norm", at::ones({3})}};
  artefact.manifest["chosen"] = {{"layers", "1"}, {"alpha", 2.0}};
  save_artefact(folder_.path() / "toy", artefact, info_);
  const auto edited = [&](const std::string& more) {
    Request r{.conversation = question(white_)};
    make_defence("cmrm(artefact=" + (folder_.path() / "toy").string() + more + ")", info_)
        ->prepare(r);
    Tap& tap = *r.plan.taps.at(0);
    EXPECT_FALSE(tap.wants(Site::kBlockOut, 0, Phase::kPrefill));
    return tap
        .at({.site = Site::kBlockOut, .layer = 1, .last_prompt_row = 0}, at::zeros({1, 64}))[0][0]
        .item<float>();
  };
  EXPECT_EQ(edited(""), 2.F);
  EXPECT_EQ(edited(",alpha=0.5"), 0.5F);
}

// An artefact whose tuning chose nothing has no safe default: the paper's setting refuses
// everything.
TEST_F(Cmrm, WithoutChosenSettingsLayersAndAlphaAreBothNeeded) {
  Artefact artefact{.method = "cmrm"};
  artefact.tensors = {
      {"v", at::ones({3, 64})}, {"sigma1", at::ones({3})}, {"mean_norm", at::ones({3})}};
  save_artefact(folder_.path() / "toy", artefact, info_);
  const auto made_with = [&](const std::string& more) {
    return make_defence("cmrm(artefact=" + (folder_.path() / "toy").string() + more + ")", info_);
  };
  for (const char* more : {"", ",alpha=0.5", ",layers=1", ",steps=all_steps"}) {
    try {
      made_with(more);
      ADD_FAILURE() << "accepted '" << more << "'";
    } catch (const Error& error) {
      EXPECT_EQ(error.kind(), ErrorKind::kUsage) << more;
      EXPECT_NE(error.message().find("needs layers and alpha"), std::string::npos);
      EXPECT_NE(error.hint().find("cmrm(layers="), std::string::npos);
    }
  }
  EXPECT_NE(made_with(",layers=1,alpha=0.5"), nullptr);
}

TEST_F(Cmrm, ModelsWithoutHiddenStatesAreRefused) {
  EXPECT_THROW(make_defence("cmrm", {.name = "remote"}), Error);
}

TEST_F(Cmrm, NeedsAtLeastTwoAnchors) {
  const FitEntry fit = cmrm_fit();
  EXPECT_THROW(fit.measure({}, *engine_, complete_options(fit.options, Json::object(), "fit")),
               Error);
}

}  // namespace
}  // namespace sightline
