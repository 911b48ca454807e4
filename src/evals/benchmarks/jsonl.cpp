// jsonl(path=items.jsonl): anyone's items, one JSON object each, pictures beside them.
#include "evals/benchmarks/own_items.h"
#include "evals/benchmarks/registry.h"

namespace sightline {

BenchmarkEntry jsonl_benchmark() {
  return {.summary = "items of your own, one JSON object each",
          .options = own_items_options("id"),
          .load = [](const Json& options) { return load_own_items(options, "jsonl", "id"); }};
}

}  // namespace sightline
