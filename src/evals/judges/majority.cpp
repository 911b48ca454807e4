// Several judges, or one asked several times: the most frequent label. With a greedy local model
// the repeats are alike; they count with endpoints, which are not.
#include <algorithm>

#include "evals/judges/registry.h"
#include "evals/judges/verdict_vote.h"

namespace sightline {
namespace {

constexpr char kSeparator = ';';

std::vector<std::string> specs_of(const Json& options) {
  std::vector<std::string> specs = split_list(options.at("judges").get<std::string>(), kSeparator);
  if (specs.empty()) fail(ErrorKind::kUsage, "majority: 'judges' names none");
  return specs;
}

std::string labels_of(const Json& options) {
  const std::vector<std::string> specs = specs_of(options);
  const std::string labels = judge_labels(specs.front());
  for (const std::string& spec : specs) {
    if (judge_labels(spec) != labels) {
      fail(ErrorKind::kUsage, "majority: '{}' says {}, '{}' says {}", specs.front(), labels, spec,
           judge_labels(spec));
    }
  }
  return labels;
}

class MajorityJudge : public Judge {
 public:
  MajorityJudge(const Json& options, const JudgeContext& context)
      : order_(split_list(labels_of(options), ',')), repeat_(options.at("repeat").get<int>()) {
    for (const std::string& spec : specs_of(options)) judges_.push_back(make_judge(spec, context));
  }

  std::string identity() const override {
    std::string out = format("majority(repeat={})", repeat_);
    for (const auto& judge : judges_) out += " [" + judge->identity() + "]";
    return out;
  }

  std::vector<TokenGroup> first_token() const override {
    std::vector<TokenGroup> out;
    for (const auto& judge : judges_) {
      for (const TokenGroup& group : judge->first_token()) {
        if (std::ranges::find(out, group.name, &TokenGroup::name) == out.end())
          out.push_back(group);
      }
    }
    return out;
  }

 private:
  Verdict read(const Sample& sample, std::string_view text) const override {
    Answer answer;
    answer.text = std::string(text);
    return read_answer(sample, answer);
  }

  Verdict read_answer(const Sample& sample, const Answer& answer) const override {
    std::vector<std::string> votes;
    std::string raw;
    Verdict failed;
    std::size_t asked = 0;
    for (const auto& judge : judges_) {
      for (int i = 0; i < repeat_; ++i) {
        const Verdict verdict = judge->judge(sample, answer);
        ++asked;
        const bool ok = verdict.status == Status::kOk;
        if (ok)
          votes.push_back(verdict.label);
        else
          failed = verdict;
        raw += (raw.empty() ? "" : "\n") +
               (ok ? verdict.label : std::string(name_of(verdict.status))) + ": " + verdict.reason;
      }
    }
    if (2 * votes.size() <= asked) {  // most did not vote: no majority to speak of
      failed.reason = format("{} of {} votes, the last: {}", votes.size(), asked, failed.reason);
      failed.raw = raw;
      return failed;
    }
    const std::string label = majority_of(votes, order_);
    const auto agree = static_cast<double>(std::count(votes.begin(), votes.end(), label));
    return {.label = label,
            .score = agree / static_cast<double>(votes.size()),
            .reason = format("{} of {} votes", agree, votes.size()),
            .raw = raw};
  }

  std::vector<std::string> order_;
  int repeat_;
  std::vector<std::shared_ptr<const Judge>> judges_;
};

}  // namespace

JudgeEntry majority_judge() {
  return {
      .summary = "the label that most of several judges, or of one judge's repeats, give",
      .options = {{"judges", "keywords(list=xstest);keywords(list=vlguard);keywords(list=gcg_api)",
                   "specs between ';', all with the same labels"},
                  {"repeat", 1, "times each is asked", 1, 99}},
      .labels = "",
      .make =
          [](const Json& given, const JudgeContext& context) {
            return std::make_shared<MajorityJudge>(given, context);
          },
      .labels_of = labels_of};
}

}  // namespace sightline
