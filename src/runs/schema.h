// The tables of a run store and how older files become newer ones (docs/formats/run-store.md).
#pragma once

#include <filesystem>
#include <span>
#include <string_view>

#include "runs/sqlite.h"

namespace sightline {

// Migration i takes a file from version i to version i + 1; an empty file has version 0.
std::span<const std::string_view> run_store_migrations();

// Opens a store and brings it to the newest version, also when it is opened for reading. Throws
// Error: kUnsupported for a version this program does not know, kBadFile for a file that is a
// database but no run store.
Database open_run_database(const std::filesystem::path& file, Database::Mode mode,
                           std::span<const std::string_view> migrations = run_store_migrations());

}  // namespace sightline
