// Modality ablation: samples with a picture get twins that differ from them in the picture alone,
// and what the picture changes is the paired difference of their answers.
//
//   add_twins(data, {.kinds = ablations_of({"image=none,blank"}), .seed = 7});
//   … run, judge …
//   for (const AblationRow& row : ablation_rows(data.name, data.metrics, answers)) …
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "evals/summary.h"
#include "sightline/benchmark.h"

namespace sightline {

// What stands where the picture stood.
enum class Ablation {
  kNone,      // nothing
  kBlank,     // a white picture
  kNoise,     // a picture of uniform noise
  kCaption,   // a description of the picture in words
  kShuffled,  // the picture of another sample
};
std::string_view name_of(Ablation kind);  // "none", "blank", "noise", "caption", "shuffled"

// "image=none,blank", … → the kinds in the order above, each once. Throws Error{kUsage}.
std::vector<Ablation> ablations_of(std::span<const std::string> texts);

// Where a picture's description comes from: the note `caption` of its sample, else this. An Error
// thrown becomes the answer of the twin.
using Describe = std::function<std::string(const Picture& picture)>;

struct AblationPlan {
  std::vector<Ablation> kinds;
  std::uint64_t seed = 0;  // of noise and shuffling
  Describe describe = {};  // needed for kCaption
};

// Samples that have twins: those with a picture that says something (not of the variants "blank"
// and "noise").
bool has_twins(const Sample& sample);

// Every twin comes behind its sample: id "ID@none", variant "none"; meta: `twin_of`, `ablation`
// (the kind), `caption` and `caption_by` ("data" or "model"), `shuffled_from` (a sample's id).
// Blank and noise pictures have the shape of the one they stand for and 336 pixels on the long
// side, so few are different and none is large. Shuffling gives every picture away once (where one
// picture is not more than half of all) and never gives a sample its own bytes; a benchmark of one
// picture is refused (kUsage). A twin that cannot be made counts as missing.
void add_twins(BenchmarkData& data, const AblationPlan& plan);

// Made by add_twins. Metrics leave twins out: a benchmark's numbers are those of its own samples.
bool is_twin(const Sample& sample);

// A metric over the samples that have twins of one kind, and over the twins.
struct AblationRow {
  std::string kind;    // "image=blank"
  SummaryRow picture;  // `paired`: picture − twin, against the kind
  SummaryRow twin;
};

// Rows in the order metric, scenario, defence, kind, of metrics that are shares. Samples count when
// both they and their twin were answered.
std::vector<AblationRow> ablation_rows(const std::string& benchmark,
                                       std::span<const MetricRow> metrics,
                                       std::span<const DefenceAnswers> defences);

}  // namespace sightline
