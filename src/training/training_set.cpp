#include "training/training_set.h"

#include <algorithm>
#include <set>

#include "base/sha256.h"
#include "sightline/error.h"
#include "training/pictures.h"
#include "training/preference.h"
#include "training/rendering.h"

namespace sightline {
namespace {

constexpr std::size_t kMaxDecoded = 20'000;  // pictures that are decoded once before the run

std::int64_t words_of(const TrainingRecord& record) {
  std::int64_t count = 0;
  for (const TrainingTurn& turn : record.turns) count += word_count(turn.text);
  return std::max<std::int64_t>(1, count);
}

// What a run should know about its pictures before it begins: each name once.
class PictureCheck {
 public:
  PictureCheck(const Bundle& bundle, const Recipe& recipe)
      : pictures_(bundle, recipe.images, 0), bundle_(bundle) {}

  void expect(const TrainingRecord& record) {
    if (!record.images.empty() && !bundle_.model->shape().image_token) {
      fail(ErrorKind::kUnsupported, "record '{}' has a picture, model '{}' reads text only",
           record.id, bundle_.name);
    }
    for (const std::string& image : record.images) {
      if (!known_.insert(image).second || known_.size() > kMaxDecoded) continue;
      pictures_.check(image);
    }
  }

 private:
  TrainingPictures pictures_;
  const Bundle& bundle_;
  std::set<std::string> known_;
};

// Tokens of the first `count` places of a sample, a picture counted as one.
std::int64_t tokens_of(const TrainingSample& sample, std::int64_t count, std::int64_t picture) {
  for (const std::int64_t row : sample.picture_rows) {
    if (row < count) count -= picture - 1;
  }
  return count;
}

std::int64_t prompt_places(const TrainingSample& sample) {
  const auto first = std::ranges::find_if(sample.labels, [](auto id) { return id != kNoLabel; });
  return first - sample.labels.begin();
}

TrainingRecord side_of(const PreferenceRecord& record, const std::string& answer) {
  TrainingRecord out;
  out.id = record.id;
  out.kind = "preference";
  if (!record.image.empty()) out.images.push_back(record.image);
  const std::string tag = record.image.empty() ? "" : std::string(kImageTag) + "\n";
  out.turns.push_back({.role = "user", .text = tag + record.question});
  out.turns.push_back({.role = "assistant", .text = answer});
  return out;
}

class Loader {
 public:
  Loader(const Recipe& recipe, const Bundle& bundle)
      : recipe_(recipe), bundle_(bundle), check_(bundle, recipe) {}

  void add_item(const std::vector<TrainingRecord>& records) {
    std::vector<TrainingSample> samples;
    try {
      for (const TrainingRecord& record : records) {
        check_.expect(record);
        samples.push_back(encode_record(record, bundle_, recipe_.encoding));
      }
    } catch (const Error& error) {
      if (error.kind() != ErrorKind::kBadFile && error.kind() != ErrorKind::kNotFound) throw;
      const bool picture = error.kind() == ErrorKind::kNotFound;
      set_.rejected.add(picture ? "picture missing" : "cannot be learnt from", error.message());
      return;
    }
    if (set_.group == 2 &&
        std::ranges::any_of(samples, [&](const auto& s) { return too_long(s); })) {
      set_.rejected.add("pair too long", records.front().id);
      return;
    }
    const std::int64_t words = words_of(records.front());
    set_.lengths.push_back(records.front().images.empty() ? -words : words);
    set_.samples.insert(set_.samples.end(), samples.begin(), samples.end());
  }

  void read(const std::filesystem::path& file) {
    if (recipe_.objective == "dpo") {
      set_.group = 2;
      for (const PreferenceRecord& record : read_preference_records(file, set_.rejected)) {
        const std::size_t before = set_.samples.size();
        add_item({side_of(record, record.chosen), side_of(record, record.rejected)});
        if (set_.samples.size() == before) continue;
        set_.samples[before].reference_logp = record.ref_chosen_logp;
        set_.samples[before + 1].reference_logp = record.ref_rejected_logp;
      }
    } else {
      for (const TrainingRecord& record : read_training_records(file, set_.rejected)) {
        add_item({record});
      }
    }
  }

  TrainingSet finish(std::string data_sha256) {
    const auto kept = static_cast<double>(set_.items());
    const auto left_out = static_cast<double>(set_.rejected.total());
    std::string reasons;
    for (const std::string& example : set_.rejected.examples) reasons += "\n  " + example;
    if (kept == 0) fail(ErrorKind::kBadFile, "no record can be used{}", reasons);
    if (left_out > recipe_.max_rejected * (kept + left_out)) {
      fail_with_hint(ErrorKind::kBadFile, "mend the data, or allow more: --set max_rejected=1",
                     "{} of {} records cannot be used, at most {} % may be left out{}", left_out,
                     kept + left_out, 100 * recipe_.max_rejected, reasons);
    }
    set_.data_sha256 = std::move(data_sha256);
    return std::move(set_);
  }

 private:
  // The filter of SPA-VL's trainer: what would be cut is no answer. Room for a picture is kept for
  // every pair of a model that sees.
  bool too_long(const TrainingSample& sample) const {
    const ModelShape& shape = bundle_.model->shape();
    const std::int64_t picture = shape.image_token ? shape.rows_per_image : 0;
    const auto all = static_cast<std::int64_t>(sample.ids.size());
    return tokens_of(sample, prompt_places(sample), picture) > recipe_.max_prompt ||
           tokens_of(sample, all, picture) >= recipe_.encoding.max_length - picture;
  }

  const Recipe& recipe_;
  const Bundle& bundle_;
  PictureCheck check_;
  TrainingSet set_;
};

}  // namespace

TrainingSet load_training_set(const Recipe& recipe, const Bundle& bundle) {
  if (!recipe.template_force) expect_template_fits(recipe.encoding.template_name, bundle);
  Loader loader(recipe, bundle);
  Sha256 hash;
  for (const auto& file : recipe.data) {
    loader.read(file);
    hash.add(sha256_of_file(file));
  }
  return loader.finish(hash.hex());
}

}  // namespace sightline
