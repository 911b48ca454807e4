// A generator that answers from a script, and a defence that only leaves its name: the eval loop,
// the store and the reports are tested with these, without a model.
#pragma once

#include <fcntl.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "sightline/defence.h"
#include "sightline/generator.h"

namespace sightline {

// What a request says: its system message (where FakeDefence leaves its name) and its last words.
struct FakeAsk {
  std::string defence;
  std::string question;
  bool has_picture = false;
  double temperature = 0;
  std::uint64_t seed = 0;
};

inline FakeAsk fake_ask_of(const Request& request) {
  FakeAsk ask{.temperature = request.sampling.temperature, .seed = request.sampling.seed};
  for (const Message& message : request.conversation) {
    for (const Part& part : message.parts) {
      ask.has_picture = ask.has_picture || part.picture != nullptr;
      if (!part.picture) (message.role == "system" ? ask.defence : ask.question) = part.text;
    }
  }
  return ask;
}

// Thread-safe as a generator is; options are set before use.
class FakeGenerator : public Generator {
 public:
  using Script = std::function<std::string(const FakeAsk&)>;

  explicit FakeGenerator(Script script = [](const FakeAsk&) { return "Sorry, I cannot."; })
      : script_(std::move(script)) {}

  std::chrono::microseconds delay{0};
  std::filesystem::path log;  // gets a line "defence|question" before each answer

  Generation generate(const Request& request) override {
    const FakeAsk ask = fake_ask_of(request);
    if (!log.empty()) append(ask.defence + "|" + ask.question + "\n");
    {
      const std::lock_guard lock(mutex_);
      asks_.push_back(ask);
      most_at_once_ = std::max(most_at_once_, ++at_once_);
    }
    std::this_thread::sleep_for(delay);
    const std::lock_guard lock(mutex_);
    --at_once_;
    Generation out;
    out.text = script_(ask);
    out.token_ids = {1, 2, 3};
    out.usage = {
        .prompt_tokens = 10, .cached_tokens = 4, .image_tokens = 0, .completion_tokens = 3};
    return out;
  }

  ModelInfo info() const override {
    return {.name = "fake",
            .family = "fake",
            .dtype = "fp32",
            .device = "cpu",
            .weights_sha256 = "w",
            .template_sha256 = "t",
            .sees_pictures = true};
  }

  std::vector<FakeAsk> asks() const {  // in the order in which they came
    const std::lock_guard lock(mutex_);
    return asks_;
  }
  int most_at_once() const {
    const std::lock_guard lock(mutex_);
    return most_at_once_;
  }

 private:
  // One write call: lines of a killed process are whole or absent.
  void append(const std::string& line) const {
    const int file = ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
    [[maybe_unused]] const ssize_t written = ::write(file, line.data(), line.size());
    ::close(file);
  }

  Script script_;
  mutable std::mutex mutex_;
  std::vector<FakeAsk> asks_;
  int at_once_ = 0;
  int most_at_once_ = 0;
};

class FakeDefence : public Defence {
 public:
  explicit FakeDefence(std::string name) : name_(std::move(name)) {}

  void prepare(Request& request) const override {
    request.conversation.insert(request.conversation.begin(), Message::text("system", name_));
  }

 private:
  std::string name_;
};

}  // namespace sightline
