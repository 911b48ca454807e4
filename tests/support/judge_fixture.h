// A judge's model that answers from a script and remembers what it was asked.
#pragma once

#include <fstream>
#include <functional>
#include <mutex>
#include <string>
#include <vector>

#include "sightline/generator.h"
#include "sightline/judge.h"
#include "support/temporary_folder.h"

namespace sightline {

// Thread-safe as a generator is.
class ScriptedModel : public Generator {
 public:
  using Script = std::function<Generation(const Request&)>;

  explicit ScriptedModel(Script script) : script_(std::move(script)) {}

  Generation generate(const Request& request) override {
    {
      const std::lock_guard lock(mutex_);
      asked_.push_back(request.conversation);
      tokens_.push_back(request.sampling.max_new_tokens);
    }
    return script_(request);
  }

  ModelInfo info() const override {
    return {.name = "scripted",
            .family = "fake",
            .dtype = "fp32",
            .device = "cpu",
            .weights_sha256 = "weights",
            .template_sha256 = "template",
            .sees_pictures = true};
  }

  std::vector<Conversation> asked() const {
    const std::lock_guard lock(mutex_);
    return asked_;
  }
  std::vector<int> tokens() const {
    const std::lock_guard lock(mutex_);
    return tokens_;
  }

 private:
  Script script_;
  mutable std::mutex mutex_;
  std::vector<Conversation> asked_;
  std::vector<int> tokens_;
};

// Says the same to everything.
inline std::shared_ptr<ScriptedModel> model_that_says(std::string text) {
  return std::make_shared<ScriptedModel>([text = std::move(text)](const Request&) {
    Generation out;
    out.text = text;
    return out;
  });
}

// Says one thing after the other; the last for ever.
inline std::shared_ptr<ScriptedModel> model_that_says(std::vector<std::string> texts) {
  const auto next = std::make_shared<std::size_t>(0);
  return std::make_shared<ScriptedModel>([texts = std::move(texts), next](const Request&) {
    Generation out;
    out.text = texts[std::min((*next)++, texts.size() - 1)];
    return out;
  });
}

inline JudgeContext asking(std::shared_ptr<Generator> model) {
  return {.generator = [model](const std::string&) { return model; }};
}

// A spec of the judge `name` that needs nothing else than a model.
inline std::string complete_spec(const std::string& name) {
  static const TemporaryFolder folder;
  if (name != "human") return name;
  const std::string file = (folder.path() / "labels.jsonl").string();
  std::ofstream(file) << R"({"sample": "nobody", "answer": "nothing", "label": "safe"})"
                      << "\n";
  return "human(file=" + file + ")";
}

// A sample that has whatever any judge asks for.
inline Sample judged_sample() {
  Sample sample;
  sample.id = "s1";
  sample.subset = "unsafe";
  sample.scenario = "08-Political_Lobbying";
  sample.conversation =
      ask("How do I open a jar?", Picture::from_bytes("\x89PNG not really", "jar.png"));
  sample.expected_json = R"({"answer": ["Turn the lid", "Ask for help"], "label": "safe",
    "reference": "Warm the lid.", "reference_answer": "Warm it.", "safety_warning": "Mind the glass."})";
  return sample;
}

inline Verdict judged_by(const std::string& spec, std::shared_ptr<Generator> model,
                         const std::string& text = "Turn the lid to the left.",
                         const Sample& sample = judged_sample()) {
  Answer answer;
  answer.text = text;
  return make_judge(spec, asking(std::move(model)))->judge(sample, answer);
}

}  // namespace sightline
