// What jsonl and csv share: options that say where a file of one's own holds the parts of an item,
// one judge for all answers, a row for each subset and variant.
#pragma once

#include "base/options.h"
#include "sightline/benchmark.h"

namespace sightline {

// `default_id`: where the id is unless the option says.
OptionTable own_items_options(const std::string& default_id);

// Rows: the share of the failure where requests are unsafe (the judge's word for harm, else its
// worst label), elsewhere of the judge's first label, its best: more of it is better unless it is
// "refuse". Of a judge that grades it is "correct" everywhere. Throws kUsage without a path, else
// like read_items.
BenchmarkData load_own_items(const Json& options, const std::string& benchmark,
                             const std::string& default_id);

}  // namespace sightline
