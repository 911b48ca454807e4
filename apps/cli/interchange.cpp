// sightline export, sightline import: runs for and from other tools.
#include <iostream>
#include <map>

#include "base/file.h"
#include "base/log.h"
#include "eval_facts.h"
#include "interchange/stored.h"
#include "run_verbs.h"

namespace sightline::cli {

namespace fs = std::filesystem;

int run_export_verb(const Json& options) {
  const Exporter exporter = exporters().at(options.at("format").get<std::string>());
  RunStore store(options.at("store").get<std::string>(), RunStore::Mode::kRead);
  const Exchange exchange = exchange_of(store, store.run(options.at("run").get<std::string>()));
  const fs::path folder = options.at("out").get<std::string>();
  make_folder(folder);
  Json names = Json::array();
  for (const fs::path& file : exporter.write(
           exchange,
           {.folder = folder, .embed_prompts = options.at("embed_prompts").get<bool>()})) {
    names.push_back(file.string());
    if (!options.at("json").get<bool>()) std::cout << "wrote " << file.string() << "\n";
  }
  if (options.at("json").get<bool>()) std::cout << dump_json({{"files", names}}) << "\n";
  return 0;
}

int run_import_verb(const Json& options) {
  const auto form = options.at("format").get<std::string>();
  ImportFiles from;
  for (const Json& file : options.at("files")) from.files.emplace_back(file.get<std::string>());
  if (from.files.empty()) fail(ErrorKind::kUsage, "no file to import");
  if (!options.at("model").is_null()) from.model = options.at("model").get<std::string>();
  if (!options.at("benchmark").is_null()) {
    from.benchmark = options.at("benchmark").get<std::string>();
  }
  const Exchange exchange = importers().at(form).read(from);
  for (const auto& [benchmark, notes] : exchange.notes) {
    for (const std::string& note : notes) log_warning("{}: {}", benchmark, note);
  }
  const fs::path file = options.at("store").get<std::string>();
  if (file.has_parent_path()) make_folder(file.parent_path());
  RunStore store(file, RunStore::Mode::kWrite);
  const std::int64_t run =
      store_exchange(store, exchange, {{"command", command_line()}, {"imported", form}});
  std::map<std::string, int> statuses;
  for (const ExchangeRecord& record : exchange.records) {
    ++statuses[std::string(name_of(record.answer.status))];
  }
  if (options.at("json").get<bool>()) {
    std::cout << dump_json({{"run", run},
                            {"model", exchange.model},
                            {"answers", exchange.records.size()},
                            {"statuses", statuses}})
              << "\n";
    return 0;
  }
  std::cout << "run " << run << ": " << exchange.records.size() << " answers of " << exchange.model
            << ":";
  for (const auto& [status, count] : statuses) std::cout << " " << count << " " << status;
  std::cout << "\n";
  return 0;
}

}  // namespace sightline::cli
