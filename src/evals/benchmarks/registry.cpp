#include "evals/benchmarks/registry.h"

#include <algorithm>
#include <set>

#include "evals/ablation.h"
#include "evals/benchmarks/repeats.h"
#include "evals/labels.h"
#include "evals/one_spec.h"
#include "sightline/judge.h"

namespace sightline {

BenchmarkEntry csv_benchmark();
BenchmarkEntry figstep_benchmark();
BenchmarkEntry hades_benchmark();
BenchmarkEntry holisafe_benchmark();
BenchmarkEntry jailbreakv_benchmark();
BenchmarkEntry jsonl_benchmark();
BenchmarkEntry mini_benchmark();
BenchmarkEntry mm_safetybench_benchmark();
BenchmarkEntry mmsafeaware_benchmark();
BenchmarkEntry mossbench_benchmark();
BenchmarkEntry mssbench_benchmark();
BenchmarkEntry msts_benchmark();
BenchmarkEntry rtvlm_benchmark();
BenchmarkEntry safebench_benchmark();
BenchmarkEntry siuo_benchmark();
BenchmarkEntry spa_vl_eval_benchmark();
BenchmarkEntry text_list_benchmark();
BenchmarkEntry unicorns_benchmark();
BenchmarkEntry vlguard_benchmark();
BenchmarkEntry vlsafe_benchmark();
BenchmarkEntry xstest_benchmark();

const BenchmarkRegistry& benchmarks() {
  static const BenchmarkRegistry registry = [] {
    BenchmarkRegistry r("benchmark");
    r.add("csv", csv_benchmark());
    r.add("figstep", figstep_benchmark());
    r.add("hades", hades_benchmark());
    r.add("holisafe", holisafe_benchmark());
    r.add("jailbreakv", jailbreakv_benchmark());
    r.add("jsonl", jsonl_benchmark());
    r.add("mini", mini_benchmark());
    r.add("mm_safetybench", mm_safetybench_benchmark());
    r.add("mmsafeaware", mmsafeaware_benchmark());
    r.add("mossbench", mossbench_benchmark());
    r.add("mssbench", mssbench_benchmark());
    r.add("msts", msts_benchmark());
    r.add("rtvlm", rtvlm_benchmark());
    r.add("safebench", safebench_benchmark());
    r.add("siuo", siuo_benchmark());
    r.add("spa_vl_eval", spa_vl_eval_benchmark());
    r.add("text_list", text_list_benchmark());
    r.add("unicorns", unicorns_benchmark());
    r.add("vlguard", vlguard_benchmark());
    r.add("vlsafe", vlsafe_benchmark());
    r.add("xstest", xstest_benchmark());
    return r;
  }();
  return registry;
}

namespace {

// What a row counts: a label of a judge, empty for the first one's of each subset.
struct Counted {
  std::string judge;
  std::string label;
};

bool judges_some_subset(const BenchmarkData& data, const std::string& judge) {
  return std::any_of(data.judges.begin(), data.judges.end(), [&judge](const auto& entry) {
    const auto& specs = entry.second;
    return std::find(specs.begin(), specs.end(), judge) != specs.end();
  });
}

// A row that counts a label which no judge of its subset says would show a share of 0 whatever was
// answered. Rows about a subset that nobody judges have no answers and show none.
void check_counted(const BenchmarkData& data, const MetricRow& row, const std::string& subset,
                   const Counted& counted) {
  if (!counted.judge.empty() && !judges_some_subset(data, counted.judge)) {
    fail(ErrorKind::kInternal, "{}: row '{}' is of judge '{}', which judges no subset", data.spec,
         row.name, counted.judge);
  }
  if (counted.label.empty()) return;
  std::string said;
  for (const auto& [name, specs] : data.judges) {
    if (!subset.empty() && name != subset) continue;
    for (const std::string& spec : specs) {
      const bool counts = counted.judge.empty() ? &spec == &specs.front() : spec == counted.judge;
      if (!counts) continue;
      const std::string labels = judge_labels(spec);
      if (has_label(labels, counted.label)) return;
      said += format("{}'{}' says {}", said.empty() ? "" : "; ", spec, labels);
    }
  }
  if (said.empty()) return;
  fail_with_hint(ErrorKind::kUsage, "'sightline list judges' shows what others say",
                 "{}: row '{}' counts the label '{}', which no judge of it says: {}", data.spec,
                 row.name, counted.label, said);
}

void check_row(const BenchmarkData& data, const MetricRow& row) {
  const Json options = one_spec(row.spec, "metric").options;
  const auto option = [&options](const char* name) { return options.value(name, std::string()); };
  check_counted(data, row, option("subset"), {row.judge, option("label")});
  check_counted(data, row, option("subset"), {option("and_judge"), option("and_label")});
}

// Who is not asked, and who is counted as missing, are the same samples.
void check_missing(const BenchmarkData& data) {
  std::set<std::string_view> missing;
  for (const MissingPicture& one : data.missing) missing.insert(one.sample);
  for (const Sample& sample : data.samples) {
    if (missing.contains(sample.id) == lacks_picture(sample)) continue;
    fail(ErrorKind::kBadFile, "{}: item '{}' {} the note '{}', which marks the items not asked",
         data.spec, sample.id,
         lacks_picture(sample) ? "is asked and has" : "is not asked and lacks", kMissingPicture);
  }
}

}  // namespace

void check_benchmark(const BenchmarkData& data) {
  check_missing(data);
  std::set<std::string_view> ids;
  for (const Sample& sample : data.samples) {
    if (!ids.insert(sample.id).second) {
      fail(ErrorKind::kBadFile, "{}: item id '{}' occurs twice", data.spec, sample.id);
    }
    if (is_twin(sample)) {
      fail(ErrorKind::kBadFile,
           "{}: item '{}' has a note 'ablation', which marks the twins of --ablate", data.spec,
           sample.id);
    }
    const auto judges = data.judges.find(sample.subset);
    if (judges == data.judges.end() || judges->second.empty()) {
      fail(ErrorKind::kBadFile, "{}: item '{}' is of subset '{}', which has no judge", data.spec,
           sample.id, sample.subset);
    }
  }
  for (const MetricRow& row : data.metrics) check_row(data, row);
  if (data.samples.empty()) fail(ErrorKind::kBadFile, "{}: no items", data.spec);
}

BenchmarkData load_benchmark(std::string_view spec, const SampleLimit& limit) {
  const NamedSpec one = one_spec(spec, "benchmark");
  const BenchmarkEntry& entry = benchmarks().at(one.name);
  const Json options = complete_options(entry.options, one.options, one.name);
  BenchmarkData data = entry.load(options);
  data.name = one.name;
  NamedSpec full{.name = one.name};
  for (const auto& [key, value] : options.items()) {
    if (!value.is_null() && value != "") full.options[key] = value;
  }
  data.spec = spec_text(full);
  if (data.licence.empty()) data.licence = entry.release.licence;
  for (const CountFound& count : count_items(entry.release, options, data.samples)) {
    if (!count.as_published()) data.notes.push_back(count.difference());
  }
  check_benchmark(data);
  limit_samples(data, limit);
  if (data.responses > 1) repeat_samples(data);
  return data;
}

}  // namespace sightline
