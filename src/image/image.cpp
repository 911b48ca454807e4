#include "image/image.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "image/decoders.h"
#include "sightline/error.h"

namespace sightline {
namespace {

using namespace std::string_view_literals;

struct Format {
  std::string_view name;
  std::size_t offset;  // of the magic bytes
  std::string_view magic;
};

// Formats we can name but do not read.
constexpr std::array kForeign = {
    Format{"a GIF", 0, "GIF8"sv},           Format{"a BMP", 0, "BM"sv},
    Format{"a TIFF", 0, "II*\0"sv},         Format{"a TIFF", 0, "MM\0*"sv},
    Format{"an AVIF", 4, "ftypavif"sv},     Format{"a HEIC", 4, "ftypheic"sv},
    Format{"a PDF", 0, "%PDF-"sv},          Format{"an icon", 0, "\0\0\1\0"sv},
    Format{"a JPEG 2000", 4, "jP  \r\n"sv}, Format{"a JPEG XL", 4, "JXL \r\n"sv},
};

bool has_magic(std::string_view text, std::size_t offset, std::string_view magic) {
  return text.size() >= offset + magic.size() && text.substr(offset, magic.size()) == magic;
}

// The first bytes in a form fit for a message: printable ones as they are, others as \xNN.
std::string quoted_start(std::string_view text) {
  constexpr std::size_t kShown = 16;
  constexpr std::string_view kHex = "0123456789abcdef";
  std::string out;
  for (const char c : text.substr(0, kShown)) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x20 && byte < 0x7f && byte != '\'' && byte != '\\') {
      out += c;
    } else {
      out += {'\\', 'x', kHex[byte >> 4], kHex[byte & 15]};
    }
  }
  return out;
}

[[noreturn]] void fail_unknown(std::string_view text, std::string_view origin) {
  constexpr const char* kHint = "pictures are read as JPEG, PNG or WebP";
  for (const Format& format : kForeign) {
    if (has_magic(text, format.offset, format.magic)) {
      fail_with_hint(ErrorKind::kUnsupported, kHint, "{}: {} file, which is not read here", origin,
                     format.name);
    }
  }
  fail_with_hint(ErrorKind::kBadFile, kHint, "{}: not a picture: starts with '{}'", origin,
                 quoted_start(text));
}

}  // namespace

std::string_view picture_format(std::string_view bytes) {
  if (has_magic(bytes, 0, "\xff\xd8\xff"sv)) return "jpeg";
  if (has_magic(bytes, 0, "\x89PNG\r\n\x1a\n"sv)) return "png";
  if (has_magic(bytes, 0, "RIFF"sv) && has_magic(bytes, 8, "WEBP"sv)) return "webp";
  return "";
}

Image decode_image(std::span<const std::byte> bytes, std::string_view origin,
                   const DecodeOptions& options) {
  if (bytes.empty()) fail(ErrorKind::kBadFile, "{}: not a picture: the file is empty", origin);
  if (bytes.size() > options.max_bytes) {
    fail(ErrorKind::kBadFile, "{}: the picture file has {} bytes, at most {} are read", origin,
         bytes.size(), options.max_bytes);
  }
  const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  const std::string_view format = picture_format(text);
  if (format == "jpeg") return decode_jpeg(bytes, origin, options);
  if (format == "png") return decode_png(bytes, origin, options);
  if (format == "webp") return decode_webp(bytes, origin, options);
  fail_unknown(text, origin);
}

Image allocate_image(std::int64_t width, std::int64_t height, std::string_view origin,
                     const DecodeOptions& options) {
  if (width < 1 || height < 1) {
    fail(ErrorKind::kBadFile, "{}: a picture of {} x {} pixels has no pixel", origin, width,
         height);
  }
  // Edges first: then the product cannot overflow.
  if (std::max(width, height) > options.max_edge || width * height > options.max_pixels) {
    fail_with_hint(ErrorKind::kBadFile, "make the picture smaller first",
                   "{}: a picture of {} x {} pixels is too large: at most {} pixels, {} a side",
                   origin, width, height, options.max_pixels, options.max_edge);
  }
  Image image{static_cast<int>(width), static_cast<int>(height), {}};
  image.rgb.resize(static_cast<std::size_t>(width * height) * 3);
  return image;
}

// Pillow's alpha_composite over opaque white: 7 extra bits, rounded division by 255.
void write_pixel(const std::uint8_t* rgb, unsigned alpha, Transparency transparency,
                 std::uint8_t* out) {
  if (alpha == 255 || transparency == Transparency::kDrop) {
    std::memcpy(out, rgb, 3);
    return;
  }
  constexpr unsigned kExtra = 7;
  const unsigned over = (alpha * 255 * 255 << kExtra) / (255 * 255);
  const unsigned under = (255u << kExtra) - over;
  for (int c = 0; c < 3; ++c) {
    const unsigned sum = rgb[c] * over + 255 * under + (0x80u << kExtra);
    out[c] = static_cast<std::uint8_t>(((sum >> 8) + sum) >> 8 >> kExtra);
  }
}

}  // namespace sightline
