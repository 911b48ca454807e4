// steer MODEL LAYER STRENGTH FROM TO QUESTION: answers QUESTION twice, as the model is and with
// STRENGTH times the direction from prompt FROM to prompt TO added after block LAYER.
//
// The direction is the difference of the hidden states of the last prompt tokens.
#include <ATen/TensorOperators.h>
#include <ATen/ops/zeros_like.h>

#include <cstdlib>
#include <iostream>
#include <memory>
#include <string>

#include "sightline/error.h"
#include "sightline/generator.h"
#include "sightline/tap.h"

namespace {

using sightline::Phase;
using sightline::Site;

// Keeps the row of the last prompt token.
class LastRow : public sightline::Tap {
 public:
  explicit LastRow(int layer) : layer_(layer) {}

  bool wants(Site site, int layer, Phase phase) const override {
    return site == Site::kBlockOut && layer == layer_ && phase == Phase::kPrefill;
  }
  sightline::TapScope scope() const override { return sightline::TapScope::kFromLastPrompt; }

  at::Tensor at(const sightline::TapPoint& point, at::Tensor hidden) override {
    if (point.last_prompt_row >= 0) row = hidden.select(0, point.last_prompt_row).clone();  // [D]
    return hidden;
  }

  at::Tensor row;

 private:
  int layer_;
};

// Adds a vector to the last prompt token and to everything generated after it.
class AddVector : public sightline::Tap {
 public:
  AddVector(int layer, at::Tensor vector) : layer_(layer), vector_(std::move(vector)) {}

  bool wants(Site site, int layer, Phase) const override {
    return site == Site::kBlockOut && layer == layer_;
  }
  sightline::TapScope scope() const override { return sightline::TapScope::kFromLastPrompt; }

  at::Tensor at(const sightline::TapPoint& point, at::Tensor hidden) override {
    if (point.phase == Phase::kDecode) return hidden + vector_;  // [T, D]
    if (point.last_prompt_row < 0) return hidden;
    at::Tensor edit = at::zeros_like(hidden);
    edit.select(0, point.last_prompt_row).copy_(vector_);
    return hidden + edit;
  }

 private:
  int layer_;
  at::Tensor vector_;  // [D]
};

at::Tensor last_row(sightline::Generator& generator, int layer, const std::string& prompt) {
  const auto tap = std::make_shared<LastRow>(layer);
  sightline::Request request;
  request.conversation = sightline::ask(prompt);
  request.sampling.max_new_tokens = 0;
  request.plan.taps = {tap};
  generator.generate(request);
  return tap->row;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 7) {
    std::cerr << "usage: steer MODEL LAYER STRENGTH FROM TO QUESTION\n";
    return 2;
  }
  try {
    const auto generator = sightline::load_generator(argv[1]);
    const int layer = std::atoi(argv[2]);
    const double strength = std::atof(argv[3]);
    const at::Tensor direction =
        last_row(*generator, layer, argv[5]) - last_row(*generator, layer, argv[4]);

    sightline::Request request;
    request.conversation = sightline::ask(argv[6]);
    std::cout << "plain:   " << generator->generate(request).text << "\n";
    request.plan.taps = {std::make_shared<AddVector>(layer, strength * direction)};
    std::cout << "steered: " << generator->generate(request).text << "\n";
  } catch (const sightline::Error& error) {
    std::cerr << "error: " << error.message() << "\n";
    return exit_code_of(error.kind());
  }
}
