#include <spng.h>

#include <array>
#include <cstdlib>
#include <memory>
#include <optional>

#include "image/decoders.h"
#include "sightline/error.h"

namespace sightline {
namespace {

struct FreeContext {
  void operator()(spng_ctx* context) const { spng_ctx_free(context); }
};
using Context = std::unique_ptr<spng_ctx, FreeContext>;

constexpr std::size_t kMaxChunkBytes = std::size_t{16} << 20;  // colour profiles, texts

struct Rgba {
  std::array<std::uint8_t, 3> rgb{};
  std::uint8_t alpha = 255;
};

// The parts of a PNG that give its samples a meaning.
struct Meaning {
  spng_ihdr header{};
  std::vector<Rgba> palette;  // indexed colour: 256 entries
  std::optional<std::array<std::uint8_t, 3>> transparent;

  unsigned channels() const {
    switch (header.color_type) {
      case SPNG_COLOR_TYPE_TRUECOLOR: return 3;
      case SPNG_COLOR_TYPE_GRAYSCALE_ALPHA: return 2;
      case SPNG_COLOR_TYPE_TRUECOLOR_ALPHA: return 4;
      default: return 1;
    }
  }
  // The file's samples are the picture's.
  bool plain_rgb() const {
    return header.color_type == SPNG_COLOR_TYPE_TRUECOLOR && header.bit_depth == 8 && !transparent;
  }
  bool indexed() const { return header.color_type == SPNG_COLOR_TYPE_INDEXED; }
  bool grey() const { return header.color_type == SPNG_COLOR_TYPE_GRAYSCALE; }
};

[[noreturn]] void fail_png(int code, std::string_view origin) {
  if (code == SPNG_IO_EOF || code == SPNG_EOF || code == SPNG_EIDAT_TOO_SHORT) {
    fail(ErrorKind::kBadFile, "{}: damaged PNG: the file ends too early", origin);
  }
  if (code == SPNG_EOVERFLOW) {
    fail(ErrorKind::kBadFile, "{}: the PNG asks for more pixels than can be counted", origin);
  }
  fail(ErrorKind::kBadFile, "{}: damaged PNG: {}", origin, std::string_view(spng_strerror(code)));
}

void check(int code, std::string_view origin) {
  if (code != SPNG_OK) fail_png(code, origin);
}

// Indices the palette does not name are black, as in Pillow.
std::vector<Rgba> read_palette(spng_ctx* context, std::string_view origin) {
  spng_plte colours{};
  check(spng_get_plte(context, &colours), origin);
  std::vector<Rgba> palette(256);
  for (std::size_t i = 0; i < colours.n_entries; ++i) {
    const spng_plte_entry& entry = colours.entries[i];
    palette[i].rgb = {entry.red, entry.green, entry.blue};
  }
  spng_trns alphas{};
  if (spng_get_trns(context, &alphas) == SPNG_OK) {
    for (std::size_t i = 0; i < alphas.n_type3_entries; ++i) {
      palette[i].alpha = alphas.type3_alpha[i];
    }
  }
  return palette;
}

// Pillow compares the low byte of the file's transparent colour with samples brought to 8 bits.
std::optional<std::array<std::uint8_t, 3>> read_transparent(spng_ctx* context,
                                                            const spng_ihdr& header) {
  spng_trns colour{};
  if (spng_get_trns(context, &colour) != SPNG_OK) return std::nullopt;
  const auto low = [](std::uint16_t value) { return static_cast<std::uint8_t>(value & 0xff); };
  if (header.color_type == SPNG_COLOR_TYPE_TRUECOLOR) {
    return std::array{low(colour.red), low(colour.green), low(colour.blue)};
  }
  const bool on = header.bit_depth == 1 && colour.gray != 0;
  const std::uint8_t grey = on ? 255 : low(colour.gray);
  return std::array{grey, grey, grey};
}

// One row of the file → 8-bit samples, one byte each. Palette indices and 8-bit samples stay.
void unpack_row(const std::uint8_t* row, const Meaning& meaning, std::span<std::uint8_t> samples) {
  const unsigned depth = meaning.header.bit_depth;
  if (depth == 16) {
    for (std::size_t i = 0; i < samples.size(); ++i) {
      const std::uint8_t high = row[2 * i];
      const bool clip = meaning.grey();  // 16-bit grey is clipped, other kinds are shifted
      samples[i] = !clip ? high : high != 0 ? 255 : row[2 * i + 1];
    }
    return;
  }
  const unsigned mask = (1u << depth) - 1;
  const unsigned scale = meaning.indexed() ? 1 : 255 / mask;
  for (std::size_t i = 0; i < samples.size(); ++i) {
    const std::size_t bit = i * depth;
    const unsigned value = row[bit / 8] >> (8 - depth - bit % 8) & mask;
    samples[i] = static_cast<std::uint8_t>(value * scale);
  }
}

Rgba pixel_of(const std::uint8_t* sample, const Meaning& meaning) {
  switch (meaning.channels()) {
    case 2: return {{sample[0], sample[0], sample[0]}, sample[1]};
    case 4: return {{sample[0], sample[1], sample[2]}, sample[3]};
    default: break;
  }
  if (meaning.indexed()) return meaning.palette[sample[0]];
  const bool colour = meaning.channels() == 3;
  Rgba pixel{{sample[0], sample[colour ? 1 : 0], sample[colour ? 2 : 0]}, 255};
  if (meaning.transparent && pixel.rgb == *meaning.transparent) pixel.alpha = 0;
  return pixel;
}

void convert(std::span<const std::uint8_t> raw, const Meaning& meaning, Transparency transparency,
             Image& image) {
  const std::size_t row_bytes = raw.size() / static_cast<std::size_t>(image.height);
  const unsigned channels = meaning.channels();
  std::vector<std::uint8_t> samples(static_cast<std::size_t>(image.width) * channels);
  std::uint8_t* out = image.rgb.data();
  for (int y = 0; y < image.height; ++y) {
    unpack_row(raw.data() + static_cast<std::size_t>(y) * row_bytes, meaning, samples);
    for (std::size_t i = 0; i < samples.size(); i += channels, out += 3) {
      const Rgba pixel = pixel_of(&samples[i], meaning);
      write_pixel(pixel.rgb.data(), pixel.alpha, transparency, out);
    }
  }
}

}  // namespace

Image decode_png(std::span<const std::byte> bytes, std::string_view origin,
                 const DecodeOptions& options) {
  const Context context(spng_ctx_new(0));
  if (!context) fail(ErrorKind::kInternal, "{}: no memory for a PNG decoder", origin);
  check(spng_set_crc_action(context.get(), SPNG_CRC_ERROR, SPNG_CRC_DISCARD), origin);
  check(spng_set_chunk_limits(context.get(), kMaxChunkBytes, kMaxChunkBytes), origin);
  check(spng_set_png_buffer(context.get(), bytes.data(), bytes.size()), origin);

  Meaning meaning;
  check(spng_get_ihdr(context.get(), &meaning.header), origin);
  Image image = allocate_image(meaning.header.width, meaning.header.height, origin, options);
  std::size_t size = 0;
  check(spng_decoded_image_size(context.get(), SPNG_FMT_RAW, &size), origin);
  if (meaning.indexed()) {
    meaning.palette = read_palette(context.get(), origin);
  } else {
    meaning.transparent = read_transparent(context.get(), meaning.header);
  }
  if (meaning.plain_rgb()) {
    check(spng_decode_image(context.get(), image.rgb.data(), size, SPNG_FMT_RAW, 0), origin);
    return image;
  }
  std::vector<std::uint8_t> raw(size);
  check(spng_decode_image(context.get(), raw.data(), size, SPNG_FMT_RAW, 0), origin);
  convert(raw, meaning, options.transparency, image);
  return image;
}

std::string encode_png(const Image& image) {
  const std::size_t size =
      static_cast<std::size_t>(image.width) * static_cast<std::size_t>(image.height) * 3;
  if (image.width < 1 || image.height < 1 || image.rgb.size() != size) {
    fail(ErrorKind::kInternal, "encode_png: {} x {} pixels with {} bytes of colour", image.width,
         image.height, image.rgb.size());
  }
  const Context context(spng_ctx_new(SPNG_CTX_ENCODER));
  if (!context) fail(ErrorKind::kInternal, "no memory for a PNG encoder");
  spng_ihdr header{};
  header.width = static_cast<std::uint32_t>(image.width);
  header.height = static_cast<std::uint32_t>(image.height);
  header.bit_depth = 8;
  header.color_type = SPNG_COLOR_TYPE_TRUECOLOR;
  int code = spng_set_option(context.get(), SPNG_ENCODE_TO_BUFFER, 1);
  if (code == SPNG_OK) code = spng_set_ihdr(context.get(), &header);
  if (code == SPNG_OK) {
    code = spng_encode_image(context.get(), image.rgb.data(), size, SPNG_FMT_PNG,
                             SPNG_ENCODE_FINALIZE);
  }
  std::size_t length = 0;
  const std::unique_ptr<void, decltype(&std::free)> file(
      code == SPNG_OK ? spng_get_png_buffer(context.get(), &length, &code) : nullptr, &std::free);
  if (!file) {
    fail(ErrorKind::kInternal, "writing a PNG: {}", std::string_view(spng_strerror(code)));
  }
  return std::string(static_cast<const char*>(file.get()), length);
}

}  // namespace sightline
