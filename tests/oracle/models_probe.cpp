// Runs models and writes all that a tap can see, for comparison with another implementation.
//
//   models_probe locate NAME     the folder or file behind a model's name, on stdout
//   models_probe JOBS.json
//
// JOBS: [{"model": folder or file, "dtype": "fp32", "input": IN.safetensors,
//         "output": OUT.safetensors, "new_tokens": 32}, …]
// IN:  input_ids [T] int64; pixel_values [N, 3, S, S] when there are pictures
// OUT: tap.<site>.<layer> [T, D] (vision sites: <layer> counts pictures), logits [T, V] fp32,
//      generated [new_tokens] int64: greedy, one token at a time through the cache
//
// A job that fails prints "<output>: <kind>: <message>" on stdout; the exit code is then 1.
#include <ATen/TensorOperators.h>
#include <ATen/core/Tensor.h>
#include <ATen/ops/empty.h>

#include <iostream>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "base/json.h"
#include "models/bundle.h"
#include "models/registry.h"
#include "nn/forward_context.h"
#include "sightline/error.h"
#include "tensor/checkpoint.h"
#include "tensor/safetensors.h"

namespace sightline {
namespace {

class RecordingTap : public Tap {
 public:
  bool wants(Site, int, Phase phase) const override { return phase == Phase::kPrefill; }
  at::Tensor at(const TapPoint& point, at::Tensor hidden) override {
    int layer = point.layer;
    if (point.site == Site::kVisionOut || point.site == Site::kProjectorOut) {
      layer = pictures_[point.site]++;
    }
    seen["tap." + std::string(name_of(point.site)) + "." + std::to_string(layer)] =
        hidden.to(at::kFloat).contiguous();
    return hidden;
  }

  std::map<std::string, at::Tensor> seen;

 private:
  std::map<Site, int> pictures_;
};

// Placeholder rows replaced by the pictures' rows, in order.
at::Tensor splice(const Model& model, at::Tensor rows, const at::Tensor& ids,
                  const at::Tensor& pictures) {
  const at::Tensor places = (ids == model.shape().image_token.value_or(-1)).nonzero().squeeze(1);
  return rows.index_copy(0, places, pictures.reshape({-1, rows.size(1)}));
}

at::Tensor pass(const Model& model, at::Tensor rows, KvCache& cache, const TapList& taps) {
  const std::int64_t count = rows.size(0);
  const std::vector<TokenKind> kinds(static_cast<std::size_t>(count), TokenKind::kText);
  ForwardContext context;
  const bool prefill = cache.length() == 0;
  context.sequences = {{.begin = 0,
                        .count = count,
                        .position = cache.length(),
                        .cache = &cache,
                        .phase = prefill ? Phase::kPrefill : Phase::kDecode,
                        .kinds = kinds,
                        .last_prompt_row = prefill ? count - 1 : -1,
                        .taps = taps}};
  return model.logits(model.forward(std::move(rows), context));
}

void run(const Json& job) {
  const auto model = load_model(Checkpoint::open(job.at("model").get<std::string>()),
                                job.at("dtype").get<std::string>(), "cpu");
  const auto input = SafetensorsFile::open(job.at("input").get<std::string>());
  const at::Tensor ids = input->tensor("input_ids");
  const auto tap = std::make_shared<RecordingTap>();
  const TapList taps{tap};

  at::Tensor rows = model->embed(ids);
  if (input->contains("pixel_values")) {
    rows = splice(*model, rows, ids, model->encode_pictures(input->tensor("pixel_values"), taps));
  }
  const auto count = job.at("new_tokens").get<std::int64_t>();
  KvCache cache = model->new_cache(ids.size(0) + count);
  at::Tensor logits = pass(*model, rows, cache, taps);
  std::map<std::string, at::Tensor> out = tap->seen;
  out["logits"] = logits;
  at::Tensor generated = at::empty({count}, at::kLong);
  for (std::int64_t i = 0; i < count; ++i) {
    const at::Tensor next = logits[-1].argmax().reshape({1});
    generated.narrow(0, i, 1).copy_(next);
    if (i + 1 < count) logits = pass(*model, model->embed(next), cache, {});
  }
  out["generated"] = generated;
  write_safetensors(job.at("output").get<std::string>(), out);
}

int main_of(const std::string& file) {
  int failed = 0;
  for (const Json& job : read_json(file)) {
    try {
      run(job);
    } catch (const Error& error) {
      std::cout << job.at("output").get<std::string>() << ": " << name_of(error.kind()) << ": "
                << error.message() << std::endl;
      failed = 1;
    }
  }
  return failed;
}

}  // namespace
}  // namespace sightline

int main(int argc, char** argv) {
  if (argc == 3 && std::string(argv[1]) == "locate") {
    std::cout << sightline::locate_model(argv[2]).string() << std::endl;
    return 0;
  }
  if (argc != 2) {
    std::cerr << "usage: models_probe JOBS.json | locate NAME\n";
    return 2;
  }
  return sightline::main_of(argv[1]);
}
