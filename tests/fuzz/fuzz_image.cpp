// Any bytes as a picture: decoded and preprocessed, or refused with an Error.
#include <cstddef>
#include <cstdint>
#include <span>

#include "image/preprocess.h"
#include "sightline/error.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  sightline::DecodeOptions options;
  options.max_pixels = 1 << 18;  // keeps one input fast
  try {
    const auto bytes = std::as_bytes(std::span(data, size));
    sightline::preprocess(sightline::decode_image(bytes, "fuzz", options), {});
  } catch (const sightline::Error&) {
  }
  return 0;
}
