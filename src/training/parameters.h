// What training changes: LoRA factors, the projector, or whole weights.
#pragma once

#include <ATen/core/Tensor.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "models/lora_files.h"
#include "models/model.h"

namespace sightline {

// Parts of a model by the paths of Model::visit.
enum class ModelPart { kVision, kProjector, kLanguage, kTable };  // kTable: embeddings and head
ModelPart part_of(const std::string& path);

struct TrainedParts {
  std::string language = "lora";   // lora, full, frozen
  std::string projector = "full";  // full, frozen
  std::string vision = "frozen";   // full, frozen
  LoraSettings lora;
  std::string lora_targets;  // pattern of module paths; empty: every linear but the head
};

struct TrainedParameter {
  std::string name;   // path of Model::visit + ".lora_A", ".lora_B" or the tensor's own name
  at::Tensor tensor;  // fp32 leaf that asks for a gradient
  bool projector = false;
  bool decays = true;  // biases and norms do not
};

// The trained parts of one model, made ready for autograd. The model must outlive it.
struct TrainedModel {
  std::vector<TrainedParameter> parameters;  // in the order of the model
  std::shared_ptr<LoraControl> control;      // of the LoRA, null without
  LoraSettings lora;
  std::int64_t count() const;  // numbers trained
};

// Attaches fresh LoRA factors (A Kaiming-uniform with a = √5 from `seed`, B zero) and turns weights
// into fp32 leaves. Throws Error: kUsage when a choice is unknown or nothing would be trained,
// kUnsupported for int8 weights in full mode.
TrainedModel make_trainable(Model& model, const TrainedParts& parts, std::uint64_t seed);

// The adapter as it stands: LoRA factors, and every other trained tensor as `replaced`.
LoraAdapter adapter_of(const TrainedModel& trained, const std::string& base_model);

}  // namespace sightline
