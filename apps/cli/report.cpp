// sightline report: stored runs as tables and pages.
#include <unistd.h>

#include <algorithm>
#include <iostream>

#include "reports/json_report.h"
#include "reports/report_files.h"
#include "reports/terminal_table.h"
#include "run_verbs.h"

namespace sightline::cli {

int run_report_verb(const Json& options) {
  const std::filesystem::path file = options.at("store").get<std::string>();
  RunStore store(file, RunStore::Mode::kRead);
  auto names = options.at("runs").get<std::vector<std::string>>();
  if (names.empty()) names = {"last"};
  auto formats = options.at("format").get<std::vector<std::string>>();
  const bool table = std::erase(formats, "table") > 0;
  const bool json = options.at("json").get<bool>();
  const std::filesystem::path folder =
      options.at("out").is_null() ? std::filesystem::absolute(file).parent_path()
                                  : std::filesystem::path(options.at("out").get<std::string>());
  const bool words = std::any_of(formats.begin(), formats.end(), shows_words);
  const RunDetail detail = words ? RunDetail::kAll : RunDetail::kWithoutWords;
  Json documents = Json::array();
  for (const std::string& name : names) {
    const RunReport report = read_report(store, store.run(name), detail);
    const std::string stem = names.size() == 1 ? "report" : format("report-{}", report.run.id);
    Json document = json_summary(report);
    document["files"] = Json::array();
    if (table && !json) std::cout << terminal_table(report, terminal_style(STDOUT_FILENO)) << "\n";
    for (const auto& written : write_reports(report, formats, folder, stem)) {
      if (!json) std::cout << "report: " << written.string() << "\n";
      document["files"].push_back(written.string());
    }
    documents.push_back(std::move(document));
  }
  if (json) std::cout << dump_json(documents) << "\n";
  return 0;
}

}  // namespace sightline::cli
