// Statistics and judges for the Python oracles: a JSON request a line on stdin, its result a line
// on stdout.
#include <functional>
#include <iostream>
#include <map>

#include "base/json.h"
#include "evals/judges/keyword_list.h"
#include "evals/statistics.h"
#include "sightline/judge.h"

namespace sightline {
namespace {

using Numbers = std::vector<double>;
using Strings = std::vector<std::string>;

Json pair_of(const Interval& interval) { return {interval.low, interval.high}; }

Json clustered(const Json& in) {
  const MeanEstimate mean = clustered_mean(
      cluster_sums(in.at("scores").get<Numbers>(), in.at("clusters").get<Strings>()));
  return {{"mean", mean.mean}, {"se", mean.standard_error}, {"interval", pair_of(mean.interval)}};
}

std::vector<ClusterSums> strata_of(const Json& in) {
  std::vector<ClusterSums> strata;
  for (const Json& one : in.at("strata")) {
    strata.push_back(
        cluster_sums(one.at("scores").get<Numbers>(), one.at("clusters").get<Strings>()));
  }
  return strata;
}

Json bootstrap(const Json& in) {
  return pair_of(bootstrap_mean_of_means(strata_of(in), in.at("seed").get<std::uint64_t>()));
}

std::int64_t whole(const Json& in, const char* key) { return in.at(key).get<std::int64_t>(); }
double real(const Json& in, const char* key) { return in.at(key).get<double>(); }
Json number(const std::optional<double>& value) { return value ? Json(*value) : Json(); }

Json confusion(const Json& in) {
  const Confusion one{
      .tp = whole(in, "tp"), .fp = whole(in, "fp"), .fn = whole(in, "fn"), .tn = whole(in, "tn")};
  return {{"precision", number(one.precision())},
          {"recall", number(one.recall())},
          {"f1", number(one.f1())},
          {"balanced", number(one.balanced_accuracy())},
          {"mcc", number(one.mcc())}};
}

Json corrected(const Json& in) {
  const CorrectedRate rate = corrected_rate(
      cluster_sums(in.at("scores").get<Numbers>(), in.at("clusters").get<Strings>()),
      {.tp = whole(in, "tp"), .fp = whole(in, "fp"), .fn = whole(in, "fn"), .tn = whole(in, "tn")},
      in.at("seed").get<std::uint64_t>());
  return {{"value", rate.value}, {"se", rate.standard_error}, {"interval", pair_of(rate.interval)}};
}

Json detectable(const Json& in) {
  return {{"share", number(independent_detectable_share(real(in, "p"), real(in, "n"),
                                                        in.at("rises").get<bool>()))},
          {"difference", paired_detectable_difference(real(in, "omega"), real(in, "n"))}};
}

Json raters(const Json& in) {
  const auto table = in.at("table").get<RatingTable>();
  return {{"kappa", number(cohen_kappa(table))}, {"ac1", number(gwet_ac1(table))}};
}

Json keywords(const Json& in) {
  const auto hit = KeywordList::load(in.at("list").get<std::string>())
                       .first_hit(in.at("text").get<std::string>());
  return hit ? Json{hit->phrase, hit->offset} : Json();
}

Json judge(const Json& in) {
  Sample sample;
  sample.id = "s";
  sample.expected_json = dump_json(in.at("expected"));
  Answer answer;
  answer.text = in.at("text").get<std::string>();
  const Verdict verdict = make_judge(in.at("spec").get<std::string>())->judge(sample, answer);
  return {name_of(verdict.status), verdict.label};
}

const std::map<std::string, std::function<Json(const Json&)>> kOperations = {
    {"wilson",
     [](const Json& in) {
       return pair_of(wilson(in.at("k").get<std::int64_t>(), in.at("n").get<std::int64_t>()));
     }},
    {"t",
     [](const Json& in) {
       return Json(student_t_quantile(in.at("p").get<double>(), in.at("df").get<double>()));
     }},
    {"mcnemar",
     [](const Json& in) {
       return Json(mcnemar_exact(in.at("b").get<std::int64_t>(), in.at("c").get<std::int64_t>()));
     }},
    {"sign_flip",
     [](const Json& in) {
       return Json(
           sign_flip(in.at("differences").get<Numbers>(), in.at("seed").get<std::uint64_t>()));
     }},
    {"normal", [](const Json& in) { return Json(normal_quantile(real(in, "p"))); }},
    {"tango",
     [](const Json& in) { return pair_of(tango(whole(in, "b"), whole(in, "c"), whole(in, "n"))); }},
    {"holm", [](const Json& in) { return Json(holm(in.at("p").get<Numbers>())); }},
    {"bh", [](const Json& in) { return Json(benjamini_hochberg(in.at("p").get<Numbers>())); }},
    {"confusion", confusion},
    {"raters", raters},
    {"fleiss",
     [](const Json& in) {
       return number(fleiss_kappa(in.at("counts").get<std::vector<std::vector<std::int64_t>>>()));
     }},
    {"krippendorff",
     [](const Json& in) {
       return number(krippendorff_alpha(in.at("ratings").get<std::vector<std::vector<int>>>()));
     }},
    {"independent_n",
     [](const Json& in) { return Json(independent_sample_size(real(in, "p1"), real(in, "p2"))); }},
    {"paired_n",
     [](const Json& in) { return Json(paired_sample_size(real(in, "omega"), real(in, "delta"))); }},
    {"corrected", corrected},
    {"detectable", detectable},
    {"design_effect",
     [](const Json& in) { return Json(design_effect(real(in, "size"), real(in, "icc"))); }},
    {"clustered", clustered},
    {"bootstrap", bootstrap},
    {"keywords", keywords},
    {"judge", judge}};

}  // namespace
}  // namespace sightline

int main() {
  for (std::string line; std::getline(std::cin, line);) {
    const sightline::Json in = sightline::parse_json(line, "request");
    const auto& operation = sightline::kOperations.at(in.at("op").get<std::string>());
    std::cout << sightline::dump_json(operation(in)) << "\n";
  }
}
