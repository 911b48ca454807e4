// Times single-stream decoding through the public API: answers of a forced length.
//
//   sightline_perf MODEL DTYPE THREADS TOKENS [DEFENCE] [PICTURE]
//
// Prints one JSON object: seconds to the first token and tokens per second after it.
#include <sightline/defence.h>
#include <sightline/generator.h>

#include <cstdio>
#include <cstdlib>
#include <limits>
#include <string>

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

}  // namespace

int main(int argc, char** argv) {
  if (argc < 5) return 2;
  const auto generator =
      sightline::load_generator(argv[1], {.dtype = argv[2], .threads = std::atoi(argv[3])});
  const std::string defence = argc > 5 ? argv[5] : "none";
  const auto method = sightline::make_defence(defence, generator->info());
  const auto picture = argc > 6 ? sightline::Picture::from_file(argv[6]) : nullptr;

  sightline::Request request{.conversation = sightline::ask("Tell me about the sea.", picture),
                             .sampling = {.max_new_tokens = std::atoi(argv[4])}};
  request.plan.combiner = std::make_shared<NeverEnds>();
  method->answer(request, *generator);  // warm: pages read, prefix known
  const sightline::Generation answer = method->answer(request, *generator);
  const double decode = answer.seconds - answer.seconds_to_first_token;
  std::printf("{\"tokens\": %zu, \"seconds_to_first_token\": %.6f, \"tokens_per_second\": %.3f}\n",
              answer.token_ids.size(), answer.seconds_to_first_token,
              static_cast<double>(answer.token_ids.size() - 1) / decode);
}
