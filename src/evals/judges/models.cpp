// The models that judges ask, each loaded once.
#include <map>
#include <mutex>

#include "sightline/error.h"
#include "sightline/judge.h"

namespace sightline {
namespace {

class Models {
 public:
  Models(std::string fallback, EngineOptions options)
      : fallback_(std::move(fallback)), options_(std::move(options)) {}

  std::shared_ptr<Generator> get(const std::string& asked) {
    const std::string& name = asked.empty() ? fallback_ : asked;
    if (name.empty()) {
      fail_with_hint(ErrorKind::kUsage,
                     "name one with --judge-model, or in the judge: 'pair(model=default)'",
                     "this judge asks a model, and none is named");
    }
    const std::lock_guard lock(mutex_);
    std::shared_ptr<Generator>& known = loaded_[name];
    if (!known) known = load_generator(name, options_);
    return known;
  }

 private:
  const std::string fallback_;
  const EngineOptions options_;
  std::mutex mutex_;
  std::map<std::string, std::shared_ptr<Generator>> loaded_;  // guarded by mutex_
};

}  // namespace

JudgeContext judge_models(std::string fallback, const EngineOptions& options) {
  const auto models = std::make_shared<Models>(std::move(fallback), options);
  return {.generator = [models](const std::string& name) { return models->get(name); }};
}

}  // namespace sightline
