// sightline power: what a number of items can show, and how many a difference needs.
#include "evals/statistics/power.h"

#include <unistd.h>

#include <charconv>
#include <cmath>
#include <iostream>
#include <optional>

#include "evals/statistics/intervals.h"
#include "reports/cells.h"
#include "reports/text_table.h"
#include "run_verbs.h"
#include "runs/run_rows.h"

namespace sightline::cli {
namespace {

// What holds for every row.
struct Question {
  double rate = 0;
  std::optional<double> omega;
  double effect_of_design = 1;
};

std::vector<double> numbers(const Json& options, const char* name, double least, double most) {
  std::vector<double> out;
  for (const Json& element : options.at(name)) {
    const auto text = element.get<std::string>();
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool whole = error == std::errc() && end == text.data() + text.size();
    if (!whole || !(value >= least && value <= most)) {
      fail(ErrorKind::kUsage, "power: option '{}' should be a number from {} to {}, found '{}'",
           name, least, most, text);
    }
    out.push_back(value);
  }
  return out;
}

Question question_of(const Json& options) {
  Question out{.rate = options.at("rate").get<double>()};
  const double omega = options.at("omega").get<double>();
  if (omega > 0) out.omega = omega;
  const double given = options.at("design_effect").get<double>();
  const double icc = options.at("icc").get<double>();
  out.effect_of_design =
      given > 0 ? given : design_effect(options.at("cluster_size").get<double>(), icc);
  return out;
}

// A sample of n items: what its interval and its comparisons can show.
Json precision_json(const Question& question, double n) {
  const double worth = n / question.effect_of_design;
  const auto trials = static_cast<std::int64_t>(std::max(1.0, std::round(worth)));
  const auto events = std::llround(question.rate * static_cast<double>(trials));
  const Interval interval = wilson(events, trials);
  const auto share = [&](bool rises) {
    return optional_number(independent_detectable_share(question.rate, worth, rises));
  };
  Json out = {{"n", n},
              {"effective_n", worth},
              {"half_width", (interval.high - interval.low) / 2},
              {"detects_fall_to", share(false)},
              {"detects_rise_to", share(true)}};
  if (question.omega) {
    out["detects_paired_difference"] = paired_detectable_difference(*question.omega, worth);
  }
  return out;
}

// A difference: how many items show it.
Json size_json(const Question& question, double effect) {
  const auto size = [&](double rate) {
    const bool possible = rate >= 0 && rate <= 1;
    return possible ? Json(std::llround(question.effect_of_design *
                                        independent_sample_size(question.rate, rate)))
                    : Json();
  };
  Json out = {{"effect", effect},
              {"n_for_fall", size(question.rate - effect)},
              {"n_for_rise", size(question.rate + effect)}};
  if (question.omega) {
    out["n_paired"] =
        std::llround(question.effect_of_design * paired_sample_size(*question.omega, effect));
  }
  return out;
}

TextCell percent(const Json& value, const char* before = "") {
  return {value.is_null() ? "–" : before + fixed(100 * value.get<double>(), 1) + " %"};
}

TextCell whole(const Json& value) {
  return {value.is_null() ? "–" : std::to_string(std::llround(value.get<double>()))};
}

std::string precision_table(const Json& rows, bool paired, const TerminalStyle& style) {
  TextTable table{.header = {{"n"}, {"worth"}, {"95 %"}, {"falls to"}, {"rises to"}}, .rows = {}};
  if (paired) table.header.push_back({"paired"});
  for (const Json& row : rows) {
    TextRow& cells = table.rows.emplace_back(TextRow{
        whole(row.at("n")), whole(row.at("effective_n")), percent(row.at("half_width"), "±"),
        percent(row.at("detects_fall_to")), percent(row.at("detects_rise_to"))});
    if (paired) cells.push_back(percent(row.at("detects_paired_difference"), "±"));
  }
  return "What n items of each run can show:\n\n" + table_text(table, false, style.colours) + "\n";
}

std::string size_table(const Json& rows, bool paired, const TerminalStyle& style) {
  TextTable table{.header = {{"difference"}, {"n to fall"}, {"n to rise"}}, .rows = {}};
  if (paired) table.header.push_back({"n paired"});
  for (const Json& row : rows) {
    TextRow& cells = table.rows.emplace_back(TextRow{
        percent(row.at("effect")), whole(row.at("n_for_fall")), whole(row.at("n_for_rise"))});
    if (paired) cells.push_back(whole(row.at("n_paired")));
  }
  return "Items of each run that show a difference:\n\n" + table_text(table, false, style.colours) +
         "\n";
}

std::string footnote(const Question& question) {
  std::string out =
      format("Rate {} %, two-sided level .05, power .8.", fixed(100 * question.rate, 1));
  if (question.effect_of_design != 1) {
    out += format(" Design effect {}.", fixed(question.effect_of_design, 2));
  }
  if (!question.omega) {
    out +=
        "\nPaired comparisons need fewer items: give --omega, the spread that 'sightline compare "
        "--json' prints.";
  }
  return out + "\n";
}

}  // namespace

int run_power_verb(const Json& options) {
  const std::vector<double> sizes = numbers(options, "n", 1, 1e9);
  const std::vector<double> effects = numbers(options, "effect", 1e-6, 1);
  if (sizes.empty() && effects.empty()) {
    fail_with_hint(ErrorKind::kUsage, "sightline power --rate 0.4 --n 497",
                   "power: give --n, --effect or both");
  }
  const Question question = question_of(options);
  Json document = {{"format", "sightline.power/1"},
                   {"rate", question.rate},
                   {"design_effect", question.effect_of_design},
                   {"precision", Json::array()},
                   {"sizes", Json::array()}};
  for (const double n : sizes) document["precision"].push_back(precision_json(question, n));
  for (const double effect : effects) document["sizes"].push_back(size_json(question, effect));
  if (options.at("json").get<bool>()) {
    std::cout << dump_json(document) << "\n";
    return 0;
  }
  const TerminalStyle style = terminal_style(STDOUT_FILENO);
  const bool paired = question.omega.has_value();
  if (!sizes.empty()) std::cout << precision_table(document.at("precision"), paired, style);
  if (!effects.empty()) std::cout << size_table(document.at("sizes"), paired, style);
  std::cout << footnote(question);
  return 0;
}

}  // namespace sightline::cli
