// What is asked of a generator, and what comes back.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "sightline/tap.h"

namespace sightline {

// An encoded picture (JPEG, PNG, WebP), immutable and shared. Those of files are read when they are
// needed, for a benchmark has more of them than memory: the file has to stay while one is used.
struct Picture {
  using Read = std::function<std::string()>;  // that picture or Error; by several threads at once

  std::string sha256;
  std::string origin;  // file name or "inline", for messages
  Read read;

  static std::shared_ptr<const Picture> from_bytes(std::string bytes, std::string origin);
  static std::shared_ptr<const Picture> from_file(const std::string& path);

  // Thread-safe. Throws what `read` throws: kNotFound, kBadFile when it is another picture now.
  std::string bytes() const;
};

// One part of a message: text, or a picture when `picture` is set.
struct Part {
  std::string text;
  std::shared_ptr<const Picture> picture;
};

struct Message {
  std::string role;  // "system", "user", "assistant"; below: "prefill", "raw"
  std::vector<Part> parts;

  static Message text(std::string role, std::string text);
};

// Rendered whole. A last message "prefill" begins the answer, and the Generation holds what
// follows; a sole message "raw" is the prompt itself. Both by local models alone.
using Conversation = std::vector<Message>;

// The usual user turn: the picture (when there is one) before the words.
Conversation ask(std::string text, std::shared_ptr<const Picture> picture = nullptr);

struct Sampling {
  int max_new_tokens = 64;   // 0: prefill only (taps still see the prompt)
  double temperature = 0.0;  // 0: greedy
  double top_p = 1.0;
  int top_k = 0;  // 0: off
  std::uint64_t seed = 0;
  std::vector<std::string> stop;            // the answer ends before the first of these
  std::vector<std::int64_t> stop_ids = {};  // besides the model's own end tokens
};

// Edits the preprocessed pixels of one branch (visual contrastive decoding, corruption studies).
class PixelEdit {
 public:
  virtual ~PixelEdit() = default;
  // [3, H, W] fp32, normalised → the same shape.
  virtual at::Tensor apply(at::Tensor pixels) const = 0;
  virtual std::string cache_key() const = 0;  // equal keys promise equal results
};

// One sequence that is decoded: its own prompt, taps and KV cache.
struct Branch {
  Conversation conversation;
  TapList taps;
  std::shared_ptr<const PixelEdit> pixels;
};

// Raw logits of all branches (fp32, [V] each, branch 0 first) → the logits [V] that are sampled.
// The chosen token is appended to every branch.
class LogitCombiner {
 public:
  virtual ~LogitCombiner() = default;
  virtual at::Tensor combine(std::span<const at::Tensor> logits) const = 0;
};

// Reads one hidden row; when it says yes, `taps` act from that place on, in the same pass.
struct Gate {
  Site site = Site::kBlockOut;
  int layer = -1;
  std::function<bool(const at::Tensor& last_prompt_row)> open;  // row: [D]
  TapList taps;
};

// Everything beyond plain decoding. An empty plan costs nothing.
struct Plan {
  TapList taps;                                   // on the request's own conversation (branch 0)
  std::shared_ptr<const PixelEdit> pixels;        // branch 0
  std::vector<Branch> branches;                   // further branches, 1…
  std::shared_ptr<const LogitCombiner> combiner;  // needed with further branches
  std::vector<Gate> gates;                        // on branch 0

  bool needs_model() const {  // true: only a local model can do it
    return !taps.empty() || pixels || !branches.empty() || combiner || !gates.empty();
  }
};

// Spellings of one word; their probabilities as first token of the answer are added up.
struct TokenGroup {
  std::string name;                    // "yes"
  std::vector<std::string> spellings;  // "Yes", " yes"; those that are no single token count 0
};

struct Request {
  Conversation conversation;
  Sampling sampling;
  Plan plan;
  std::vector<TokenGroup> first_token = {};  // local models only; others leave the scores out
  std::function<void(std::string_view text)> on_text;  // streamed pieces, whole characters
  std::stop_token cancel;
};

enum class FinishReason { kStop, kLength, kCancelled };
std::string_view name_of(FinishReason reason);  // "stop", "length", "cancelled"

struct Usage {
  std::int64_t prompt_tokens = 0;  // branch 0, image tokens included
  std::int64_t cached_tokens = 0;  // of those, taken from the prefix cache
  std::int64_t image_tokens = 0;
  std::int64_t completion_tokens = 0;
};

struct Generation {
  std::string text;  // without special tokens and stop strings
  std::vector<std::int64_t> token_ids;
  FinishReason finish = FinishReason::kStop;
  Usage usage;
  double seconds = 0;  // from submission to the last token
  double seconds_to_first_token = 0;
  // Probability of each of Request::first_token, by name, before temperature and cuts.
  std::map<std::string, double> first_token_scores = {};
};

}  // namespace sightline
