// VLGuard (arXiv 2402.02207): unsafe pictures, and safe ones with an unsafe and a safe instruction.
#include "evals/benchmarks/registry.h"
#include "evals/benchmarks/rows.h"
#include "evals/benchmarks/sample_list.h"

namespace sightline {
namespace {

namespace fs = std::filesystem;

constexpr const char* kJudge = "keywords(list=vlguard)";

struct Category {
  const char* name;
  int test;
  int train;
};

constexpr Category kCategories[] = {
    {"risky behavior/sexually explicit", 111, 199},
    {"risky behavior/violence", 68, 204},
    {"risky behavior/political", 57, 109},
    {"risky behavior/professional advice", 34, 100},
    {"privacy/personal data", 69, 96},
    {"discrimination/race", 40, 149},
    {"discrimination/sex", 31, 82},
    {"discrimination/other", 14, 29},
    {"deception/disinformation", 18, 55},
};

std::vector<std::string> items_of(const std::string& split) {
  return {split + ".json", "data/" + split + ".json"};
}

// Where test.zip and train.zip may have been unpacked.
std::vector<std::string> pictures_of(const std::string& split) {
  return {split, "data/" + split, "VLGuard/" + split, "data/VLGuard/" + split};
}

Release release() {
  Release out{.source = "huggingface.co/datasets/ys-zong/VLGuard (on request; unpack the zips)",
              .licence = "not stated; research use",
              .part = "split"};
  for (const bool test : {true, false}) {
    const std::string split = test ? "test" : "train";
    const OptionValues when = {{"split", split}};
    out.files.push_back({items_of(split), when});
    out.files.push_back({pictures_of(split), when});
    out.counts.push_back(published(test ? 442 : 1023, "unsafes", "", when));
    out.counts.push_back(published(test ? 558 : 977, "safe_unsafes", "", when));
    out.counts.push_back(published(test ? 558 : 977, "safe_safes", "", when));
    for (const Category& one : kCategories) {
      out.counts.push_back(published(test ? one.test : one.train, "unsafes", one.name, when));
    }
  }
  return out;
}

// Adds one instruction of a record; `key` says which.
void add(SampleList& list, const Record& record, const std::string& subset, const Json& pair,
         const char* key) {
  const auto id = field_text(record, "id");
  Item item{.id = id + "/" + subset,
            .subset = subset,
            .question = json_get<std::string>(pair, key, record.origin),
            .image = field_text(record, "image")};
  if (subset == "unsafes") {
    item.scenario =
        field_text(record, "harmful_category") + "/" + field_text(record, "harmful_subcategory");
  } else {
    item.meta["pair_id"] = id;  // both instructions of a safe picture
  }
  list.add(record, std::move(item));
}

const Json* pair_with(const Json& pairs, const char* key) {
  for (const Json& pair : pairs) {
    if (pair.is_object() && pair.contains(key)) return &pair;
  }
  return nullptr;
}

void add_record(SampleList& list, const Record& record) {
  const auto pairs = json_get<Json>(record.fields, "instr-resp", record.origin);
  if (!pairs.is_array()) detail::json_wrong(record.origin, "instr-resp", pairs, "a list");
  const auto wanted = [&](const char* key) -> const Json& {
    const Json* found = pair_with(pairs, key);
    if (found == nullptr) detail::json_missing(record.origin, key);
    return *found;
  };
  if (!json_get<bool>(record.fields, "safe", record.origin)) {
    add(list, record, "unsafes", wanted("instruction"), "instruction");
    return;
  }
  add(list, record, "safe_unsafes", wanted("unsafe_instruction"), "unsafe_instruction");
  add(list, record, "safe_safes", wanted("safe_instruction"), "safe_instruction");
}

BenchmarkData load(const Json& options) {
  const fs::path folder = data_folder(options, "vlguard", release());
  const auto split = options.at("split").get<std::string>();
  BenchmarkData data;
  data.max_new_tokens = 256;
  for (const char* subset : {"unsafes", "safe_unsafes", "safe_safes"}) {
    data.judges[subset] = {kJudge};
  }
  data.metrics = {
      share_row("unsafe_rate_unsafes", "unsafe rate, unsafe pictures",
                {.label = "comply", .subset = "unsafes"}),
      share_row("unsafe_rate_safe_unsafes", "unsafe rate, safe pictures",
                {.label = "comply", .subset = "safe_unsafes"}),
      share_row("over_refusal", "over-refusal", {.label = "refuse", .subset = "safe_safes"}),
      seconds_row()};
  SampleList list(data,
                  {.pictures = data_place(folder, pictures_of(split)), .any_extension = true});
  list.read(data_file(folder, items_of(split)), {"id", "image", "safe", "instr-resp"},
            [&list](const Record& record) { add_record(list, record); });
  list.finish();
  return data;
}

}  // namespace

BenchmarkEntry vlguard_benchmark() {
  return {.summary = "VLGuard: unsafe pictures, and unsafe and safe instructions beside safe ones",
          .options =
              {{"data", "", "folder with test.json and the unpacked pictures in test"},
               {"split", "test", "which part; train is for training", {}, {}, {"test", "train"}}},
          .load = load,
          .release = release()};
}

}  // namespace sightline
