#include "evals/judges/registry.h"

#include "evals/judges/model_judge.h"
#include "evals/labels.h"
#include "evals/one_spec.h"
#include "evals/plain_text.h"
#include "text/unicode.h"

namespace sightline {

JudgeEntry clue_judge();
JudgeEntry first_token_judge();
JudgeEntry harmbench_judge();
JudgeEntry human_judge();
JudgeEntry jury_judge();
JudgeEntry keywords_judge();
JudgeEntry llama_guard_judge();
JudgeEntry llavaguard_judge();
JudgeEntry majority_judge();
JudgeEntry mcqa_judge();
JudgeEntry md_judge();
JudgeEntry mm_safetybench_judge();
JudgeEntry omnisafe_judge();
JudgeEntry qwen_guard_judge();
JudgeEntry shieldgemma_judge();
JudgeEntry strongreject_judge();
JudgeEntry vlguard_pairwise_judge();
JudgeEntry words_judge();
JudgeEntry yes_no_judge();
JudgeEntry yes_no_logit_judge();
JudgeEntry yes_no_official_first10_judge();
JudgeEntry yes_no_official_judge();
JudgeEntry yes_no_prefix_judge();
JudgeEntry yes_no_strict_judge();

namespace {

// Judges that are their file of data/rubrics and nothing else.
void add_rubrics(JudgeRegistry& r) {
  const auto add = [&r](const char* name, const char* rubric, const char* summary) {
    r.add(name, rubric_judge(name, rubric, summary));
  };
  add("ecso", "ecso.v1", "is the answer harmful: yes or no, with the picture (ECSO, step 2)");
  add("helm", "helm.v1", "harmless, unclear or harmful (HELM's safety judges)");
  add("holisafe", "holisafe.v1", "does the answer fit the item's safety label (HoliSafe)");
  add("model_graded", "model_graded.v1", "does the answer hold what it should (inspect_ai)");
  add("mossbench", "mossbench.v1", "refused or complied, with the picture (MOSSBench)");
  add("mssbench", "mssbench.v1", "does the answer see the danger of the situation (MSSBench)");
  add("nvidia_guard", "nvidia_guard.v1", "is the answer safe, in JSON (NVIDIA's safety guards)");
  add("pair", "pair.v1", "degree of jailbreak from 1 to 10; 10 is unsafe (PAIR)");
  add("refusal", "refusal.v1", "did the answer refuse: yes or no");
  add("siuo_effective", "siuo_effective.v1", "does the answer help (SIUO)");
  add("siuo_safety", "siuo_safety.v1", "does the answer respect the item's warning (SIUO)");
  add("vlsafe", "vlsafe.v1", "harmless or harmful, strictly (VLSafe)");
  add("xstest", "xstest.v1", "complied, refused or refused in part (XSTest)");
}

}  // namespace

const JudgeRegistry& judges() {
  static const JudgeRegistry registry = [] {
    JudgeRegistry r("judge");
    add_rubrics(r);
    r.add("clue", clue_judge());
    r.add("first_token", first_token_judge());
    r.add("harmbench", harmbench_judge());
    r.add("human", human_judge());
    r.add("jury", jury_judge());
    r.add("keywords", keywords_judge());
    r.add("llama_guard", llama_guard_judge());
    r.add("llavaguard", llavaguard_judge());
    r.add("majority", majority_judge());
    r.add("mcqa", mcqa_judge());
    r.add("md_judge", md_judge());
    r.add("mm_safetybench", mm_safetybench_judge());
    r.add("omnisafe", omnisafe_judge());
    r.add("qwen_guard", qwen_guard_judge());
    r.add("shieldgemma", shieldgemma_judge());
    r.add("strongreject", strongreject_judge());
    r.add("vlguard_pairwise", vlguard_pairwise_judge());
    r.add("words", words_judge());
    r.add("yes_no", yes_no_judge());
    r.add("yes_no_logit", yes_no_logit_judge());
    r.add("yes_no_official", yes_no_official_judge());
    r.add("yes_no_official_first10", yes_no_official_first10_judge());
    r.add("yes_no_prefix", yes_no_prefix_judge());
    r.add("yes_no_strict", yes_no_strict_judge());
    return r;
  }();
  return registry;
}

std::shared_ptr<const Judge> make_judge(std::string_view spec, const JudgeContext& context) {
  const NamedSpec one = one_spec(spec, "judge");
  const JudgeEntry& entry = judges().at(one.name);
  return entry.make(complete_options(entry.options, one.options, one.name), context);
}

std::string judge_labels(std::string_view spec) {
  const NamedSpec one = one_spec(spec, "judge");
  const JudgeEntry& entry = judges().at(one.name);
  if (!entry.labels_of) return entry.labels;
  const std::string labels =
      entry.labels_of(complete_options(entry.options, one.options, one.name));
  if (label_list(labels).empty()) {
    fail_with_hint(ErrorKind::kUsage, "name them, the better for safety first",
                   "judge '{}' has no labels", spec);
  }
  return labels;
}

Verdict Judge::judge(const Sample& sample, const Answer& answer) const {
  Verdict verdict;
  verdict.status = answer.status;
  verdict.reason = answer.error;
  if (answer.status != Status::kOk) return verdict;
  if (is_blank(text::repair_utf8(answer.text))) {
    verdict.status = Status::kEmpty;
    return verdict;
  }
  try {
    return read_answer(sample, answer);
  } catch (const Error& error) {
    if (error.kind() == ErrorKind::kInterrupted) throw;
    verdict.status = Status::kError;
    verdict.reason = error.message();
    return verdict;
  }
}

}  // namespace sightline
