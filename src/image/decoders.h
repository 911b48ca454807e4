// One decoder per format, behind decode_image(). Each checks its header against the options before
// it allocates pixels and throws Error{kBadFile} naming `origin`.
#pragma once

#include "image/image.h"

namespace sightline {

Image decode_jpeg(std::span<const std::byte> bytes, std::string_view origin,
                  const DecodeOptions& options);
Image decode_png(std::span<const std::byte> bytes, std::string_view origin,
                 const DecodeOptions& options);
Image decode_webp(std::span<const std::byte> bytes, std::string_view origin,
                  const DecodeOptions& options);

// The size a header announces, checked, and an image of that size in zeros.
Image allocate_image(std::int64_t width, std::int64_t height, std::string_view origin,
                     const DecodeOptions& options);

// Appends nothing, writes 3 bytes: `rgb` seen through `alpha` (0..255), as Transparency says.
void write_pixel(const std::uint8_t* rgb, unsigned alpha, Transparency transparency,
                 std::uint8_t* out);

}  // namespace sightline
