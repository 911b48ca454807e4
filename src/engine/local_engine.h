// The generator over a model in this process.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include "engine/batcher.h"
#include "engine/vision_cache.h"
#include "models/bundle.h"
#include "sightline/generator.h"

namespace sightline {

// generate() prepares the request on the caller's thread (template, tokens, picture pixels) and
// blocks; one engine thread runs the model for all callers.
class LocalEngine : public Generator {
 public:
  LocalEngine(Bundle bundle, const EngineOptions& options);
  ~LocalEngine() override;  // answers in flight fail with kInterrupted

  Generation generate(const Request& request) override;
  ModelInfo info() const override;

  const Bundle& bundle() const { return bundle_; }

 private:
  std::shared_ptr<Job> prepare(const Request& request);
  BranchRun prepare_branch(const Conversation& conversation, const TapList& taps,
                           const std::shared_ptr<const PixelEdit>& pixels) const;
  void run();

  Bundle bundle_;
  EngineOptions options_;
  VisionCache vision_;
  std::mutex mutex_;
  std::condition_variable arrived_;
  std::vector<std::shared_ptr<Job>> inbox_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace sightline
