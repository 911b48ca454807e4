#include <ATen/TensorOperators.h>
#include <ATen/ops/stack.h>
#include <ATen/ops/tensor.h>
#include <ATen/ops/zeros.h>

#include <algorithm>
#include <atomic>
#include <exception>
#include <mutex>
#include <thread>

#include "base/progress.h"
#include "defences/cmrm.h"
#include "defences/cmrm_vectors.h"

namespace sightline {
namespace {

constexpr int kCallers = 16;  // requests in flight, so that the engine fills its batches

// work(i) for every i < count from several threads; the first exception is thrown again here.
void for_each_parallel(std::size_t count, const std::function<void(std::size_t)>& work) {
  std::atomic<std::size_t> next{0};
  std::exception_ptr error;
  std::mutex mutex;
  std::vector<std::thread> callers;
  for (int c = 0; c < kCallers; ++c) {
    callers.emplace_back([&] {
      try {
        for (std::size_t i = next++; i < count; i = next++) work(i);
      } catch (...) {
        next = count;
        const std::lock_guard lock(mutex);
        if (!error) error = std::current_exception();
      }
    });
  }
  for (std::thread& caller : callers) caller.join();
  if (error) std::rethrow_exception(error);
}

// δ of every anchor, [N, L, D] fp64; edits [L, D] of the blocks below `edited` are installed.
at::Tensor measure_deltas(const std::vector<Conversation>& anchors, Generator& generator,
                          const std::string& corruption, const at::Tensor& edits, int edited,
                          Progress& progress) {
  const ModelInfo model = generator.info();
  ResidualEdit edit{.vectors = edits};
  for (int layer = 0; layer < edited; ++layer) edit.layers.push_back(layer);
  const ResidualEditor editor(edit);
  std::vector<at::Tensor> deltas(anchors.size());
  for_each_parallel(anchors.size(), [&](std::size_t i) {
    const TapList taps = edited > 0 ? TapList{editor.new_tap()} : TapList{};
    deltas[i] = cmrm_shift(anchors[i], corruption, generator, model, taps);
    progress.advance();
  });
  return at::stack(deltas);
}

// Layer by layer, each measured with the edits below it installed, so that they do not pile up.
at::Tensor refit_vectors(const std::vector<Conversation>& anchors, Generator& generator,
                         const std::string& corruption, Reduction reduction) {
  const ModelInfo model = generator.info();
  at::Tensor vectors =
      at::zeros({model.layers, model.width}, at::TensorOptions().dtype(at::kFloat));
  Progress progress("refit", anchors.size() * static_cast<std::size_t>(model.layers), "anchors");
  for (int layer = 0; layer < model.layers; ++layer) {
    const at::Tensor deltas =
        measure_deltas(anchors, generator, corruption, vectors, layer, progress);
    vectors.select(0, layer).copy_(reduce_deltas(deltas.select(1, layer), reduction, layer).vector);
  }
  return vectors;
}

Artefact measure_cmrm(const std::vector<Conversation>& anchors, Generator& generator,
                      const Json& options) {
  if (anchors.size() < 2) {
    fail(ErrorKind::kUsage, "cmrm is fitted on at least 2 unsafe requests with pictures, found {}",
         anchors.size());
  }
  const std::string corruption = options.at("corrupt").get<std::string>();
  const Reduction reduction = reduction_of(options.at("reduction").get<std::string>());
  const int layers = generator.info().layers;
  at::Tensor deltas;  // [N, L, D]
  {
    Progress progress("fit", anchors.size(), "anchors");
    deltas = measure_deltas(anchors, generator, corruption, at::zeros({layers, 1}), 0, progress);
  }
  std::vector<at::Tensor> vectors;
  std::vector<double> sigmas;
  std::vector<double> norms;
  for (int layer = 0; layer < layers; ++layer) {
    const LayerVector one = reduce_deltas(deltas.select(1, layer), reduction, layer);
    vectors.push_back(one.vector);
    sigmas.push_back(one.sigma1);
    norms.push_back(one.mean_norm);
  }
  Artefact artefact{.method = "cmrm"};
  artefact.tensors["v"] = at::stack(vectors);
  artefact.tensors["sigma1"] = at::tensor(sigmas).to(at::kFloat);
  artefact.tensors["mean_norm"] = at::tensor(norms).to(at::kFloat);
  if (options.at("refit").get<bool>()) {
    artefact.tensors["v_refit"] = refit_vectors(anchors, generator, corruption, reduction);
  }
  artefact.manifest["tap"] = "block_out";
  artefact.manifest["position"] = "last_prompt";
  artefact.manifest["sign_convention"] = "v = h(text) - h(text + corrupted picture), added";
  return artefact;
}

// Single late blocks at several strengths, and the paper's every-layer setting.
std::vector<Json> cmrm_candidates(const Artefact& artefact) {
  const auto layers = static_cast<int>(artefact.tensors.at("v").size(0));
  std::vector<Json> out;
  const auto add = [&](const std::string& where, double alpha) {
    out.push_back({{"layers", where}, {"alpha", alpha}, {"steps", "prefill_only"}});
  };
  for (const double alpha : {0.1, 0.3, 1.0}) add("all", alpha);
  const int step = std::max(1, layers / 15);
  for (int layer = layers / 2; layer < layers - 1; layer += step) {
    for (const double alpha : {0.5, 0.75, 1.0, 1.5}) add(std::to_string(layer), alpha);
  }
  return out;
}

}  // namespace

FitEntry cmrm_fit() {
  return {
      .options = {{"reduction",
                   "mean_delta",
                   "how many shifts become one vector",
                   {},
                   {},
                   {"mean_delta", "svd1_uncentred", "pca1_unit", "pca1_scaled", "pca1_mean_abs"}},
                  {"corrupt",
                   "white",
                   "the meaningless picture",
                   {},
                   {},
                   {"white", "black", "mean_colour", "noise"}},
                  {"refit", false, "also measure vectors layer by layer with earlier edits on"}},
      .measure = measure_cmrm,
      .candidates = cmrm_candidates};
}

}  // namespace sightline
