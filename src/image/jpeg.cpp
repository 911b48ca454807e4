// jpeglib.h needs FILE and size_t before it.
// clang-format off
#include <cstddef>
#include <cstdio>
#include <jpeglib.h>
// clang-format on

#include <csetjmp>
#include <cstring>

#include "image/decoders.h"
#include "sightline/error.h"

namespace sightline {
namespace {

// A progressive file may carry any number of scans over the whole picture; real ones have about
// ten.
constexpr int kMaxScans = 100;

// libjpeg reports errors by calling error_exit, which must not return: it jumps back into one of
// the two functions below that hold nothing with a destructor.
struct Decoder {
  jpeg_decompress_struct info;
  jpeg_error_mgr errors;
  jpeg_source_mgr source;
  jpeg_progress_mgr progress;
  std::jmp_buf jump;
  char message[JMSG_LENGTH_MAX];
};

Decoder& decoder_of(j_common_ptr info) { return *static_cast<Decoder*>(info->client_data); }

[[noreturn]] void leave(Decoder& decoder, const char* message) {
  std::snprintf(decoder.message, sizeof decoder.message, "%s", message);
  std::longjmp(decoder.jump, 1);
}

void on_error(j_common_ptr info) {
  char text[JMSG_LENGTH_MAX];
  info->err->format_message(info, text);
  leave(decoder_of(info), text);
}

// Warnings ("extraneous bytes before marker") do not stop a decoder, as in Pillow.
void on_message(j_common_ptr, int) {}

// The whole file is in the buffer from the start: asking for more means that it ends too early.
boolean on_empty(j_decompress_ptr info) {
  leave(decoder_of(reinterpret_cast<j_common_ptr>(info)), "the file ends too early");
}

void on_skip(j_decompress_ptr info, long count) {
  if (count <= 0) return;
  if (static_cast<std::size_t>(count) > info->src->bytes_in_buffer) on_empty(info);
  info->src->next_input_byte += count;
  info->src->bytes_in_buffer -= static_cast<std::size_t>(count);
}

void on_progress(j_common_ptr info) {
  const auto* decompress = reinterpret_cast<j_decompress_ptr>(info);
  if (decompress->input_scan_number > kMaxScans) leave(decoder_of(info), "too many scans");
}

void ignore(j_decompress_ptr) {}

void prepare(Decoder& decoder, std::span<const std::byte> bytes) {
  std::memset(&decoder.source, 0, sizeof decoder.source);
  std::memset(&decoder.progress, 0, sizeof decoder.progress);
  decoder.info.err = jpeg_std_error(&decoder.errors);
  decoder.errors.error_exit = on_error;
  decoder.errors.emit_message = on_message;
  decoder.info.client_data = &decoder;  // kept by jpeg_create_decompress
  jpeg_create_decompress(&decoder.info);
  decoder.source.next_input_byte = reinterpret_cast<const JOCTET*>(bytes.data());
  decoder.source.bytes_in_buffer = bytes.size();
  decoder.source.init_source = ignore;
  decoder.source.fill_input_buffer = on_empty;
  decoder.source.skip_input_data = on_skip;
  decoder.source.resync_to_restart = jpeg_resync_to_restart;
  decoder.source.term_source = ignore;
  decoder.info.src = &decoder.source;
  decoder.progress.progress_monitor = on_progress;
  decoder.info.progress = &decoder.progress;
}

// False: decoder.message says why.
bool read_header(Decoder& decoder, std::span<const std::byte> bytes) {
  if (setjmp(decoder.jump) != 0) return false;
  prepare(decoder, bytes);
  jpeg_read_header(&decoder.info, TRUE);
  const bool four = decoder.info.num_components == 4;
  decoder.info.out_color_space = four ? JCS_CMYK : JCS_RGB;
  return true;
}

// Adobe's CMYK is stored inverted; every file is taken to be Adobe's, as in Pillow.
void cmyk_to_rgb(const std::uint8_t* cmyk, std::size_t pixels, std::uint8_t* rgb) {
  for (std::size_t i = 0; i < pixels; ++i, cmyk += 4, rgb += 3) {
    const unsigned light = cmyk[3];
    for (int c = 0; c < 3; ++c) {
      const unsigned product = (255u - cmyk[c]) * light + 128;
      rgb[c] = static_cast<std::uint8_t>(light - (((product >> 8) + product) >> 8));
    }
  }
}

// `rgb`: the picture; `row`: room for one row of CMYK. False: decoder.message says why.
bool read_pixels(Decoder& decoder, std::uint8_t* rgb, std::uint8_t* row) {
  if (setjmp(decoder.jump) != 0) return false;
  jpeg_start_decompress(&decoder.info);
  const std::size_t width = decoder.info.output_width;
  while (decoder.info.output_scanline < decoder.info.output_height) {
    std::uint8_t* out = rgb + decoder.info.output_scanline * width * 3;
    const bool four = decoder.info.out_color_space == JCS_CMYK;
    JSAMPROW target = four ? row : out;
    jpeg_read_scanlines(&decoder.info, &target, 1);
    if (four) cmyk_to_rgb(row, width, out);
  }
  return true;
}

}  // namespace

Image decode_jpeg(std::span<const std::byte> bytes, std::string_view origin,
                  const DecodeOptions& options) {
  Decoder decoder;
  std::memset(&decoder.info, 0, sizeof decoder.info);  // destroying an untouched one is allowed
  struct Destroy {
    Decoder& decoder;
    ~Destroy() { jpeg_destroy_decompress(&decoder.info); }
  } destroy{decoder};

  if (!read_header(decoder, bytes)) {
    fail(ErrorKind::kBadFile, "{}: damaged JPEG: {}", origin, std::string_view(decoder.message));
  }
  const int components = decoder.info.num_components;
  if (components != 1 && components != 3 && components != 4) {
    fail(ErrorKind::kUnsupported, "{}: a JPEG of {} colour components, wanted 1, 3 or 4", origin,
         components);
  }
  Image image =
      allocate_image(decoder.info.image_width, decoder.info.image_height, origin, options);
  std::vector<std::uint8_t> row(components == 4 ? std::size_t{decoder.info.image_width} * 4 : 0);
  if (!read_pixels(decoder, image.rgb.data(), row.data())) {
    fail(ErrorKind::kBadFile, "{}: damaged JPEG: {}", origin, std::string_view(decoder.message));
  }
  return image;
}

}  // namespace sightline
