// A defence: a published or packaged method that changes how one request is answered.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "sightline/generator.h"
#include "sightline/request.h"

namespace sightline {

// Immutable after construction; const use is thread-safe.
class Defence {
 public:
  virtual ~Defence() = default;

  // Edits the request before it is answered: messages, taps, branches, combiner.
  virtual void prepare(Request& request) const = 0;

  // Folders of the LoRA adapters that must be on the model that answers; most methods need none.
  virtual std::vector<std::string> adapters() const { return {}; }

  // Answers; the default prepares a copy and generates once. Override for methods of several turns.
  virtual Generation answer(const Request& request, Generator& generator) const;
};

// "none", "safety_prompt", "cmrm(alpha=1.0,layers=20)", "safety_prompt+cmrm" (applied left to
// right). `model` checks what the defence needs: fitted artefacts carry the hash of the model they
// were fitted on, and one for another model is refused naming both. Throws Error: kUsage for
// unknown names and options (with the near ones), kNotFound for a missing artefact, kBadFile for a
// damaged or foreign one.
std::shared_ptr<const Defence> make_defence(const std::string& spec, const ModelInfo& model);

}  // namespace sightline
