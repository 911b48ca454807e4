// The model families, by the model_type of config.json, and the way to load one.
#pragma once

#include <ATen/core/Tensor.h>

#include <memory>
#include <string>

#include "base/registry.h"
#include "models/config_reader.h"
#include "models/model.h"
#include "nn/linear.h"
#include "tensor/weight_scope.h"

namespace sightline {

class Checkpoint;

// What a family loads from. Borrowed for the call.
struct ModelSource {
  std::shared_ptr<const Checkpoint> checkpoint;
  const ConfigReader& config;
  at::ScalarType dtype;        // as Model::weight_dtype(): kChar for int8
  at::ScalarType float_dtype;  // of what is not quantised; equals dtype unless int8
  at::Device device;

  WeightFormat format() const {
    return dtype == at::kChar ? WeightFormat::kInt8 : WeightFormat::kFloat;
  }
  WeightOptions weight_options() const { return {.dtype = float_dtype, .device = device}; }
};

struct ModelFamily {
  std::string summary;  // one line, for `sightline list families`
  std::unique_ptr<Model> (*load)(const ModelSource& source);
};

// Every family, by model_type.
Registry<ModelFamily> model_families();

// `dtype`: auto (the file's), fp32, bf16, fp16, int8. `device`: auto, cpu, cuda, cuda:i.
// Throws Error: kUsage for an unknown dtype or device, kUnsupported for an unknown family (with the
// known ones), an unavailable device or a dtype it cannot compute, else as the family's loader.
std::unique_ptr<Model> load_model(const std::shared_ptr<const Checkpoint>& checkpoint,
                                  const std::string& dtype, const std::string& device);

}  // namespace sightline
