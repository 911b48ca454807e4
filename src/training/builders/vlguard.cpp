// vlguard: VLGuard's pictures as conversations, mixed with helpful data (arXiv 2402.02207).
#include "training/builders/builder.h"
#include "training/builders/pick.h"
#include "training/builders/vlguard_file.h"

namespace sightline {
namespace {

enum class Mode { kTwoTurn, kOneTurn, kNoReason, kSwapImages, kSafeSafeDropped };

const std::map<std::string, Mode> kModes = {{"two_turn", Mode::kTwoTurn},
                                            {"one_turn", Mode::kOneTurn},
                                            {"no_reason", Mode::kNoReason},
                                            {"swap_images", Mode::kSwapImages},
                                            {"safe_safe_dropped", Mode::kSafeSafeDropped}};

TrainingRecord conversation_of(const VlguardRecord& from, const std::vector<VlguardPair>& pairs) {
  TrainingRecord record;
  record.id = from.id;
  record.images = {from.image};
  for (const VlguardPair& pair : pairs) {
    const std::string tag = record.turns.empty() ? std::string(kImageTag) + "\n" : "";
    record.turns.push_back({.role = "user", .text = tag + pair.instruction});
    record.turns.push_back({.role = "assistant", .text = pair.response, .refusal = pair.unsafe});
  }
  record.kind = pairs.size() == 2 ? "safe_pair" : pairs[0].unsafe ? "refusal_harmful" : "utility";
  return record;
}

// The authors' order: the two pairs of a safe picture are shuffled, one draw each, in file order.
std::vector<TrainingRecord> converted(const std::vector<VlguardRecord>& file, Mode mode,
                                      PyRandom& random) {
  std::vector<TrainingRecord> out;
  for (const VlguardRecord& record : file) {
    std::vector<VlguardPair> pairs = record.pairs;
    if (pairs.size() == 1) {
      out.push_back(conversation_of(record, pairs));
    } else if (mode == Mode::kOneTurn) {
      out.push_back(conversation_of(record, {pairs[0]}));
      out.back().id += "/safe";
      out.push_back(conversation_of(record, {pairs[1]}));
      out.back().id += "/unsafe";
    } else if (mode == Mode::kSafeSafeDropped) {
      out.push_back(conversation_of(record, {pairs[1]}));
    } else {
      random.shuffle(pairs);
      out.push_back(conversation_of(record, pairs));
    }
  }
  return out;
}

void shorten_refusals(std::vector<TrainingRecord>& records) {
  for (TrainingRecord& record : records) {
    for (TrainingTurn& turn : record.turns) {
      if (turn.refusal) turn.text = first_sentence(turn.text);
    }
  }
}

// Helpful records that ask what a refusal declines, or show its picture: they pull both ways.
Json overlap(const std::vector<TrainingRecord>& safety,
             const std::vector<TrainingRecord>& helpful) {
  std::set<std::string> questions, pictures;
  for (const TrainingRecord& record : safety) {
    pictures.insert(record.images[0]);
    for (std::size_t i = 0; i + 1 < record.turns.size(); i += 2) {
      if (record.turns[i + 1].refusal) questions.insert(plain_words(record.turns[i].text));
    }
  }
  std::int64_t same_question = 0, same_picture = 0;
  for (const TrainingRecord& record : helpful) {
    bool asks = false, shows = false;
    for (const TrainingTurn& turn : record.turns) {
      asks = asks || (turn.role == "user" && questions.contains(plain_words(turn.text)));
    }
    for (const std::string& image : record.images) shows = shows || pictures.contains(image);
    same_question += asks ? 1 : 0;
    same_picture += shows ? 1 : 0;
  }
  return {{"same_question", same_question}, {"same_picture", same_picture}};
}

std::vector<TrainingRecord> helpful_records(const InputFiles& inputs, const Json& options,
                                            PyRandom& random, RejectedRecords& rejected) {
  auto records = read_training_records(inputs.at("helpful"), rejected);
  const auto wanted = options.at("n_helpful").get<std::size_t>();
  if (options.at("recipe") == "mixed") return records;
  if (records.size() < wanted) {
    fail_with_hint(ErrorKind::kUsage, "lower n_helpful", "{} has {} records, wanted n_helpful={}",
                   inputs.at("helpful"), records.size(), wanted);
  }
  return drawn(random, records, wanted);
}

void check_helpful(const Json& options) {
  if (options.at("n_helpful").get<std::int64_t>() >= 1) return;
  fail_with_hint(
      ErrorKind::kUsage, "the paper mixes 5000 helpful records into 2000 of VLGuard",
      "vlguard: n_helpful=0: refusals alone teach over-refusal (without helpful data the "
      "paper's accepted safe prompts fell from 91.2 to 41.6 %)");
}

void separate_ids(const std::vector<TrainingRecord>& safety, std::vector<TrainingRecord>& helpful) {
  const std::set<std::string> ids = ids_of(safety);
  for (TrainingRecord& record : helpful) {
    if (ids.contains(record.id)) record.id = "helpful/" + record.id;
  }
}

BuiltData build(const InputFiles& inputs, const Json& options) {
  check_helpful(options);
  BuiltData out;
  const Mode mode = kModes.at(options.at("mode").get<std::string>());
  const bool mixed = options.at("recipe") == "mixed";
  PyRandom random(options.at("seed").get<std::uint64_t>());
  out.records = converted(read_vlguard(inputs.at("vlguard"), out.rejected), mode, random);
  if (mode == Mode::kNoReason) shorten_refusals(out.records);
  if (mode == Mode::kSwapImages) swap_images(out.records, random);
  const double fraction = options.at("fraction").get<double>();
  if (mixed && fraction < 1) {
    const double part = fraction * static_cast<double>(out.records.size());
    out.records = drawn(random, out.records, static_cast<std::size_t>(part));
  }
  auto helpful = helpful_records(inputs, options, random, out.rejected);
  separate_ids(out.records, helpful);
  give_source(out.records, inputs.at("vlguard").stem().string());
  give_source(helpful, inputs.at("helpful").stem().string());
  out.report = {{"safety", out.records.size()},
                {"helpful", helpful.size()},
                {"helpful_overlaps_refusals", overlap(out.records, helpful)}};
  out.records.insert(out.records.end(), helpful.begin(), helpful.end());
  random.shuffle(out.records);
  return out;
}

}  // namespace

BuilderEntry vlguard_builder() {
  return {
      .summary = "VLGuard conversations mixed with helpful instruction data",
      .paper = "arXiv 2402.02207",
      .inputs = {{"vlguard", "VLGuard's train.json, or a file of its layout"},
                 {"helpful", "ordinary instruction records"}},
      .options = {{.name = "mode",
                   .default_value = "two_turn",
                   .help = "how pairs become conversations",
                   .choices = {"two_turn", "one_turn", "no_reason", "swap_images",
                               "safe_safe_dropped"}},
                  {.name = "recipe",
                   .default_value = "posthoc",
                   .help = "posthoc: n_helpful records beside it; mixed: all of the helpful file",
                   .choices = {"posthoc", "mixed"}},
                  {"n_helpful", 5000, "helpful records drawn (posthoc)", 0, 1e8},
                  {"fraction", 1.0, "share of VLGuard's records that is added (mixed)", 0.0, 1.0},
                  {"seed", 0, "of Python's random stream", 0, 9007199254740991.0}},
      .build = build};
}

}  // namespace sightline
