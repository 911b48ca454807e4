// Any bytes as a GGUF file: refused with an Error, or its metadata, tensors and config are
// readable.
#include <cstddef>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <span>

#include "sightline/error.h"
#include "tensor/gguf.h"
#include "tensor/gguf_llama.h"

namespace sightline {
namespace {

constexpr std::uint64_t kMaxElements = 1 << 20;  // keeps one input fast

template <class Action>
void attempt(const Action& action) {
  try {
    action();
  } catch (const Error&) {
  }
}

void read_value(const GgufValue& value) {
  attempt([&] { value.as_bool(); });
  attempt([&] { value.as_int(); });
  attempt([&] { value.as_double(); });
  attempt([&] { value.as_string(); });
  attempt([&] { value.as_bools(); });
  attempt([&] { value.as_ints(); });
  attempt([&] { value.as_doubles(); });
  attempt([&] { value.as_strings(); });
  attempt([&] {
    for (const GgufValue& inner : value.as_arrays()) read_value(inner);
  });
}

void read_all(std::span<const std::byte> bytes) {
  const auto file = GgufFile::view(bytes, nullptr, "fuzz");
  for (const auto& [key, value] : file->metadata()) read_value(value);
  attempt([&] { gguf_to_hf_config(*file); });
  for (const auto& [name, info] : file->tensors()) {
    if (info.size_bytes <= kMaxElements) file->tensor(name);
  }
  attempt([&] {
    const GgufLlama llama(file);
    for (const std::string& name : llama.names()) {
      if (llama.info(name).size_bytes <= kMaxElements) llama.tensor(name);
    }
  });
}

}  // namespace
}  // namespace sightline

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  sightline::attempt([&] { sightline::read_all(std::as_bytes(std::span(data, size))); });
  return 0;
}
