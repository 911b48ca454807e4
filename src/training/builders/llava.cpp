// llava: conversation records checked and passed on, for the two stages of LLaVA's training.
#include "training/builders/builder.h"

namespace sightline {
namespace {

// Stage 1 aligns the projector on captions: one picture, one question, one answer.
bool fits_stage_one(const TrainingRecord& record, RejectedRecords& rejected) {
  if (record.images.size() == 1 && record.turns.size() == 2) return true;
  rejected.add("not_a_caption", format("id '{}' has {} pictures and {} turns, wanted 1 and 2",
                                       record.id, record.images.size(), record.turns.size()));
  return false;
}

BuiltData build(const InputFiles& inputs, const Json& options) {
  BuiltData out;
  out.records = read_training_records(inputs.at("records"), out.rejected);
  if (options.at("stage") == 1) {
    std::erase_if(out.records, [&](const TrainingRecord& record) {
      return !fits_stage_one(record, out.rejected);
    });
  }
  std::int64_t pictures = 0, answers = 0;
  for (const TrainingRecord& record : out.records) {
    pictures += static_cast<std::int64_t>(record.images.size());
    answers += static_cast<std::int64_t>(record.turns.size() / 2);
  }
  out.report = {{"records", out.records.size()}, {"pictures", pictures}, {"answers", answers}};
  return out;
}

}  // namespace

BuilderEntry llava_builder() {
  return {
      .summary = "LLaVA conversations or chat messages, checked and passed on",
      .paper = "",
      .inputs = {{"records", "LLaVA JSON list, JSONL, or chat messages as JSONL"}},
      .options = {{"stage", 2, "1: captions, one picture and one answer each; 2: anything", 1, 2}},
      .build = build};
}

}  // namespace sightline
