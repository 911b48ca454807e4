// Encoded pictures in, RGB pixels out, and back to PNG.
//
//   const Image image = decode_image(std::as_bytes(std::span(bytes)), "cat.jpg");
//
// Pixels equal those of Pillow 13, byte for byte: libjpeg-turbo's accurate DCT and smooth chroma,
// EXIF orientation and colour profiles ignored, the first frame of animated and multi-picture
// files. All functions are pure and thread-safe.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sightline {

// 8-bit RGB, row by row from the top left.
struct Image {
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> rgb;  // [height, width, 3]

  bool operator==(const Image&) const = default;
};

// What becomes of transparent pixels.
enum class Transparency {
  kOntoWhite,  // blended onto white: what the image processors of transformers 5 do
  kDrop,       // alpha is cut off: Pillow's convert("RGB"), transformers 4
};

// Bounds on what a file may ask for, checked on its header before any pixel is allocated.
struct DecodeOptions {
  std::int64_t max_pixels = std::int64_t{64} << 20;  // width times height
  int max_edge = 65535;                              // the longer side; also JPEG's own bound
  std::size_t max_bytes = std::size_t{256} << 20;    // of the encoded file
  Transparency transparency = Transparency::kOntoWhite;
};

// "jpeg", "png" or "webp" by the first bytes, whatever a name says; empty for anything else.
std::string_view picture_format(std::string_view bytes);

// JPEG (baseline, progressive, grey, CMYK, YCCK), PNG (all kinds) or WebP, told apart by
// picture_format(). `origin` names the source in messages. Throws Error: kBadFile for what is no
// picture, is truncated, damaged or beyond the limits; kUnsupported for a picture of another
// format.
Image decode_image(std::span<const std::byte> bytes, std::string_view origin,
                   const DecodeOptions& options = {});

// An 8-bit RGB PNG without metadata: equal pictures give equal bytes.
// REQUIRES: width, height > 0 and rgb of that size; else Error{kInternal}.
std::string encode_png(const Image& image);

}  // namespace sightline
