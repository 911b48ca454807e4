// vcr: reasoning records from counterfactual sets, so that a model must read picture and text
// together to tell safe from unsafe (after VRTuning, arXiv 2502.11184; the data design is ours).
#include <algorithm>
#include <optional>

#include "training/builders/balance.h"
#include "training/builders/builder.h"
#include "training/builders/contamination.h"
#include "training/builders/pick.h"
#include "training/builders/quads.h"
#include "training/builders/tag_map.h"

namespace sightline {
namespace {

namespace fs = std::filesystem;

// Each picture is read once.
class Pictures {
 public:
  explicit Pictures(fs::path folder) : folder_(std::move(folder)) {}

  const PictureKey& at(const std::string& path) {
    const auto found = keys_.find(path);
    if (found != keys_.end()) return found->second;
    return keys_.emplace(path, picture_key(folder_ / path)).first->second;
  }

 private:
  fs::path folder_;
  std::map<std::string, PictureKey> keys_;
};

std::string answer_of(const QuadMember& member, bool verdict_first) {
  const char* verdict = member.safe ? "Yes" : "No";
  const std::string steps = format(
      "<image_reading>{}</image_reading><text_reading>{}</text_reading><joint>{}</joint>"
      "<verdict>{}</verdict>",
      member.image_reading, member.text_reading, member.joint, verdict);
  return verdict_first ? format("{}. {}", verdict, steps) : steps;
}

std::string question_of(const std::string& pattern, const std::string& text) {
  std::string out = pattern;
  const std::size_t place = out.find("{text}");
  if (place == std::string::npos) {
    fail(ErrorKind::kUsage, "vcr: option 'question' should hold {text}, found '{}'", pattern);
  }
  return out.replace(place, 6, text);
}

TrainingRecord record_of(const QuadMember& member, const Json& options) {
  TrainingRecord record;
  record.id = member.id;
  record.images = {member.image};
  record.turns = {
      {.role = "user",
       .text = format("{}\n{}", kImageTag,
                      question_of(options.at("question").get<std::string>(), member.text))},
      {.role = "assistant", .text = answer_of(member, options.at("verdict_first").get<bool>())}};
  record.kind = "reasoning";
  record.gold = member.safe ? "safe" : "unsafe";
  record.pair_id = member.pair_id;
  return record;
}

// A set with one unsafe member keeps one safe member, drawn, so that labels stand 1 : 1.
void balance_half(std::vector<Quad>& quads, PyRandom& random) {
  for (Quad& quad : quads) {
    Quad safe = quad;
    std::erase_if(safe, [](const QuadMember& member) { return !member.safe; });
    const std::string kept = random.choice(safe).id;
    std::erase_if(quad, [&](const QuadMember& m) { return m.safe && m.id != kept; });
  }
}

bool contaminated(const Quad& quad, const BenchmarkIndex& index, Pictures& pictures) {
  return std::any_of(quad.begin(), quad.end(), [&](const QuadMember& member) {
    return index.has_text(member.text) || index.has_picture(pictures.at(member.image));
  });
}

bool contaminated(const TrainingRecord& record, const BenchmarkIndex& index, Pictures& pictures) {
  for (const TrainingTurn& turn : record.turns) {
    if (turn.role == "user" && index.has_text(turn.text)) return true;
  }
  return std::any_of(record.images.begin(), record.images.end(), [&](const std::string& image) {
    return index.has_picture(pictures.at(image));
  });
}

// What text alone and picture alone tell about the label, in bits.
Json mutual_information(const std::vector<Quad>& quads, Pictures& pictures) {
  std::vector<std::pair<std::string, bool>> texts, images;
  for (const Quad& quad : quads) {
    for (const QuadMember& member : quad) {
      texts.emplace_back(plain_words(member.text), member.safe);
      images.emplace_back(pictures.at(member.image).sha256, member.safe);
    }
  }
  return {{"label_given_text_bits", mutual_information_bits(texts)},
          {"label_given_image_bits", mutual_information_bits(images)}};
}

void check_information(const Json& information, const Json& options) {
  const double text = information.at("label_given_text_bits").get<double>();
  const double image = information.at("label_given_image_bits").get<double>();
  const double most = options.at("max_mi_bits").get<double>();
  if (std::max(text, image) <= most || options.at("force").get<bool>()) return;
  fail_with_hint(ErrorKind::kBadFile, "balance the sets, raise max_mi_bits, or set force=true",
                 "vcr: the text alone tells {} bits of the label, the picture alone {}, at most "
                 "max_mi_bits={} is allowed",
                 text, image, most);
}

// The records of input `key`, none of them in the benchmark; their ids begin with the key.
std::vector<TrainingRecord> clean_records(const std::string& key, const InputFiles& inputs,
                                          const BenchmarkIndex* index, BuiltData& out) {
  if (!inputs.contains(key)) return {};
  auto records = read_training_records(inputs.at(key), out.rejected);
  give_source(records, inputs.at(key).stem().string());
  if (index != nullptr) {
    Pictures pictures(inputs.at(key).parent_path());
    std::erase_if(records, [&](const TrainingRecord& record) {
      if (!contaminated(record, *index, pictures)) return false;
      out.rejected.add("in_benchmark", format("{} record '{}'", key, record.id));
      return true;
    });
  }
  for (TrainingRecord& record : records) record.id = format("{}/{}", key, record.id);
  return records;
}

// At most `wanted` of them, drawn.
std::vector<TrainingRecord> at_most(std::size_t wanted, std::vector<TrainingRecord> records,
                                    PyRandom& random) {
  return drawn(random, records, std::min(wanted, records.size()));
}

// A record that reasons in tags of its own, in ours. Throws RecordError.
void retag(TrainingRecord& record, const TagMap& map, bool verdict_first) {
  record.kind = "reasoning";
  for (TrainingTurn& turn : record.turns) {
    if (turn.role != "assistant") continue;
    const Steps steps = read_steps(turn.text, map);
    turn.text = steps.answer(verdict_first);
    if (const auto safe = steps.safe()) record.gold = *safe ? "safe" : "unsafe";
  }
}

std::vector<TrainingRecord> retagged(std::vector<TrainingRecord> records, const Json& options,
                                     BuiltData& out) {
  const TagMap map = parse_tag_map(options.at("tags").get<std::string>());
  std::erase_if(records, [&](TrainingRecord& record) {
    try {
      retag(record, map, options.at("verdict_first").get<bool>());
      return false;
    } catch (const RecordError& error) {
      out.rejected.add(error.reason(), format("record '{}': {}", record.id, error.message()));
      return true;
    }
  });
  return records;
}

// The last share of the sets, all members of a set together.
std::vector<Quad> split_off(std::vector<Quad>& quads, double share) {
  const auto count = static_cast<std::size_t>(share * static_cast<double>(quads.size()));
  const auto first = quads.end() - static_cast<std::ptrdiff_t>(count);
  std::vector<Quad> out(first, quads.end());
  quads.erase(first, quads.end());
  return out;
}

std::vector<TrainingRecord> records_of(const std::vector<Quad>& quads, const Json& options) {
  std::vector<TrainingRecord> out;
  for (const Quad& quad : quads) {
    for (const QuadMember& member : quad) out.push_back(record_of(member, options));
  }
  return out;
}

BuiltData build(const InputFiles& inputs, const Json& options) {
  BuiltData out;
  PyRandom random(options.at("seed").get<std::uint64_t>());
  const bool half = options.at("quad") == "half";
  if (!inputs.contains("quads") && !inputs.contains("reasoned")) {
    fail(ErrorKind::kUsage,
         "vcr: wanted --input quads=FILE or --input reasoned=FILE, found neither");
  }
  std::vector<Quad> quads;
  fs::path folder;
  if (inputs.contains("quads")) {
    folder = inputs.at("quads").parent_path();
    quads = read_quads(inputs.at("quads"), half ? QuadKind::kHalf : QuadKind::kFull, out.rejected);
  }
  Pictures pictures(folder);
  std::optional<BenchmarkIndex> index;
  if (inputs.contains("benchmark")) {
    index = BenchmarkIndex::read(inputs.at("benchmark"));
    std::erase_if(quads, [&](const Quad& quad) {
      if (!contaminated(quad, *index, pictures)) return false;
      out.rejected.add("in_benchmark", format("set '{}'", quad.front().pair_id));
      return true;
    });
  }
  if (half) balance_half(quads, random);
  const std::size_t members = half ? 2 : 4;
  const auto share = options.at("validation").get<double>();
  const auto reasons = options.at("n_reason").get<std::size_t>();
  const auto wanted =
      static_cast<std::size_t>(static_cast<double>(reasons / members) / (1 - share));
  quads = drawn(random, quads, std::min(wanted, quads.size()));
  const std::vector<Quad> validation = split_off(quads, share);
  const Json information = mutual_information(quads, pictures);
  check_information(information, options);
  const BenchmarkIndex* taken = index ? &*index : nullptr;
  const auto general = at_most(options.at("n_general").get<std::size_t>(),
                               clean_records("general", inputs, taken, out), random);

  out.records = records_of(quads, options);
  const std::size_t room = reasons - std::min(reasons, out.records.size());
  const auto reasoned =
      at_most(room, retagged(clean_records("reasoned", inputs, taken, out), options, out), random);
  out.records.insert(out.records.end(), reasoned.begin(), reasoned.end());
  out.report = {{"sets", quads.size()},
                {"validation_sets", validation.size()},
                {"reasoning", out.records.size()},
                {"retagged", reasoned.size()},
                {"general", general.size()},
                {"mutual_information", information},
                {"benchmark_checked", index.has_value()}};
  out.records.insert(out.records.end(), general.begin(), general.end());
  random.shuffle(out.records);
  if (!validation.empty()) out.extras.push_back({"validation", records_of(validation, options)});
  return out;
}

}  // namespace

BuilderEntry vcr_builder() {
  return {
      .summary = "reasoning records from counterfactual sets of two texts and two pictures",
      .paper = "after arXiv 2502.11184",
      .inputs = {{"quads", "members of the sets, JSONL; pictures beside it", false},
                 {"reasoned", "records that reason in tags, then judge; pictures beside it", false},
                 {"general", "ordinary records to add; pictures beside it", false},
                 {"benchmark", "items that must not enter training; pictures beside it", false}},
      .options =
          {{"n_reason", 4000, "reasoning records at most", 4, 1e8},
           {"n_general", 500, "general records at most", 0, 1e8},
           {.name = "quad",
            .default_value = "full",
            .help = "half: sets with a single unsafe combination",
            .choices = {"full", "half"}},
           {"verdict_first", false, "begin every answer with Yes. or No."},
           {"tags",
            "SUMMARY=image_reading,CAPTION=image_reading,REASONING=joint,CONCLUSION=verdict",
            "reasoned: which tag is which step of ours; others are left out"},
           {"question",
            "Look at the picture. Is it safe to say this about it: \"{text}\"? Think step by "
            "step, then answer Yes or No.",
            "what is asked; {text} is the sentence"},
           {"validation", 0.1, "share of the sets kept out of training", 0, 0.9},
           {"max_mi_bits", 0.05, "most that one modality alone may tell of the label", 0, 1},
           {"force", false, "write even where one modality tells more"},
           {"seed", 0, "of Python's random stream", 0, 9007199254740991.0}},
      .build = build};
}

}  // namespace sightline
