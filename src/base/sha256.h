// SHA-256 as lower-case hex: identity of files, prompts, pictures and artefacts.
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace sightline {

std::string sha256(std::span<const std::byte> bytes);
std::string sha256(std::string_view text);
std::string sha256_of_file(const std::filesystem::path& file);  // throws like MappedFile::open

// Piecewise: add() any number of times, then hex() once.
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(const Sha256&) = delete;
  Sha256& operator=(const Sha256&) = delete;

  Sha256& add(std::span<const std::byte> bytes);
  Sha256& add(std::string_view text);
  std::string hex();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace sightline
