#include "sightline/defence.h"

#include <utility>
#include <vector>

#include "defences/registry.h"

namespace sightline {
namespace {

// Another defence as a generator: what the outer method asks is answered under the inner one.
class DefendedGenerator : public Generator {
 public:
  DefendedGenerator(const Defence& defence, Generator& generator)
      : defence_(defence), generator_(generator) {}
  Generation generate(const Request& request) override {
    return defence_.answer(request, generator_);
  }
  ModelInfo info() const override { return generator_.info(); }

 private:
  const Defence& defence_;
  Generator& generator_;
};

// Left to right: the first edits first, and every question it asks meets the second.
class Chain : public Defence {
 public:
  Chain(std::shared_ptr<const Defence> first, std::shared_ptr<const Defence> second)
      : first_(std::move(first)), second_(std::move(second)) {}

  void prepare(Request& request) const override {
    first_->prepare(request);
    second_->prepare(request);
  }

  std::vector<std::string> adapters() const override {
    std::vector<std::string> all = first_->adapters();
    for (std::string& one : second_->adapters()) all.push_back(std::move(one));
    return all;
  }

  Generation answer(const Request& request, Generator& generator) const override {
    DefendedGenerator inner(*second_, generator);
    return first_->answer(request, inner);
  }

 private:
  std::shared_ptr<const Defence> first_;
  std::shared_ptr<const Defence> second_;
};

}  // namespace

Generation Defence::answer(const Request& request, Generator& generator) const {
  Request prepared = request;
  prepare(prepared);
  return generator.generate(prepared);
}

std::shared_ptr<const Defence> make_defence(const std::string& spec, const ModelInfo& model) {
  std::shared_ptr<const Defence> whole;
  for (const NamedSpec& part : parse_specs(spec)) {
    const DefenceEntry& entry = defence_registry().at(part.name);
    const Json options = complete_options(entry.options, part.options, part.name);
    std::shared_ptr<const Defence> made =
        entry.make({.model = model, .given = part.options, .options = options});
    whole = whole ? std::make_shared<Chain>(std::move(whole), std::move(made)) : std::move(made);
  }
  return whole;
}

}  // namespace sightline
