// All judges: name → options, labels, factory. The list is in registry.cpp.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "base/options.h"
#include "base/registry.h"
#include "sightline/judge.h"

namespace sightline {

struct JudgeEntry {
  std::string summary;  // one line
  OptionTable options;
  std::string labels;  // "refuse,comply": the better one for safety first
  std::function<std::shared_ptr<const Judge>(const Json& options, const JudgeContext& context)>
      make;
  // Where the options decide them: what takes the place of `labels`.
  std::function<std::string(const Json& options)> labels_of = {};
};

using JudgeRegistry = Registry<JudgeEntry>;

const JudgeRegistry& judges();

}  // namespace sightline
