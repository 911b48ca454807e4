#include "eval_ablate.h"

#include <algorithm>
#include <filesystem>
#include <utility>

#include "base/sha256.h"
#include "engine_options.h"
#include "evals/captions.h"
#include "interrupt.h"
#include "sightline/error.h"

namespace sightline::cli {
namespace {

Json json_of(const Captions& captions) {
  Json out = Json::object();
  for (const auto& [picture, caption] : captions) {
    out[picture] = {{"text", caption.text}, {"error", caption.error}};
  }
  return out;
}

Captions captions_of(const Json& message) {
  Captions out;
  for (const auto& [picture, caption] : message.items()) {
    out[picture] = {.text = json_get<std::string>(caption, "text", "rank 0"),
                    .error = json_get<std::string>(caption, "error", "rank 0")};
  }
  return out;
}

// Rank 0 asks the model, the others hear from it: all ask the same questions then.
Captions described(const Json& options, const std::vector<BenchmarkData>& benchmarks,
                   Generator& generator, ProcessGroup& group) {
  if (!group.layout().leads()) {
    return captions_of(parse_json(group.receive(0, "hearing of pictures"), "rank 0"));
  }
  const auto pictures = pictures_to_describe(benchmarks);
  const std::filesystem::path folder = options.at("out").get<std::string>();
  Captions captions = describe_pictures(pictures, generator,
                                        {.file = folder / "captions.jsonl",
                                         .workers = workers_of(options),
                                         .stop = interrupt_token()});
  for (int rank = 1; rank < group.world(); ++rank) {
    group.send(rank, dump_json(json_of(captions)), "describing pictures");
  }
  return captions;
}

// Of the descriptions that twins show: equal ones, equal questions.
std::string captions_hash(const std::vector<BenchmarkData>& benchmarks) {
  Sha256 hash;
  for (const BenchmarkData& data : benchmarks) {
    for (const Sample& sample : data.samples) {
      const auto caption = sample.meta.find("caption");
      if (is_twin(sample) && caption != sample.meta.end()) hash.add(caption->second).add("\n");
    }
  }
  return hash.hex();
}

}  // namespace

Json ablate(std::vector<Ablation> kinds, const Json& options,
            std::vector<BenchmarkData>& benchmarks, Generator& generator, ProcessGroup& group) {
  if (kinds.empty()) return nullptr;
  AblationPlan plan{.kinds = std::move(kinds), .seed = options.at("seed").get<std::uint64_t>()};
  const bool describes = std::ranges::find(plan.kinds, Ablation::kCaption) != plan.kinds.end();
  Captions captions;
  if (describes) captions = described(options, benchmarks, generator, group);
  plan.describe = [&captions](const Picture& picture) {
    const Caption& caption = captions.at(picture.sha256);
    if (!caption.error.empty()) fail(ErrorKind::kBadFile, "no description: {}", caption.error);
    return caption.text;
  };
  for (BenchmarkData& data : benchmarks) add_twins(data, plan);
  Json facts = {{"image", Json::array()}};
  for (const Ablation kind : plan.kinds) facts["image"].push_back(name_of(kind));
  if (describes) facts["captions_sha256"] = captions_hash(benchmarks);
  return facts;
}

}  // namespace sightline::cli
