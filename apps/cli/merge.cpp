// sightline merge: a model and its adapters → one plain checkpoint.
#include "models/merge.h"

#include <iostream>

#include "run_verbs.h"

namespace sightline::cli {

int run_merge_verb(const Json& options) {
  const auto out = options.at("out").get<std::string>();
  merge_adapters(options.at("model").get<std::string>(),
                 options.at("adapter").get<std::vector<std::string>>(), out);
  if (options.at("json").get<bool>()) {
    std::cout << dump_json({{"model", out}}) << "\n";
  } else {
    std::cout << "model: " << out << "\n";
  }
  return 0;
}

}  // namespace sightline::cli
