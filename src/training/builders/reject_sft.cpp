// reject_sft: plain refusals on a few benign picture questions, mixed with ordinary instruction
// data (BRT, arXiv 2504.10000). reject_sft_random: the same with the refusals' pictures replaced by
// random benign ones, to compare with.
#include <algorithm>

#include "training/builders/builder.h"
#include "training/builders/pick.h"

namespace sightline {
namespace {

constexpr const char* kReply = "I'm sorry, but I cannot assist with your request";
constexpr const char* kAvoided = "what about";  // a question that leans on the turn before

// Streams of the additions to the published algorithm, apart from its own so that it stays equal.
constexpr std::uint64_t kHoldOutStream = 1, kImageStream = 2;

struct Sources {
  std::vector<TrainingRecord> benign;   // file1: to be refused
  std::vector<TrainingRecord> utility;  // file2
  std::string benign_name, utility_name;
};

struct Draft {
  std::vector<TrainingRecord> refused, kept, held_out;
};

std::size_t count_of(const Json& options, const char* key) {
  return options.at(key).get<std::size_t>();
}

void drop_ids(std::vector<TrainingRecord>& records, const std::set<std::string>& ids) {
  std::erase_if(records, [&](const TrainingRecord& record) { return ids.contains(record.id); });
}

// File1 asks about one picture; anything else has no place for the tag.
void keep_single_pictures(std::vector<TrainingRecord>& records, RejectedRecords& rejected) {
  std::erase_if(records, [&](const TrainingRecord& record) {
    if (record.images.size() == 1) return false;
    rejected.add("not_one_picture", format("id '{}' of the file to refuse has {} pictures",
                                           record.id, record.images.size()));
    return true;
  });
}

Sources read_sources(const InputFiles& inputs, RejectedRecords& rejected) {
  Sources out{.benign = read_training_records(inputs.at("refuse"), rejected),
              .utility = read_training_records(inputs.at("utility"), rejected),
              .benign_name = inputs.at("refuse").stem().string(),
              .utility_name = inputs.at("utility").stem().string()};
  keep_single_pictures(out.benign, rejected);
  if (inputs.contains("exclude_ids")) {
    const auto lines = read_text_lines(inputs.at("exclude_ids"));
    const std::set<std::string> ids(lines.begin(), lines.end());
    drop_ids(out.benign, ids);
    drop_ids(out.utility, ids);
  }
  give_source(out.benign, out.benign_name);
  give_source(out.utility, out.utility_name);
  return out;
}

std::vector<TrainingRecord> draw_held_out(const Sources& sources, const Draft& draft,
                                          const Json& options) {
  const std::size_t wanted = count_of(options, "hold_out_rej");
  std::vector<TrainingRecord> rest = sources.benign;
  drop_ids(rest, ids_of(draft.refused));
  if (rest.size() < wanted) {
    fail_with_hint(ErrorKind::kUsage, "lower n_rej or hold_out_rej",
                   "{} has {} records left to hold out after n_rej={}, wanted hold_out_rej={}",
                   sources.benign_name, rest.size(), draft.refused.size(), wanted);
  }
  PyRandom random(options.at("seed").get<std::uint64_t>() + kHoldOutStream);
  return drawn(random, rest, wanted);
}

// B of the published algorithm: from file2 without (or, `similar`, only with) the ids of A.
std::vector<TrainingRecord> draw_utility(const Sources& sources, const Draft& draft,
                                         const Json& options, PyRandom& random) {
  const bool similar = options.at("similar").get<bool>();
  const std::set<std::string> refused = ids_of(draft.refused), held = ids_of(draft.held_out);
  std::vector<TrainingRecord> pool = sources.utility;
  std::erase_if(pool, [&](const TrainingRecord& record) {
    return refused.contains(record.id) != similar || held.contains(record.id);
  });
  std::size_t wanted = count_of(options, "n_util");
  if (options.at("ablation") == "utility_only") wanted += draft.refused.size();
  wanted = std::min(wanted, sources.utility.size());
  if (pool.size() < wanted) {
    fail_with_hint(ErrorKind::kUsage, "lower n_util",
                   "{}: {} of {} records have ids that {} among the refused or held out, wanted {}",
                   sources.utility_name, pool.size(), sources.utility.size(),
                   similar ? "are" : "are not", wanted);
  }
  return drawn(random, pool, wanted);
}

// Leaves one question and its answer, drawn until the question stands alone. False: none found.
bool keep_one_turn(TrainingRecord& record, std::size_t max_tries, PyRandom& random) {
  for (std::size_t i = 0; i < max_tries; ++i) {
    const std::size_t pair = random.below(record.turns.size() / 2);
    TrainingTurn question = record.turns[2 * pair];
    if (contains_ignoring_case(question.text, kAvoided)) continue;
    question.text = trimmed_text(std::string(kImageTag) + "\n" + without_image_tags(question.text));
    record.turns = {std::move(question), record.turns[2 * pair + 1]};
    return true;
  }
  return false;
}

std::int64_t keep_one_turn_of_each(std::vector<TrainingRecord>& refused, const Json& options,
                                   PyRandom& random) {
  const std::size_t before = refused.size();
  std::vector<TrainingRecord> kept;
  for (TrainingRecord& record : refused) {
    if (keep_one_turn(record, count_of(options, "max_redraw"), random)) {
      kept.push_back(std::move(record));
    }
  }
  refused = std::move(kept);
  return static_cast<std::int64_t>(before - refused.size());
}

void demand_single_turns(const std::vector<TrainingRecord>& refused, const std::string& file) {
  for (const TrainingRecord& record : refused) {
    if (record.turns.size() == 2) continue;
    fail_with_hint(ErrorKind::kUsage, "leave one_turn on",
                   "{}: id '{}' has {} turns: a refusal has one question and one answer, or later "
                   "answers would still comply",
                   file, record.id, record.turns.size());
  }
}

// The control that gives a reason of its own to every refusal.
std::string with_reason(const std::string& reply, const TrainingRecord& record) {
  return format(
      "{}. The question \"{}\" asks me to interpret this picture, and an answer from me could "
      "mislead someone who relies on it.",
      reply, without_image_tags(record.turns.front().text));
}

void make_refusals(std::vector<TrainingRecord>& refused, const InputFiles& inputs,
                   const Json& options, PyRandom& random) {
  std::vector<std::string> replies = {options.at("reply").get<std::string>()};
  if (inputs.contains("reply_list")) replies = read_text_lines(inputs.at("reply_list"));
  if (replies.empty() || replies.front().empty()) {
    fail(ErrorKind::kUsage, "reject_sft: the reply is empty");
  }
  const bool reasons = options.at("ablation") == "reasons";
  for (TrainingRecord& record : refused) {
    const std::string& reply = replies.size() == 1 ? replies.front() : random.choice(replies);
    TrainingTurn& answer = record.turns.back();
    answer.text = reasons ? with_reason(reply, record) : reply;
    answer.refusal = true;
    answer.supervise = true;
    answer.supervise_end = options.at("ablation") == "train_eos";
    record.kind = "refusal_benign";
  }
}

// Ids in both halves ("similar" has only those) get the name of their file in front.
void separate_ids(Draft& draft, const Sources& sources) {
  const std::set<std::string> refused = ids_of(draft.refused);
  std::set<std::string> both;
  for (TrainingRecord& record : draft.kept) {
    if (!refused.contains(record.id)) continue;
    both.insert(record.id);
    record.id = sources.utility_name + "/utility/" + record.id;
  }
  for (TrainingRecord& record : draft.refused) {
    if (both.contains(record.id)) record.id = sources.benign_name + "/refused/" + record.id;
  }
}

std::int64_t answers_like(const std::vector<TrainingRecord>& records, const std::string& reply) {
  return std::count_if(records.begin(), records.end(), [&](const TrainingRecord& record) {
    return trimmed_text(record.turns.back().text) == reply;
  });
}

BuiltData build(const InputFiles& inputs, const Json& options) {
  BuiltData out;
  const Sources sources = read_sources(inputs, out.rejected);
  const auto seed = options.at("seed").get<std::uint64_t>();
  PyRandom random(seed);
  Draft draft;
  draft.refused =
      drawn(random, sources.benign, std::min(count_of(options, "n_rej"), sources.benign.size()));
  draft.held_out = draw_held_out(sources, draft, options);
  draft.kept = draw_utility(sources, draft, options, random);
  if (options.at("ablation") == "utility_only") draft.refused.clear();
  std::int64_t dropped = 0;
  if (options.at("one_turn").get<bool>())
    dropped = keep_one_turn_of_each(draft.refused, options, random);
  else
    demand_single_turns(draft.refused, sources.benign_name);
  make_refusals(draft.refused, inputs, options, random);
  PyRandom image_random(seed + kImageStream);
  if (inputs.contains("pictures")) {
    const auto pictures = read_text_lines(inputs.at("pictures"));
    if (pictures.empty()) fail(ErrorKind::kBadFile, "{}: no pictures", inputs.at("pictures"));
    for (auto& record : draft.refused) record.images[0] = image_random.choice(pictures);
  }
  if (options.at("ablation") == "shuffle_images") swap_images(draft.refused, image_random);
  separate_ids(draft, sources);

  out.report = {{"refused", draft.refused.size()},
                {"utility", draft.kept.size()},
                {"held_out", draft.held_out.size()},
                {"dropped_no_question_that_stands_alone", dropped},
                {"utility_answers_equal_to_the_reply",
                 answers_like(draft.kept, options.at("reply").get<std::string>())}};
  out.proposed_name =
      format("{}_{}_{}_{}{}{}.json", draft.refused.size(), sources.benign_name, draft.kept.size(),
             sources.utility_name, options.at("suffix").get<std::string>(),
             options.at("similar").get<bool>() ? "_similar" : "");
  out.records = std::move(draft.refused);
  out.records.insert(out.records.end(), draft.kept.begin(), draft.kept.end());
  random.shuffle(out.records);
  if (!draft.held_out.empty()) out.extras.push_back({"held_out", std::move(draft.held_out)});
  return out;
}

OptionTable options() {
  return {
      {"n_rej", 2000, "records of 'refuse' to answer with the reply", 0, 1e8},
      {"n_util", 5000, "records of 'utility' to add", 0, 1e8},
      {"one_turn", true, "keep one question of each refused conversation"},
      {"max_redraw", 20, "draws of a question that stands alone before a record is dropped", 1,
       1e6},
      {"similar", false, "add only utility records whose ids are among the refused"},
      {"reply", kReply, "the refusal"},
      {"hold_out_rej", 200, "records of 'refuse' kept out of training, for over-refusal", 0, 1e8},
      {.name = "ablation",
       .default_value = "none",
       .help = "control that differs in one thing",
       .choices = {"none", "shuffle_images", "train_eos", "reasons", "utility_only"}},
      {"suffix", "", "added to the proposed file name"},
      {"seed", 0, "of Python's random stream", 0, 9007199254740991.0}};
}

std::vector<BuilderInput> inputs() {
  return {{"refuse", "benign picture questions to be refused"},
          {"utility", "ordinary instruction records"},
          {"exclude_ids", "ids that must not be drawn, one a line", false},
          {"reply_list", "refusals to draw from instead of 'reply', one a line", false}};
}

}  // namespace

BuilderEntry reject_sft_builder() {
  return {.summary = "plain refusals on benign picture questions, mixed with utility records",
          .paper = "arXiv 2504.10000",
          .inputs = inputs(),
          .options = options(),
          .build = build};
}

BuilderEntry reject_sft_random_builder() {
  std::vector<BuilderInput> all = inputs();
  all.push_back({"pictures", "paths of benign pictures to draw from, one a line"});
  return {.summary = "reject_sft with random benign pictures in the refusals, to compare with",
          .paper = "arXiv 2504.10000",
          .inputs = std::move(all),
          .options = options(),
          .build = build};
}

}  // namespace sightline
