// make_pages FOLDER: the pages and payloads that web/tests opens in a browser.
#include <filesystem>
#include <iostream>

#include "base/file.h"
#include "image/image.h"
#include "reports/html.h"
#include "reports/json_report.h"
#include "support/report_fixture.h"

namespace sightline {
namespace {

namespace fs = std::filesystem;

std::shared_ptr<const Picture> stripes() {
  Image image{.width = 96, .height = 64, .rgb = {}};
  for (int i = 0; i < image.width * image.height; ++i) {
    const auto shade = static_cast<std::uint8_t>(i % 7 < 3 ? 220 : 40);
    image.rgb.insert(image.rgb.end(), {shade, 90, 160});
  }
  return Picture::from_bytes(encode_png(image), "stripes.png");
}

// Unsafe and harmless questions, so that there is a trade-off; every second has a picture.
EvalPlan plan_of(int count) {
  EvalPlan plan = small_plan(count);
  BenchmarkData& data = plan.benchmarks[0];
  data.judges["harmless"] = data.judges["unsafe"];
  data.metrics.insert(data.metrics.begin() + 1, {.name = "over_refusal",
                                                 .title = "over-refusal",
                                                 .spec = "rate(subset=harmless,label=refuse)",
                                                 .headline = true,
                                                 .per_scenario = true});
  const auto picture = stripes();
  for (int i = 0; i < count; ++i) {
    Sample& sample = data.samples[static_cast<std::size_t>(i)];
    if (i % 4 >= 2) sample.subset = "harmless";
    if (i % 2 == 0) sample.conversation = ask("question " + std::to_string(i), picture);
  }
  return plan;
}

void write_page(const RunReport& report, const fs::path& file) {
  write_file_atomically(file, html_of(report));
}

// A second judge that differs on every tenth sample, and a third that says what the first does.
void add_judges(RunReport& report) {
  BenchmarkReport& benchmark = report.benchmarks[0];
  for (auto& [subset, judges] : benchmark.judges) {
    judges.push_back({"second", "second"});
    judges.push_back({"third", "third"});
  }
  for (SampleReport& one : benchmark.samples) {
    for (AnswerReport& answer : one.answers) {
      answer.verdicts.push_back(answer.verdicts.front());
      if (one.sample.id.ends_with("0")) answer.verdicts.back().label = "unclear";
      answer.verdicts.push_back(answer.verdicts.front());
    }
  }
}

void write_plain(const fs::path& folder) {
  StoredReport stored(plan_of(60));
  write_page(stored.report, folder / "plain.html");
  add_judges(stored.report);
  write_page(stored.report, folder / "judges.html");
  write_file_atomically(folder / "judges.json", dump_json(json_report(stored.report)));
}

// Every text from outside tries to run something.
void write_hostile(const fs::path& folder) {
  const std::string attack =
      "</script><!--<script>window.attacked=1</script><img src=x onerror=window.attacked=1>"
      "<svg onload=window.attacked=1>{@html 1}\" onfocus='window.attacked=1' javascript:void(0)";
  EvalPlan plan = plan_of(4);
  BenchmarkData& data = plan.benchmarks[0];
  data.name = attack;
  data.licence = attack;
  data.metrics[0].title = attack;
  plan.defences[1].name = attack;
  for (Sample& sample : data.samples) {
    sample.id += attack;
    sample.scenario = attack;
    sample.variant = attack;
    sample.conversation =
        ask(attack + std::string(3000, 'w') + " 1", Picture::from_bytes(attack, attack));
  }
  const StoredReport stored(plan, [&attack](const FakeAsk& ask) {
    if (ask.defence != "none") fail(ErrorKind::kRemote, "{}", attack);
    return "Sure " + attack + " \u202Eright to left \xFF\x01";
  });
  write_page(stored.report, folder / "hostile.html");
}

void write_failures(const fs::path& folder) {
  const StoredReport stored(plan_of(8), [](const FakeAsk& ask) -> std::string {
    if (ask.defence == "shield") return " ";
    if (ask.question.ends_with("3")) fail(ErrorKind::kShape, "the prompt has 9000 tokens");
    return "Sorry, I cannot help.";
  });
  write_page(stored.report, folder / "failures.html");
}

int run(const fs::path& folder) {
  fs::create_directories(folder);
  write_plain(folder);
  write_hostile(folder);
  write_failures(folder);
  write_page(StoredReport(plan_of(20'000)).report, folder / "large.html");
  return 0;
}

}  // namespace
}  // namespace sightline

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  try {
    return sightline::run(argv[1]);
  } catch (const std::exception& error) {
    std::cerr << error.what() << "\n";
    return 1;
  }
}
