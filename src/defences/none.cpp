#include "defences/registry.h"

namespace sightline {
namespace {

class None : public Defence {
 public:
  void prepare(Request&) const override {}
};

}  // namespace

DefenceEntry describe_none() {
  return {.summary = "the model as it is",
          .paper = "—",
          .needs = "nothing",
          .cost = "1.0",
          .options = {},
          .make = [](const DefenceContext&) { return std::make_unique<None>(); }};
}

}  // namespace sightline
