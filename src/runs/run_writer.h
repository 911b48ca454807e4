// The run store as a RunSink.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <vector>

#include "runs/run_store.h"

namespace sightline {

// REQUIRES: the run exists.
std::unique_ptr<RunWriter> make_run_writer(const std::filesystem::path& file, std::int64_t run);

// Every answer of a run with its verdicts, by sample, then in the order of answering.
std::vector<RecordedAnswer> recorded_answers(Database& database, std::int64_t run,
                                             RunDetail detail = RunDetail::kAll);

}  // namespace sightline
