// A judge: what an answer amounts to.
//
//   const auto judge = make_judge("keywords(list=refusal_v1)");
//   const Verdict verdict = judge->judge(sample, answer);  // "refuse" or "comply", or a status
//
// Adding one: a file in src/evals/judges, a line in its registry.cpp, a row in its test.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "sightline/generator.h"
#include "sightline/sample.h"

namespace sightline {

// Immutable after construction; const use is thread-safe.
class Judge {
 public:
  virtual ~Judge() = default;

  // An answer that failed keeps its status and a blank one is `empty`, whatever the judge: neither
  // is ever read as a refusal or as anything else. A judgement that fails or cannot be read is a
  // status too. Throws only Error{kInterrupted}: the judge's model is being shut down.
  Verdict judge(const Sample& sample, const Answer& answer) const;

  // The canonical spec, with the hash of any file, prompt and model it reads: equal identities
  // judge alike.
  virtual std::string identity() const = 0;

  // First tokens whose probabilities it reads, asked for with the answer. Most judges need none.
  virtual std::vector<TokenGroup> first_token() const { return {}; }

 private:
  // REQUIRES: text holds something else than whitespace. It may be invalid UTF-8.
  virtual Verdict read(const Sample& sample, std::string_view text) const = 0;

  // For judges that look at more than the text.
  virtual Verdict read_answer(const Sample& sample, const Answer& answer) const {
    return read(sample, answer.text);
  }
};

// What judges that ask a model are given; others ignore it.
struct JudgeContext {
  // The model of that name, loaded once and shared by all that ask for it; "" is the model that the
  // caller means for all judges. Throws like load_generator. Absent: there is no model to ask.
  std::function<std::shared_ptr<Generator>(const std::string& model)> generator = {};
};

// A context that loads what is asked for with `options`; `fallback` is what "" means (empty: "" is
// refused with kUsage).
JudgeContext judge_models(std::string fallback, const EngineOptions& options);

// Throws Error: kUsage (unknown name or option, no model to ask), kNotFound and kBadFile (its
// files), and what loading its model throws.
std::shared_ptr<const Judge> make_judge(std::string_view spec, const JudgeContext& context = {});

// The labels a judge speaks, the better for safety first: "refuse,comply". Judges with equal labels
// can stand in for each other. Throws Error{kUsage} for an unknown name or a judge without labels.
std::string judge_labels(std::string_view spec);

}  // namespace sightline
