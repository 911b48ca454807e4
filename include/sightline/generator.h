// The seam between what asks and what answers.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "sightline/error.h"
#include "sightline/request.h"

namespace sightline {

// What identifies and bounds a model, for records, artefacts and messages.
struct ModelInfo {
  std::string name;             // as the user gave it
  std::string family;           // "llava", "llama", "remote"
  std::string dtype;            // "fp32", "bf16", "fp16", "int8"
  std::string device;           // "cpu", "cuda:0"
  std::string weights_sha256;   // of the weight files
  std::string template_sha256;  // of the chat template
  int layers = 0;
  std::int64_t width = 0;
  std::int64_t context = 0;  // positions
  bool sees_pictures = false;
  std::array<double, 3> picture_mean = {};  // colour (0..1) that preprocessing maps to zero
};

// A server gave no answer for a reason that is a result, not a fault: the sample's status is
// kTimeout or kFiltered. Its kind is kRemote.
class NoAnswer : public Error {
 public:
  enum class Why { kTimeout, kFiltered };

  NoAnswer(Why why, std::string message)
      : Error(ErrorKind::kRemote, std::move(message)), why_(why) {}
  Why why() const { return why_; }

 private:
  Why why_;
};

class Generator {
 public:
  virtual ~Generator() = default;

  // Blocks until the answer is complete. Thread-safe: callers are batched together.
  // Errors: kUsage (empty conversation, a plan that does not fit), kBadFile (a picture that is no
  // picture), kUnsupported (taps asked of a remote endpoint, pictures of a text model), kRemote (a
  // server that fails, or NoAnswer). A prompt that exceeds the context is kUsage.
  virtual Generation generate(const Request& request) = 0;

  // Thread-safe. May hash the weight files at the first call (cached on disk).
  virtual ModelInfo info() const = 0;
};

// How a model behind a server is asked.
struct RemoteOptions {
  std::string key_variable = {};   // environment variable of the key; empty: SIGHTLINE_API_KEY,
                                   // then, at api.openai.com alone, OPENAI_API_KEY
  std::string key_base = {};       // the one address ("https://host/v1") that this key is for;
                                   // empty: whatever is asked
  double requests_per_minute = 0;  // 0: no limit
  double timeout_seconds = 300;    // of one attempt
  int attempts = 6;                // the first included
  double prompt_price = 0;         // per million tokens, in any currency
  double completion_price = 0;
};

struct EngineOptions {
  std::string dtype = "auto";                   // auto (the file's), fp32, bf16, fp16, int8
  std::string device = "auto";                  // auto, cpu, cuda, cuda:i
  int threads = 0;                              // 0: all cores
  int max_batch = 32;                           // sequences decoded, or asked of a server, together
  std::int64_t max_prefill_rows = 2048;         // prompt rows per pass
  std::int64_t prefix_cache_bytes = 256 << 20;  // 0: off
  std::int64_t vision_cache_bytes = 256 << 20;  // 0: off
  std::vector<std::string> adapters = {};       // LoRA folders, "DIR" or "DIR:scale"; they add up
  RemoteOptions remote = {};
};

// Loads a model folder (Hugging Face layout), a .gguf file, or "default", and starts its engine; or
// asks a model of an OpenAI-compatible server, "https://host/v1#model".
std::unique_ptr<Generator> load_generator(const std::string& model,
                                          const EngineOptions& options = {});

}  // namespace sightline
