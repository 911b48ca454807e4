#include "evals/ablation.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <compare>
#include <map>
#include <set>
#include <unordered_map>

#include "base/near.h"
#include "base/prompt.h"
#include "base/random.h"
#include "base/sha256.h"
#include "engine/picture_image.h"
#include "interventions/picture_corruption.h"
#include "interventions/prompt_edit.h"
#include "sightline/error.h"

namespace sightline {
namespace {

constexpr std::array<std::string_view, 5> kNames = {"none", "blank", "noise", "caption",
                                                    "shuffled"};
constexpr std::string_view kOption = "image=";
constexpr const char* kKindNote = "ablation";
constexpr int kLongSide = 336;
constexpr int kShapeStep = 28;  // sides are multiples of it: 23 shapes

struct Shape {
  int width = kLongSide;
  int height = kLongSide;
  auto operator<=>(const Shape&) const = default;
};

Shape shape_of(const Picture& picture) {
  const Image image = image_of(picture);
  const double scale = static_cast<double>(kLongSide) / std::max(image.width, image.height);
  const auto side = [scale](int pixels) {
    return kShapeStep * std::max(1, static_cast<int>(std::lround(pixels * scale / kShapeStep)));
  };
  return {.width = side(image.width), .height = side(image.height)};
}

// What a twin says where its sample shows a picture.
using Replace = std::function<Part(const Picture& picture)>;

// Words beside words become one part, as templates expect them.
void append(Message& message, Part part) {
  const bool joins = !part.picture && !message.parts.empty() && !message.parts.back().picture;
  if (joins)
    message.parts.back().text += "\n" + part.text;
  else
    message.parts.push_back(std::move(part));
}

Conversation replaced(const Conversation& conversation, const Replace& replace) {
  Conversation out;
  for (const Message& message : conversation) {
    Message& copy = out.emplace_back(Message{.role = message.role, .parts = {}});
    for (const Part& part : message.parts) {
      append(copy, part.picture ? replace(*part.picture) : part);
    }
  }
  return out;
}

std::string words_of(const Conversation& conversation) {
  std::string words;
  for (const Message& message : conversation) {
    for (const Part& part : message.parts) {
      if (!part.picture) words += part.text + "\n";
    }
  }
  return words;
}

// For each of `samples` another one with another picture. Sorted by picture and turned by the size
// of the largest group, no sample meets its own; the groups come in seeded order.
std::map<std::string, const Sample*> donors_of(std::span<const Sample* const> samples,
                                               std::uint64_t seed, const std::string& benchmark) {
  struct Place {
    std::uint64_t group;  // rank of the picture
    std::uint64_t within;
    const Sample* sample;
    auto operator<=>(const Place&) const = default;
  };
  std::vector<Place> places;
  std::map<std::string, std::size_t> sizes;
  for (const Sample* sample : samples) {
    const std::string& picture = first_picture(sample->conversation)->sha256;
    ++sizes[picture];
    places.push_back({derive_seed(seed, picture), derive_seed(seed, sample->id), sample});
  }
  if (sizes.size() == 1) {
    fail(ErrorKind::kUsage, "{}: all samples share one picture, so it cannot be shuffled",
         benchmark);
  }
  std::sort(places.begin(), places.end());
  std::size_t turn = 0;
  for (const auto& [picture, size] : sizes) turn = std::max(turn, size);
  std::map<std::string, const Sample*> donors;
  for (std::size_t i = 0; i < places.size(); ++i) {
    std::size_t from = (i + turn) % places.size();
    while (places[from].group == places[i].group) from = (from + 1) % places.size();
    donors.emplace(places[i].sample->id, places[from].sample);
  }
  return donors;
}

class TwinMaker {
 public:
  TwinMaker(BenchmarkData& data, const AblationPlan& plan) : data_(data), plan_(plan) {}

  void run() {
    std::vector<const Sample*> originals;
    for (const Sample& sample : data_.samples) {
      ids_.insert(sample.id);
      if (has_twins(sample)) originals.push_back(&sample);
    }
    if (originals.empty()) {
      fail_with_hint(ErrorKind::kUsage, "measure it without --ablate",
                     "{}: no sample has a picture to take away", data_.spec);
    }
    const bool shuffles = std::ranges::find(plan_.kinds, Ablation::kShuffled) != plan_.kinds.end();
    if (shuffles) donors_ = donors_of(originals, plan_.seed, data_.spec);
    std::vector<Sample> all;
    for (const Sample& sample : data_.samples) {
      all.push_back(sample);
      if (!has_twins(sample)) continue;
      for (const Ablation kind : plan_.kinds) all.push_back(twin_of(sample, kind));
    }
    data_.samples = std::move(all);
  }

 private:
  Sample twin_of(const Sample& sample, Ablation kind) {
    Sample twin = sample;
    twin.id = sample.id + "@" + std::string(name_of(kind));
    if (!ids_.insert(twin.id).second) {
      fail(ErrorKind::kBadFile, "{}: item id '{}' is that of a twin", data_.spec, twin.id);
    }
    twin.variant = name_of(kind);
    twin.meta["twin_of"] = sample.id;
    twin.meta[kKindNote] = name_of(kind);
    try {
      change(twin, sample, kind);
    } catch (const Error& error) {
      if (error.kind() == ErrorKind::kInterrupted) throw;
      data_.missing.push_back({twin.id, error.message()});
    }
    return twin;
  }

  // Where the picture says nothing any more, the words decide which twins are alike.
  void change(Sample& twin, const Sample& sample, Ablation kind) {
    const auto by_words = [&] { twin.cluster = "text " + sha256(words_of(sample.conversation)); };
    switch (kind) {
      case Ablation::kNone:
        by_words();
        twin.conversation = without_pictures(sample.conversation);
        return;
      case Ablation::kBlank:
      case Ablation::kNoise:
        by_words();
        twin.conversation = replaced(sample.conversation, [&](const Picture& picture) {
          return Part{.text = "", .picture = meaningless(picture, kind)};
        });
        return;
      case Ablation::kCaption: return describe(twin, sample);
      case Ablation::kShuffled: {
        const Sample& donor = *donors_.at(sample.id);
        twin.cluster = donor.cluster;
        twin.meta["shuffled_from"] = donor.id;
        twin.conversation = with_picture(sample.conversation, first_picture(donor.conversation));
        return;
      }
    }
  }

  std::shared_ptr<const Picture> meaningless(const Picture& picture, Ablation kind) {
    const auto known = shapes_.find(picture.sha256);
    const Shape shape = known != shapes_.end()
                            ? known->second
                            : shapes_.emplace(picture.sha256, shape_of(picture)).first->second;
    std::shared_ptr<const Picture>& made = pictures_[{kind, shape}];
    if (!made) {
      made = meaningless_picture(shape.width, shape.height,
                                 kind == Ablation::kBlank ? Corruption::kWhite : Corruption::kNoise,
                                 {}, plan_.seed);
    }
    return made;
  }

  void describe(Sample& twin, const Sample& sample) {
    const auto given = sample.meta.find("caption");
    const bool known = given != sample.meta.end();
    twin.meta["caption_by"] = known ? "data" : "model";
    std::string said;
    twin.conversation = replaced(sample.conversation, [&](const Picture& picture) {
      const std::string words = known ? given->second : plan_.describe(picture);
      said += (said.empty() ? "" : "\n") + words;
      return Part{.text = filled_prompt("ablate.described.v1", {{"x", words}}), .picture = nullptr};
    });
    twin.meta["caption"] = said;
  }

  BenchmarkData& data_;
  const AblationPlan& plan_;
  std::set<std::string> ids_;
  std::map<std::string, const Sample*> donors_;    // by the receiver's id
  std::unordered_map<std::string, Shape> shapes_;  // by SHA-256
  std::map<std::pair<Ablation, Shape>, std::shared_ptr<const Picture>> pictures_;
};

// One defence's answers to samples and to their twins of one kind, both under the samples' names.
struct TwinAnswers {
  std::vector<ScoredAnswer> pictures;
  std::vector<ScoredAnswer> twins;
};

std::map<std::string_view, TwinAnswers> answers_by_kind(const DefenceAnswers& defence) {
  std::map<std::string_view, TwinAnswers> out;
  std::unordered_map<std::string_view, const ScoredAnswer*> originals;
  std::vector<const ScoredAnswer*> twins;
  for (const ScoredAnswer& answer : defence.answers) {
    if (is_twin(*answer.sample)) twins.push_back(&answer);
  }
  if (twins.empty()) return out;
  for (const ScoredAnswer& answer : defence.answers) {
    if (!is_twin(*answer.sample)) originals.emplace(answer.sample->id, &answer);
  }
  for (const ScoredAnswer* twin : twins) {
    const auto original = originals.find(twin->sample->meta.at("twin_of"));
    if (original == originals.end()) continue;
    TwinAnswers& both = out[twin->sample->meta.at(kKindNote)];
    both.pictures.push_back(*original->second);
    both.twins.push_back(*twin);
    both.twins.back().sample = original->second->sample;
  }
  return out;
}

}  // namespace

std::string_view name_of(Ablation kind) { return kNames.at(static_cast<std::size_t>(kind)); }

std::vector<Ablation> ablations_of(std::span<const std::string> texts) {
  std::set<Ablation> kinds;
  const std::vector<std::string> known(kNames.begin(), kNames.end());
  for (const std::string& text : texts) {
    if (!text.starts_with(kOption)) {
      fail_with_hint(ErrorKind::kUsage, "write image=none,blank", "ablate: '{}' is not image=KIND",
                     text);
    }
    for (std::size_t start = kOption.size(); start <= text.size();) {
      const std::size_t end = std::min(text.find(',', start), text.size());
      const std::string name = text.substr(start, end - start);
      kinds.insert(static_cast<Ablation>(index_of_name(name, known, "kind of image")));
      start = end + 1;
    }
  }
  return {kinds.begin(), kinds.end()};
}

bool has_twins(const Sample& sample) {
  return !is_twin(sample) && sample.variant != "blank" && sample.variant != "noise" &&
         first_picture(sample.conversation) != nullptr;
}

void add_twins(BenchmarkData& data, const AblationPlan& plan) { TwinMaker(data, plan).run(); }

bool is_twin(const Sample& sample) { return sample.meta.contains(kKindNote); }

std::vector<AblationRow> ablation_rows(const std::string& benchmark,
                                       std::span<const MetricRow> metrics,
                                       std::span<const DefenceAnswers> defences) {
  std::vector<AblationRow> rows;
  for (const DefenceAnswers& defence : defences) {
    std::map<std::string_view, TwinAnswers> answers = answers_by_kind(defence);
    for (const std::string_view kind : kNames) {
      const auto found = answers.find(kind);
      if (found == answers.end()) continue;
      const std::string name = std::string(kOption) + std::string(kind);
      const DefenceAnswers sides[] = {{name, std::move(found->second.twins)},
                                      {defence.defence, std::move(found->second.pictures)}};
      const std::vector<SummaryRow> both = summarise(benchmark, metrics, sides);
      for (std::size_t i = 0; i + 1 < both.size(); i += 2) {
        if (both[i].value.counts.n == 0 || both[i].value.unit != "share") continue;
        AblationRow& row =
            rows.emplace_back(AblationRow{.kind = name, .picture = both[i + 1], .twin = both[i]});
        row.twin.defence = defence.defence;
      }
    }
  }
  const auto place = [&](const AblationRow& row) {
    const auto metric = std::ranges::find(metrics, row.picture.metric, &MetricRow::name);
    return std::pair(metric - metrics.begin(), row.picture.scenario);
  };
  std::ranges::stable_sort(rows, {}, place);
  return rows;
}

}  // namespace sightline
