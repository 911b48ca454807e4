// Times single-stream decoding through the public API: answers of a forced length.
//
//   sightline_perf MODEL DTYPE THREADS TOKENS                    seconds to the first token and
//                                                                tokens per second after it
//   sightline_perf MODEL DTYPE THREADS TOKENS DEFENCE PICTURE    what the defence adds to an
//   answer,
//                                                                in pairs of answers with and
//                                                                without it
//
// Prints one JSON object.
#include <sightline/defence.h>
#include <sightline/generator.h>

#include <cstdio>
#include <cstdlib>
#include <limits>
#include <memory>
#include <utility>

namespace {

// Forbids the end token, so that every answer has the length asked for.
class NeverEnds : public sightline::LogitCombiner {
 public:
  at::Tensor combine(std::span<const at::Tensor> logits) const override {
    at::Tensor out = logits[0];
    constexpr std::int64_t kEnd = 2;  // SmolLM2's <|im_end|>
    out.data_ptr<float>()[kEnd] = -std::numeric_limits<float>::infinity();
    return out;
  }
};

constexpr int kPairs = 60;

class Bench {
 public:
  explicit Bench(char** arguments)
      : generator_(sightline::load_generator(
            arguments[1], {.dtype = arguments[2], .threads = std::atoi(arguments[3])})),
        tokens_(std::atoi(arguments[4])) {}

  void print_speed() const {
    const auto none = method("none");
    const sightline::Request request = question(nullptr);
    none->answer(request, *generator_);  // warm: pages read, prefix known
    const sightline::Generation answer = none->answer(request, *generator_);
    const double decode = answer.seconds - answer.seconds_to_first_token;
    std::printf(
        "{\"tokens\": %zu, \"seconds_to_first_token\": %.6f, \"tokens_per_second\": %.3f}\n",
        answer.token_ids.size(), answer.seconds_to_first_token,
        static_cast<double>(answer.token_ids.size() - 1) / decode);
  }

  void print_overhead(const char* defence, const char* picture) const {
    const auto with = method(defence);
    const auto without = method("none");
    const sightline::Request request = question(sightline::Picture::from_file(picture));
    std::printf("{\"overhead_percent\": [");
    for (int i = -2; i < kPairs; ++i) {
      const double slower = with->answer(request, *generator_).seconds;
      const double plain = without->answer(request, *generator_).seconds;
      if (i >= 0) std::printf("%s%.3f", i > 0 ? ", " : "", 100 * (slower / plain - 1));
    }
    std::printf("]}\n");
  }

 private:
  std::shared_ptr<const sightline::Defence> method(const char* name) const {
    return sightline::make_defence(name, generator_->info());
  }
  sightline::Request question(std::shared_ptr<const sightline::Picture> picture) const {
    sightline::Request request{
        .conversation = sightline::ask("Tell me about the sea.", std::move(picture)),
        .sampling = {.max_new_tokens = tokens_}};
    request.plan.combiner = std::make_shared<NeverEnds>();
    return request;
  }

  std::unique_ptr<sightline::Generator> generator_;
  int tokens_;
};

}  // namespace

int main(int argc, char** argv) {
  if (argc != 5 && argc != 7) return 2;
  const Bench bench(argv);
  if (argc == 5) {
    bench.print_speed();
  } else {
    bench.print_overhead(argv[5], argv[6]);
  }
}
