#include "evals/captions.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <mutex>
#include <optional>
#include <set>

#include "base/file.h"
#include "base/json.h"
#include "base/progress.h"
#include "base/prompt.h"
#include "base/workers.h"
#include "evals/ablation.h"
#include "evals/plain_text.h"
#include "sightline/error.h"

namespace sightline {
namespace {

namespace fs = std::filesystem;

constexpr const char* kPrompt = "ablate.caption.v1";
constexpr int kMaxTokens = 96;
constexpr std::size_t kMaxFileBytes = std::size_t{1} << 30;

// What decides a description, besides the picture.
std::string author_of(const ModelInfo& model) {
  return model.name + " " + model.weights_sha256 + " " + model.template_sha256 + " " + model.dtype +
         " " + kPrompt;
}

// A file of lines that grows by whole lines; half a line, left by a killed program, is skipped.
class CaptionFile {
 public:
  CaptionFile(fs::path file, std::string author)
      : file_(std::move(file)), author_(std::move(author)) {}

  Captions read() const {
    Captions found;
    if (!fs::exists(file_)) return found;
    const std::string text = read_file(file_, kMaxFileBytes);
    for (std::size_t start = 0; start < text.size();) {
      const std::size_t end = std::min(text.find('\n', start), text.size());
      const Json line = Json::parse(text.substr(start, end - start), nullptr, false);
      if (line.is_object() && line.value("author", Json()) == author_ &&
          line.value("picture", Json()).is_string() && line.value("caption", Json()).is_string()) {
        found[line["picture"].get<std::string>()].text = line["caption"].get<std::string>();
      }
      start = end + 1;
    }
    return found;
  }

  void add(const std::string& picture, const std::string& caption) const {
    make_folder(file_.parent_path());
    const int file = ::open(file_.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
    // Begins with an end of line: what a killed program left is closed off.
    const Json fields = {{"picture", picture}, {"author", author_}, {"caption", caption}};
    const std::string line = format("\n{}\n", dump_json(fields));
    const bool written =
        file >= 0 && ::write(file, line.data(), line.size()) == static_cast<ssize_t>(line.size());
    const int reason = errno;
    if (file >= 0) ::close(file);
    if (!written) fail(ErrorKind::kBadFile, "cannot write {}: {}", file_, std::strerror(reason));
  }

 private:
  fs::path file_;
  std::string author_;
};

// Nothing when the answer was stopped before it was whole.
std::optional<Caption> describe(const std::shared_ptr<const Picture>& picture,
                                const std::string& prompt, Generator& generator,
                                const std::stop_token& stop) {
  try {
    const Generation said = generator.generate({.conversation = ask(prompt, picture),
                                                .sampling = {.max_new_tokens = kMaxTokens},
                                                .plan = {},
                                                .on_text = {},
                                                .cancel = stop});
    if (said.finish == FinishReason::kCancelled) return std::nullopt;
    const std::string text(trimmed(said.text));
    if (text.empty()) return Caption{.text = "", .error = "the model described it by no word"};
    return Caption{.text = text, .error = ""};
  } catch (const Error& error) {
    if (error.kind() == ErrorKind::kInterrupted) return std::nullopt;
    return Caption{.text = "", .error = error.message()};
  }
}

}  // namespace

std::vector<std::shared_ptr<const Picture>> pictures_to_describe(
    std::span<const BenchmarkData> benchmarks) {
  std::vector<std::shared_ptr<const Picture>> pictures;
  std::set<std::string> seen;
  for (const BenchmarkData& data : benchmarks) {
    for (const Sample& sample : data.samples) {
      if (!has_twins(sample) || sample.meta.contains("caption")) continue;
      for (const Message& message : sample.conversation) {
        for (const Part& part : message.parts) {
          if (part.picture && seen.insert(part.picture->sha256).second) {
            pictures.push_back(part.picture);
          }
        }
      }
    }
  }
  return pictures;
}

Captions describe_pictures(std::span<const std::shared_ptr<const Picture>> pictures,
                           Generator& generator, const CaptionPlan& plan) {
  const CaptionFile file(plan.file, author_of(generator.info()));
  const std::string prompt = prompt_text(kPrompt);
  Captions captions = file.read();
  std::vector<std::shared_ptr<const Picture>> left;
  for (const auto& picture : pictures) {
    if (!captions.contains(picture->sha256)) left.push_back(picture);
  }
  std::optional<Progress> progress;
  if (plan.show_progress && !left.empty()) progress.emplace("describing", left.size(), "pictures");
  std::mutex mutex;  // guards file, captions and done while workers run
  std::size_t done = 0;
  share_work(left.size(), plan.workers, plan.stop, [&](std::size_t i) {
    std::optional<Caption> caption = describe(left[i], prompt, generator, plan.stop);
    if (!caption) return false;
    const std::lock_guard lock(mutex);
    if (caption->error.empty()) file.add(left[i]->sha256, caption->text);
    captions[left[i]->sha256] = std::move(*caption);
    ++done;
    if (progress) progress->advance();
    return true;
  });
  if (done < left.size()) {
    fail_with_hint(ErrorKind::kInterrupted, "run the same command again, it goes on from there",
                   "stopped after {} of {} descriptions of pictures", done, left.size());
  }
  return captions;
}

}  // namespace sightline
