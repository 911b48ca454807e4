// A defence that is an adapter on the model that answers, and nothing else.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "sightline/defence.h"

namespace sightline {

class AdapterDefence : public Defence {
 public:
  explicit AdapterDefence(std::string folder) : folder_(std::move(folder)) {}

  void prepare(Request&) const override {}
  std::vector<std::string> adapters() const override { return {folder_}; }

 private:
  std::string folder_;
};

}  // namespace sightline
