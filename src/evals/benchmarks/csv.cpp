// csv(path=items.csv,question=prompt): anyone's table with a header, pictures beside it.
#include "evals/benchmarks/own_items.h"
#include "evals/benchmarks/registry.h"

namespace sightline {

BenchmarkEntry csv_benchmark() {
  return {.summary = "items of your own, a table with a header",
          .options = own_items_options("#"),
          .load = [](const Json& options) { return load_own_items(options, "csv", "#"); }};
}

}  // namespace sightline
